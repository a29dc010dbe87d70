"""The passes of the critical path method against networkx, rustworkx, pmcontrols and the moving of as many bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from suite import Suite
from timing import Row, peak_mb, ratio, slope, timings

from synodos.schedule import Floats, float_passes, topology

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.integer[Any]]

WINDOW = 1_000
"""Each activity waits for one to three of the activities so many places before it; then all are shuffled."""
LONGEST_DAYS = 100
OFTEN = 100_000
"""Size up to which the peers take part in all rounds; beyond, they run once."""
MOST_PMCONTROLS = 10_000
"""Size up to which pmcontrols is run; beyond, its time is taken to grow as n."""
NETWORKX, RUSTWORKX, PMCONTROLS = "networkx, passes over dicts", "rustworkx, order, then passes", "pmcontrols"


@dataclass(frozen=True)
class Task:
    """A network: its links, and how long each activity takes."""

    predecessors: Integers
    successors: Integers
    duration: Integers


def task(size: int, seed: int = 1) -> Task:
    """Return a network of so many activities."""
    random = np.random.default_rng(seed)
    successor = np.repeat(np.arange(size), random.integers(1, 4, size))
    predecessor = successor - 1 - random.integers(0, WINDOW, len(successor))
    linked = predecessor >= 0
    shuffled = random.permutation(size).astype(np.uint32)
    duration = random.integers(1, LONGEST_DAYS, size).astype(np.int32)
    return Task(shuffled[predecessor[linked]], shuffled[successor[linked]], duration)


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each size and peer: for the passes alone, and from the links on."""
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        given = task(size)
        contenders = _contenders(given) | (_peers(given) if size <= OFTEN else {})
        _check(given, contenders)
        timed = timings(contenders, rounds)
        if size > OFTEN:
            peers = _peers(given)
            _check(given, peers)
            timed |= timings(peers, 1)
        found = {name: timing.median_s for name, timing in timed.items()}
        for case, ours in (("critical path, passes", "passes"), ("critical path, end to end", "end to end")):
            growth = slope(before.get(ours), (size, found[ours]))
            limit = found["limit"] if ours == "passes" else None
            for peer in (NETWORKX, RUSTWORKX, PMCONTROLS):
                seconds = found.get(peer) or _extrapolated(before.get(peer), size)
                yield Row(
                    case=case,
                    n=size,
                    ours_s=found[ours],
                    peer=peer,
                    peer_s=seconds,
                    limit_s=limit,
                    ratio_peer=ratio(seconds, found[ours]),
                    ratio_limit=ratio(found[ours], limit),
                    slope=growth,
                    rss_mb=peak_mb(),
                    note="" if peer in found else "extrapolated" if seconds else "absent",
                    spread=timed[ours].spread,
                )
        before |= {name: (size, seconds) for name, seconds in found.items()}


def _extrapolated(before: tuple[int, float] | None, size: int) -> float | None:
    """Return the seconds of a peer at a size, from those at the largest that it was run at: growing as n."""
    return None if before is None else before[1] * size / before[0]


def _contenders(given: Task) -> dict[str, Callable[[], object]]:
    """Return ours, and the moving of as many bytes."""
    layout = topology(given.predecessors, given.successors, len(given.duration))
    ordered = given.duration.take(layout.order)
    # links, and where those of each activity begin, are read twice; six columns are read or written; 32 bits each
    moved = np.ones(4 * (len(given.predecessors) + 4 * len(ordered)), dtype=np.uint8)
    target = np.zeros_like(moved)
    return {
        "passes": lambda: float_passes(layout, ordered),
        "end to end": lambda: _ours(given),
        "limit": lambda: np.copyto(target, moved),
    }


def _ours(given: Task) -> Floats:
    """Return the floats from the links on."""
    layout = topology(given.predecessors, given.successors, len(given.duration))
    return float_passes(layout, given.duration.take(layout.order))


def _peers(given: Task) -> dict[str, Callable[[], object]]:
    """Return the peers that are installed and can run at this size; networkx and rustworkx find their graphs built."""
    duration = given.duration.tolist()
    links = list(zip(given.predecessors.tolist(), given.successors.tolist(), strict=True))
    before: list[list[int]] = [[] for _ in duration]
    after: list[list[int]] = [[] for _ in duration]
    for first, then in links:
        before[then].append(first)
        after[first].append(then)
    peers: dict[str, Callable[[], object]] = {}
    if find_spec("networkx"):
        import networkx as nx  # type: ignore[import-untyped]

        graph = nx.DiGraph(links)
        graph.add_nodes_from(range(len(duration)))
        peers[NETWORKX] = lambda: _walked(list(nx.topological_sort(graph)), graph.pred, graph.succ, duration)
    if find_spec("rustworkx"):
        import rustworkx

        swift = rustworkx.PyDiGraph()
        swift.add_nodes_from(range(len(duration)))
        swift.add_edges_from_no_data(links)
        peers[RUSTWORKX] = lambda: _walked(list(rustworkx.topological_sort(swift)), before, after, duration)
    if find_spec("pmcontrols") and len(duration) <= MOST_PMCONTROLS:
        import pmcontrols

        listed = [
            {"id": str(node), "predecessors": [str(one) for one in set(before[node])], "duration": lasts}
            for node, lasts in enumerate(duration)
        ]
        peers[PMCONTROLS] = lambda: pmcontrols.cpm(listed)
    return peers


def _walked(order: list[int], before: Any, after: Any, duration: list[int]) -> tuple[Any, Any]:  # noqa: ANN401
    """Return early and late finishes, by walking along an order and back."""
    early = dict.fromkeys(order, 0)
    for node in order:
        early[node] = max((early[one] for one in before[node]), default=0) + duration[node]
    last = max(early.values())
    late = dict.fromkeys(order, last)
    for node in reversed(order):
        late[node] = min((late[one] - duration[one] for one in after[node]), default=last)
    return early, late


def _check(given: Task, contenders: dict[str, Callable[[], object]]) -> None:
    """Raise AssertionError unless all contenders give the same dates."""
    layout = topology(given.predecessors, given.successors, len(given.duration))
    ours = float_passes(layout, given.duration.take(layout.order))
    for name, run in contenders.items():
        answer: Any = run()
        if name in (NETWORKX, RUSTWORKX):
            early, late = ([column[node] for node in layout.order.tolist()] for column in answer)
            same = np.array_equal(early, ours.early_finish) and np.array_equal(late, ours.late_finish)
        else:
            same = name != PMCONTROLS or round(answer.stats["project_duration"]) == ours.finish
        if not same:
            message = f"{name} gives other dates"
            raise AssertionError(message)


SUITE = Suite(
    "critical-path",
    "Critical path",
    """\
Early and late finishes and free floats of n activities, each of which waits for one to three of those up to 1,000
before it, in shuffled order. "Passes" finds the links laid out; "end to end" begins with two columns of links.
"Limit" is copying half as many bytes as the passes have to read and write, which moves as many. networkx and rustworkx
find their graphs built, and their passes are loops over dicts and lists; beyond 100,000 they run once. pmcontrols is
run up to 10,000 and extrapolated beyond, as n.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "ratio_limit", "slope"),
    (1_000, 10_000, 100_000, 1_000_000),
    measured,
)
