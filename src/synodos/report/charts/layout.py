"""Where everything stands in a picture with bands down and years across. Pure geometry, in pixels."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from synodos.report.charts.look import LABEL_SIZE, text_width, wrapped
from synodos.report.charts.timeline import Frame, seated

BESIDE: Final = 6.5
"""Distance of a label from what it belongs to."""
GAP: Final = 14.0
"""Least distance between neighbours in a lane."""
SHORT_BAR: Final = 70.0
"""A bar up to this width carries its mark in the middle; a longer one at its start."""
LINE: Final = 13.5
"""Distance between the lines of a label."""
HEADING: Final = 80.0
"""Width of the heading of the column of what has no date."""
LONGEST_LABEL: Final = 400.0


@dataclass(frozen=True, slots=True)
class Measures:
    """How large things are, in pixels.

    Attributes
    ----------
    lane : float
        Height of a lane.
    edge : float
        Free space at the top and the bottom of a band.
    glyph : float
        Half the width of a mark.
    bar : float
        Height of a bar.
    type : float
        Height of the labels' type.
    stub : float
        Length of a bar whose end is open; infinite: up to the last year.
    """

    lane: float = 19.0
    edge: float = 8.0
    glyph: float = 6.0
    bar: float = 13.0
    type: float = float(LABEL_SIZE)
    stub: float = 40.0

    def text(self, line: str) -> float:
        """Return the width of a line of a label."""
        return text_width(line, self.type)

    def column_height(self, lines: Sequence[str]) -> float:
        """Return the height of what stands right of the years."""
        return self.lane + LINE * (len(lines) - 1)


ROADMAP: Final = Measures()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be placed.

    Attributes
    ----------
    key : str
        Its name, unique in a picture.
    band : int
        Place of its band from the top.
    label : str
        One line.
    start, stop : float or None
        When its stretch begins and ends, in years; infinite where an end is open; None: no date is stated.
    until : float or None
        When it stops to work, in years, where that is later.
    brief : bool
        Whether the stretch is too short for a bar, so that it is drawn as a point.
    """

    key: str
    band: int
    label: str
    start: float | None = None
    stop: float | None = None
    until: float | None = None
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an entry stands.

    Attributes
    ----------
    entry : Entry
        What stands there.
    lane : int
        Its lane in its band; of undated entries: its place in the column.
    glyph_x, y : float
        Centre of its mark.
    bar : (float, float) or None
        Ends of its bar.
    tail : float or None
        Where the line that shows its working time ends.
    lines : tuple of str
        Its label.
    label_x : float
        Where the label begins.
    extent : (float, float)
        All that it covers from left to right.
    """

    entry: Entry
    lane: int
    glyph_x: float
    y: float
    bar: tuple[float, float] | None
    tail: float | None
    lines: tuple[str, ...]
    label_x: float
    extent: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A band of the picture."""

    index: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """A picture laid out.

    Attributes
    ----------
    frame : Frame
        The years.
    bands : tuple of Band
        From the top, without gaps.
    placed : tuple of Placed
        Every entry once.
    measures : Measures
        How large things are.
    """

    frame: Frame
    bands: tuple[Band, ...]
    placed: tuple[Placed, ...]
    measures: Measures
    by_key: dict[str, Placed] = field(init=False)

    def __post_init__(self) -> None:
        """Index the entries."""
        object.__setattr__(self, "by_key", {placed.entry.key: placed for placed in self.placed})

    def opens(self, placed: Placed) -> tuple[float | None, float | None]:
        """Return where an entry goes on beyond its left and its right end; None where it does not."""
        entry, frame = placed.entry, self.frame
        if entry.start is None or entry.stop is None:
            return None, None
        ends = [x for x in (*(placed.bar or (placed.glyph_x,)), placed.tail) if x is not None]
        last = entry.stop if entry.until is None else entry.until
        return (
            min(ends) if entry.start < frame.years.first else None,
            max(ends) if last > frame.years.last + 1 else None,
        )

    @property
    def bottom(self) -> float:
        """Lower end of the last band."""
        return self.bands[-1].bottom


def laid_out(
    entries: Iterable[Entry], least: Sequence[float], frame: Frame, top: float, measures: Measures = ROADMAP
) -> Layout:
    """Return where everything stands.

    Parameters
    ----------
    entries : iterable of Entry
        What is to be placed.
    least : sequence of float
        For each band the height that it needs at least.
    frame : Frame
        The years, and the column of what has no date.
    top : float
        Where the first band begins.
    measures : Measures
        How large things are.
    """
    by_band: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_band[entry.band].append(entry)
    bands: list[Band] = []
    placed: list[Placed] = []
    for index, height in enumerate(least):
        own = by_band[index]
        dated = _in_lanes([e for e in own if e.start is not None], frame, top + measures.edge, measures)
        column = _in_column([e for e in own if e.start is None], frame, top + measures.edge, measures)
        filled = max(
            measures.lane * (1 + max((one.lane for one in dated), default=-1)),
            sum(measures.column_height(one.lines) for one in column),
        )
        bands.append(Band(index, top, top + max(height, filled + 2 * measures.edge)))
        placed += [*dated, *column]
        top = bands[-1].bottom
    return Layout(frame, tuple(bands), tuple(placed), measures)


