"""The common language: what can an agency say?

Record kinds, vocabularies, releasability, and the portfolio: an immutable snapshot of what was stated up
to a day, as one viewer may see it. Imports nothing of ours.
"""

from synodos.language.agency import Agency, State
from synodos.language.changes import SUPPOSED, SUPPOSITION, TAKES, Change, Step
from synodos.language.consistency import faults, label, requirements
from synodos.language.dates import DateRange
from synodos.language.faults import Fault, PortfolioError, nearest, of_validation, path_text, shown
from synodos.language.intent import Criterion, Interest, Objective, Policy
from synodos.language.kinds import KIND_BY_NAME, KIND_BY_PLURAL, KINDS
from synodos.language.legal import Determination, LegalPosition, Payment, ResourceUse, Transfer
from synodos.language.listed import ListedParty, ListedSort
from synodos.language.loops import activity_loops, first_loop
from synodos.language.marks import ID_PATTERN, WITHHELD, Cites, Points, Term
from synodos.language.money import Cost, Money
from synodos.language.plan import (
    Commitment,
    Element,
    Interface,
    LaunchOpportunity,
    Mission,
    Participation,
    Plan,
    Requirement,
)
from synodos.language.portfolio import (
    GENERAL_KNOWLEDGE,
    PUBLIC,
    Compiler,
    ExchangeRate,
    Header,
    History,
    Portfolio,
    PriceIndex,
    is_member,
    may_see,
)
from synodos.language.prices import in_terms_of
from synodos.language.record import Part, Record
from synodos.language.schema import schemas
from synodos.language.shape import Field, Reference, fields, redirected, references
from synodos.language.standing import (
    Agreement,
    ChosenProvider,
    CloseOut,
    Need,
    Obligation,
    Offer,
    PlannedDate,
    Scenario,
)
from synodos.language.vocabulary import BANDS, NAMES, Revision, Source, Vocabulary, VocabularyTerm, load
from synodos.language.work import (
    Activity,
    Calendar,
    ComputedDates,
    Constraint,
    ConstraintKind,
    Correlation,
    Exceptional,
    Link,
    LinkType,
    Risk,
    Schedule,
    Spread,
    WorkCost,
    WorkingDay,
)
from synodos.language.worth import Benefit, BenefitSort, Estimate

__all__ = [
    "BANDS",
    "GENERAL_KNOWLEDGE",
    "ID_PATTERN",
    "KINDS",
    "KIND_BY_NAME",
    "KIND_BY_PLURAL",
    "NAMES",
    "PUBLIC",
    "SUPPOSED",
    "SUPPOSITION",
    "TAKES",
    "WITHHELD",
    "Activity",
    "Agency",
    "Agreement",
    "Benefit",
    "BenefitSort",
    "Calendar",
    "Change",
    "ChosenProvider",
    "Cites",
    "CloseOut",
    "Commitment",
    "Compiler",
    "ComputedDates",
    "Constraint",
    "ConstraintKind",
    "Correlation",
    "Cost",
    "Criterion",
    "DateRange",
    "Determination",
    "Element",
    "Estimate",
    "Exceptional",
    "ExchangeRate",
    "Fault",
    "Field",
    "Header",
    "History",
    "Interest",
    "Interface",
    "LaunchOpportunity",
    "LegalPosition",
    "Link",
    "LinkType",
    "ListedParty",
    "ListedSort",
    "Mission",
    "Money",
    "Need",
    "Objective",
    "Obligation",
    "Offer",
    "Part",
    "Participation",
    "Payment",
    "Plan",
    "PlannedDate",
    "Points",
    "Policy",
    "Portfolio",
    "PortfolioError",
    "PriceIndex",
    "Record",
    "Reference",
    "Requirement",
    "ResourceUse",
    "Revision",
    "Risk",
    "Scenario",
    "Schedule",
    "Source",
    "Spread",
    "State",
    "Step",
    "Term",
    "Transfer",
    "Vocabulary",
    "VocabularyTerm",
    "WorkCost",
    "WorkingDay",
    "activity_loops",
    "faults",
    "fields",
    "first_loop",
    "in_terms_of",
    "is_member",
    "label",
    "load",
    "may_see",
    "nearest",
    "of_validation",
    "path_text",
    "redirected",
    "references",
    "requirements",
    "schemas",
    "shown",
]
