"""What a run found: dates, cost and counts over iterations, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from synodos.schedule.sampling.model import Floats, Integers
from synodos.schedule.sampling.tally import Sums
from synodos.schedule.sampling.workspace import LANES

KEPT_VALUES = 4_000_000
"""Dates and costs that are kept one by one, over all targets; further iterations are only counted by day."""
FIRST_DAY, LAST_DAY = -20 * 365, 100 * 365
"""Days that are counted one by one; dates before or after count as the first or last of them."""


def kept_iterations(targets: int) -> int:
    """Return how many iterations are kept one by one, whole blocks."""
    return max(KEPT_VALUES // (targets + 1) // LANES, 1) * LANES


@dataclass(frozen=True)
class Sample:
    """The iterations of a run, or of a part of one.

    Attributes
    ----------
    seed : int
    first, iterations : int
        Which iterations: from `first` on, so many.
    interrupted : bool
        Whether fewer than were asked for.
    planned_finish_days : float array, shape (targets,)
        If all goes to plan; inf for never.
    finish_days : float array, shape (targets, kept)
        Of the first iterations, as many as `kept_iterations` says; inf for never.
    cost : float array, shape (kept,)
        Of the same iterations.
    by_day : int array, shape (targets, days)
        All iterations that finish, by day from `FIRST_DAY` on.
    sums : Sums
    """

    seed: int
    first: int
    iterations: int
    interrupted: bool
    planned_finish_days: Floats
    finish_days: Floats
    cost: Floats
    by_day: Integers
    sums: Sums

    @property
    def deviation_days(self) -> Floats:
        """Standard deviation of the finish, over the iterations that finish."""
        mean = _over(self.sums.late, self.sums.finished)
        return _root(_over(self.sums.late_squared, self.sums.finished) - mean**2)

    @property
    def criticality(self) -> Floats:
        """Share of the iterations in which an activity drives a target, shape (targets, activities)."""
        return self.sums.critical / self.iterations

    @property
    def duration_deviation_days(self) -> Floats:
        """Standard deviation of durations over the iterations in which a target finishes, same shape."""
        finished = self.sums.finished[:, None]
        return _root(_over(self.sums.longer_squared, finished) - _over(self.sums.longer, finished) ** 2)

    @property
    def correlation(self) -> Floats:
        """Pearson correlation of duration and finish, same shape; 0 where either is certain."""
        finished = self.sums.finished[:, None]
        product = _over(self.sums.longer_late, finished)
        product -= _over(self.sums.longer, finished) * _over(self.sums.late, self.sums.finished)[:, None]
        return _over(product, self.duration_deviation_days * self.deviation_days[:, None])

    @property
    def cruciality(self) -> Floats:
        """Criticality times the size of the correlation (Williams, 1992), same shape."""
        return self.criticality * np.abs(self.correlation)

    @property
    def schedule_sensitivity(self) -> Floats:
        """Schedule sensitivity index: criticality times the ratio of the two standard deviations, same shape."""
        return self.criticality * _over(self.duration_deviation_days, self.deviation_days[:, None])


def merge(samples: Sequence[Sample]) -> Sample:
    """Return samples of one model and seed, of ranges that follow one another, as one.

    Dates, costs and counts come out the same to the bit however the iterations were divided; sums of dates to rounding.

    Raises
    ------
    ValueError
        If there is none, seeds differ, or ranges do not follow one another.
    """
    if not samples:
        message = "sampling.merge: there is nothing to merge; run at least one range"
        raise ValueError(message)
    ordered = sorted(samples, key=lambda sample: sample.first)
    for one, following in pairwise(ordered):
        if one.seed != following.seed or one.first + one.iterations != following.first:
            message = (
                f"sampling.merge: iterations {following.first} on with seed {following.seed} do not follow "
                f"{one.first} to {one.first + one.iterations} with seed {one.seed}; run the ranges that are missing"
            )
            raise ValueError(message)
    return Sample(
        seed=ordered[0].seed,
        first=ordered[0].first,
        iterations=sum(sample.iterations for sample in ordered),
        interrupted=any(sample.interrupted for sample in ordered),
        planned_finish_days=ordered[0].planned_finish_days,
        finish_days=np.concatenate([sample.finish_days for sample in ordered], axis=1),
        cost=np.concatenate([sample.cost for sample in ordered]),
        by_day=np.sum([sample.by_day for sample in ordered], axis=0),
        sums=Sums(*(np.sum(column, axis=0) for column in zip(*(sample.sums for sample in ordered), strict=True))),
    )


def _over(above: Floats | Integers, below: Floats | Integers) -> Floats:
    """Return a quotient, and 0 where there is nothing to divide by."""
    above, below = np.broadcast_arrays(np.asarray(above, np.float64), np.asarray(below, np.float64))
    found = np.zeros(above.shape)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _root(squared: Floats) -> Floats:
    """Return square roots, 0 for what rounding makes negative."""
    return np.asarray(np.sqrt(np.maximum(squared, 0.0)), np.float64)
