"""The list of record kinds: the one place that names them all."""

from __future__ import annotations

from typing import Final

from synodos.language.agency import Agency, State
from synodos.language.changes import Change
from synodos.language.forum import Action, Meeting, Paper, Position, Progress, TermsOfReference, WorkingGroup
from synodos.language.intent import Interest, Objective, Policy
from synodos.language.legal import Determination, LegalPosition, Payment, ResourceUse, Transfer
from synodos.language.plan import Commitment, Element, Mission
from synodos.language.record import Record
from synodos.language.standing import Agreement, Need, Offer, Scenario
from synodos.language.work import Activity, Calendar, Risk, Schedule
from synodos.language.worth import Benefit, Estimate

KINDS: Final[tuple[type[Record], ...]] = (
    State,
    Agency,
    Policy,
    Objective,
    Interest,
    Element,
    Mission,
    Commitment,
    Offer,
    Need,
    Scenario,
    Agreement,
    Transfer,
    Payment,
    ResourceUse,
    LegalPosition,
    Determination,
    Calendar,
    Schedule,
    Activity,
    Risk,
    Estimate,
    Benefit,
    TermsOfReference,
    WorkingGroup,
    Meeting,
    Paper,
    Position,
    Action,
    Progress,
    Change,
)
KIND_BY_NAME: Final[dict[str, type[Record]]] = {kind.kind: kind for kind in KINDS}
KIND_BY_PLURAL: Final[dict[str, type[Record]]] = {kind.plural: kind for kind in KINDS}
