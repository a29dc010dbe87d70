"""The table served: requests in a second, and how long each takes, beside a bare page of Django with one query."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import math
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import synthetic
from suite import Suite
from timing import Row, ratio

from synodos import web  # its names are asked for after Django is set up

HOST: Final = "table.example.org"
PROXY: Final = {"Host": HOST, "X-Forwarded-Proto": "https"}
CONNECTIONS: Final = 4
"""Readers who ask at the same time."""
TURN_S: Final = 1.5
"""Seconds for which a contender is asked in each round."""
LONG_S: Final = 600
ASKED: Final = {
    "a record": "/records/mission/mission-1/",
    "roadmap page": "/",
    "API: opportunities": "/api/v1/questions/opportunities",
}
CONFIRMED: Final = ", confirmed by hash"
BARE: Final = "bare page"
OK: Final = (200, 304)


@dataclass(frozen=True)
class ServedRow(Row):
    """A measurement of pages; `ours_s` and `peer_s` are the median seconds of an answer under load."""

    per_s: float = 0.0
    p99_s: float = 0.0
    over_peer: float | None = None


@dataclass
class Asked:
    """An address of a server, and how long it took each time."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    took_s: list[float] = field(default_factory=list)
    spent_s: float = 0.0

    def turn(self, seconds: float = TURN_S) -> None:
        """Ask over several connections for some seconds."""
        faults: list[BaseException] = []
        began = time.perf_counter()
        askers = [
            threading.Thread(target=self._ask, args=(began + seconds, number, faults)) for number in range(CONNECTIONS)
        ]
        for one in askers:
            one.start()
        for one in askers:
            one.join()
        self.spent_s += time.perf_counter() - began
        if faults:
            raise faults[0]

    def _ask(self, ends_s: float, number: int, faults: list[BaseException]) -> None:
        """Ask again and again, each time from another address, over one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG_S)
        try:
            for count in itertools.count(len(self.took_s)):
                begin = time.perf_counter()
                self.once(connection, f"10.{number}.{count // 256 % 256}.{count % 256}")
                self.took_s.append(time.perf_counter() - begin)
                if time.perf_counter() > ends_s:
                    return
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            faults.append(error)
        finally:
            connection.close()

    def once(self, connection: http.client.HTTPConnection, address: str) -> http.client.HTTPResponse:
        """Ask once.

        Raises
        ------
        RuntimeError
            If the answer is a refusal.
        """
        connection.request("GET", self.path, headers={**PROXY, "X-Forwarded-For": address, **self.headers})
        response = connection.getresponse()
        response.read()
        if response.status not in OK:
            message = f"{self.path}: {response.status}"
            raise RuntimeError(message)
        return response


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each page and size."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="synodos-bench-") as folder:
            database = Path(folder) / "table.sqlite3"
            _begin(database, size)
            with _serving(database) as (ours, pages), _bare(database) as bare:
                asked = _asked(ours, bare)
                for _ in range(rounds):
                    for one in asked.values():
                        one.turn()
                yield from _rows(size, asked, _rss_mb(pages))


def _begin(database: Path, size: int) -> None:
    """Begin a ledger with made-up plans."""
    web.start(str(database))
    web.make_tables()
    web.begin_ledger(synthetic.history(size), database.with_suffix(".keys"))


def _asked(ours: int, bare: int) -> dict[str, Asked]:
    """Return what is asked, each answered once: what was answered before is what is measured."""
    found = {name: Asked(ours, path) for name, path in ASKED.items()}
    for name, path in ASKED.items():
        connection = http.client.HTTPConnection("127.0.0.1", ours, timeout=LONG_S)
        etag = found[name].once(connection, "10.9.9.9").headers.get("ETag")
        connection.close()
        if etag:
            found[name + CONFIRMED] = Asked(ours, path, {"If-None-Match": etag})
    return {**found, BARE: Asked(bare, "/")}


def _rows(size: int, asked: Mapping[str, Asked], rss_mb: int) -> Iterator[Row]:
    """Yield what was measured."""
    bare_s = statistics.median(asked[BARE].took_s)
    for name, one in asked.items():
        took = sorted(one.took_s)
        middle = statistics.median(took)
        yield ServedRow(
            name, size, middle, BARE, bare_s, None, ratio(bare_s, middle), None, None, rss_mb, "",
            per_s=len(took) / one.spent_s,
            p99_s=took[math.ceil(0.99 * len(took)) - 1],
            over_peer=ratio(middle, bare_s),
        )  # fmt: skip


@contextlib.contextmanager
def _serving(database: Path) -> Iterator[tuple[int, int]]:
    """Serve a table as for many; give the port, and the process that makes pages."""
    port = _free_port()
    environment = {"SYNODOS_ADDRESS": f"https://{HOST}", "SYNODOS_SECRET_KEY": "measured " * 8}
    command = ["-m", "synodos", "serve", "--database", str(database), "--port", str(port)]
    with _running(command, environment, port) as server:
        yield port, next(child for child in _children(server.pid) if "attached" not in _command(child))


@contextlib.contextmanager
def _bare(database: Path) -> Iterator[int]:
    """Serve the bare page with the same server and as many threads; give the port."""
    port = _free_port()
    command = ["-m", "granian", "--interface", "wsgi", "--blocking-threads", "8", "--port", str(port), "--no-log"]
    environment = {"SYNODOS_DATABASE": str(database), "PYTHONPATH": str(Path(__file__).parent)}
    with _running([*command, "bare_page:application"], environment, port):
        yield port


@contextlib.contextmanager
def _running(command: Sequence[str], more: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it is measured."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}
    with subprocess.Popen(
        [sys.executable, *command], env={**own, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield server
        finally:
            server.terminate()


def _wait(port: int) -> None:
    """Wait until somebody listens at a port."""
    ends = time.monotonic() + LONG_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _children(process: int) -> list[int]:
    """Return the processes that a process has begun, as Linux shows them."""
    listed = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in listed for child in one.read_text(encoding="ascii").split()]


def _command(process: int) -> str:
    """Return by which command a process was begun."""
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")


def _rss_mb(process: int) -> int:
    """Return the memory of a process that is in use."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


SUITE = Suite(
    "served",
    "The table served",
    f"""\
Made-up plans of n records in a file, served as for many by one process of eight threads, with the log off. Strangers
ask over {CONNECTIONS} connections, each time from another address; whoever asks runs on the same machine. Every answer
was asked for once before; “confirmed by hash” is the same with the `ETag` that came with it, answered by 304. The bare
page is a view of Django with one query and no middleware, on the same server with as many threads; all take turns.
Seconds are medians; memory is that of the process that makes pages, at the end.""",
    ("case", "n", "per_s", "ours_s", "p99_s", "over_peer", "rss_mb"),
    (1_000,),
    measured,
)
