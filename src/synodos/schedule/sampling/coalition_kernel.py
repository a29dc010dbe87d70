"""The same iterations again for each coalition: members perform as sampled, others to plan."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.calendar_kernel import Line
from synodos.schedule.sampling.chains import Chains
from synodos.schedule.sampling.compiling import inner, outer
from synodos.schedule.sampling.duration_kernel import DURATION, draw_common, draw_durations, touch
from synodos.schedule.sampling.forward_kernel import forward, forward_plain, remove
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net
from synodos.schedule.sampling.quantiles import Shapes
from synodos.schedule.sampling.random_kernel import COUNTERS
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers

Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]
Flags = NDArray[np.bool_]
_PLAIN_DATES = {"nsz", "nnan"}
_REMOVE = int(Effect.REMOVE)
_SPARE: Any = np.int64(0)


@outer()
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
    n = len(net.activity)
    draw_common(draws, values, seed, np.uint32(number * COUNTERS), numbers)
    draw_durations(
        net.activity,
        durations.shape,
        durations.coefficients,
        durations.step,
        _SPARE,
        n,
        np.uint32(seed ^ DURATION),
        numbers.high,
        numbers.low,
        numbers.pairs,
        numbers.bits,
        numbers.scores,
        numbers.factors,
        numbers.score,
        days,
    )
    for activity in range(n):
        for lane in range(LANES):
            days[n + activity, lane] = net.activity[activity].planned


@outer()
def coalition_block(
    net: Net,
    draws: Draws,
    risk_group: NDArray[np.int64],
    chains: Chains,
    members: Flags,
    targets: NDArray[np.int64],
    lanes: int,
    never_days: float,
    due_days: float,
    days: Rows,
    spans: Rows64,
    numbers: Numbers,
    dates: Dates,
    changed: Flags,
    total: NDArray[np.float64],
    in_time: NDArray[np.int64],
) -> None:
    """Add up the finishes of each coalition, a row of members, and count those by a date; the last column is nobody.

    What no change from one coalition to the next can reach keeps its dates.
    """
    records, links, delay, n = net.activity, net.link, dates.delay, len(net.activity)
    add_up(records, chains, days, spans)
    for activity in range(n):
        changed[activity] = True
    for coalition in range(len(members)):
        if coalition:
            mark_changed(net, draws, risk_group, members, coalition, changed)
        for activity in range(n):
            one = records[activity]
            head = chains.head[activity]
            if head < 0 or not changed[activity]:
                continue
            if head < activity:
                delay_chain(records[head], links, chains, members, coalition, activity, spans, dates.ready, delay)
            elif one.touched or not one.plain or one.start_row >= 0:
                _date(net, draws, risk_group, members, coalition, activity, days, numbers, dates)
            else:
                row = activity if members[coalition, one.group] else n + activity
                forward_plain(one, links, activity, days, row, delay)
        for target in range(len(targets)):
            base = records[targets[target]].base
            for lane in range(lanes):
                finish = base + np.float64(delay[targets[target], lane])
                total[coalition, target] += finish if finish < np.inf else never_days
                in_time[coalition, target] += finish <= due_days and finish < np.inf


@inner()
def add_up(records: Any, chains: Chains, days: Rows, spans: Rows64) -> None:  # noqa: ANN401 - records
    """Fill spans with how much longer than planned the parts of rows of work take."""
    for part in range(len(chains.group)):
        for lane in range(LANES):
            spans[part, lane] = 0.0
        for place in range(chains.first_work[part], chains.first_work[part + 1]):
            at = chains.work[place]
            for lane in range(LANES):
                spans[part, lane] += np.float64(days[at, lane] - records[at].planned)


@inner(fastmath=_PLAIN_DATES)
def delay_chain(
    one: Any,  # noqa: ANN401 - a record
    links: Any,  # noqa: ANN401 - records
    chains: Chains,
    members: Flags,
    coalition: int,
    activity: int,
    spans: Rows64,
    late: Line,
    delay: Rows,
) -> None:
    """Fill the delay of the last activity of a row of work, of which `one` is the first."""
    for lane in range(LANES):
        late[lane] = one.earliest
    for link in range(one.first_link, one.last_link):
        before, slack = links[link].predecessor, links[link].slack
        for lane in range(LANES):
            late[lane] = max(late[lane], np.float64(delay[before, lane] + slack))
    for part in range(chains.first_part[activity], chains.first_part[activity + 1]):
        if members[coalition, chains.group[part]]:
            for lane in range(LANES):
                late[lane] += spans[part, lane]
    for lane in range(LANES):
        delay[activity, lane] = np.float32(late[lane])


@inner()
def mark_changed(
    net: Net, draws: Draws, risk_group: NDArray[np.int64], members: Flags, coalition: int, changed: Flags
) -> None:
    """Fill which activities differ once these agencies join or leave: theirs, what their risks touch, and all after."""
    records, links, touch = net.activity, net.link, draws.touch
    for activity in range(len(records)):
        one = records[activity]
        found = members[coalition, one.group] != members[coalition - 1, one.group]
        for entry in range(one.first_risk, one.last_risk):
            group = risk_group[touch[entry]]
            found = found or members[coalition, group] != members[coalition - 1, group]
        for link in range(one.first_link, one.last_link):
            found = found or changed[links[link].predecessor]
        changed[activity] = found


@inner()
def _date(
    net: Net,
    draws: Draws,
    risk_group: NDArray[np.int64],
    members: Flags,
    coalition: int,
    activity: int,
    days: Rows,
    numbers: Numbers,
    dates: Dates,
) -> None:
    """Date an activity for a coalition."""
    one = net.activity[activity]
    row = activity if members[coalition, one.group] else len(net.activity) + activity
    if one.first_risk == one.last_risk:
        forward(net, activity, days, row, dates)
        return
    for lane in range(LANES):
        numbers.spare[0, lane] = days[row, lane]
    for entry in range(one.first_risk, one.last_risk):
        risk = draws.touch[entry]
        if members[coalition, risk_group[risk]]:
            touch(draws.risk[risk].effect, risk, numbers.values, numbers.spare, _SPARE)
    forward(net, activity, numbers.spare, _SPARE, dates)
    for entry in range(one.first_risk, one.last_risk):
        risk = draws.touch[entry]
        if members[coalition, risk_group[risk]] and draws.risk[risk].effect == _REMOVE and not one.finishes_fixed:
            remove(activity, numbers.occurred, risk, dates.delay)
