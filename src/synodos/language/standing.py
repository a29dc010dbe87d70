"""What stands open between agencies, and what binds them: offers, needs, scenarios, agreements."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from synodos.language.changes import Step
from synodos.language.dates import DateRange
from synodos.language.marks import (
    AgencyId,
    AgreementId,
    CapabilityId,
    ClauseId,
    DestinationId,
    InstrumentTypeId,
    MissionId,
    PlanId,
    ProviderRecordId,
    ScenarioId,
    Text,
)
from synodos.language.money import Cost
from synodos.language.plan import Interface, Requirement
from synodos.language.record import Filled, Part, Record

Standing = Literal["open", "discussed", "agreed", "closed", "withdrawn"]
AgreementStanding = Literal["planned", "in-force", "ended", "suspended", "never-concluded", "in-doubt"]


class Offer(Record):
    """A standing offer outside a mission: a ride, antenna time, a facility, data, crew time."""

    kind: ClassVar[str] = "offer"
    plural: ClassVar[str] = "offers"

    name: Text
    """The offer in one line."""
    provides: tuple[CapabilityId, ...] = ()
    """Capabilities offered."""
    destinations: tuple[DestinationId, ...] = ()
    """Where they are of use; empty: anywhere."""
    available: DateRange | None = None
    """When."""
    offered_to: tuple[AgencyId, ...] = ()
    """Agencies it is offered to; empty: anyone."""
    standing: Standing = "open"
    """Whether the offer still stands."""
    conditions: Text | None = None
    """What is asked in return."""
    interfaces: tuple[Interface, ...] = ()
    """Standards that a user has to follow."""
    taken_by: tuple[AgencyId, ...] = ()
    """Agencies that took it up or discuss it."""


class Need(Record):
    """A standing need outside a mission."""

    kind: ClassVar[str] = "need"
    plural: ClassVar[str] = "needs"

    name: Text
    """The need in one line."""
    seeks: Annotated[tuple[Requirement, ...], Field(min_length=1)]
    """Capabilities sought."""
    destinations: tuple[DestinationId, ...] = ()
    """Where they are needed; empty: anywhere."""
    standing: Standing = "open"
    """Whether the need still stands."""
    candidates: tuple[AgencyId, ...] = ()
    """Agencies named as possible providers."""


class PlannedDate(Part):
    """When a scenario has a mission fly."""

    mission: MissionId
    """The mission."""
    planned: DateRange
    """When it is planned to fly in this scenario."""


class ChosenProvider(Part):
    """What meets a requirement in a scenario."""

    plan: PlanId
    """Mission or element that requires it."""
    capability: CapabilityId
    """What is required."""
    met_by: Annotated[tuple[ProviderRecordId, ...], Field(min_length=1)]
    """Elements, missions or offers that meet it in this scenario; together if several are named."""


class Scenario(Record):
    """A named choice and order of missions, with its assumptions; the plans themselves stay as they were stated."""

    kind: ClassVar[str] = "scenario"
    plural: ClassVar[str] = "scenarios"

    name: Text
    """Its name, such as `Asteroid Next`."""
    missions: tuple[MissionId, ...] = ()
    """Missions in the order in which they are flown."""
    steps: tuple[Text, ...] = ()
    """Steps in words, in order."""
    horizon_years: Annotated[int, Field(gt=0, le=200)] | None = None
    """Length in years."""
    assumptions: tuple[Text, ...] = ()
    """What it takes for granted."""
    favoured_by: tuple[AgencyId, ...] = ()
    """Agencies that prefer it."""
    builds_on: ScenarioId | None = None
    """Scenario from which it takes missions, dates, providers and what is supposed, before its own."""
    leaves_out: tuple[MissionId, ...] = ()
    """Missions of that scenario that it does without."""
    planned_dates: tuple[PlannedDate, ...] = ()
    """Missions that it has fly at another time than planned."""
    providers: tuple[ChosenProvider, ...] = ()
    """Requirements that it has met by something else than planned."""
    supposes: tuple[Step, ...] = ()
    """What it supposes to happen to the plans, in order."""


class Obligation(Part):
    """Something that an agreement requires by a date."""

    text: Text
    """What is required."""
    bearer: AgencyId | None = None
    """Party that has to do it; empty: all of them."""
    due: DateRange | None = None
    """When."""
    done: DateRange | None = None
    """When it was done; empty: not stated."""


class CloseOut(Filled):
    """What came of an agreement that ended."""

    delivered: tuple[Text, ...] = ()
    """What was delivered."""
    cost_borne: tuple[Cost, ...] = ()
    """What it cost those who state it."""
    benefit: tuple[Text, ...] = ()
    """What the parties gained."""


class Agreement(Record):
    """An instrument of cooperation, as recorded by one of its parties or by the compiler."""

    kind: ClassVar[str] = "agreement"
    plural: ClassVar[str] = "agreements"

    name: Text
    """Its title, or what it is known by."""
    instrument: InstrumentTypeId
    """Type of instrument."""
    parties: Annotated[tuple[AgencyId, ...], Field(min_length=1)]
    """Agencies that are parties, or whose governments are."""
    other_parties: tuple[Text, ...] = ()
    """Parties that are no agencies of the portfolio."""
    signed: DateRange | None = None
    """When it was signed or adopted."""
    in_force: DateRange | None = None
    """When it applies; open at the end while no end is stated."""
    standing: AgreementStanding | None = None
    """Where it stands; empty if not known."""
    binding: bool | None = None
    """Whether it binds by its own text; never guessed from its title."""
    covers: tuple[PlanId, ...] = ()
    """Missions and elements that it covers."""
    subject: Text | None = None
    """What it covers, in words."""
    parent: AgreementId | None = None
    """Agreement under which it stands."""
    clauses: tuple[ClauseId, ...] = ()
    """Clauses that its text holds, as far as they are known."""
    obligations: tuple[Obligation, ...] = ()
    """What it requires by a date."""
    supersedes: tuple[AgreementId, ...] = ()
    """Agreements whose text it replaces or amends."""
    close_out: CloseOut | None = None
    """What came of it, once it ended."""
