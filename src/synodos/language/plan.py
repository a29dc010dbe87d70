"""What agencies plan: elements, missions, what they require, and how firmly they stand behind it."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.marks import (
    AgencyId,
    Basis,
    CapabilityId,
    DestinationId,
    GoalId,
    PlanId,
    ProviderRecordId,
    StandardId,
    Status,
    TechnologyReadinessLevel,
    Text,
)
from synodos.language.money import Cost
from synodos.language.record import Part, Record
from synodos.language.work import Probability, Spread


class Requirement(Part):
    """A capability that a mission or an element cannot do without, or would gain by."""

    capability: CapabilityId
    """What is required."""
    essential: bool | None = None
    """Whether the mission fails without it; empty if not known."""
    by: DateRange | None = None
    """When it must be there; empty: when the mission that requires it flies."""
    met_by: tuple[ProviderRecordId, ...] = ()
    """Elements, missions or offers that meet it; together if several are named. Empty if nothing is named."""
    provider: AgencyId | None = None
    """Agency that owes it, where no element is named."""
    interface: StandardId | None = None
    """Interface standard that it has to follow."""
    basis: Basis = "stated"
    """Whether a source states it, or it is inferred from the mission's needs."""
    note: Text | None = None
    """Remark for the reader."""


class Interface(Part):
    """A standard that an element follows at one of its interfaces."""

    standard: StandardId
    """The standard."""
    revision: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,12}$")] | None = None
    """Its revision, where stated."""
    role: Literal["active", "passive", "androgynous", "provides", "uses"] | None = None
    """Which side of the interface the element is."""


class Participation(Part):
    """The part that an agency has in another's plan."""

    agency: AgencyId
    """The partner."""
    role: Text | None = None
    """What it does or brings."""


class Plan(Record):
    """What elements and missions have in common."""

    name: Text
    """Usual name."""
    also_called: tuple[Text, ...] = ()
    """Former and other names."""
    form: Text | None = None
    """What sort of thing it is in a word or two, such as `orbiter` or `launcher`."""
    status: Status
    """Where it stands."""
    destinations: tuple[DestinationId, ...] = ()
    """Where it goes or works; empty: not stated."""
    crewed: bool | None = None
    """Whether people fly on it; empty if not stated."""
    partners: tuple[Participation, ...] = ()
    """Agencies that have a part in it."""
    provides: tuple[CapabilityId, ...] = ()
    """Capabilities that it provides."""
    operator: AgencyId | None = None
    """Body that builds or runs it for the owner; empty: the owner itself."""
    costs: tuple[Cost, ...] = ()
    """What it costs, as stated."""
    statement: Text | None = None
    """Where it stands in words."""


class Element(Plan):
    """A building block: something that provides capabilities to missions."""

    kind: ClassVar[str] = "element"
    plural: ClassVar[str] = "elements"

    available: DateRange | None = None
    """From when to when it can be used; open at the end while no end is stated."""
    needs: tuple[Requirement, ...] = ()
    """What it requires from other elements."""
    interfaces: tuple[Interface, ...] = ()
    """Standards that it follows."""
    readiness: TechnologyReadinessLevel | None = None
    """Technology readiness level (ISO 16290) in its present use."""
    capacity_to_share: Text | None = None
    """What others may use of it; empty: none stated."""
    export_classification: Text | None = None
    """Entry of an export control list, such as `USML XV(a)` or `EAR 9A515`."""


class LaunchOpportunity(Part):
    """When the heavens, or its own list, let a mission leave."""

    type: Literal["any-time", "planetary", "listed"]
    """Whether it can leave on any day, only in the launch periods of a transfer, or in periods of its own."""
    target: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")] | None = None
    """Body it flies to from the Earth (planetary), such as `mars` or `itokawa`."""
    c3_max_km2_s2: Annotated[float, Field(gt=0, le=500)] | None = None
    """Most characteristic energy that its launcher gives it; empty: the default of the computation, named with it."""
    periods: tuple[DateRange, ...] = ()
    """Its own launch periods; they win over computed ones."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse a planetary opportunity without a target, and a listed one without periods."""
        if self.type == "planetary" and self.target is None:
            message = "`target`: the body that the mission flies to"
            raise ValueError(message)
        if self.type == "listed" and not self.periods:
            message = "`periods`: the launch periods, each with its first and last day"
            raise ValueError(message)
        if any(period.opens_early or period.stays_open for period in self.periods):
            message = "`periods`: launch periods that have a first and a last day"
            raise ValueError(message)
        return self


class Mission(Plan):
    """A flight or campaign that an agency leads."""

    kind: ClassVar[str] = "mission"
    plural: ClassVar[str] = "missions"

    planned: DateRange | None = None
    """When it is planned to fly (or flew); for a facility, when it works."""
    ends: DateRange | None = None
    """When it is planned to end (or ended)."""
    launch_opportunity: LaunchOpportunity | None = None
    """When it can leave at all; empty: as its destination suggests, which every answer then says."""
    objectives: tuple[GoalId, ...] = ()
    """Common goals and objectives that it serves."""
    aims: tuple[Text, ...] = ()
    """Aims in the words of its own sources."""
    requirements: tuple[Requirement, ...] = ()
    """Capabilities that it requires."""


class Commitment(Record):
    """What an agency stands behind, and how firmly."""

    kind: ClassVar[str] = "commitment"
    plural: ClassVar[str] = "commitments"

    name: Text
    """The commitment in one line."""
    to: Annotated[tuple[PlanId, ...], Field(min_length=1)]
    """Missions and elements that it carries."""
    level: Literal["intent", "budgeted", "agreed", "contracted"]
    """How firm it is."""
    funding: tuple[Cost, ...] = ()
    """Money behind it, by period."""
    decision: DateRange | None = None
    """When it was or will be decided."""
    with_agencies: tuple[AgencyId, ...] = ()
    """Agencies that it is given to."""
    kept_probability: Probability | None = None
    """Chance that it is kept; empty: the default of its level, marked as such wherever it counts."""
    if_broken: Literal["delay", "remove"] | None = None
    """Whether what it carries comes later or not at all if it is not kept; empty: later."""
    replacement_delay: Spread | None = None
    """Days until something else takes its place; empty: the default, marked as such wherever it counts."""
