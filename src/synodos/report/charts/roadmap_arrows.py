"""The arrows of the roadmap picture: from what is provided to the plan that hangs on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.charts.layout import ROADMAP, Layout, Placed

if TYPE_CHECKING:
    from synodos.cooperation import Dependence

Point = tuple[float, float]
GLYPH: Final = ROADMAP.glyph
LANE: Final = ROADMAP.lane
BOW: Final = 26.0
NEAR: Final = 14.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow, for all that one plan has from another.

    Attributes
    ----------
    source, target : str
        What is provided, and the plan that depends on it, as `kind:id`.
    items : tuple of Dependence
        What it stands for.
    controls : tuple of (float, float)
        The four points of its course, a cubic Bezier curve.
    """

    source: str
    target: str
    items: tuple[Dependence, ...]
    controls: tuple[Point, Point, Point, Point]

    @property
    def path(self) -> str:
        """Its course as an SVG path."""
        first, *others = (f"{x:.1f},{y:.1f}" for x, y in self.controls)
        return f"M{first}C{' '.join(others)}"

    @property
    def angle(self) -> float:
        """Where its head points, in degrees clockwise from straight up."""
        (x0, y0), (x1, y1) = self.controls[2:]
        return math.degrees(math.atan2(x1 - x0, y0 - y1)) % 360

    @property
    def essential(self) -> bool:
        """Whether the plan fails without it."""
        return any(item.essential for item in self.items)

    @property
    def unverified(self) -> bool:
        """Whether all that it stands for rests on general knowledge."""
        return all(item.unverified for item in self.items)


def arrows(layout: Layout, dependences: Iterable[Dependence]) -> list[Arrow]:
    """Return the arrows between plans that are in the picture, those that matter most last, on top.

    A dependence by way of several elements is drawn from one to the next, so that those who share a way share
    its arrows.
    """
    pairs: dict[tuple[str, str], list[Dependence]] = {}
    for item in dependences:
        way = [key for key in (item.record, *item.via) if key in layout.by_key]
        if item.record in layout.by_key:
            for target, source in pairwise(way):
                pairs.setdefault((source, target), []).append(item)
    drawn = [
        Arrow(source, target, tuple(items), course(layout.by_key[source], layout.by_key[target]))
        for (source, target), items in pairs.items()
    ]
    return sorted(drawn, key=lambda arrow: arrow.essential)


def in_words(portfolio: Portfolio, arrow: Arrow) -> str:
    """Return what an arrow says: who needs what of whom."""
    return "; ".join(dict.fromkeys(_sentence(portfolio, item) for item in arrow.items))


def _sentence(portfolio: Portfolio, item: Dependence) -> str:
    """Return one dependence in words."""
    need = {True: "cannot do without", False: "gains by", None: "uses"}[item.essential]
    doubt = " (unverified)" if item.unverified else ""
    capability = portfolio.capabilities.label(item.capability)
    return f"{portfolio.agency_name(item.dependent)} {need} {portfolio.agency_name(item.on)}: {capability}{doubt}"


def course(source: Placed, target: Placed) -> tuple[Point, Point, Point, Point]:
    """Return a curve that leaves one mark and reaches another upright, so that it crosses labels fast.

    Between marks of one lane it bows above the lane; between marks that stand one above the other, beside them.
    """
    x0, y0, x1, y1 = source.glyph_x, source.y, target.glyph_x, target.y
    edge = GLYPH + 2
    if abs(y1 - y0) < LANE / 2:
        return (x0, y0 - edge), (x0, y0 - LANE), (x1, y1 - LANE), (x1, y1 - edge - 2)
    down = math.copysign(1, y1 - y0)
    bow = BOW if abs(x1 - x0) < NEAR and abs(y1 - y0) > 1.5 * LANE else 0.0
    first, last = y0 + down * edge, y1 - down * (edge + 2)
    middle = (last - first) / 2
    return (x0, first), (x0 + bow, first + middle), (x1 + bow, last - middle), (x1, last)
