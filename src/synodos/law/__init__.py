"""Law: which norms apply to which plans, and what do they ask?"""

from synodos.law.agreements import (
    STANDINGS,
    WATCH_KINDS,
    AgreementState,
    CloseOutSheet,
    PartnerCount,
    Register,
    Registered,
    Uncovered,
    Watched,
    close_out,
    ends_of,
    register,
    state_at,
    uncovered,
    watch,
)
from synodos.law.assessing import Group, assess, grouped, party_names
from synodos.law.catalogue import Catalogue, Instrument, Norm, catalogue
from synodos.law.contested import ContestedQuestion, Position, Reading, contested
from synodos.law.drafts import (
    ClauseChoice,
    Delivery,
    Notification,
    TermSheet,
    registration_draft,
    secretary_general_draft,
    term_sheet,
)
from synodos.law.explaining import Branch, Explanation, Reason, explain
from synodos.law.instruments import VERDICTS, ClauseNeed, InstrumentNeed, Verdict, Why, instruments
from synodos.law.registers import Registers, registers
from synodos.law.screening import Match, screen
from synodos.law.supposing import with_window
from synodos.law.types import Assessment, Fact, Finding, Question, ReadingLeads, Situation
from synodos.law.wording import certainty_words, status_words

__all__ = [
    "STANDINGS",
    "VERDICTS",
    "WATCH_KINDS",
    "AgreementState",
    "Assessment",
    "Branch",
    "Catalogue",
    "ClauseChoice",
    "ClauseNeed",
    "CloseOutSheet",
    "ContestedQuestion",
    "Delivery",
    "Explanation",
    "Fact",
    "Finding",
    "Group",
    "Instrument",
    "InstrumentNeed",
    "Match",
    "Norm",
    "Notification",
    "PartnerCount",
    "Position",
    "Question",
    "Reading",
    "ReadingLeads",
    "Reason",
    "Register",
    "Registered",
    "Registers",
    "Situation",
    "TermSheet",
    "Uncovered",
    "Verdict",
    "Watched",
    "Why",
    "assess",
    "catalogue",
    "certainty_words",
    "close_out",
    "contested",
    "ends_of",
    "explain",
    "grouped",
    "instruments",
    "party_names",
    "register",
    "registers",
    "registration_draft",
    "screen",
    "secretary_general_draft",
    "state_at",
    "status_words",
    "term_sheet",
    "uncovered",
    "watch",
    "with_window",
]
