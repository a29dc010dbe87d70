"""The table served: answers in a second, and how long each takes, beside a bare page of Django with one query."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import math
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import synthetic
from asking import LONG_S, Asked, Line, reader, timed, together, turn
from suite import Suite
from timing import Row, ratio

from synodos import web  # its names are asked for after Django is set up

HOST: Final = "table.example.org"
BROWSER: Final = {
    "Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"
}  # fmt: skip
TOKENS: Final = 20
"""Programs of one person, as many as may be; each may ask 600 times a minute."""
SECRET: Final = "measured " * 8
FORM: Final = "a" * 32
TOKEN: Final = re.compile(r"synodos_[\w-]{20,}")
PHRASE: Final = "a long way round the Sun"
CONNECTIONS: Final = 4
"""Readers who ask at the same time."""
TURN_S: Final = 1.0
"""Seconds for which a contender is asked in each round."""
QUESTION: Final = "API: the best opportunities"
ASKED: Final = {
    "roadmap page": "/",
    "a record": "/records/mission/mission-1/",
    QUESTION: "/api/v1/questions/opportunities?most=100",
}
CONFIRMED: Final = ", confirmed by hash"
LOGGED_IN: Final = "roadmap page, logged in"
PROGRAM: Final = "API: the best opportunities, with a token"
BARE: Final = "bare page"
STRETCHES: Final = (10_000, 50_000, 100_000)
"""Answers after which the memory of the process is looked at."""


@dataclass(frozen=True)
class ServedRow(Row):
    """A measurement of pages; `ours_s` and `peer_s` are the median seconds of an answer under load."""

    per_s: float = 0.0
    p99_s: float = 0.0
    over_peer: float | None = None


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each page and size, and for each stretch of a long run at the smallest size."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="synodos-bench-") as folder:
            database = Path(folder) / "table.sqlite3"
            _begin(database, size)
            with _serving(database) as (ours, pages), _bare(database) as bare:
                asked = _asked(ours, bare)
                for _ in range(rounds):
                    for one in asked.values():
                        turn(one, TURN_S, CONNECTIONS)
                yield from (_row(name, size, one, asked[BARE], _rss_mb(pages)) for name, one in asked.items())
                if size == min(sizes):
                    yield from _long_run(size, asked, pages)


def _begin(database: Path, size: int) -> None:
    """Begin a ledger with made-up plans."""
    os.environ["SYNODOS_SECRET_KEY"] = SECRET
    web.start(str(database))
    web.make_tables()
    web.begin_ledger(synthetic.history(size), database.with_suffix(".keys"))


def _come_in(port: int) -> str:
    """Take the first seat, log in, and return the cookies of a browser."""
    person = {"email": "office@table.example", "login": "office@table.example", "password": PHRASE, "again": PHRASE}
    said: list[str] = []
    for path in (f"/accounts/invitation/{web.first_invitation()}/", "/accounts/login/"):
        said, _ = _sent(port, path, person, f"__Host-csrftoken={FORM}")
    (session,) = [one.partition(";")[0] for one in said if one.startswith("__Host-sessionid=")]
    return f"{session}; __Host-csrftoken={FORM}"


def _sent(port: int, path: str, filled: Mapping[str, str], cookies: str) -> tuple[list[str], str]:
    """Send a form; return the cookies that come back, and the page."""
    heads = {**BROWSER, "Cookie": cookies, "Origin": f"https://{HOST}", "X-Forwarded-For": "10.9.9.9"}
    heads |= {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG_S)
    connection.request("POST", path, urlencode({**filled, "csrfmiddlewaretoken": FORM}), heads)
    answer = connection.getresponse()
    said, page = answer.headers.get_all("Set-Cookie", []), answer.read().decode()
    connection.close()
    return said, page


def _tokens(port: int, cookies: str) -> tuple[str, ...]:
    """Make tokens of who is logged in."""
    asked = {"name": "measuring", "scopes": "read", "days": "1"}
    pages = [_sent(port, "/accounts/programs/", asked, cookies)[1] for _ in range(TOKENS)]
    return tuple(TOKEN.findall(page)[0] for page in pages)


def _asked(ours: int, bare: int) -> dict[str, Asked]:
    """Return what is asked, each answered once: what was answered before is what is measured."""
    found = {name: Asked(ours, path, BROWSER) for name, path in ASKED.items()}
    tags = {name: one.once() for name, one in found.items()}
    for name, tag in tags.items():
        found[name + CONFIRMED] = Asked(ours, ASKED[name], {**BROWSER, "If-None-Match": tag})
    cookies = _come_in(ours)
    found[LOGGED_IN] = Asked(ours, "/", {**BROWSER, "Cookie": cookies})
    found[PROGRAM] = Asked(ours, ASKED[QUESTION], BROWSER, tokens=_tokens(ours, cookies))
    for name in (LOGGED_IN, PROGRAM):
        found[name].once()
    return {**found, BARE: Asked(bare, "/", BROWSER)}


def _long_run(size: int, asked: Mapping[str, Asked], pages: int) -> Iterator[Row]:
    """Yield a row for each stretch of a run in which all is asked in turn."""
    done = 0
    for answers in STRETCHES:
        each = (answers - done) // CONNECTIONS
        stretch = Asked(asked[LOGGED_IN].port, "")
        began = time.perf_counter()

        def run(line: Line, number: int, each: int = each, stretch: Asked = stretch) -> None:
            contenders = itertools.cycle(one for name, one in asked.items() if name != BARE)
            for count, one in zip(range(each), contenders, strict=False):
                timed(replace(one, took_s=stretch.took_s), line, reader(number, count))

        together(stretch.port, CONNECTIONS, run)
        stretch.spent_s = time.perf_counter() - began
        yield _row(f"all in turn, answers {done + 1:,} to {answers:,}", size, stretch, asked[BARE], _rss_mb(pages))
        done = answers


def _row(name: str, size: int, one: Asked, bare: Asked, rss_mb: int) -> ServedRow:
    """Return what was measured."""
    took = sorted(one.took_s)
    middle, bare_s = statistics.median(took), statistics.median(bare.took_s)
    return ServedRow(
        name, size, middle, BARE, bare_s, None, ratio(bare_s, middle), None, None, rss_mb, "",
        per_s=len(took) / one.spent_s,
        p99_s=took[math.ceil(0.99 * len(took)) - 1],
        over_peer=ratio(middle, bare_s),
    )  # fmt: skip


@contextlib.contextmanager
def _serving(database: Path) -> Iterator[tuple[int, int]]:
    """Serve a table as for many; give the port, and the process that makes pages."""
    port = _free_port()
    environment = {"SYNODOS_ADDRESS": f"https://{HOST}", "SYNODOS_SECRET_KEY": SECRET}
    command = ["-m", "synodos", "serve", "--database", str(database), "--port", str(port), "--log-lines"]
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
Made-up plans of n records in a file, served as for many by one process of eight threads, with its log. Readers ask over
{CONNECTIONS} connections, in turn from 2,048 addresses, and take packed answers as browsers do; whoever asks runs on
the same machine. Every answer was asked for once before. “Confirmed by hash” is the same with the `ETag` that came with
it, answered by 304; who is logged in gets a page of
their own, packed but for the tokens of its forms; programs share {TOKENS} tokens, since each may ask 600 times a
minute. The bare page is a view of Django with one query and no middleware, on the same server with as many threads; all
take turns. Seconds are medians, so
“times the bare page” is a ratio of medians within one run; memory is that of the process that makes pages. An answer
that is a refusal would end the measurement.""",
    ("case", "n", "per_s", "ours_s", "p99_s", "over_peer", "rss_mb"),
    (1_000, 100_000),
    measured,
)
