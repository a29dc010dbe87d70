"""Processes of this machine that share the work on worths, begun once there is so much of it that they pay."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

from synodos.coalition.worths.batches import Executor, Threads

PAYS_S: Final = 4.0
"""Seconds of work that lie ahead, or lie behind, from which processes are begun; to begin takes them about one."""


@contextmanager
def processes(count: int | None = None) -> Iterator[Executor]:
    """Give an executor for `group_worths` or `worth` that begins processes where they pay, and ends them.

    Parameters
    ----------
    count : int, optional
        Processes; None: as many as there are processors.

    Raises
    ------
    concurrent.futures.process.BrokenProcessPool
        If a process ends before its work is done, such as for lack of memory.

    Notes
    -----
    Linear programs keep the interpreter to themselves, so that threads do not share them. Processes are spawned: they
    import what they need anew, so a program that uses them must keep to ``if __name__ == "__main__"``. They leave
    Ctrl-C to this process, and end with it whatever ends it.
    """
    hands = _Processes(count or os.cpu_count() or 1)
    try:
        yield hands
    except BaseException:
        hands.halt()
        raise
    hands.end()


class _Processes:
    """A thread that works until it is clear that processes pay."""

    def __init__(self, count: int) -> None:
        """Begin with the thread."""
        self._count, self._thread = count, Threads(1)
        self._others = set(multiprocessing.active_children())
        self._pool: ProcessPoolExecutor | None = None
        self._first_done_s: float | None = None

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401 - as executors
        """Hand out a call."""
        if self._pool is None and self._pays():
            self._pool = ProcessPoolExecutor(self._count, multiprocessing.get_context("spawn"), _enter)
        return (self._pool or self._thread).submit(function, *arguments)

    def halt(self) -> None:
        """End all work, also what is in the middle."""
        if self._pool:
            for one in set(multiprocessing.active_children()) - self._others:
                one.terminate()
        self.end()

    def end(self) -> None:
        """Wait until all has ended."""
        self._thread.halt()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _pays(self) -> bool:
        """Return whether so much is behind or ahead, as far as can be told from what is done, that processes pay.

        The first call is not counted: most of it is the import of solvers.
        """
        asked = self._thread.pending
        done = sum(one.done() for one in asked)
        if self._count == 1 or not done:
            return False
        if self._first_done_s is None:
            self._first_done_s = time.monotonic()
        spent_s = time.monotonic() - self._first_done_s
        ahead_s = spent_s / (done - 1) * (len(asked) - done) if done > 1 else 0.0
        return max(spent_s, ahead_s) > PAYS_S


def _enter() -> None:
    """Let a new process leave Ctrl-C to the one that began it, and end with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the process that began this one has ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
