"""A combination of moves on its way: what is settled, and how good it is so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from synodos.whatif.options.case import Open
from synodos.whatif.options.types import Criteria, Move

NOTHING: Final = Criteria(0, 0.0, frozenset(), 0.0, 0, 0)
NEVER: Final = dt.date.min
"""Stands for a day that holds nothing."""


@dataclass(frozen=True)
class Partial:
    """A combination of moves for the missions looked at so far.

    Attributes
    ----------
    moves : tuple of Move
        What is done.
    dates : mapping of str to (date or None)
        When each mission leaves; None: given up, or it flies with one that is not looked at yet.
    leads : mapping of str to str
        Who leads each mission.
    merged : mapping of str to str
        Missions that fly with another.
    settled : tuple of (Open, Move)
        Each open requirement with the move that settles it.
    criteria : Criteria
        Summed so far.
    limited : frozenset of (str, str, float)
        What agencies whose money has a ceiling take over: agency, what it is about, and its cost (0 if not stated).
    ready : date
        Of the mission under way: when all that it takes along is there.
    """

    moves: tuple[Move, ...] = ()
    dates: Mapping[str, dt.date | None] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    settled: tuple[tuple[Open, Move], ...] = ()
    criteria: Criteria = NOTHING
    limited: frozenset[tuple[str, str, float]] = frozenset()
    ready: dt.date = NEVER

    @property
    def given_up(self) -> frozenset[str]:
        """Missions that do not fly, not even with another."""
        return frozenset(key for key, day in self.dates.items() if day is None and key not in self.merged)

    def sort(self, ahead: frozenset[str]) -> tuple[object, ...]:
        """Return what two combinations have to share for one to dominate the other.

        Parameters
        ----------
        ahead : frozenset of str
            Missions that what is still to be looked at turns on: whether they fly counts, and those still to be joined.
        """
        return self.given_up & ahead, tuple(pair for pair in self.merged.items() if not ahead.isdisjoint(pair))

    def dominates(self, other: Partial, ahead: frozenset[str]) -> bool:
        """Return whether whatever follows, this ends no worse than another of its sort."""
        return (
            self.ready <= other.ready
            and (self.criteria.dominates(other.criteria) or self.criteria == other.criteria)
            and self.limited <= other.limited
            and all(_no_later(day, other.dates[key]) for key, day in self.dates.items() if key in ahead)
        )


def _no_later(mine: dt.date | None, other: dt.date | None) -> bool:
    """Return whether a mission leaves no later; both fly or neither does."""
    return mine == other if mine is None or other is None else mine <= other
