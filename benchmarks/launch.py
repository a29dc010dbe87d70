"""A search for launch periods to Mars against libraries that solve Lambert's problem, and from process start to end."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from suite import Suite
from timing import Row, against, peak_mb, ratio, slope, timings

from synodos.schedule import body, porkchop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIRST = dt.date(2011, 1, 1)
DAY_S = 86_400.0
SUN_KM3_S2 = 1.32712440018e11
"""Gravitational parameter of the Sun that all contenders take."""
SAMPLE = 20_000
"""Arcs that a peer solves that takes one at a time; its time for all is extrapolated."""
SMALL_SAMPLE = 2_000
"""The same for lamberthub, which takes ten times as long."""
LEAST_TO_COMPILE = 100_000
"""Arcs below which lamberthub is left out: compiling it takes longer than all the rest."""
AGREEMENT = 1e-6
"""Difference of C3, relative and in km²/s², up to which two answers are one."""
GRID = "porkchop grid"
BATCH = "lambert-rs, batch"
SINGLE = "lambert-rs, one by one"
LOOP = "lamberthub izzo2015, one by one"
SEARCH = """
import datetime as dt
from synodos.schedule import {question}
{question}("earth", "mars", dt.date.fromisoformat("{after}"), dt.date.fromisoformat("{before}"))
"""
MEMORY = """
import pathlib, resource
status = pathlib.Path("/proc/self/status")  # Linux counts a parent's memory into the usage of a child
told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(told or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True)
class Task:
    """Daily departures by 2-day flight times, with the places and speeds that the peers are given.

    Attributes
    ----------
    after, before : date
        First and last departure.
    flights : array of int, shape (m,)
        Times of flight in days.
    earth, mars : tuple of array, shape (n, 3)
        Positions and velocities, of Mars from the first departure to the last arrival.
    """

    after: dt.date
    before: dt.date
    flights: NDArray[np.int64]
    earth: tuple[Floats, Floats]
    mars: tuple[Floats, Floats]

    @property
    def days(self) -> int:
        """Number of departures."""
        return len(self.earth[0])

    @property
    def cells(self) -> int:
        """Number of arcs."""
        return self.days * len(self.flights)


def task(departures: int) -> Task:
    """Return a search over some days of departure."""
    flights = porkchop("earth", "mars", FIRST, FIRST).time_of_flight_days
    days = (FIRST - dt.date(2000, 1, 1)).days + np.arange(departures + int(flights[-1]), dtype=np.float64)
    before = FIRST + dt.timedelta(days=departures - 1)
    return Task(FIRST, before, flights, _states("earth", days[:departures]), _states("mars", days))


