"""What a field of a record points at, and the small types that records share."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Discriminator, StringConstraints, Tag

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
WITHHELD = "withheld"
"""Stands in a viewer's portfolio for a reference that this viewer cannot resolve."""
SUPPOSED = "synodos-what-if"
"""Key of the source that stands for what is supposed and stated by nobody; changes may cite it without more ado."""
RESERVED = ("public", "members", "private", WITHHELD)
"""Words that say who may see something, and so name no record."""
LEGAL_MATTERS = ("mission", "element", "transfer", "payment", "resource-use", "agreement")
"""Kinds of records that a determination may be about."""
FORUM_MATTERS = (*LEGAL_MATTERS, "scenario", "objective", "offer", "need", "policy")
"""Kinds of records that a paper or a point of an agenda may be about."""


@dataclass(frozen=True, slots=True)
class Points:
    """Says that a field holds the id of a record of one of `kinds`."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Says that a field holds the id of an entry of the vocabulary `name`."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Cites:
    """Says that a field holds the key of an entry of the portfolio's source list."""


def _not_reserved(own_id: str) -> str:
    """Return the id, or refuse it: an owner with the id `public` would be everybody."""
    if own_id in RESERVED:
        message = "an id other than " + ", ".join(RESERVED)
        raise ValueError(message)
    return own_id


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=120)]
OwnId = Annotated[Id, AfterValidator(_not_reserved)]
Text = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=4_000,
        # No control characters (files and terminals choke on them); line feeds may stand.
        pattern=r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]*$",
    ),
]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80), Cites()]

AgencyId = Annotated[Id, Points(("agency",))]
OwnerId = Annotated[Id, Points(("agency", "state"))]
StateId = Annotated[Id, Points(("state",))]
MissionId = Annotated[Id, Points(("mission",))]
PlanId = Annotated[Id, Points(("mission", "element"))]
ProviderRecordId = Annotated[Id, Points(("element", "mission", "offer"))]
AgreementId = Annotated[Id, Points(("agreement",))]
CommitmentId = Annotated[Id, Points(("commitment",))]
ActivityId = Annotated[Id, Points(("activity",))]
CalendarId = Annotated[Id, Points(("calendar",))]
ScheduleId = Annotated[Id, Points(("schedule",))]
ScenarioId = Annotated[Id, Points(("scenario",))]
WorkId = Annotated[Id, Points(("activity", "element", "mission"))]
PartyId = Annotated[Id, Points(("agency", "state"))]
LegalMatterId = Annotated[Id, Points(LEGAL_MATTERS)]
MatterId = Annotated[Id, Points(FORUM_MATTERS)]
TermsId = Annotated[Id, Points(("terms-of-reference",))]
WorkingGroupId = Annotated[Id, Points(("working-group",))]
MeetingId = Annotated[Id, Points(("meeting",))]
PaperId = Annotated[Id, Points(("paper",))]

CapabilityId = Annotated[Id, Term("capabilities")]
DestinationId = Annotated[Id, Term("destinations")]
StandardId = Annotated[Id, Term("interface-standards")]
InstrumentTypeId = Annotated[Id, Term("instrument-types")]
GoalId = Annotated[Id, Term("exploration-objectives")]
ClauseId = Annotated[Id, Term("clauses")]
LegalQuestionId = Annotated[Id, Term("legal-questions")]
ContestedReadingId = Annotated[Id, Term("contested-questions")]
ContestedQuestionId = Annotated[Id, Term("contested-questions")]
TechnologyReadinessLevel = Annotated[Id, Term("technology-readiness")]

Confidence = Literal["read", "secondary", "computed", "unverified"]
Release = Annotated[
    Annotated[Literal["public", "members", "private"], Tag("word")] | Annotated[tuple[AgencyId, ...], Tag("list")],
    # Words and lists are told apart first, so that a wrong value gives one fault and not one for each form.
    Discriminator(lambda value: "list" if isinstance(value, list | tuple) else "word"),
]
Status = Literal[
    "idea",
    "proposed",
    "studied",
    "planned",
    "approved",
    "in-development",
    "launched",
    "operating",
    "completed",
    "deferred",
    "cancelled",
    "lost",
]
FLYING: Final[frozenset[str]] = frozenset({"launched", "operating"})
"""Statuses of plans that are at work."""
GONE: Final[frozenset[str]] = frozenset({"cancelled", "lost"})
"""Statuses of plans that never do any more what they were meant for."""
ENDED: Final = GONE | {"completed"}
"""Statuses of plans that are over, well or not."""
FLOWN: Final = FLYING | {"completed", "lost"}
"""Statuses of plans that were launched."""
IDLE: Final = ENDED | {"deferred"}
"""Statuses of plans on which nobody can count."""
SHUT: Final[frozenset[str]] = frozenset({"closed", "withdrawn"})
"""Standings of offers and needs that nobody can take up any more."""
Strength = Literal["high", "medium", "low"]
Basis = Literal["stated", "inferred"]
