"""A worker: takes runs from the queue one after another, as a process of its own beside the pages.

Several may work on one database. Each run is worked on in a child process: a run that is cancelled is ended there, and
one whose worker is gone is taken up by another.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from synodos.web.runs.models import Run

LOG: Final = logging.getLogger("synodos.worker")
IDLE_S: Final = 0.5
"""Seconds between two looks at the queue."""
BEAT_S: Final = 0.5
"""Seconds between two words to the database while at work; also how soon a cancelled run is ended."""
SHOWN_S: Final = 5.0
"""Seconds between two words to the database that this worker is there, while nothing waits."""
MOST_S: Final = 3_600.0
"""Seconds that one run may take, so that others get their turn."""
PATIENCE_S: Final = 60.0
"""Seconds for which a database that does not answer is asked again before an answer is given up."""
TOO_LONG: Final = "It took longer than an hour, after which others get their turn; ask for less."
ENDED: Final = "The work ended all of a sudden, perhaps for lack of memory; ask for less."


class Stop(Exception):  # noqa: N818 - no fault: somebody asks this process to end
    """The worker is to end."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Work until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m synodos.web.runs.worker", description=__doc__)
    parser.add_argument("--database", default=os.environ.get("SYNODOS_DATABASE", "synodos.sqlite3"))
    parser.add_argument("--once", action="store_true", help="End when nothing waits any more.")
    given = parser.parse_args(arguments)
    from synodos.web.starting import start

    start(given.database)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    if not given.once:
        _remind()
    try:
        work(once=given.once)
    except Stop:
        return


def _remind() -> None:
    """Begin to send reminders, beside the runs, for as long as this process is there."""
    from synodos.web.reminding.posting import keep_reminding

    threading.Thread(target=keep_reminding, daemon=True).start()


def _stop(*_: object) -> None:
    """Ask this process to end, once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stop


def work(*, once: bool = False, lost_s: float | None = None) -> None:
    """Take runs and work on them.

    Parameters
    ----------
    once : bool
        Whether to end when none waits.
    lost_s : float, optional
        Seconds after which another worker that said nothing counts as gone; default: that of the queue.
    """
    from synodos.web.runs import queueing

    shown_s = -SHOWN_S
    name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    while True:
        if time.monotonic() - shown_s >= SHOWN_S:
            _asked_again(lambda: queueing.show_up(name), math.inf)
            shown_s = time.monotonic()
        run = _asked_again(lambda: queueing.take(name, lost_s=lost_s or queueing.LOST_S), math.inf)
        if run is not None:
            _work_on(run)
        elif once:
            return
        else:
            time.sleep(IDLE_S)


def _work_on(run: Run) -> None:
    """Work on one run until it ends, is cancelled, or this worker is to stop."""
    from synodos.web.runs import queueing

    child = Child(run)
    try:
        result = _watched(run, child)
        if result is not None:
            _asked_again(lambda: _kept(run, result))
    except Stop:
        child.end()
        queueing.put_back(run)
        raise
    finally:
        child.end()


def _watched(run: Run, child: Child) -> Mapping[str, Any] | None:
    """Return the last line of a child; None if the run was cancelled, or is no longer this worker's."""
    from django.db import InterfaceError, OperationalError

    from synodos.web.runs import queueing

    share, words, next_beat, ends = None, "Begun", 0.0, time.monotonic() + MOST_S
    while time.monotonic() < ends:
        line = child.line(BEAT_S)
        if line is not None and "said" not in line:
            return line
        if line is not None:
            share, words = line["said"]
        if time.monotonic() < next_beat:
            continue
        next_beat = time.monotonic() + BEAT_S
        try:
            if not queueing.beat(run, share, words):
                child.end()
                queueing.stop(run)
                return None
        except (
            InterfaceError,
            OperationalError,
        ):  # the work goes on meanwhile; if it stays away, another worker takes the run up
            _forget_connection()
    return {"refused": TOO_LONG}


def _kept(run: Run, result: Mapping[str, Any]) -> None:
    """Keep what came of a run."""
    from synodos.web.runs import queueing

    if "told" in result:
        queueing.end(run, result["told"], result["sha256"], result["leads_to"])
    elif "lost" in result:
        queueing.retry(run)
    else:
        queueing.refuse(run, result["refused"])


def _asked_again(ask: Any, patience_s: float = PATIENCE_S) -> Any:
    """Return what the database answers; ask again for a while where it does not."""
    from django.db import InterfaceError, OperationalError

    until, told = time.monotonic() + patience_s, False
    while True:
        try:
            return ask()
        except (InterfaceError, OperationalError) as error:
            if time.monotonic() > until:
                raise
            if not told:
                LOG.warning("The database does not answer, and is asked again: %s", error)
                told = True
            _forget_connection()
            time.sleep(IDLE_S)


def _forget_connection() -> None:
    """Close a connection that may be broken; the next question opens another."""
    from django.db import connection

    connection.close()


class Child:
    """The process that works on a run, and the lines that it says."""

    def __init__(self, run: Run) -> None:
        """Begin it."""
        job = {
            "run": str(run.pk),
            "question": run.question,
            "parameters": run.parameters,
            "viewer": run.viewer,
            "known_on": run.known_on and run.known_on.isoformat(),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "synodos.web.runs.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self._lines: SimpleQueue[dict[str, Any]] = SimpleQueue()
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        """Take in what it says; at the end, that it ended."""
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        for line in self._process.stdout:
            self._lines.put(json.loads(line))
        self._lines.put({"refused": ENDED})

    def line(self, patience_s: float) -> dict[str, Any] | None:
        """Return the next line; None if it says none for so long."""
        try:
            return self._lines.get(timeout=patience_s)
        except Empty:
            return None

    def end(self) -> None:
        """End it at once, with all that it began; what it kept on disk stays."""
        if self._process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        self._reading.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


if __name__ == "__main__":
    main()
