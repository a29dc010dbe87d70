"""What might change: steps that somebody wants to think through before they happen."""

from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.marks import AgencyId, AgreementId, CapabilityId, CommitmentId, DestinationId, PlanId, Text
from synodos.language.money import Cost
from synodos.language.record import Part, Record
from synodos.language.vocabulary import Source
from synodos.language.work import Spread

StepSort = Literal[
    "withdraw",
    "slip",
    "cut",
    "break",
    "cancel",
    "replace",
    "miss",
    "offer",
    "join",
    "enact",
    "repeal",
]
SUPPOSITION: Final = Source(
    title="What if: supposed in order to see what would follow",
    note="No text says it, and no agency has declared it.",
)
"""That source."""
TAKES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "withdraw": (frozenset({"agency"}), frozenset({"plans", "agreements", "since"})),
    "slip": (frozenset({"delay"}), frozenset({"agency", "plans", "since"})),
    "cut": (frozenset({"agency", "cuts"}), frozenset()),
    "break": (frozenset({"commitments"}), frozenset({"since"})),
    "cancel": (frozenset({"plans"}), frozenset({"since"})),
    "replace": (frozenset({"plans", "replacement"}), frozenset({"since"})),
    "miss": (frozenset({"plans"}), frozenset({"period"})),
    "offer": (frozenset({"agency", "provides"}), frozenset({"destinations", "since"})),
    "join": (frozenset({"agency"}), frozenset({"since"})),
    "enact": (frozenset({"norms"}), frozenset({"since"})),
    "repeal": (frozenset({"norms"}), frozenset({"since"})),
}
"""For each sort of step the fields that it needs, and those that it may have beside them."""
NormId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.:_-]*$", max_length=80)]


class Step(Part):
    """One thing that changes."""

    does: StepSort
    """What happens."""
    agency: AgencyId | None = None
    """Who withdraws, is late, is cut, offers or joins; empty for a slip: whoever the plans belong to."""
    plans: tuple[PlanId, ...] = ()
    """Missions and elements that it is about."""
    agreements: tuple[AgreementId, ...] = ()
    """Agreements that it leaves; empty: only those that cover nothing but what it withdraws from are touched."""
    commitments: tuple[CommitmentId, ...] = ()
    """Commitments that are not kept."""
    delay: Spread | None = None
    """How much later, in days."""
    cuts: tuple[Cost, ...] = ()
    """What the budget of a period loses."""
    replacement: PlanId | None = None
    """Element or mission that takes the place of each of the plans."""
    period: DateRange | None = None
    """Launch period that is missed; empty: the one in which the mission is planned to fly."""
    provides: tuple[CapabilityId, ...] = ()
    """Capabilities that are newly offered."""
    destinations: tuple[DestinationId, ...] = ()
    """Where they are of use; empty: anywhere."""
    norms: tuple[NormId, ...] = ()
    """Norms, or instruments with all their norms, of the catalogue that enter or leave force."""
    since: DateRange | None = None
    """From when; empty: from the day of knowledge."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse a step that lacks what it needs or says what nothing would heed."""
        needed, allowed = TAKES[self.does]
        given = {name for name in type(self).model_fields if getattr(self, name) not in (None, ())} - {"does"}
        missing, foreign = sorted(needed - given), sorted(given - needed - allowed)
        if missing or foreign:
            said = f"; found {', '.join(foreign)} too" if foreign else f"; missing: {', '.join(missing)}"
            beside = f", and may have {', '.join(sorted(allowed))}" if allowed else ""
            message = f"a step that does `{self.does}` needs {', '.join(sorted(needed))}{beside}{said}"
            raise ValueError(message)
        if self.does == "slip" and not (self.agency or self.plans):
            message = "a step that does `slip` needs an agency, plans, or both"
            raise ValueError(message)
        if self.delay is not None and self.delay.of != "days":
            message = "`delay` is a spread of days"
            raise ValueError(message)
        return self


class Change(Record):
    """A change to think through: what would happen, step by step."""

    kind: ClassVar[str] = "change"
    plural: ClassVar[str] = "changes"

    name: Text
    """The change in one line."""
    happens: Annotated[tuple[Step, ...], Field(min_length=1)]
    """What happens, in order."""
    statement: Text | None = None
    """Why it is worth a thought."""
