"""What plans are worth beyond their stated costs: estimates by analogy, and benefits other than money."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from synodos.language.marks import AgencyId, PlanId, Text
from synodos.language.money import Cost
from synodos.language.record import Record
from synodos.language.work import Days

BenefitSort = Literal["science-return", "expertise", "prestige", "foreign-policy", "industry"]


class Estimate(Record):
    """What an agency reckons that a plan, its own or another's, costs or takes, by something like it."""

    kind: ClassVar[str] = "estimate"
    plural: ClassVar[str] = "estimates"

    name: Text
    """The estimate in one line."""
    plan: PlanId
    """Mission or element that it is about."""
    analogue: Text
    """What is like it, and how: the system whose figures these are."""
    costs: tuple[Cost, ...] = ()
    """What it costs, as stated."""
    development_days: Days | None = None
    """How long its development takes, by the analogue; empty: not estimated."""


class Benefit(Record):
    """What an agency gains beside money from any one of some plans, with the weight that it gives it."""

    kind: ClassVar[str] = "benefit"
    plural: ClassVar[str] = "benefits"

    name: Text
    """The benefit in one line."""
    sort: BenefitSort
    """What sort of benefit it is."""
    plans: Annotated[tuple[PlanId, ...], Field(min_length=1)]
    """Missions and elements that it is about."""
    weight: Annotated[float, Field(gt=0, le=1e6)]
    """How much it counts for the owner, on the owner's own scale: compare it with the owner's other benefits only."""
    with_agencies: tuple[AgencyId, ...] = ()
    """Agencies that have to take part for it to count; empty: whoever takes part, and the owner alone."""
    statement: Text | None = None
    """What the source says, in our words."""
