"""Timing of contenders side by side: interleaved rounds, medians, growth and memory."""

from __future__ import annotations

import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes
    ----------
    case : str
        What is measured.
    n : int
        Size of the input.
    ours_s : float
        Median seconds of this project.
    peer : str or None
        Whom it is compared with.
    peer_s : float or None
        Median seconds of the peer; None if it is absent.
    limit_s : float or None
        Seconds of the least work that the machine has to do.
    ratio_peer, ratio_limit : float or None
        Peer over ours (how often faster), and ours over limit (how far from the least).
    slope : float or None
        Growth of our time from the size before, as a power of n.
    rss_mb : int
        Highest memory of the process so far.
    note : str
        `extrapolated`, `absent`, or nothing.
    spread : float or None
        Half the distance between the quickest and the slowest round of ours, as a share of the median.
    """

    case: str
    n: int
    ours_s: float
    peer: str | None
    peer_s: float | None
    limit_s: float | None
    ratio_peer: float | None
    ratio_limit: float | None
    slope: float | None
    rss_mb: int
    note: str
    spread: float | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the row as it is printed."""
        return {name: _short(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Timing:
    """What the rounds of one contender took."""

    median_s: float
    low_s: float
    high_s: float

    @property
    def spread(self) -> float:
        """Half the distance between the quickest and the slowest round, as a share of the median."""
        return (self.high_s - self.low_s) / (2 * self.median_s)


def timings(contenders: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Return what each contender took over rounds in which all take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            begin = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begin)
    return {name: Timing(statistics.median(found), min(found), max(found)) for name, found in seconds.items()}


def against(
    peers: Iterable[str], timed: Mapping[str, Timing], shares: Mapping[str, float], row: Mapping[str, Any]
) -> Iterator[Row]:
    """Yield a row for each peer; a peer that ran on a part has its share by which its time is extrapolated.

    `timed` holds `ours`, `limit` and the peers that are installed; `row` what all rows have: case, n, slope and rss_mb.
    """
    ours, limit = timed["ours"], timed["limit"].median_s
    for peer in peers:
        seconds = timed[peer].median_s * shares[peer] if peer in timed else None
        yield Row(
            **row,
            ours_s=ours.median_s,
            peer=peer,
            peer_s=seconds,
            limit_s=limit,
            ratio_peer=ratio(seconds, ours.median_s),
            ratio_limit=ratio(ours.median_s, limit),
            note="absent" if seconds is None else "extrapolated" if shares[peer] > 1 else "",
            spread=ours.spread,
        )


def slope(before: tuple[int, float] | None, now: tuple[int, float]) -> float | None:
    """Return the growth between two sizes and times as a power of the size."""
    if before is None:
        return None
    return math.log(now[1] / before[1]) / math.log(now[0] / before[0])


def ratio(one: float | None, other: float | None) -> float | None:
    """Return one over the other, where both are known."""
    return None if one is None or other is None else one / other


def peak_mb() -> int:
    """Return the highest memory of this process so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def _short(value: object) -> object:
    """Return numbers with as many digits as a measurement bears."""
    return float(f"{value:.3g}") if isinstance(value, float) else value