@dataclass(frozen=True, slots=True)
class _Spread:
    """An entry with its places from left to right, before it has a lane.

    Attributes
    ----------
    entry, glyph_x, bar, tail
        As in `Placed`.
    labels : tuple of float
        Where its label may begin, the preferred place first.
    extents : tuple of (float, float)
        What it covers with each.
    """

    entry: Entry
    glyph_x: float
    bar: tuple[float, float] | None
    tail: float | None
    labels: tuple[float, ...]
    extents: tuple[tuple[float, float], ...]


def _in_lanes(entries: Sequence[Entry], frame: Frame, top: float, measures: Measures) -> list[Placed]:
    """Return the dated entries of a band, in lanes."""
    spread = [_spread(entry, frame, measures) for entry in entries]
    seats = seated([one.extents for one in spread], GAP)
    return [
        Placed(
            entry=one.entry,
            lane=lane,
            glyph_x=one.glyph_x,
            y=top + measures.lane * (lane + 0.5),
            bar=one.bar,
            tail=one.tail,
            lines=(one.entry.label,),
            label_x=one.labels[option],
            extent=one.extents[option],
        )
        for one, (lane, option) in zip(spread, seats, strict=True)
    ]


def _spread(entry: Entry, frame: Frame, measures: Measures) -> _Spread:
    """Return where an entry's bar, mark and label lie from left to right."""
    half = measures.glyph
    start, stop = _ends(entry, frame, measures.stub)
    short = entry.brief or stop - start <= SHORT_BAR
    glyph_x = (start + stop) / 2 if short else start + half + 3
    glyph_x = min(max(glyph_x, frame.left + half), frame.right - half)
    bar = None if entry.brief else _at_least(start, stop, 2 * half + 3, frame)
    tail = _tail(entry, stop, frame, measures.stub)
    left = min(glyph_x - half, bar[0] if bar else glyph_x)
    right = max(glyph_x + half, bar[1] if bar else glyph_x, tail or 0.0)
    width = measures.text(entry.label)
    labels = _label_places(width, (left, right), glyph_x + half + BESIDE, bar, frame)
    extents = tuple((min(left, x), max(right, x + width)) for x in labels)
    return _Spread(entry, glyph_x, bar, tail, labels, extents)


def _ends(entry: Entry, frame: Frame, stub: float) -> tuple[float, float]:
    """Return where an entry's stretch begins and ends; from an open end only a stub is drawn."""
    start = -math.inf if entry.start is None else entry.start
    stop = math.inf if entry.stop is None else entry.stop
    if math.isinf(start) and math.isinf(stop):
        return frame.left, frame.right
    if math.isinf(stop):
        return frame.x(start), min(frame.x(start) + stub, frame.right)
    if math.isinf(start):
        return max(frame.x(stop) - stub, frame.left), frame.x(stop)
    return frame.x(start), frame.x(stop)


def _tail(entry: Entry, stop: float, frame: Frame, stub: float) -> float | None:
    """Return where the line of the working time ends."""
    if entry.until is None:
        return None
    return min(stop + stub, frame.right) if math.isinf(entry.until) else frame.x(entry.until)


def _at_least(start: float, stop: float, width: float, frame: Frame) -> tuple[float, float]:
    """Return a bar around the same middle, wide enough for its mark, inside the frame."""
    missing = max(0.0, width - (stop - start)) / 2
    left = min(max(frame.left, start - missing), frame.right - width)
    return left, max(left + width, min(stop + missing, frame.right))


def _label_places(
    width: float,
    covered: tuple[float, float],
    inside: float,
    bar: tuple[float, float] | None,
    frame: Frame,
) -> tuple[float, ...]:
    """Return where a label may begin: in its bar if it fits, else before or after all that is drawn."""
    if bar and inside + width + 6 <= bar[1]:
        return (inside,)
    before, after = covered[0] - BESIDE - width, covered[1] + BESIDE
    beside = (*((before,) if before >= frame.left else ()), *((after,) if after + width <= frame.right else ()))
    return beside or (max(frame.left, min(inside, frame.right - width)),)


def _in_column(entries: Sequence[Entry], frame: Frame, top: float, measures: Measures) -> list[Placed]:
    """Return the undated entries of a band, one below the other, right of the years."""
    glyph_x = frame.right + 10 + measures.glyph
    label_x = glyph_x + measures.glyph + BESIDE
    room = frame.edge - label_x - 4
    found = []
    for place, entry in enumerate(entries):
        lines = wrapped(entry.label, room, measures.type)
        extent = (glyph_x - measures.glyph, label_x + max(measures.text(line) for line in lines))
        y = top + measures.lane / 2
        found.append(Placed(entry, place, glyph_x, y, None, None, lines, label_x, extent))
        top += measures.column_height(lines)
    return found


def column_width(labels: Iterable[str], widest: float, measures: Measures = ROADMAP) -> float:
    """Return how wide the column of what has no date is to be: nothing without labels, else so that most fit."""
    widths = [measures.text(label) for label in labels]
    return min(widest, max(HEADING, *widths) + 2 * measures.glyph + 22) if widths else 0.0


def longest_label(frame: Frame) -> float:
    """Return how wide a label may be so that it always finds a place."""
    return min(LONGEST_LABEL, 0.5 * (frame.right - frame.left))
