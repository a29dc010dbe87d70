"""The same iterations again for each coalition: members perform as sampled, others to plan."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.duration_kernel import draw_common, draw_durations, touch
from synodos.schedule.sampling.forward_kernel import finish_plain, forward, plain_ready, remove
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net
from synodos.schedule.sampling.quantiles import Shapes
from synodos.schedule.sampling.random_kernel import HALF
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers

Rows = NDArray[np.float32]
Flags = NDArray[np.bool_]
_REMOVE = int(Effect.REMOVE)


@njit(cache=True, nogil=True, error_model="numpy")
def draw_block(
    net: Net,
    draws: Draws,
    durations: Shapes,
    values: Shapes,
    seed: np.uint32,
    number: int,
    numbers: Numbers,
    days: Rows,
) -> None:
    """Fill days with sampled durations before any risk, and below them with the planned ones."""
    first_pair, n = np.uint32(number * HALF), len(net.activity)
    draw_common(draws, values, seed, first_pair, numbers)
    draw_durations(net, durations, 0, n, seed, first_pair, numbers, days, 0)
    for activity in range(n):
        for lane in range(LANES):
            days[n + activity, lane] = net.activity[activity].planned


@njit(cache=True, nogil=True, error_model="numpy")
def coalition_block(
    net: Net,
    draws: Draws,
    risk_group: NDArray[np.int64],
    members: Flags,
    targets: NDArray[np.int64],
    lanes: int,
    never_days: float,
    days: Rows,
    numbers: Numbers,
    dates: Dates,
    total: NDArray[np.float64],
) -> None:
    """Add up the finishes of each coalition, a row of members; the last column stands for nobody.

    What no change from one coalition to the next can reach keeps its dates.
    """
    records, links, finish, ready, n = net.activity, net.link, dates.finish, dates.ready, len(net.activity)
    changed = np.ones(n, np.bool_)
    for coalition in range(len(members)):
        if coalition:
            mark_changed(net, draws, risk_group, members[coalition] != members[coalition - 1], changed)
        for activity in range(n):
            one = records[activity]
            if not changed[activity]:
                continue
            if one.risk_row >= 0 or not one.plain or one.start_row >= 0:
                _date(net, draws, risk_group, members[coalition], activity, days, numbers, dates)
            else:
                plain_ready(one, links, finish, ready)
                row = activity if members[coalition, one.group] else n + activity
                finish_plain(activity, days, row, ready, finish)
        for target in range(len(targets)):
            for lane in range(lanes):
                reached = finish[targets[target], lane]
                total[coalition, target] += reached if reached < np.inf else never_days


@njit(cache=True, error_model="numpy")
def mark_changed(net: Net, draws: Draws, risk_group: NDArray[np.int64], moved: Flags, changed: Flags) -> None:
    """Fill which activities differ once these agencies join or leave: theirs, what their risks touch, and all after."""
    records, links, touch = net.activity, net.link, draws.touch
    for activity in range(len(records)):
        one = records[activity]
        found = moved[one.group]
        for entry in range(one.first_risk, one.last_risk):
            found = found or moved[risk_group[touch[entry]]]
        for link in range(one.first_link, one.last_link):
            found = found or changed[links[link].predecessor]
        changed[activity] = found


@njit(cache=True, error_model="numpy")
def _date(
    net: Net,
    draws: Draws,
    risk_group: NDArray[np.int64],
    members: Flags,
    activity: int,
    days: Rows,
    numbers: Numbers,
    dates: Dates,
) -> None:
    """Date an activity for a coalition."""
    one = net.activity[activity]
    row = activity if members[one.group] else len(net.activity) + activity
    if one.first_risk == one.last_risk:
        forward(net, activity, days, row, dates)
        return
    for lane in range(LANES):
        numbers.spare[0, lane] = days[row, lane]
    for entry in range(one.first_risk, one.last_risk):
        risk = draws.touch[entry]
        if members[risk_group[risk]]:
            touch(draws.risk[risk].effect, risk, numbers.values, numbers.spare, 0)
    forward(net, activity, numbers.spare, 0, dates)
    for entry in range(one.first_risk, one.last_risk):
        risk = draws.touch[entry]
        if members[risk_group[risk]] and draws.risk[risk].effect == _REMOVE and not one.finishes_fixed:
            remove(activity, numbers.occurred, risk, dates)
