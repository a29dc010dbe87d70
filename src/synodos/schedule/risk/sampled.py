"""Sampling here or on a cluster, and the dates of one node that come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling import Model, Sample, merge, run, run_blocks
from synodos.schedule.sampling.sample import FIRST_DAY
from synodos.schedule.sampling.workspace import LANES

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told how many iterations are done, and of how many."""

RANGES: Final = 16
"""Parts that a cluster gets; always as many, so that sums are added in one order whatever the number of workers."""
HALF_DAY: Final = 0.5


class Pending(Protocol):
    """Work that was handed out."""

    def result(self) -> Any:  # noqa: ANN401 - whatever was asked for
        """Wait for what it gives."""

    def cancel(self) -> Any:  # noqa: ANN401 - nobody looks at it
        """Give it up."""


class Executor(Protocol):
    """Who takes work: a Dask client, or an executor of `concurrent.futures`."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Pending:  # noqa: ANN401
        """Hand out a call."""


@dataclass(frozen=True)
class Running:
    """How iterations are run.

    Attributes
    ----------
    seed : int
    threads : int or None
        None: as many as there are processors.
    executor : Executor or None
        Who runs the main study; None: this process. What is asked beside it runs here.
    progress : callable or None
        Told of the iterations of the main study.
    """

    seed: int
    threads: int | None = None
    executor: Executor | None = None
    progress: Progress | None = None

    def main(self, model: Model, iterations: int) -> Sample:
        """Return the iterations of the main study; those done so far if it is interrupted."""
        if self.executor is None:
            return run(model, iterations=iterations, seed=self.seed, threads=self.threads, progress=self.progress)
        return _spread_out(self, self.executor, model, iterations)

    def beside(self, model: Model, iterations: int) -> Sample:
        """Return iterations of a changed model, with the same random numbers; an interruption ends them."""
        found = run(model, iterations=iterations, seed=self.seed, threads=self.threads)
        if found.interrupted:
            raise KeyboardInterrupt
        return found


def _spread_out(running: Running, executor: Executor, model: Model, iterations: int) -> Sample:
    """Return the iterations that an executor's workers run, put together in order."""
    step = max(-(-iterations // (RANGES * LANES)), 1) * LANES
    scatter = getattr(executor, "scatter", None)
    shared = scatter(model, broadcast=True) if scatter else model
    pending = [
        executor.submit(run_blocks, shared, running.seed, first, min(first + step, iterations), threads=1)
        for first in range(0, iterations, step)
    ]
    found: Sample | None = None
    try:
        for one in pending:
            part = one.result()
            found = part if found is None else merge([found, part])
            if running.progress:
                running.progress(found.iterations, iterations)
    except KeyboardInterrupt:
        for one in pending:
            one.cancel()
        if found is None:
            raise
        return replace(found, interrupted=True)
    if found is None:  # as `run` says it
        return run(model, iterations=iterations, seed=running.seed)
    return found


@dataclass(frozen=True)
class Dates:
    """The dates of one node over the iterations.

    Attributes
    ----------
    days : ndarray
        Days from the day of knowledge, in order, of the iterations that are kept one by one; inf for no date.
    by_day : ndarray of int
        All iterations with a date, by day.
    iterations : int
        All of them.
    ready : int
        Iterations in which it is ready, so that only a launch period may be missing; of others those with a date.
    """

    days: Floats
    by_day: Integers
    iterations: int
    ready: int

    @property
    def exact(self) -> bool:
        """Whether every iteration is kept."""
        return len(self.days) == self.iterations

    @property
    def error_days(self) -> float:
        """Bound on the error of a quantile that comes of counting by day."""
        return 0.0 if self.exact else HALF_DAY

    @cached_property
    def dated(self) -> int:
        """Iterations with a date."""
        return int(self.by_day.sum())

    @cached_property
    def kept(self) -> Floats:
        """Dates of the kept iterations that have one."""
        return self.days[: int(np.searchsorted(self.days, np.inf))]

    @property
    def later(self) -> float:
        """Share that is ready, but finds no launch period any more."""
        return (self.ready - self.dated) / self.iterations

    @property
    def never(self) -> float:
        """Share that is never ready."""
        return 1.0 - self.ready / self.iterations

    def quantile(self, confidence: float) -> float:
        """Return the earliest date by which at least this share has finished; inf if there is none."""
        rank = max(int(np.ceil(confidence * self.iterations - 1e-9)), 1)
        if self.exact:
            return float(self.days[rank - 1])
        day = int(np.searchsorted(np.cumsum(self.by_day), rank))
        return np.inf if day == len(self.by_day) else FIRST_DAY + day + HALF_DAY

    def share_by(self, day: float) -> float:
        """Return the share that has finished by a moment; counted by whole days where not every iteration is kept."""
        if self.exact:
            return float(np.searchsorted(self.days, day, side="right")) / self.iterations
        return float(self.by_day[: max(int(np.floor(day)) - FIRST_DAY, 0)].sum()) / self.iterations

    def share_within(self, first: float, last: float) -> float:
        """Return the share with a date from one moment until before another."""
        if self.exact:
            found = np.searchsorted(self.days, (first, last), side="left")
            return float(found[1] - found[0]) / self.iterations
        return float(self.by_day[int(first) - FIRST_DAY : int(last) - FIRST_DAY].sum()) / self.iterations

    def mean(self) -> float | None:
        """Return the mean of the iterations that have a date."""
        if self.exact:
            return float(self.kept.mean()) if len(self.kept) else None
        return float(self.by_day @ self._middles) / self.dated if self.dated else None

    def deviation(self) -> float | None:
        """Return the standard deviation over the same."""
        if self.dated < 2:  # noqa: PLR2004 - one date has no spread
            return None
        if self.exact:
            return float(self.kept.std(ddof=1))
        middles = self._middles - float(self.by_day @ self._middles) / self.dated
        return float(np.sqrt(self.by_day @ middles**2 / (self.dated - 1)))

    @property
    def _middles(self) -> Floats:
        """The middle of each day that is counted."""
        return np.arange(len(self.by_day), dtype=np.float64) + (FIRST_DAY + HALF_DAY)


def dates(sample: Sample, target: int, ready: int | None = None) -> Dates:
    """Return the dates of one target of a sample; `ready` is the target that shows when it is ready."""
    by_day = sample.by_day[target]
    return Dates(
        days=np.sort(sample.finish_days[target]),
        by_day=by_day,
        iterations=sample.iterations,
        ready=int((by_day if ready is None else sample.by_day[ready]).sum()),
    )