def _states(name: str, days: Floats) -> tuple[Floats, Floats]:
    """Return positions and velocities, laid out as the peers want them."""
    place, velocity = body(name).states(days)
    return np.ascontiguousarray(place), np.ascontiguousarray(velocity)


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each number of departures and peer, and for the largest also the first answers."""
    before: tuple[int, float] | None = None
    for size in sizes:
        given = task(size)
        contenders, shares = _contenders(given)
        _check(given, contenders)
        timed = timings(contenders, rounds)
        ours = timed["ours"].median_s
        growth = slope(before, (size, ours))
        before = (size, ours)
        row = {"case": GRID, "n": size, "slope": growth, "rss_mb": peak_mb()}
        yield from against((BATCH, SINGLE, LOOP), timed, shares, row)
    yield from _first_answers(max(sizes), rounds)


def _first_answers(size: int, rounds: int) -> Iterator[Row]:
    """Yield what a search takes from process start to end, over what importing NumPy takes; first runs do not count."""
    before = FIRST + dt.timedelta(days=size - 1)
    memory: dict[str, int] = {}
    contenders: dict[str, Callable[[], object]] = {
        name: lambda name=name, code=code: memory.update({name: _in_a_process(code)})  # type: ignore[misc]
        for name, code in {
            "import numpy": "import numpy",
            f"{GRID}, from start to end": SEARCH.format(question="porkchop", after=FIRST, before=before),
            "launch periods, from start to end": SEARCH.format(question="launch_periods", after=FIRST, before=before),
        }.items()
    }
    for run in contenders.values():
        run()
    timed = timings(contenders, rounds)
    limit = timed.pop("import numpy").median_s
    for name, ours in timed.items():
        over = ratio(ours.median_s, limit)
        yield Row(name, size, ours.median_s, None, None, limit, None, over, None, memory[name], "", ours.spread)


def _in_a_process(code: str) -> int:
    """Run some Python in a process of its own and return the highest memory that it took, in MB."""
    done = subprocess.run([sys.executable, "-c", code + MEMORY], capture_output=True, check=True, encoding="utf-8")
    return round(int(done.stdout) / 1e3)


def _contenders(given: Task) -> tuple[dict[str, Callable[[], Any]], dict[str, float]]:
    """Return who takes part, each giving C3 of all cells or of a sample, and how often its share goes into all."""
    contenders: dict[str, Callable[[], Any]] = {
        "ours": lambda: porkchop("earth", "mars", given.after, given.before).c3_km2_s2,
        "limit": lambda: _least_work(given),
    }
    shares = {BATCH: 1.0}
    try:
        import lambert_rs  # type: ignore[import-untyped]
    except ImportError:
        pass
    else:
        contenders[BATCH] = lambda: _batch(given, lambert_rs.lambert_izzo_vec)
        contenders[SINGLE] = lambda: _one_by_one(given, SAMPLE, _of_lambert_rs(lambert_rs.lambert_izzo_single))
    try:
        from lamberthub import izzo2015  # type: ignore[import-untyped]
    except ImportError:
        pass
    else:
        if given.cells >= LEAST_TO_COMPILE:
            contenders[LOOP] = lambda: _one_by_one(given, SMALL_SAMPLE, _of_lamberthub(izzo2015))
    shares[SINGLE] = given.cells / len(_sample(given, SAMPLE))
    shares[LOOP] = given.cells / len(_sample(given, SMALL_SAMPLE))
    return contenders, shares


def _least_work(given: Task) -> tuple[Floats, Floats]:
    """Return what costs the least that an arc can: an arc cosine, four roots, three divisions and two numbers kept."""
    number = np.linspace(0.1, 0.9, len(given.flights))
    one = np.empty((given.days, len(number)))
    other = np.empty_like(one)
    for row in range(given.days):
        angle = np.arccos(number)
        one[row] = np.sqrt(np.sqrt(angle) / number) + 1 / angle
        other[row] = np.sqrt(np.sqrt(number)) / angle
    return one, other


def _batch(given: Task, solve: Callable[..., Any]) -> Floats:
    """Return C3 of all cells, by one call for each time of flight, which is the widest that this library takes."""
    found = np.empty((given.days, len(given.flights)))
    place, velocity = given.earth
    for column, flight in enumerate(given.flights):
        there = given.mars[0][flight : flight + given.days]
        answer = solve(place, there, np.array([flight * DAY_S]), 0, retrograde=False, mu=SUN_KM3_S2)
        found[:, column] = np.sum(np.square(np.asarray(answer.v1).reshape(-1, 3) - velocity), axis=1)
    return found


def _sample(given: Task, size: int) -> NDArray[np.int64]:
    """Return the cells of a sample, evenly spread."""
    return np.unique(np.linspace(0, given.cells - 1, min(size, given.cells)).astype(np.int64))


def _one_by_one(given: Task, size: int, solve: Callable[[Floats, Floats, float], Floats]) -> Floats:
    """Return C3 of a sample of the cells."""
    cells = _sample(given, size)
    found = np.empty(len(cells))
    place, velocity = given.earth
    for at, (day, column) in enumerate(zip(*np.divmod(cells, len(given.flights)), strict=True)):
        flight = given.flights[column]
        departure = solve(place[day], given.mars[0][day + flight], flight * DAY_S)
        found[at] = np.sum(np.square(departure - velocity[day]))
    return found


def _of_lambert_rs(solve: Callable[..., Any]) -> Callable[[Floats, Floats, float], Floats]:
    """Return a function that gives the velocity at departure by lambert-rs."""

    def departure(start: Floats, end: Floats, seconds: float) -> Floats:
        found: Floats = solve(start, end, seconds, 0, retrograde=False, mu=SUN_KM3_S2).v1[0]
        return found

    return departure


def _of_lamberthub(solve: Callable[..., Any]) -> Callable[[Floats, Floats, float], Floats]:
    """Return a function that gives the velocity at departure by lamberthub."""

    def departure(start: Floats, end: Floats, seconds: float) -> Floats:
        found: Floats = solve(SUN_KM3_S2, start, end, seconds)[0]
        return found

    return departure


def _check(given: Task, contenders: dict[str, Callable[[], Any]]) -> None:
    """Raise AssertionError unless all contenders give the same C3."""
    ours = contenders["ours"]()
    for name, size in ((BATCH, given.cells), (SINGLE, SAMPLE), (LOOP, SMALL_SAMPLE)):
        if name not in contenders:
            continue
        expected = ours.ravel()[_sample(given, size)]
        theirs = np.asarray(contenders[name]()).ravel()
        if not np.allclose(theirs, expected, rtol=AGREEMENT, atol=AGREEMENT):
            worst = int(np.argmax(np.abs(theirs - expected)))
            message = f"{name} gives another C3: {theirs[worst]} instead of {expected[worst]} at cell {worst}"
            raise AssertionError(message)


SUITE = Suite(
    "launch",
    "Launch periods",
    """\
A search from the Earth to Mars: n daily departures by 175 times of flight two days apart; the largest is 25 years. C3
of each arc is compared before anything is timed. lambert-rs solves a batch on all cores, ours runs on one. What takes
one arc at a time solves a sample, and its time for all is extrapolated. "Limit" is NumPy's time for one arc cosine,
four roots and three divisions for each arc, with two numbers kept; for what runs from process start to end it is
`python -c "import numpy"`.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "limit_s", "ratio_limit", "slope", "rss_mb"),
    (365, 1_826, 9_131),
    measured,
)
