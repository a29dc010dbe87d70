"""The join of needs and supplies against all pairs in Python and against DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from suite import Suite
from timing import Row, peak_mb, ratio, slope, timings

from synodos.cooperation import Claims, Tree, matches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

BRANCHES = 8
"""Nodes below each node, over three levels: 512 leaves."""
INNER = 0.15
"""Share of the needs that stand at inner nodes; supplies stand at leaves."""
DAYS = 40 * 365
LONGEST = 115
"""Days of the longest window; with these, 100,000 needs and supplies make about 460,000 pairs."""
MOST_NAIVE = 1_000
"""Size up to which the loop over all pairs is run; beyond, its time grows as the square."""

HASH_JOIN = """
    select n.id, s.id from needs n join below b on b.node = n.node join supplies s on s.node = b.leaf
    where s.first <= n.last and n.first <= s.last
"""
INEQUALITY_JOIN = """
    select n.id, s.id from needs n join supplies s
    on s.node >= n.node and s.node < n.above and s.first <= n.last and s.last >= n.first
"""
DUCKDB = {"DuckDB, node to leaves, hash join": HASH_JOIN, "DuckDB, inequality join": INEQUALITY_JOIN}
NAIVE = "all pairs in Python"


@dataclass(frozen=True)
class Task:
    """A tree with needs and supplies."""

    tree: Tree
    needs: Claims
    supplies: Claims


def task(size: int, seed: int = 1) -> Task:
    """Return a task with `size` needs and as many supplies."""
    random = np.random.default_rng(seed)
    tree = Tree.of(dict(_taxonomy()))
    leaf = tree.end == np.arange(1, len(tree.ids) + 1)
    inner = ~leaf
    inner[0] = False  # nobody seeks just anything
    stands_inside = random.random(size) < INNER
    node = np.where(
        stands_inside, random.choice(np.flatnonzero(inner), size), random.choice(np.flatnonzero(leaf), size)
    )
    return Task(tree, _claims(random, node), _claims(random, random.choice(np.flatnonzero(leaf), size)))


def _taxonomy() -> Iterator[tuple[str, str | None]]:
    """Yield each node of the tree with the one above it."""
    yield "t", None
    level = ["t"]
    for _ in range(3):
        level = [f"{above}{branch}" for above in level for branch in range(BRANCHES)]
        yield from ((node, node[:-1]) for node in level)


def _claims(random: np.random.Generator, node: Integers) -> Claims:
    """Return claims at nodes, all at one body, each for some days."""
    start = random.integers(0, DAYS, len(node))
    return Claims(node, np.zeros(len(node), dtype=np.int64), start, start + random.integers(1, LONGEST + 1, len(node)))


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each size and peer."""
    before: tuple[int, float] | None = None
    naive_at: tuple[int, float] | None = None
    for size in sizes:
        given = task(size)
        random = np.random.default_rng(2).integers(0, 2**62, size)
        contenders: dict[str, Callable[[], object]] = {
            "ours": lambda given=given: matches(given.tree, given.needs, given.supplies),  # type: ignore[misc]
            "limit": lambda random=random: np.argsort(random),  # type: ignore[misc]
            **_peers(given),
        }
        _check(given, contenders)
        timed = timings(contenders, rounds)
        found = {name: timing.median_s for name, timing in timed.items()}
        growth = slope(before, (size, found["ours"]))
        before = (size, found["ours"])
        if NAIVE in found:
            naive_at = (size, found[NAIVE])
        elif naive_at:
            found[NAIVE] = naive_at[1] * (size / naive_at[0]) ** 2
        for peer in (NAIVE, *DUCKDB):
            seconds = found.get(peer)
            note = "absent" if seconds is None else "" if peer in contenders else "extrapolated"
            yield Row(
                case="matching",
                n=size,
                ours_s=found["ours"],
                peer=peer,
                peer_s=seconds,
                limit_s=found["limit"],
                ratio_peer=ratio(seconds, found["ours"]),
                ratio_limit=ratio(found["ours"], found["limit"]),
                slope=growth,
                rss_mb=peak_mb(),
                note=note,
                spread=timed["ours"].spread,
            )


def _peers(given: Task) -> dict[str, Callable[[], object]]:
    """Return the peers that are installed and can run at this size."""
    peers: dict[str, Callable[[], object]] = {}
    if len(given.needs) <= MOST_NAIVE:
        peers[NAIVE] = lambda: _all_pairs(given)
    try:
        import duckdb
    except ImportError:
        return peers
    connection = duckdb.connect()
    for name, columns in _tables(given).items():
        connection.register("columns", columns)
        connection.sql("select * from columns").create(name)
        connection.unregister("columns")
    for name, query in DUCKDB.items():
        peers[name] = lambda query=query: connection.execute(query).fetchnumpy()  # type: ignore[misc]
    return peers


def _tables(given: Task) -> dict[str, dict[str, Any]]:
    """Return the tables that DuckDB joins."""
    above = given.tree.end
    leaf = np.flatnonzero(above == np.arange(1, len(above) + 1))
    node, at = np.nonzero((leaf[None, :] >= np.arange(len(above))[:, None]) & (leaf[None, :] < above[:, None]))
    tables = {
        name: {
            "id": np.arange(len(side)),
            "node": side.node,
            "above": above[side.node],
            "first": side.start,
            "last": side.end,
        }
        for name, side in (("needs", given.needs), ("supplies", given.supplies))
    }
    return {**tables, "below": {"node": node, "leaf": leaf[at]}}


def _all_pairs(given: Task) -> list[tuple[int, int]]:
    """Return the pairs by looking at every one."""
    end = given.tree.end.tolist()
    supplies = list(
        zip(given.supplies.node.tolist(), given.supplies.start.tolist(), given.supplies.end.tolist(), strict=True)
    )
    found = []
    needs = zip(given.needs.node.tolist(), given.needs.start.tolist(), given.needs.end.tolist(), strict=True)
    for need, (node, first, last) in enumerate(needs):
        for supply, (at, begins, ends) in enumerate(supplies):
            if node <= at < end[node] and begins <= last and first <= ends:
                found.append((need, supply))
    return found


def _check(given: Task, contenders: dict[str, Callable[[], object]]) -> None:
    """Raise AssertionError unless all contenders give the same pairs."""
    need, supply = matches(given.tree, given.needs, given.supplies)
    ours = need * len(given.supplies) + supply
    for name, run in contenders.items():
        if name in ("ours", "limit"):
            continue
        answer: Any = run()
        theirs = np.array(answer).reshape(-1, 2).T if name == NAIVE else np.array(list(answer.values()))
        if not np.array_equal(ours, np.sort(theirs[0] * len(given.supplies) + theirs[1])):
            message = f"{name} gives other pairs"
            raise AssertionError(message)


SUITE = Suite(
    "matching",
    "Matching needs with supplies",
    """\
Each need stands in a tree of 512 capabilities (15 in 100 at an inner node) and for a stretch of days, and so does each
supply, at a leaf; n of each. "Limit" is one sort of n 64-bit numbers. DuckDB finds its tables loaded. The loop over all
pairs is run up to 1,000 and extrapolated beyond, as the square of n.""",
    ("n", "ours_s", "peer", "peer_s", "ratio_peer", "ratio_limit", "slope"),
    (1_000, 10_000, 100_000),
    measured,
)
