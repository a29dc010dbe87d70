"""The server: pages, and beside them a process for long runs; it ends with nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces

from synodos.web.attached import SERVER

THREADS: Final = 8
"""Requests that one process works on at the same time."""
PATIENCE_S: Final = 10
"""Seconds that a process has to end in before it is killed."""
PAUSE_S: Final = 2.0
"""Seconds before a worker that ended by itself is started again."""


def serve(database: str, host: str, port: int, *, processes: int, ready: Callable[[], None]) -> None:
    """Serve pages until the process is told to stop.

    Parameters
    ----------
    database : str
        As in `synodos.web.starting.start`, which was called with it.
    host, port : str, int
        Where to listen.
    processes : int
        Processes that make pages.
    ready : callable
        Told as soon as pages can be asked for.
    """
    from django.db import connections

    connections.close_all()  # a process that is forked must not share them
    os.environ[SERVER] = str(os.getpid())
    worker = Worker(database)
    server = Server(
        target="synodos.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE_S,
        log_enabled=False,
    )
    server.afterwards = lambda: (worker.start(), answers(host, port), ready())
    try:
        server.serve()
    finally:
        worker.stop()


class Server(Granian):
    """Granian, which says when it has started, and stops when its terminal is closed."""

    afterwards: Callable[[], Any]

    def startup(self, *args: Any, **kwargs: Any) -> None:
        """Start, then do what comes afterwards."""
        super().startup(*args, **kwargs)
        with suppress(AttributeError):  # there is no such signal on Windows
            signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        self.afterwards()


class Worker:
    """The process for long runs, started again if it ends by itself."""

    def __init__(self, database: str) -> None:
        """Take the database in which runs wait."""
        self.command = [sys.executable, "-m", "synodos.web.attached"]
        self.environment = {**os.environ, "SYNODOS_DATABASE": database}  # others would read a password in a command
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start it."""
        self.keeper.start()

    def stop(self) -> None:
        """Let it end; kill it if it does not."""
        self.stopping.set()
        if self.keeper.ident is not None:
            self.keeper.join()

    def _keep(self) -> None:
        """Start the process again and again, until it is to stop."""
        while not self.stopping.is_set():
            with subprocess.Popen(  # noqa: S603 - our own
                self.command, stdin=subprocess.DEVNULL, env=self.environment
            ) as process:
                while process.poll() is None and not self.stopping.wait(0.2):
                    pass
                _end(process)
            self.stopping.wait(PAUSE_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and kill it if it does not."""
    process.terminate()
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()


def answers(host: str, port: int) -> None:
    """Wait until somebody listens at a port."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.02)


def free_port(host: str, port: int) -> int:
    """Return the port if nobody listens there; any free one for 0.

    Raises
    ------
    OSError
        If it is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        trial.listen()
        return int(trial.getsockname()[1])
