"""Parts of a model that have no row in common: each is optimised on its own, over the players that it knows."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.shares.game import GameError
from synodos.coalition.worths.model import GroupModel, Ints

EXACT: Final = 1 << 53
"""Whole numbers below this are told apart as floats."""

CLOSE: Final = 1e-6
"""By how much a bound may lie below a whole number and still reach it; in proportion, a millionth of that."""


@dataclass(frozen=True, eq=False)
class Part:
    """Choices that are joined by rows, written out as a matrix.

    Attributes
    ----------
    players : tuple of int
        Places of its players among those of the model; bits of groups and needs are counted in this order.
    places : array of int64, shape (choices,)
        Its choices among those of the model.
    gains, most, needs : array of int64, shape (choices,)
    matrix : array of int64, shape (rows, choices)
    limits : array of int64, shape (rows,)
    """

    players: tuple[int, ...]
    places: Ints
    gains: Ints
    most: Ints
    needs: Ints
    matrix: Ints
    limits: Ints

    @cached_property
    def key(self) -> str:
        """What it holds as a hash; players and places are left out, so that a part is known again in another model."""
        found = hashlib.sha256(repr((len(self.players), self.matrix.shape)).encode())
        for array in (self.gains, self.most, self.needs, self.matrix, self.limits):
            found.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
        return found.hexdigest()

    @cached_property
    def step(self) -> int:
        """A number of which every worth is a multiple."""
        return max(int(np.gcd.reduce(self.gains)), 1)

    def rounded(self, bound: float) -> int:
        """Return the largest worth that a bound allows, given room for the precision of floats."""
        return math.floor((bound + CLOSE * max(1.0, CLOSE * abs(bound))) / self.step) * self.step

    def rounded_all(self, bounds: NDArray[np.float64]) -> Ints:
        """Return the same of many bounds at once."""
        room = CLOSE * np.maximum(1.0, CLOSE * np.abs(bounds))
        whole: Ints = (np.floor((bounds + room) / self.step) * self.step).astype(np.int64)
        return whole

    def open_to(self, group: int) -> Ints:
        """Return how often a group can make each choice at most."""
        return np.where(self.needs & ~group, 0, self.most)

    @cached_property
    def _floats(self) -> NDArray[np.float64]:
        """The matrix as floats, which are multiplied faster, and as exactly, since sums stay below 2^53."""
        return self.matrix.astype(np.float64)

    @cached_property
    def _columns(self) -> NDArray[np.float64]:
        """The same by choice."""
        return np.ascontiguousarray(self._floats.T)

    def fits(self, choices: Ints) -> bool:
        """Return whether choices keep to every limit."""
        made = np.flatnonzero(choices)
        return bool((choices[made].astype(np.float64) @ self._columns[made] <= self.limits).all())

    def support(self, choices: Ints) -> int:
        """Return whom choices need."""
        return int(np.bitwise_or.reduce(self.needs[choices > 0], initial=0))

    def members(self, groups: int) -> Ints:
        """Return for each of the groups of the model, up to some number, its members in this part as a group of it."""
        every = np.arange(groups)
        return sum(((every >> place & 1) << bit for bit, place in enumerate(self.players)), np.zeros_like(every))

    def unfolded(self, groups: Ints) -> Ints:
        """Return groups of this part as groups of the model."""
        return sum(((groups >> bit & 1) << place for bit, place in enumerate(self.players)), np.zeros_like(groups))

    def thinned(self, choices: Ints) -> Ints:
        """Return a plan without what brings nothing and what nothing else rests on; it brings no less, and fits."""
        made = np.flatnonzero(choices)
        while True:
            kept = self._needed_choices(choices, self._needed_bundles(choices, made))
            if len(kept) == len(made):
                break
            made = kept
        thinned = np.zeros_like(choices)
        thinned[made] = choices[made]
        return thinned

    def needed_with_rests(self, made: Ints) -> Ints:
        """Return for each choice of a plan whom it needs, with all choices of the plan that it rests on.

        Of what brings nothing and serves one other choice alone, it is whom that needs.
        """
        places = made.tolist()
        needed = {place: self._needed_through(place, places) for place in places}
        for place in places:
            if self.gains[place] <= 0:
                serves = [other for other in places if other != place and self._rests[other] >> place & 1]
                if len(serves) == 1:
                    needed[place] |= needed[serves[0]]
        return np.array([needed[place] for place in places], dtype=np.int64)

    def _needed_through(self, place: int, made: list[int]) -> int:
        """Return whom a choice needs, with all choices of a plan that it rests on, over any number of steps."""
        found, waiting, needed = {place}, [place], 0
        while waiting:
            last = waiting.pop()
            needed |= int(self.needs[last])
            fresh = [other for other in made if self._rests[last] >> other & 1 and other not in found]
            found.update(fresh)
            waiting += fresh
        return needed

    @cached_property
    def _rests(self) -> list[int]:
        """For each choice those that it may rest on, as bits: they fill what it raises."""
        return _as_bits(self._resting)

    @cached_property
    def _partners(self) -> list[int]:
        """For each choice those that it may rest on, or that may rest on it, as bits."""
        return _as_bits(self._resting | self._resting.T)

    @cached_property
    def _resting(self) -> NDArray[np.bool_]:
        """Whether the choice of a line raises a row that the choice of a column fills."""
        rising, falling = (self.matrix > 0).astype(np.float32), (self.matrix < 0).astype(np.float32)
        rests: NDArray[np.bool_] = rising.T @ falling > 0
        return rests

    def _needed_bundles(self, choices: Ints, made: Ints) -> Ints:
        """Return choices that are made, without bundles that rest on each other and together bring nothing."""
        gains = (self.gains * choices).tolist()
        left, kept = sum(1 << place for place in made.tolist()), 0
        while left:
            bundle = waiting = left & -left
            brought = 0
            while waiting:
                place = waiting.bit_length() - 1
                brought += gains[place]
                found = self._partners[place] & left & ~bundle
                bundle |= found
                waiting ^= 1 << place | found
            left ^= bundle
            kept |= bundle if brought > 0 else 0
        return np.array([place for place in made.tolist() if kept >> place & 1], dtype=np.int64)

    def _needed_choices(self, choices: Ints, made: Ints) -> Ints:
        """Return choices that are made, without the first that brings nothing and that every limit can spare."""
        idle = made[self.gains[made] <= 0]
        spare = self.limits - self._floats[:, made] @ choices[made]
        free = (spare[:, None] + self._floats[:, idle] * choices[idle] >= 0).all(axis=0)
        return made[made != idle[free.argmax()]] if free.any() else made


def _as_bits(joined: NDArray[np.bool_]) -> list[int]:
    """Return for each line its columns, as bits."""
    return [sum(1 << place for place in np.flatnonzero(row).tolist()) for row in joined]


def first_joined(joined: NDArray[np.bool_]) -> Ints:
    """Return for each of some things the first that it is joined with, over any number of steps."""
    first = np.arange(len(joined))
    while True:
        spread = np.where(joined, first, len(first)).min(axis=1, initial=len(first))
        if (spread == first).all():
            return first
        first = spread[spread]


def whole(model: GroupModel) -> Part:
    """Return a model as one part.

    Raises
    ------
    GameError
        If its numbers are too large for exact sums, or a choice has a negative bound or need.
    """
    matrix = np.zeros((len(model.limits), len(model.gains)), dtype=np.int64)
    rows = np.repeat(np.arange(len(model.limits)), np.diff(model.starts))
    np.add.at(matrix, (rows, model.columns), model.values)
    found = Part(
        tuple(range(len(model.players))),
        np.arange(len(model.gains)),
        np.asarray(model.gains, dtype=np.int64),
        np.asarray(model.most, dtype=np.int64),
        np.asarray(model.needs, dtype=np.int64),
        matrix,
        np.asarray(model.limits, dtype=np.int64),
    )
    _check(found)
    return found


def split(joined: Part) -> tuple[Part, ...]:
    """Return the parts of one that bring anything; the worth of a group is the sum of what it is worth in each."""
    touched = (joined.matrix != 0).astype(np.float32)
    first = first_joined((touched.T @ touched > 0) | np.eye(len(joined.gains), dtype=np.bool_))
    found = (_part(joined, first == place) for place in np.unique(first).tolist())
    return tuple(part for part in found if (part.gains > 0).any())


def _part(joined: Part, chosen: NDArray[np.bool_]) -> Part:
    """Return some choices of a part with their rows, over the players whom they need."""
    needed = int(np.bitwise_or.reduce(joined.needs[chosen], initial=0))
    players = tuple(place for place in range(needed.bit_length()) if needed >> place & 1)
    needs = sum(
        ((joined.needs[chosen] >> place & 1) << bit for bit, place in enumerate(players)),
        np.zeros(int(chosen.sum()), dtype=np.int64),
    )
    rows = (joined.matrix[:, chosen] != 0).any(axis=1)
    matrix = joined.matrix[np.ix_(rows, chosen)]
    return Part(
        players, np.flatnonzero(chosen), joined.gains[chosen], joined.most[chosen], needs, matrix, joined.limits[rows]
    )


def _check(part: Part) -> None:
    """Refuse what cannot be reckoned exactly."""
    fault = next(_faults(part), None)
    if fault is not None:
        message = f"coalition.model: {fault}"
        raise GameError(message)


def _faults(part: Part) -> Iterator[str]:
    """Yield what is wrong with the numbers of a part."""
    if len(part.most) and int(part.most.min()) < 0:
        yield f"expected choices that can be made 0 times or more; found {part.most.min()}"
    if len(part.needs) and int(part.needs.min()) < 0:
        yield f"expected needs that are sets of players; found {part.needs.min()}"
    most = part.most.astype(np.float64)
    largest = max(
        float(np.abs(part.gains) @ most),
        float((np.abs(part.matrix) @ most).max(initial=0.0)),
        float(part.limits.max(initial=0)),
    )
    if largest >= EXACT:
        yield f"expected gains, rows and limits that add up to less than 2^53; found {largest:.3g}; use a larger unit"
