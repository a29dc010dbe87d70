"""What would be found by chance: exact expectations, and how often chance does as well.

Every function returns for each number of proposals looked at (rows, from 1) and each outcome (columns) the
probability that it is among them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from synodos.roadmap.backtesting.likeness import Flags

Reach = NDArray[np.float64]


def counted(hit: Flags) -> Reach:
    """Return what a ranking finds: 1 from the first proposal that hits, 0 before."""
    return np.logical_or.accumulate(hit, axis=0).astype(np.float64)


def any_order(hit: Flags) -> Reach:
    """Return what the same proposals find in a random order.

    Notes
    -----
    Draws without replacement: with m of n proposals that hit, k of them miss with C(n - m, k) / C(n, k).
    """
    total, outcomes = hit.shape
    good = hit.sum(axis=0)
    return _side_by_side([1 - _missed(total, int(good[place]), total)[1:] for place in range(outcomes)], total)


def topics_dealt(agencies: Flags, topic: Flags) -> Reach:
    """Return what is found if the agencies stay where they are ranked, and capabilities with places are dealt anew.

    Notes
    -----
    Among the first k proposals a name the right agencies; of n topics t are right. Dealt at random, all a miss with
    C(n - t, a) / C(n, a).
    """
    total, outcomes = agencies.shape
    named = agencies.cumsum(axis=0)
    right = topic.sum(axis=0)
    found = [1 - _missed(total, int(right[place]), total)[named[:, place]] for place in range(outcomes)]
    return _side_by_side(found, total)


def drawn(total: int, good: Sequence[int], draws: int) -> Reach:
    """Return what random draws find among `total` possible proposals, `good` of which hit each outcome."""
    return _side_by_side([1 - _missed(total, right, draws)[1:] for right in good], draws)


def as_good(
    agencies: Flags, topic: Flags, chosen: Flags, at: Sequence[int], *, dealings: int, seed: int
) -> dict[int, float]:
    """Return how often dealt topics find at least as many of the chosen outcomes as the ranking does.

    Parameters
    ----------
    agencies, topic : array of bool
        Ties of proposals (rows) and outcomes (columns).
    chosen : array of bool
        Outcomes that count.
    at : sequence of int
        Numbers of proposals looked at.
    dealings, seed : int
        How often topics are dealt, and from which seed; the ranking itself counts as one more dealing.
    """
    live = chosen & agencies.any(axis=0) & topic.any(axis=0)  # the others are never found
    who, what = agencies[:, live], topic[:, live]
    reached = {count: int((who & what)[:count].any(axis=0).sum()) for count in at}
    random = np.random.Generator(np.random.Philox(seed))
    better = dict.fromkeys(at, 1)
    for _ in range(dealings):
        dealt = who & what[random.permutation(len(what))]
        for count in at:
            better[count] += int(dealt[:count].any(axis=0).sum()) >= reached[count]
    return {count: many / (dealings + 1) for count, many in better.items()}


def _missed(total: int, good: int, draws: int) -> Reach:
    """Return the chance that none of 0, 1, ... `draws` draws without replacement from `total` is one of `good`."""
    taken = np.arange(draws, dtype=np.float64)
    left = total - taken
    stays = np.divide(
        (left - good).clip(0), left, out=np.ones(draws), where=left > 0
    )  # with none left, none is missed anew
    return np.concatenate(([1.0], stays.cumprod()))


def _side_by_side(columns: Sequence[Reach], rows: int) -> Reach:
    """Return columns of that many rows as one table, though there may be none."""
    return np.stack(columns, axis=1) if columns else np.zeros((rows, 0))
