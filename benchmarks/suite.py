"""A suite: measurements that stand in one table of the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from timing import Row

COLUMNS: Final = {
    "case": ("what", "---"),
    "n": ("n", "---:"),
    "ours_s": ("ours (s)", "---:"),
    "peer": ("peer", "---"),
    "peer_s": ("peer (s)", "---:"),
    "ratio_peer": ("ours is faster by", "---:"),
    "per_s": ("answers a second", "---:"),
    "p99_s": ("p99 (s)", "---:"),
    "over_peer": ("times the bare page", "---:"),
    "limit_s": ("limit (s)", "---:"),
    "ratio_limit": ("ours over limit", "---:"),
    "slope": ("growth", "---:"),
    "rss_mb": ("memory (MB)", "---:"),
}
"""Heading and alignment of each column, by the field of a row that stands in it."""


@dataclass(frozen=True)
class Suite:
    """One table of measurements.

    Attributes
    ----------
    name : str
        By which it is asked for.
    title, text : str
        Heading, and what a reader has to know of the inputs, the peers and the limit.
    columns : tuple of str
        Fields of the rows that are shown; see `COLUMNS`.
    sizes : tuple of int
        Sizes that are measured.
    measured : callable
        Yields the rows for some sizes and a number of rounds.
    """

    name: str
    title: str
    text: str
    columns: tuple[str, ...]
    sizes: tuple[int, ...]
    measured: Callable[[Sequence[int], int], Iterator[Row]]
