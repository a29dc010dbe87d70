"""Who causes the delay: the expected finish if only some agencies performed as sampled, and the others to plan."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.chains import chains, without_idle_links
from synodos.schedule.sampling.checks import checked
from synodos.schedule.sampling.model import Floats, Integers, Model
from synodos.schedule.sampling.plan import Plan, compiled
from synodos.schedule.sampling.running import check_range, numbers_of
from synodos.schedule.sampling.workspace import LANES, Workspace, workspace

MOST_PARTNERS = 16
"""Partners of an exact attribution: 65,536 coalitions."""


@dataclass(frozen=True)
class DelayShares:
    """The delay of each target, and whose it is; arrays of shape (targets,) or (partners, targets), in days.

    Attributes
    ----------
    partners : tuple of int
        Groups among whom the delay is shared; all else stays as sampled.
    planned_finish_days : float array
    expected_finish_days : float array
        As sampled.
    others_days : float array
        Expected finish if all partners performed to plan, minus the planned one: what others and chance add.
    shapley_days : float array
        Each partner's Shapley value (Shapley, 1953) of the rest: the delay that it adds when it joins those who do not
        perform to plan, averaged over all orders of joining. They sum to expected - planned - others.
    removal_days : float array
        Expected finish minus that had this partner alone performed to plan.
    interaction_days : float array
        What the removals leave of the delay: positive where partners delay at the same time, so that no one of them can
        win it back alone; negative where their delays only bite together.
    """

    partners: tuple[int, ...]
    planned_finish_days: Floats
    expected_finish_days: Floats
    others_days: Floats
    shapley_days: Floats
    removal_days: Floats
    interaction_days: Floats


class ByCoalition(NamedTuple):
    """What comes of each coalition, arrays of shape (coalitions, targets).

    `expected_days` is the expected finish, `in_time` the share of the iterations that finish by when they are due.
    """

    expected_days: Floats
    in_time: Floats


def finish_by_coalition(
    model: Model,
    coalitions: NDArray[np.bool_],
    *,
    iterations: int,
    seed: int,
    never_days: float = math.inf,
    due_days: float = math.inf,
    threads: int | None = None,
) -> ByCoalition:
    """Return the expected finish of each target for each coalition, and how often it finishes in time.

    Parameters
    ----------
    model : Model
    coalitions : bool array, shape (coalitions, groups)
        Whose activities and risks are as sampled; those of the others are as planned, and their risks do not occur.
        What belongs to nobody is as sampled. Fastest if neighbours differ little.
    iterations, seed : int
        As for `run`, with the same random numbers; drawn once for all coalitions.
    never_days : float
        What counts as the finish of an iteration that never finishes; such a one is not in time.
    due_days : float
        What counts as in time: any finish until then.
    threads : int, optional
        As many as the machine has processors, if not given.

    Returns
    -------
    ByCoalition

    Raises
    ------
    ValueError
        If the model or an argument is faulty.
    """
    checked(model)
    check_range(seed, 0, iterations)
    coalitions = np.asarray(coalitions, np.bool_)
    if coalitions.ndim != 2 or coalitions.shape[1] != len(model.group_key):  # noqa: PLR2004 - rows and columns
        message = (
            f"sampling.coalitions: give a column for each of {len(model.group_key)} groups, not {coalitions.shape}"
        )
        raise ValueError(message)
    members = np.concatenate((coalitions, np.ones((len(coalitions), 1), np.bool_)), axis=1)
    model = without_idle_links(model)
    days_of = never_days, due_days
    total, in_time = _totals(
        compiled(model),
        model,
        members,
        np.uint32(seed),
        numbers_of(0, iterations),
        days_of,
        threads or os.cpu_count() or 1,
    )
    return ByCoalition(total / iterations, in_time / iterations)


def _totals(
    plan: Plan,
    model: Model,
    members: NDArray[np.bool_],
    key: np.uint32,
    blocks: list[tuple[int, int]],
    days_of: tuple[float, float],
    threads: int,
) -> tuple[Floats, Integers]:
    """Return the sums of finishes by coalition and target, and how many are in time."""
    from synodos.schedule.sampling.coalition_kernel import coalition_block, draw_block

    net, draws = plan.net, plan.draws
    risk_group = np.ascontiguousarray(model.risks.group, np.int64)
    rows = chains(model, net.activity["plain"])
    spaces: SimpleQueue[tuple[Workspace, NDArray[np.float32], Floats]] = SimpleQueue()
    for _ in range(threads):
        days, spans = np.empty((2 * len(net.activity), LANES), np.float32), np.empty((len(rows.group), LANES))
        spaces.put((workspace(plan), days, spans))

    def one(numbered: tuple[int, int]) -> tuple[Floats, Integers]:
        (number, lanes), space = numbered, spaces.get()
        (numbers, dates, _), days, spans = space
        changed, (total, in_time) = np.empty(len(net.activity), np.bool_), nothing()
        try:
            draw_block(net, draws, plan.durations, plan.values, key, number, numbers, days)
            coalition_block(
                *(net, draws, risk_group, rows, members, plan.targets, lanes, *days_of),
                *(days, spans, numbers, dates, changed, total, in_time),
            )
        finally:
            spaces.put(space)  # else the others would wait for it
        return total, in_time

    def nothing() -> tuple[Floats, Integers]:
        shape = len(members), len(plan.targets)
        return np.zeros(shape), np.zeros(shape, np.int64)

    total, in_time = nothing()
    with ThreadPoolExecutor(threads) as pool:
        for late, met in pool.map(one, blocks):
            total += late
            in_time += met
    return total, in_time


def shapley_delay(
    model: Model,
    partners: Sequence[int],
    *,
    iterations: int,
    seed: int,
    never_days: float = math.inf,
    threads: int | None = None,
) -> DelayShares:
    """Return the expected delay of each target, shared exactly among partners.

    All coalitions of the partners are worked out on the same iterations, so that the shares carry no noise of their
    own. Arguments are those of `finish_by_coalition`; `partners` are groups, at most 16, each once.

    Raises
    ------
    ValueError
        Also if an iteration never finishes and `never_days` does not say what that counts as.
    """
    count = len(partners)
    if not 0 < count <= MOST_PARTNERS or len(set(partners)) < count:
        message = f"sampling.partners: share among 1 to {MOST_PARTNERS} different groups, not {list(partners)}"
        raise ValueError(message)
    checked(model)
    order = np.array(partners)[np.argsort([_reach(model, partner) for partner in partners], kind="stable")]
    sets = np.arange(2**count) ^ (np.arange(2**count) >> 1)  # each differs from the one before by one partner
    coalitions = np.ones((len(sets), len(model.group_key)), np.bool_)
    coalitions[:, order] = (sets[:, None] >> np.arange(count)) & 1
    found = finish_by_coalition(
        model, coalitions, iterations=iterations, seed=seed, never_days=never_days, threads=threads
    ).expected_days
    worth = np.empty_like(found)
    worth[sets] = found
    planned = compiled(model).planned.finish[model.targets]
    planned = np.where(np.isfinite(planned), planned, never_days)
    if not (np.isfinite(worth).all() and np.isfinite(planned).all()):
        message = "sampling.never: some iterations never finish; say with never_days what date that counts as"
        raise ValueError(message)
    back = [order.tolist().index(partner) for partner in partners]
    removal = worth[-1] - np.array([worth[-1 - (1 << bit)] for bit in range(count)])
    return DelayShares(
        tuple(int(partner) for partner in partners),
        planned,
        worth[-1],
        worth[0] - planned,
        shapley_values(worth)[back],
        removal[back],
        worth[-1] - worth[0] - removal.sum(axis=0),
    )


def shapley_values(worth: Floats) -> Floats:
    """Return Shapley values from the worth of every coalition: shape (2^n, ...) to (n, ...); bit i is player i."""
    players = len(worth).bit_length() - 1
    sets = np.arange(len(worth))
    size = np.array([int(one).bit_count() for one in sets])
    weight = np.array([1.0 / (players * math.comb(players - 1, s)) for s in range(players)] + [0.0])
    values = []
    for player in range(players):
        without = sets[(sets >> player) & 1 == 0]
        values.append(np.tensordot(weight[size[without]], worth[without | (1 << player)] - worth[without], axes=1))
    return np.array(values)


def _reach(model: Model, group: int) -> int:
    """Return how many activities a group's performance can move; the fewer, the more often it may join and leave."""
    activities, risks, links = model.activities, model.risks, model.links
    moved = activities.group == group
    owner = np.repeat(risks.group, np.diff(risks.start))
    moved[risks.activity[owner == group]] = True
    for activity in range(len(activities)):
        before = links.predecessor[links.start[activity] : links.start[activity + 1]]
        moved[activity] |= bool(moved[before].any())
    return int(np.count_nonzero(moved))
