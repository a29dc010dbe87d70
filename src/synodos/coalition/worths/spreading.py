"""What the optimum of one group tells of all: what none of them exceeds, and what of its plan is left to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.worths.layers import Layers
from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part
from synodos.coalition.worths.relaxation import Relaxation, Relaxed

Amounts = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """Amounts that count for every group that holds all whom they need.

    Attributes
    ----------
    needs : array of int64, shape (prices,)
        Whom each of the `amounts` needs.
    amounts : array of float, shape (prices,)
        Their sum is not exceeded by any plan of a group.
    plan_needs : array of int64, shape (choices made,)
        For each choice of the plan whom it needs, with all that it rests on.
    plan_gains : array of int64, shape (choices made,)
        Their sum is what is left of the plan to a group, at least.
    """

    needs: Ints
    amounts: Amounts
    plan_needs: Ints
    plan_gains: Ints


def evidence(part: Part, relaxation: Relaxation, relaxed: Relaxed, plan: Ints | None) -> Evidence:
    """Return what an optimum of the relaxation, and a plan if there is one, tell of all groups."""
    needs, amounts = relaxation.terms(relaxed)
    if plan is None:
        nothing = np.zeros(0, dtype=np.int64)
        return Evidence(needs, amounts, nothing, nothing)
    made = np.flatnonzero(plan)
    return Evidence(needs, amounts, part.needed_with_rests(made), part.gains[made] * plan[made])


def spread(found: Evidence, part: Part, layers: Layers) -> None:
    """Let all groups know what one tells.

    Notes
    -----
    Prices of the rows bound every group, not only the one that they are best for: choices that it cannot make, and rows
    that it cannot fill, are left out. What of a plan needs only members of a group, with all that it rests on, keeps to
    every limit, since no row lacks what filled it. Each is a sum over the groups within a group, for all at once.
    """
    players = len(part.players)
    layers.bound(part.rounded_all(_summed(found.needs, found.amounts, players)))
    if len(found.plan_needs):
        amounts = _summed(found.plan_needs, found.plan_gains.astype(np.float64), players).astype(np.int64)
        if (amounts > layers.lower).any():
            layers.offer(amounts, _joined(found.plan_needs[found.plan_gains > 0], players))


def _summed(needs: Ints, amounts: Amounts, players: int) -> Amounts:
    """Return for each group the sum of the amounts that need only its members."""
    sums: Amounts = np.bincount(needs, amounts, 1 << players).astype(np.float64, copy=False)
    for bit in range(players):
        halves = sums.reshape(-1, 2, 1 << bit)
        halves[:, 1] += halves[:, 0]
    return sums


def _joined(needs: Ints, players: int) -> Ints:
    """Return for each group all members whom those need that need only its members."""
    found = np.zeros(1 << players, dtype=np.int64)
    found[needs] = needs
    for bit in range(players):
        halves = found.reshape(-1, 2, 1 << bit)
        halves[:, 1] |= halves[:, 0]
    return found
