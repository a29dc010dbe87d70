"""The list of record kinds: the one place that names them all.

A kind is loaded when it is first asked for: building all of them takes longer than many an answer, and most files hold
a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from synodos.language.record import Record

    KINDS: tuple[type[Record], ...]

_HOMES: Final = {
    "agency": {"state": ("states", "State"), "agency": ("agencies", "Agency")},
    "intent": {
        "policy": ("policies", "Policy"),
        "objective": ("objectives", "Objective"),
        "interest": ("interests", "Interest"),
    },
    "plan": {
        "element": ("elements", "Element"),
        "mission": ("missions", "Mission"),
        "commitment": ("commitments", "Commitment"),
    },
    "standing": {
        "offer": ("offers", "Offer"),
        "need": ("needs", "Need"),
        "scenario": ("scenarios", "Scenario"),
        "agreement": ("agreements", "Agreement"),
    },
    "legal": {
        "transfer": ("transfers", "Transfer"),
        "payment": ("payments", "Payment"),
        "resource-use": ("resource-uses", "ResourceUse"),
        "legal-position": ("legal-positions", "LegalPosition"),
        "determination": ("determinations", "Determination"),
    },
    "work": {
        "calendar": ("calendars", "Calendar"),
        "schedule": ("schedules", "Schedule"),
        "activity": ("activities", "Activity"),
        "risk": ("risks", "Risk"),
    },
    "worth": {"estimate": ("estimates", "Estimate"), "benefit": ("benefits", "Benefit")},
    "forum": {
        "terms-of-reference": ("terms-of-reference", "TermsOfReference"),
        "working-group": ("working-groups", "WorkingGroup"),
        "meeting": ("meetings", "Meeting"),
        "paper": ("papers", "Paper"),
        "position": ("positions", "Position"),
        "action": ("actions", "Action"),
        "progress": ("progress", "Progress"),
    },
    "changes": {"change": ("changes", "Change")},
}
"""For each module its kinds, each with the name of its list in files and its class."""


class Kinds(Mapping[str, type["Record"]]):
    """Kinds by a name, each loaded when it is first asked for."""

    def __init__(self, homes: Mapping[str, tuple[str, str]]) -> None:
        """Take for each name the module and the class."""
        self._homes = homes
        self._loaded: dict[str, type[Record]] = {}

    def __getitem__(self, name: str) -> type[Record]:
        found = self._loaded.get(name)
        if found is None:
            module, kind = self._homes[name]
            found = self._loaded[name] = getattr(import_module(f"synodos.language.{module}"), kind)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._homes

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


KIND_BY_NAME: Final = Kinds(
    {name: (module, kind) for module, kinds in _HOMES.items() for name, (_, kind) in kinds.items()}
)
KIND_BY_PLURAL: Final = Kinds(
    {plural: (module, kind) for module, kinds in _HOMES.items() for plural, kind in kinds.values()}
)


def __getattr__(name: str) -> tuple[type[Record], ...]:
    """Return all kinds, which load all modules."""
    if name == "KINDS":
        return _every()
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


@cache
def _every() -> tuple[type[Record], ...]:
    """Return all kinds."""
    return tuple(KIND_BY_NAME.values())
