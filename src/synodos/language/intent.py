"""Why agencies explore and on what terms they cooperate: objectives, interests, policies."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from synodos.language.dates import DateRange
from synodos.language.marks import AgencyId, CapabilityId, DestinationId, GoalId, LegalQuestionId, Strength, Text
from synodos.language.plan import Requirement
from synodos.language.record import Part, Record


class Objective(Record):
    """An objective that an agency states in its own words."""

    kind: ClassVar[str] = "objective"
    plural: ClassVar[str] = "objectives"

    name: Text
    """The objective in one line."""
    serves: tuple[GoalId, ...] = ()
    """Common goals, objectives and themes that it serves."""
    destinations: tuple[DestinationId, ...] = ()
    """Where it is pursued."""


class Interest(Record):
    """How strongly an agency cares for an objective, a capability, a technology or a destination."""

    kind: ClassVar[str] = "interest"
    plural: ClassVar[str] = "interests"

    name: Text
    """The topic in one line."""
    about: Literal["destination", "capability", "objective", "technology", "policy"] | None = None
    """What sort of thing the agency cares for."""
    strength: Strength | None = None
    """How strongly; empty if not stated."""
    capabilities: tuple[CapabilityId, ...] = ()
    """Capabilities and technologies the interest is in."""
    objectives: tuple[GoalId, ...] = ()
    """Common goals and objectives the interest is in."""
    destinations: tuple[DestinationId, ...] = ()
    """Where."""
    when: DateRange | None = None
    """When."""
    brings: tuple[CapabilityId, ...] = ()
    """What the agency would bring to a cooperation on this topic."""
    seeks: tuple[Requirement, ...] = ()
    """What it looks for from others."""
    with_agencies: tuple[AgencyId, ...] = ()
    """Agencies with which the topic is already pursued or discussed."""
    statement: Text | None = None
    """What the source says, in our words."""


class Criterion(Part):
    """One thing that a policy requires of a cooperation."""

    text: Text
    """What is required."""
    pinpoint: Text | None = None
    """Where in the document it stands."""
    turns_on: LegalQuestionId
    """Question that is answered yes where the requirement is met."""


class Policy(Record):
    """What a government or an agency requires of cooperation, from its own documents."""

    kind: ClassVar[str] = "policy"
    plural: ClassVar[str] = "policies"

    name: Text
    """The rule in one line."""
    binds: Annotated[tuple[AgencyId, ...], Field(min_length=1)]
    """Agencies that it binds."""
    about: tuple[AgencyId, ...] = ()
    """Agencies that it concerns; empty if it does not depend on the partner."""
    bears: Literal["restricts", "eases", "requires", "prefers"] = "restricts"
    """Whether it restricts, eases, requires or prefers cooperation."""
    applies: DateRange
    """When it applies."""
    effect: Text | None = None
    """What follows for a cooperation."""
    criteria: tuple[Criterion, ...] = ()
    """What it requires of each cooperation of those it binds, one by one."""
