"""While a command works and says nothing: a line on the terminal that says so."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO, cast

SILENCE_S: Final = 1.0
"""How long nothing may be written before the line is shown."""
BEAT_S: Final = 0.25
ERASE: Final = "\r\x1b[2K"
_ASKING: Final = threading.Event()
"""Set while a person is asked for something."""


class Waiting:
    """A line that stands on a terminal while nothing else is written there.

    Parameters
    ----------
    terminal : file
        Where the line is shown.
    what : str
        What works.
    clock : callable
        Gives seconds.
    """

    def __init__(self, terminal: TextIO, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count."""
        self._terminal, self._what, self._clock = terminal, what, clock
        self._lock = threading.Lock()
        self._begun = self._written = clock()
        self._shown, self._between_lines = "", True

    def beat(self) -> None:
        """Show the line, or renew it, if nothing was written for a while and no line is unfinished."""
        with self._lock:
            now = self._clock()
            text = f"{self._what}: working, {now - self._begun:.0f} s"
            if now - self._written >= SILENCE_S and self._between_lines and text != self._shown:
                self._terminal.write(ERASE + text)
                self._terminal.flush()
                self._shown = text

    def makes_way(self, text: str = "") -> None:
        """Take the line away: something is about to be written."""
        with self._lock:
            if self._shown:
                self._terminal.write(ERASE)
                self._terminal.flush()
            self._shown, self._written = "", self._clock()
            if text:
                self._between_lines = text.endswith("\n")


class _Watched:
    """A stream before which the line makes way."""

    def __init__(self, stream: TextIO, line: Waiting) -> None:
        """Stand for a stream."""
        self._stream, self._line = stream, line

    def write(self, text: str) -> int:
        """Write, after the line made way."""
        self._line.makes_way(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the stream's
        return getattr(self._stream, name)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show on a terminal that `what` works whenever it says nothing for a second; elsewhere, nothing."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    before = sys.stdout, sys.stderr
    line, over = Waiting(sys.stderr, what), threading.Event()
    sys.stdout, sys.stderr = (cast("TextIO", _Watched(stream, line)) for stream in before)
    beating = threading.Thread(target=_beat_until, args=(over, line), daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
        line.makes_way()
        sys.stdout, sys.stderr = before


@contextmanager
def asking() -> Iterator[None]:
    """Keep the line away while a person is asked for something that the terminal does not show."""
    _ASKING.set()
    sys.stderr.write("")  # before which the line makes way
    try:
        yield
    finally:
        _ASKING.clear()


def _beat_until(over: threading.Event, line: Waiting) -> None:
    """Let the line beat until it is over."""
    while not over.wait(BEAT_S):
        if not _ASKING.is_set():
            line.beat()
