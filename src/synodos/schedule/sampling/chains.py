"""What a network comes down to where only finishes matter: links that never bind left out, work in a row added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.model import Family, Integers, LinkKind, Links, Model

MOST = 20_000
"""Activities up to which links that never bind are looked for; what is behind each is kept as bits."""
Flags = NDArray[np.bool_]


class Chains(NamedTuple):
    """Work in a row: each waits for the one before and for nothing else, and nothing else waits for that.

    Attributes
    ----------
    head : int array, shape (n,)
        First activity of the row that ends here; the activity itself where it stands alone, -1 where another follows.
    first_part : int array, shape (n + 1,)
        Where the parts of the row that ends here begin.
    group : int array, shape (parts,)
        Who does a part of a row.
    first_work : int array, shape (parts + 1,)
        Where the activities of a part begin.
    work : int array
        Activities, by part.
    """

    head: Integers
    first_part: Integers
    group: Integers
    first_work: Integers
    work: Integers


def without_idle_links(model: Model) -> Model:
    """Return the model without the links that another chain of links makes sure of: they never decide on a date."""
    links, n = model.links, len(model.activities)
    if n > MOST:
        return model
    finish_start, passes = links.kind == LinkKind.FINISH_START, _passes_on(model)
    carries, may_go = (finish_start & (links.lag_days >= 0)).tolist(), (finish_start & (links.lag_days <= 0)).tolist()
    start, before = links.start.tolist(), links.predecessor.tolist()
    kept, behind = np.ones(len(before), np.bool_), list[int]()
    for activity in range(n):
        own = range(start[activity], start[activity + 1])
        others = [(before[link], behind[before[link]]) for link in own if carries[link]]
        every = 1 << activity
        for link in own:
            at = before[link]
            kept[link] = not (may_go[link] and any(other != at and bits >> at & 1 for other, bits in others))
        if passes[activity]:
            for _, bits in others:
                every |= bits
        behind.append(every)
    counts = np.concatenate(([0], np.cumsum(kept)))[links.start]
    left = Links(counts, links.predecessor[kept], links.kind[kept], links.lag_days[kept], links.lag_calendar[kept])
    return replace(model, links=left)


def _passes_on(model: Model) -> Flags:
    """Return which activities surely finish no earlier than what they wait for: no fixed dates, no negative time."""
    given = model.activities
    family, (low, _, shift) = given.duration.family, given.duration.parameters.T
    bounded = np.isin(family, (Family.TRIANGULAR, Family.PERT, Family.UNIFORM)) & (low > 0)
    shifted = np.isin(family, (Family.LOGNORMAL, Family.WEIBULL)) & (shift >= 0)
    fixed = (family == Family.FIXED) & (low >= 0)
    passes = (bounded | shifted | fixed | (family == Family.NORMAL)) & (given.planned_days >= 0)
    passes &= np.isnan(given.fixed_start_days) & np.isnan(given.fixed_finish_days)
    passes[model.risks.activity] = False
    return np.asarray(passes, np.bool_)


def chains(model: Model, plain: Flags) -> Chains:
    """Return the rows of work; `plain` says which activities have elapsed days and finish-start links alone."""
    activities, links, n = model.activities, model.links, len(model.activities)
    single = plain & (np.diff(links.start) == 1) & _joins(model)
    alone = plain & (np.bincount(links.predecessor, minlength=n) == 1)
    alone[model.targets] = False
    alone[model.risks.activity] = single[model.risks.activity] = False
    single[links.predecessor[np.isin(links.kind, (LinkKind.START_START, LinkKind.START_FINISH))]] = (
        False  # a start is asked for
    )
    alone[model.launch_periods.activity] = single[model.launch_periods.activity] = False
    before = np.full(n, -1)
    before[single] = links.predecessor[links.start[:-1][single]]
    before[before >= 0] = np.where(alone[before[before >= 0]], before[before >= 0], -1)
    head, rows = list(range(n)), [[place] for place in range(n)]
    for activity, one in enumerate(before.tolist()):
        if one >= 0:
            head[activity], head[one] = head[one], -1
            rows[one].append(activity)
            rows[activity], rows[one] = rows[one], []
    return _parts(head, rows, activities.group.tolist())


def _joins(model: Model) -> Flags:
    """Return which activities start as soon as their only predecessor has finished: no lag, no later earliest start."""
    given, links = model.activities, model.links
    passes, least = _passes_on(model), given.earliest_start_days.tolist()
    joins = np.zeros(len(given), np.bool_)
    for activity, (first, last) in enumerate(zip(links.start[:-1].tolist(), links.start[1:].tolist(), strict=True)):
        if last - first == 1 and links.lag_days[first] == 0 and links.kind[first] == LinkKind.FINISH_START:
            one = int(links.predecessor[first])
            joins[activity] = passes[one] and least[activity] <= least[one]
            least[activity] = max(least[activity], least[one]) if passes[one] else least[activity]
    return joins


def _parts(head: list[int], rows: list[list[int]], group: list[int]) -> Chains:
    """Return rows of more than one activity by who does the work."""
    first_part, owner, first_work, work = [0], list[int](), [0], list[int]()
    for row in rows:
        if len(row) > 1:
            for one in sorted({group[activity] for activity in row}):
                work += [activity for activity in row if group[activity] == one]
                first_work.append(len(work))
                owner.append(one)
        first_part.append(len(owner))
    given: Any = (head, first_part, owner, first_work, work)
    return Chains(*(np.array(column, np.int64) for column in given))
