"""Monte Carlo over networks against libraries, NumPy and plain loops, and delay shared among partners."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from suite import Suite
from timing import Row, against, peak_mb, ratio, slope, timings

from synodos.schedule.sampling import (
    Activities,
    Effect,
    Family,
    LaunchPeriods,
    LinkKind,
    Links,
    Marginals,
    Model,
    Risks,
    run,
    shapley_delay,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ITERATIONS = 10_000
AGENCIES, RISKS = 12, 20
TOUCHED = 200
"""One activity in so many is touched by a risk."""
LAUNCHES = 100
"""One activity in so many waits for a launch period."""
SEED = 1
SAMPLE = 1_000
"""Iterations of the peers that work on arrays of all of them; their time for all is extrapolated."""
SMALL_SAMPLE = 3
"""Iterations of the networkx loop."""
CORES = 2
STANDARD_ERRORS = 5
"""Difference of two means up to which two answers are one."""
SHARED_ITERATIONS, SHARED_ACTIVITIES, SEPARATE_RUNS = 1_024, 1_000, 8
LONG = 1_000_000
FULL = "full model"
SHARES = "delay shared among 12 partners"
GROWTH = "full model of 1,000 activities, by iterations"
PMCONTROLS, VECTORS, LOOP, SEPARATE = "pmcontrols", "NumPy over iterations", "networkx loop", "4,096 separate runs"
MEMORY = """
import sys
sys.path.insert(0, {folder!r})
import pathlib, resource
from monte_carlo import made
from synodos.schedule.sampling import run
run(made({n}), iterations={iterations}, seed=1)
status = pathlib.Path("/proc/self/status")  # Linux counts a parent's memory into the usage of a child
told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(told or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def made(n: int) -> Model:
    """Return a plan with all that the engine knows: correlation, risks, launch periods, partners to blame."""
    random = np.random.default_rng(n)
    plain = simple(n)
    rows = [(Family.PERT, 0.8, 1, 1.8), (Family.TRIANGULAR, 0.8, 1, 1.8), (Family.LOGNORMAL, 1.05, 0.2)]
    activities = replace(
        plain.activities,
        duration=Marginals.of([rows[kind] for kind in random.integers(0, 3, n)]),
        group=random.integers(0, AGENCIES, n),
        loading=np.full(n, np.sqrt(0.3)),
    )
    per_risk = max(n // TOUCHED, 1)
    values = [(Family.TRIANGULAR, 1, 1.1, 1.5), (Family.UNIFORM, 10, 90)]
    risks = Risks(
        np.arange(RISKS, dtype=np.uint32),
        random.uniform(0.05, 0.5, RISKS),
        random.integers(0, AGENCIES, RISKS),
        np.resize([Effect.MULTIPLY, Effect.DELAY], RISKS),
        Marginals.of([values[risk % 2] for risk in range(RISKS)]),
        np.arange(RISKS + 1) * per_risk,
        np.concatenate([random.choice(n, per_risk, replace=False) for _ in range(RISKS)]),
    )
    launches = np.sort(random.choice(n, max(n // LAUNCHES, 1), replace=False))
    opens = np.tile(np.arange(15) * 780.0, len(launches))
    periods = LaunchPeriods(launches, np.arange(len(launches) + 1) * 15, opens, opens + 400)
    keys = np.arange(AGENCIES, dtype=np.uint32)
    return replace(plain, activities=activities, group_key=keys, risks=risks, launch_periods=periods)


def simple(n: int) -> Model:
    """Return a plan of PERT durations alone, which the peers can do."""
    random = np.random.default_rng(n)
    links = set()
    for v in range(1, n):
        for back in random.integers(1, min(v, n // 20) + 1, random.integers(1, 4)):
            links.add((int(v - back), v, LinkKind.FINISH_START, 0.0, -1))
    activities = Activities.of(
        random.uniform(5, 60, n), duration=Marginals.of([(Family.PERT, 0.8, 1, 1.8)] * n), relative=np.ones(n, np.bool_)
    )
    return Model(activities, Links.of(n, sorted(links)), np.array([n - 1]))


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each number of activities and peer, then growth by iterations, then shared delay."""
    before: tuple[int, float] | None = None
    for size in sizes:
        model = made(size)
        contenders, shares = _contenders(model, size)
        _check(size, contenders)
        timed = timings(contenders, rounds)
        ours = timed["ours"].median_s
        growth = slope(before, (size, ours))
        before = (size, ours)
        memory = _memory(size, ITERATIONS)
        row = {"case": FULL, "n": size, "slope": growth, "rss_mb": memory}
        yield from against((PMCONTROLS, VECTORS, LOOP), timed, shares, row)
    yield from _by_iterations(rounds)
    yield _shared(rounds)


def _by_iterations(rounds: int) -> Iterator[Row]:
    """Yield what many iterations take, up to a million."""
    model, before = made(1_000), None
    for iterations in (ITERATIONS, LONG // 10, LONG):
        contenders = {
            "ours": lambda iterations=iterations: run(model, iterations=iterations, seed=SEED),
            "limit": lambda iterations=iterations: _fill(1_000, iterations),
        }
        timed = timings(contenders, rounds if iterations < LONG else 1)
        ours, limit = timed["ours"].median_s, timed["limit"].median_s
        growth = slope(before, (iterations, ours))
        before = (iterations, ours)
        memory, spread = _memory(1_000, iterations), timed["ours"].spread
        yield Row(GROWTH, iterations, ours, None, None, limit, None, ratio(ours, limit), growth, memory, "", spread)


def _shared(rounds: int) -> Row:
    """Return what exact shares of the delay take, against runs of one coalition each."""
    model = made(SHARED_ACTIVITIES)
    coalitions = np.linspace(0, 2**AGENCIES - 1, SEPARATE_RUNS).astype(np.int64)
    absent = [[group for group in range(AGENCIES) if not one >> group & 1] for one in coalitions.tolist()]
    models = [to_plan(model, groups) for groups in absent]
    contenders = {
        "ours": lambda: shapley_delay(model, range(AGENCIES), iterations=SHARED_ITERATIONS, seed=SEED),
        "separate": lambda: [run(one, iterations=SHARED_ITERATIONS, seed=SEED) for one in models],
    }
    shares = shapley_delay(model, range(AGENCIES), iterations=SHARED_ITERATIONS, seed=SEED)
    whole = run(model, iterations=SHARED_ITERATIONS, seed=SEED)
    if not np.allclose(shares.expected_finish_days, whole.finish_days.mean(axis=1)):
        message = f"shares are of a delay to {shares}, but the run finishes at {whole.finish_days.mean(axis=1)}"
        raise AssertionError(message)
    timed = timings(contenders, rounds)
    ours, separate = timed["ours"].median_s, timed["separate"].median_s * 2**AGENCIES / SEPARATE_RUNS
    return Row(
        SHARES,
        SHARED_ACTIVITIES,
        ours,
        SEPARATE,
        separate,
        None,
        ratio(separate, ours),
        None,
        None,
        peak_mb(),
        "extrapolated",
        timed["ours"].spread,
    )


def to_plan(model: Model, groups: list[int]) -> Model:
    """Return the model with these agencies performing to plan."""
    given, held = model.activities, np.isin(model.activities.group, groups)
    duration = Marginals(
        np.where(held, Family.FIXED, given.duration.family),
        np.where(held[:, None], [1.0, 0.0, 0.0], given.duration.parameters),
    )
    probability = np.where(np.isin(model.risks.group, groups), 0.0, model.risks.probability)
    return replace(
        model, activities=replace(given, duration=duration), risks=replace(model.risks, probability=probability)
    )


def _memory(n: int, iterations: int) -> int:
    """Return the highest memory of a process that only samples, in MB."""
    code = MEMORY.format(folder=sys.path[0], n=n, iterations=iterations)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    return round(int(done.stdout) / 1e3)


def _fill(n: int, iterations: int) -> None:
    """Draw as many uniform float32 numbers as there are activities times iterations, on both cores, into one buffer."""
    rows = np.array_split(np.arange(iterations), CORES)
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(lambda part: _fill_one(n, len(part)), rows))


def _fill_one(n: int, iterations: int) -> None:
    """Draw on one core, 256 iterations at a time."""
    random, buffer = np.random.default_rng(SEED), np.empty((n, 256), np.float32)
    for _ in range(0, iterations, 256):
        random.random(dtype=np.float32, out=buffer)


@dataclass(frozen=True)
class Network:
    """Predecessors and durations, as the peers take them."""

    before: list[list[int]]
    planned: Floats

    @classmethod
    def of(cls, model: Model) -> Network:
        """Return those of a model."""
        start, predecessor = model.links.start.tolist(), model.links.predecessor.tolist()
        return cls([predecessor[a:b] for a, b in pairwise(start)], model.activities.planned_days)


def _contenders(model: Model, n: int) -> tuple[dict[str, Callable[[], Any]], dict[str, float]]:
    """Return who takes part, each giving finishes or their mean, and how often its share goes into all iterations."""
    plain = Network.of(simple(n))
    contenders: dict[str, Callable[[], Any]] = {
        "ours": lambda: run(model, iterations=ITERATIONS, seed=SEED),
        "limit": lambda: _fill(n, ITERATIONS),
        VECTORS: lambda: _vectors(plain),
    }
    try:
        import pmcontrols
    except ImportError:
        pass
    else:
        rows = [
            {"id": str(v), "predecessors": [str(one) for one in before], "a": 0.8 * days, "m": days, "b": 1.8 * days}
            for v, (before, days) in enumerate(zip(plain.before, plain.planned.tolist(), strict=True))
        ]
        contenders[PMCONTROLS] = lambda: pmcontrols.pert(rows, n_sim=SAMPLE, seed=SEED).stats["mc_mean"]
    try:
        import networkx as nx  # type: ignore[import-untyped]
    except ImportError:
        pass
    else:
        graph = nx.DiGraph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from((one, v) for v, before in enumerate(plain.before) for one in before)
        contenders[LOOP] = lambda: _loop(graph, list(nx.topological_sort(graph)), plain.planned)
    many = ITERATIONS / SAMPLE
    return contenders, {PMCONTROLS: many, VECTORS: many, LOOP: ITERATIONS / SMALL_SAMPLE}


def _vectors(plain: Network) -> Floats:
    """Return finishes by NumPy, 500 iterations at a time, with which activities drive the end."""
    random, found = np.random.default_rng(SEED), []
    shape = 1 + 4 * 0.2, 5 - 4 * 0.2
    for _ in range(0, SAMPLE, 500):
        finish = np.empty((len(plain.before), 500))
        for v, before in enumerate(plain.before):
            ready = np.maximum.reduce(finish[before]) if before else 0.0
            finish[v] = ready + plain.planned[v] * (0.8 + random.beta(*shape, 500))
        driving = np.zeros(finish.shape, np.bool_)
        driving[-1] = True
        for v in range(len(plain.before) - 1, -1, -1):
            if plain.before[v]:
                dates = finish[plain.before[v]]
                driving[plain.before[v]] |= driving[v] & (dates == dates.max(axis=0))
        found.append(finish[-1])
    return np.concatenate(found)


def _loop(graph: Any, order: list[int], planned: Floats) -> list[float]:  # noqa: ANN401 - a graph of networkx
    """Return finishes of a few iterations by a loop over a graph."""
    random, found = np.random.default_rng(SEED), []
    for _ in range(SMALL_SAMPLE):
        lasts = (planned * (0.8 + random.beta(1 + 4 * 0.2, 5 - 4 * 0.2, len(planned)))).tolist()
        finish: dict[int, float] = {}
        for v in order:
            finish[v] = max((finish[one] for one in graph.predecessors(v)), default=0.0) + lasts[v]
        found.append(finish[order[-1]])
    return found


def _check(n: int, contenders: dict[str, Callable[[], Any]]) -> None:
    """Raise AssertionError unless the peers and ours, on the plan that all can do, agree on the mean finish."""
    model = simple(n)
    ends = np.setdiff1d(np.arange(n), model.links.predecessor)
    ours = run(replace(model, targets=np.append(ends, n - 1)), iterations=SAMPLE, seed=SEED).finish_days
    last, latest = ours[-1], ours.max(axis=0)
    for name, expected in ((VECTORS, last), (PMCONTROLS, latest)):
        if name in contenders:
            theirs = float(np.mean(contenders[name]()))
            if abs(theirs - expected.mean()) > STANDARD_ERRORS * expected.std() * np.sqrt(2 / SAMPLE):
                message = f"{name} finishes at {theirs} on average instead of {expected.mean()}"
                raise AssertionError(message)


SUITE = Suite(
    "monte-carlo",
    "Schedule risk",
    f"""\
{ITERATIONS:,} iterations over n activities. The full model has three families of durations that correlate within
each of {AGENCIES} agencies, {RISKS} risks, launch periods at one activity in {LAUNCHES}, and counts for each activity
how often it drives the end and how its duration goes with it. The delay that each agency causes is not in it: that
takes other runs, which have a row of their own ("{SHARES}").
The peers do less: PERT durations without correlation, risks or launch periods; on such a plan their mean finish is
compared with ours before anything is timed. pmcontrols and NumPy run {SAMPLE:,} iterations, the networkx loop runs
{SMALL_SAMPLE}; their time for all is extrapolated. "Limit" is what NumPy's generator takes to draw as many uniform
float32 numbers on {CORES} cores. Memory is that of a process of its own. Delay is shared exactly among {AGENCIES}
partners over {SHARED_ITERATIONS:,} iterations; of the 4,096 separate runs, {SEPARATE_RUNS} are timed.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "limit_s", "ratio_limit", "slope", "rss_mb"),
    (1_000, 10_000),
    measured,
)
