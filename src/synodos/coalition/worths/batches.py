"""Groups of a part that are settled in one go, here or on another processor."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Final, Protocol

from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part
from synodos.coalition.worths.searching import PAUSE_S
from synodos.coalition.worths.solving import Worker
from synodos.coalition.worths.spreading import Evidence

Best = tuple[int, int]
"""The worth of a group in the unit of the gains, and whom its plan needs."""

Found = tuple[Best | None, int, Evidence | None]
"""The best plan that was found, None where none is better than what was known; what no plan exceeds; what it tells."""

MOST: Final = 64
"""Groups in a batch at most."""
SHARE: Final = 8
"""Batches into which the groups of one size are cut at least, so that all processors find work."""
_here = threading.local()


class Pending(Protocol):
    """Work that was handed out."""

    def result(self) -> Any:  # noqa: ANN401 - whatever was asked for
        """Wait for what it gives."""

    def cancel(self) -> Any:  # noqa: ANN401 - nobody looks at it
        """Give it up."""


class Executor(Protocol):
    """Who takes work: a Dask client, or an executor of `concurrent.futures`."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Pending:  # noqa: ANN401
        """Hand out a call."""


class Threads:
    """Threads of this process that can be halted in the middle of a batch.

    CP-SAT leaves the interpreter to others while it searches; what else is done is done by one thread at a time.
    """

    def __init__(self, threads: int) -> None:
        """Begin."""
        self._pool = ThreadPoolExecutor(threads, initializer=self._enter)
        self.pending: list[Future[Any]] = []
        self.workers: list[Worker] = []
        self.halted = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401
        """Hand out a call."""
        self.pending.append(self._pool.submit(function, *arguments))
        return self.pending[-1]

    def halt(self) -> None:
        """End what is running, and wait until it has ended."""
        self.halted = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        while running := [one for one in self.pending if not one.done()]:  # `wait` waits for cancelled ones for ever
            for worker in self.workers:
                worker.stop()
            wait(running, PAUSE_S)
        self._pool.shutdown()

    def _enter(self) -> None:
        """Let a new thread know where it belongs."""
        _here.threads = self


@contextmanager
def processors(executor: Executor | None, threads: int | None) -> Iterator[Executor]:
    """Give who takes work: an executor, or else threads, which end with what they are needed for."""
    if executor is not None:
        yield executor
        return
    made = Threads(threads or os.cpu_count() or 1)
    try:
        yield made
    finally:
        made.halt()


def settle(
    part: Part, groups: Sequence[int], than: Sequence[int], ceilings: Sequence[int], limit_s: float | None = None
) -> list[Found]:
    """Return for each group of a part its best plan, and None where that brings no more than some amount.

    The solvers of a part are kept by each thread, since they are warm from the groups before.
    """
    threads: Threads | None = getattr(_here, "threads", None)
    if getattr(_here, "key", None) != part.key:
        _here.key, _here.worker = part.key, Worker(part)
        if threads:
            threads.workers.append(_here.worker)
    found = []
    for group, amount, ceiling in zip(groups, than, ceilings, strict=True):
        if threads and threads.halted:
            raise KeyboardInterrupt
        plan, reach = _here.worker.better(group, amount, ceiling, limit_s)
        best = None if plan is None else (int(part.gains @ plan), part.support(plan))
        found.append((best, reach, _here.worker.evidence(plan)))
    return found


def cut(groups: Ints) -> Iterator[Ints]:
    """Yield groups in batches, which do not depend on who takes them."""
    step = min(max(-(-len(groups) // SHARE), 1), MOST)
    for first in range(0, len(groups), step):
        yield groups[first : first + step]
