"""What the expected finish would be if only some agencies departed from the plan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from synodos.schedule.risk.changing import Asked
from synodos.schedule.sampling import ByCoalition, Model, finish_by_coalition, shapley_values


@dataclass(frozen=True)
class Coalitions:
    """Mean finish in days by who departs from the plan; shares in time likewise, None where no date is planned.

    Attributes
    ----------
    everybody, nobody : float
        All agencies depart; none does, and only what no agency answers for.
    without, alone, share : tuple of float
        For each agency: all but it depart; only it departs; its Shapley value, in days.
    in_time : float or None
        With all.
    in_time_without : tuple of float
        With all but one.
    iterations : int
        Behind the means.
    exact : bool
        Whether the Shapley values come from all groups.
    """

    everybody: float
    nobody: float
    without: tuple[float, ...]
    alone: tuple[float, ...]
    share: tuple[float, ...]
    in_time: float | None
    in_time_without: tuple[float, ...]
    iterations: int
    exact: bool


MOST_EXACT: Final = 14
"""Agencies up to which all groups are worked out."""
ORDERS: Final = 64
"""Random orders beyond that, each taken forwards and backwards."""
WORK: Final = 4_000_000_000
"""Activities times iterations times groups, at most."""
LEAST_ITERATIONS: Final = 256


def coalitions(model: Model, groups: Sequence[int], asked: Asked) -> Coalitions:
    """Return what the finish of the first target is expected to be by who departs from the plan.

    Parameters
    ----------
    model : Model
    groups : sequence of int
        Groups of the model that can depart from the plan.
    asked : Asked
    """
    n = len(groups)
    exact = n <= MOST_EXACT
    orders = _orders(n, asked.running.seed)
    sets = _all_sets(n) if exact else _sets_of(orders, n)
    iterations = min(asked.iterations, max(LEAST_ITERATIONS, WORK // (len(sets) * len(model.activities))))
    found = _found(model, groups, sets, asked, iterations).expected_days[:, 0]
    worth = dict(zip(sets, found.tolist(), strict=True))
    whole = (1 << n) - 1
    share = _by_bits(worth, n) if exact else _by_orders(worth, orders)
    in_time = _in_time(model, groups, asked)
    return Coalitions(
        everybody=worth[whole],
        nobody=worth[0],
        without=tuple(worth[whole ^ (1 << bit)] for bit in range(n)),
        alone=tuple(worth[1 << bit] for bit in range(n)),
        share=share,
        in_time=in_time[0] if in_time else None,
        in_time_without=in_time[1:],
        iterations=iterations,
        exact=exact,
    )


def _all_sets(n: int) -> list[int]:
    """Return every set of players as bits, each one player away from the one before."""
    return [one ^ (one >> 1) for one in range(1 << n)]


def _orders(n: int, seed: int) -> list[list[int]]:
    """Return random orders of the players, each also backwards, so that what is early in one is late in another."""
    generator = np.random.default_rng(seed)
    forwards = [generator.permutation(n).tolist() for _ in range(ORDERS)]
    return [order for one in forwards for order in (one, one[::-1])]


def _sets_of(orders: Sequence[Sequence[int]], n: int) -> list[int]:
    """Return the sets that orders pass through, and those of one player and of all but one."""
    whole = (1 << n) - 1
    found = dict.fromkeys([0, whole])
    for bit in range(n):
        found.update(dict.fromkeys((1 << bit, whole ^ (1 << bit))))
    for order in orders:
        members = 0
        for player in order:
            members |= 1 << player
            found[members] = None
    return list(found)


def _found(model: Model, groups: Sequence[int], sets: Sequence[int], asked: Asked, iterations: int) -> ByCoalition:
    """Return what comes of each set of players that departs from the plan, in days and by the planned date."""
    members = np.ones((len(sets), len(model.group_key)), np.bool_)
    for bit, group in enumerate(groups):
        members[:, group] = [bool(one >> bit & 1) for one in sets]
    return finish_by_coalition(
        model,
        members,
        iterations=iterations,
        seed=asked.running.seed,
        never_days=asked.horizon,
        due_days=math.inf if asked.planned is None else asked.planned,
        threads=asked.running.threads,
    )


def _in_time(model: Model, groups: Sequence[int], asked: Asked) -> tuple[float, ...]:
    """Return the share in time with all players, and with all but each; none where no date is planned.

    That takes few sets, so it can rest on all iterations.
    """
    if asked.planned is None:
        return ()
    whole = (1 << len(groups)) - 1
    sets = [whole, *(whole ^ (1 << bit) for bit in range(len(groups)))]
    return tuple(_found(model, groups, sets, asked, asked.iterations).in_time[:, 0].tolist())


def _by_bits(worth: Mapping[int, float], n: int) -> tuple[float, ...]:
    """Return the Shapley value of each player from the worth of all sets."""
    return tuple(shapley_values(np.array([worth[one] for one in range(1 << n)])).tolist()) if n else ()


def _by_orders(worth: Mapping[int, float], orders: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Return the mean of what each player adds when it joins those before it in an order."""
    found = [0.0] * len(orders[0])
    for order in orders:
        members = 0
        for player in order:
            found[player] += (worth[members | 1 << player] - worth[members]) / len(orders)
            members |= 1 << player
    return tuple(found)
