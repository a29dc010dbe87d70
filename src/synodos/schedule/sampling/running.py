"""Runs: blocks of iterations shared among threads, and added up in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import numpy as np

from synodos.schedule.sampling.checks import checked
from synodos.schedule.sampling.model import Model
from synodos.schedule.sampling.plan import Plan, compiled
from synodos.schedule.sampling.sample import FIRST_DAY, LAST_DAY, Sample, kept_iterations
from synodos.schedule.sampling.tally import Block, block, sums
from synodos.schedule.sampling.workspace import LANES, Workspace, workspace

Progress = Callable[[int, int], None]
"""Told after each block how many iterations are done, and of how many."""
AHEAD = 2
"""Blocks that wait for each thread, so that none stands idle."""


def run(
    model: Model, *, iterations: int, seed: int, threads: int | None = None, progress: Progress | None = None
) -> Sample:
    """Sample the plan.

    Parameters
    ----------
    model : Model
    iterations : int
        Positive.
    seed : int
        0 to 2^32 - 1. The same seed gives the same bits on any number of threads of one machine, and on other machines
        the same to 1e-6.
    threads : int, optional
        As many as the machine has processors, if not given.
    progress : callable, optional
        Called in this thread after each block of 256 iterations with the iterations done and those asked for.

    Returns
    -------
    Sample
        If interrupted (Ctrl-C), of the blocks done until then, and marked so.

    Raises
    ------
    ValueError
        If the model or an argument is faulty.
    KeyboardInterrupt
        If interrupted before the first block is done.
    """
    return run_blocks(model, seed, 0, iterations, threads=threads, progress=progress)


def run_blocks(
    model: Model, seed: int, first: int, last: int, *, threads: int | None = None, progress: Progress | None = None
) -> Sample:
    """Sample iterations `first` to `last`, without the latter, for `merge`.

    `first` must be a multiple of 256. A cluster gives each worker a range; the numbers are those of `run`.
    """
    checked(model)
    check_range(seed, first, last)
    plan = compiled(model)
    adding = _Adding(plan, seed, first, last)
    workers = threads or os.cpu_count() or 1
    try:
        for number, lanes, found in _found(plan, seed, numbers_of(first, last), workers):
            adding.add(number, lanes, found)
            if progress:
                progress(adding.done, last - first)
    except KeyboardInterrupt:
        if not adding.done:
            raise
    return adding.sample()


def check_range(seed: int, first: int, last: int) -> None:
    """Raise ValueError for iterations or a seed that cannot be."""
    if not 0 <= seed < 2**32:
        message = f"sampling.seed: a seed lies between 0 and {2**32 - 1}, not {seed}"
        raise ValueError(message)
    if not (0 <= first < last < 2**32 and first % LANES == 0):
        message = f"sampling.iterations: ask for at least one, from a multiple of {LANES} on, not {first} to {last}"
        raise ValueError(message)


def numbers_of(first: int, last: int) -> list[tuple[int, int]]:
    """Return the number of each block, with how many of its iterations count."""
    return [(at // LANES, min(last - at, LANES)) for at in range(first, last, LANES)]


def _found(plan: Plan, seed: int, numbers: list[tuple[int, int]], workers: int) -> Iterator[tuple[int, int, Block]]:
    """Yield what the blocks give, in order."""
    from synodos.schedule.sampling.block_kernel import cost_block, count_block, sample_block

    net, draws, planned, targets = plan.net, plan.draws, plan.planned, plan.targets
    base = net.activity["base"][targets, None]
    costs = bool(net.activity["cost"].any() or net.activity["cost_per_day"].any())
    spaces: SimpleQueue[Workspace] = SimpleQueue()
    for _ in range(workers):
        spaces.put(workspace(plan))

    def one(number: int, lanes: int) -> Block:
        space, found, key = spaces.get(), block(plan), np.uint32(seed)
        numbers, dates, trail = space
        try:
            sample_block(net, draws, plan.durations, plan.values, key, number, numbers, dates)
            found.finish[:] = base + dates.delay[targets]
            count_block(net, planned, targets, lanes, numbers, dates, trail, found.sums)
            if costs:
                cost_block(net, plan.cost_factors, plan.per_day_factors, key, number, numbers, dates, found.cost)
        finally:
            spaces.put(space)  # else the others would wait for it
        return found

    waiting: deque[tuple[int, int, Future[Block]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for number, lanes in numbers:
                waiting.append((number, lanes, pool.submit(one, number, lanes)))
                if len(waiting) > AHEAD * workers:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            for *_, future in waiting:
                future.cancel()


def _next(waiting: deque[tuple[int, int, Future[Block]]]) -> tuple[int, int, Block]:
    """Return what the oldest block gives."""
    number, lanes, future = waiting[0]
    found = future.result()
    waiting.popleft()
    return number, lanes, found


class _Adding:
    """Adds blocks up."""

    def __init__(self, plan: Plan, seed: int, first: int, last: int) -> None:
        """Make room."""
        targets = len(plan.targets)
        kept = max(min(last, kept_iterations(targets)) - first, 0)
        self.seed, self.first, self.asked, self.done = seed, first, last - first, 0
        self.planned = plan.planned.finish[plan.targets]
        self.finish, self.cost = np.empty((targets, kept)), np.empty(kept)
        self.by_day = np.zeros((targets, LAST_DAY - FIRST_DAY), np.int64)
        self.sums = sums(plan)

    def add(self, number: int, lanes: int, found: Block) -> None:
        """Add a block."""
        at = number * LANES - self.first
        finish = found.finish[:, :lanes]
        if at < len(self.cost):
            self.finish[:, at : at + lanes] = finish
            self.cost[at : at + lanes] = found.cost[:lanes]
        for target, dates in enumerate(finish):
            reached = dates[np.isfinite(dates)]
            day = np.clip(np.floor(reached) - FIRST_DAY, 0, self.by_day.shape[1] - 1).astype(np.int64)
            np.add.at(self.by_day[target], day, 1)
        for total, part in zip(self.sums, found.sums, strict=True):
            np.add(total, part, out=total)
        self.done += lanes

    def sample(self) -> Sample:
        """Return the sum."""
        kept = min(self.done, len(self.cost))
        return Sample(
            self.seed,
            self.first,
            self.done,
            self.done < self.asked,
            self.planned,
            self.finish[:, :kept],
            self.cost[:kept],
            self.by_day,
            self.sums,
        )


def warm() -> None:
    """Compile everything once, so that later runs start at once."""
    from synodos.schedule.sampling.coalitions import shapley_delay
    from synodos.schedule.sampling.model import Activities, Costs, Links, Marginals

    one, work = np.ones(1), Activities.of([1.0], group=np.zeros(1, np.int64))
    costs = Costs(one, one, np.zeros(1, np.bool_), Marginals.fixed(one), Marginals.fixed(one))
    model = Model(work, Links.of(1, []), np.zeros(1, np.int64), np.ones(1, np.uint32), costs=costs)
    run(model, iterations=1, seed=0)
    shapley_delay(model, [0], iterations=1, seed=0)
