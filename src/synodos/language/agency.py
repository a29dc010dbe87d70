"""Who there is: states, and agencies with the companies and bodies that act beside them."""

from typing import ClassVar, Literal

from synodos.language.dates import DateRange
from synodos.language.marks import StateId, Text
from synodos.language.money import Cost
from synodos.language.record import Record


class State(Record):
    """A state; its id is the ISO 3166-1 alpha-3 code in lower case."""

    kind: ClassVar[str] = "state"
    plural: ClassVar[str] = "states"

    name: Text
    """Usual short name."""


class Agency(Record):
    """An actor: space agency, intergovernmental organisation, company, university or other body."""

    kind: ClassVar[str] = "agency"
    plural: ClassVar[str] = "agencies"

    name: Text
    """Full name."""
    short_name: Text
    """Name on charts and in tables, such as `ESA`."""
    actor: Literal["agency", "intergovernmental", "company", "university", "non-governmental", "government-body"]
    """What sort of body it is."""
    state: StateId | None = None
    """State of nationality; none for an intergovernmental organisation."""
    member_since: DateRange | None = None
    """Since when it takes part in the coordinating mechanism; empty if it does not."""
    also_called: tuple[Text, ...] = ()
    """Former and other names."""
    exploration_budget: tuple[Cost, ...] = ()
    """Budgets as stated, each with its period and what it covers; they may stand on different bases."""
