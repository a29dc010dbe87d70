"""Whether two systems can be joined: standards, revisions and sides of interfaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.weights import Weights
from synodos.language import Element, Interface, Offer, Record, Requirement

Sought = tuple[str, tuple[Interface, ...]]
"""A standard that is required, and the seeker's own interfaces of that standard."""
OPPOSITE: Final = {"active": "passive", "passive": "active", "provides": "uses", "uses": "provides"}


class Interfaces:
    """Codes for what is sought and given at interfaces; code 0 means that no interface is stated."""

    def __init__(self) -> None:
        """Start with the code for nothing stated."""
        self._sought: dict[Sought | None, int] = {None: 0}
        self._given: dict[tuple[Interface, ...], int] = {(): 0}

    def sought(self, record: Record, requirement: Requirement) -> int:
        """Return the code of the interface that a requirement has to follow."""
        if requirement.interface is None:
            return 0
        own = record.interfaces if isinstance(record, Element) else ()
        key = (requirement.interface, tuple(side for side in own if side.standard == requirement.interface))
        return self._sought.setdefault(key, len(self._sought))

    def given(self, record: Record) -> int:
        """Return the code of the interfaces that a record follows."""
        own = record.interfaces if isinstance(record, Element | Offer) else ()
        return self._given.setdefault(own, len(self._given))

    def joints(self, weights: Weights) -> Joints:
        """Return how everything coded so far goes together."""
        value = np.full((len(self._sought), len(self._given)), np.nan)
        clash = np.zeros(value.shape, dtype=bool)
        for sought, row in self._sought.items():
            for given, column in self._given.items():
                if sought is not None and given:
                    word = judged(sought, given)
                    value[row, column] = weights.value("interface", word)
                    clash[row, column] = word == "clash"
        return Joints(value, clash)


@dataclass(frozen=True, slots=True)
class Joints:
    """How interfaces go together, by the codes of what is sought (row) and given (column).

    Attributes
    ----------
    value : array of float64
        Value from the weights; nan where one of the two is not stated.
    clash : array of bool
        Whether they cannot be joined.
    """

    value: NDArray[np.float64]
    clash: NDArray[np.bool_]


def judged(sought: Sought, given: tuple[Interface, ...]) -> str:
    """Return in a word of the weights how an interface that is sought goes with those that are given."""
    standard, own = sought
    words = [_joined(mine, theirs) for theirs in given if theirs.standard == standard for mine in own or (None,)]
    return min(words, key=("same", "revision-not-stated", "other-revision", "clash").index, default="clash")


def _joined(mine: Interface | None, theirs: Interface) -> str:
    """Return how two sides of one standard go together."""
    if mine is None:
        return "revision-not-stated" if theirs.revision is None else "same"
    if mine.role in OPPOSITE and theirs.role in OPPOSITE and theirs.role != OPPOSITE[mine.role]:
        return "clash"
    if mine.revision is None or theirs.revision is None:
        return "revision-not-stated"
    return "same" if mine.revision == theirs.revision else "other-revision"
