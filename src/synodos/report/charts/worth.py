"""What cooperating is worth: what each has, or pays, alone against together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below, round_ends
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.worth.shares import amount_text

if TYPE_CHECKING:
    import altair as alt

ROW: Final = 44.0
BAR: Final = 13.0
NAMES: Final = 200.0
VALUES: Final = 210.0
ALONE: Final = "#e3e7eb"
TOGETHER: Final = look.BLUE
TIPS: Final = {"name": "agency", "alone": "alone", "together": "together", "gain": "gain"}


@dataclass(frozen=True, slots=True)
class Compared:
    """What a player, or all of them, have alone and together.

    Attributes
    ----------
    name : str
        Who.
    alone, together : float or None
        The amounts; None: not known.
    whole : bool
        Whether that is all of them.
    """

    name: str
    alone: float | None
    together: float | None
    whole: bool = False

    @property
    def difference(self) -> float | None:
        """How much more it is together."""
        return None if self.alone is None or self.together is None else self.together - self.alone


def worth_chart(
    compared: Sequence[Compared], header: str, unit: str, *, costs: bool, width: float = 1376
) -> alt.TopLevelMixin:
    """Return what each has, or pays, alone against together.

    Parameters
    ----------
    compared : sequence of Compared
        The players, and all of them last.
    header : str
        What stands below the title.
    unit : str
        What amounts are counted in.
    costs : bool
        Whether the amounts are paid, so that less is better.
    width : float
        Width of the picture in pixels.
    """
    sheet, top, bottom = keyed_sheet(width, _samples(costs=costs), 12, ROW * len(compared))
    values = [value for one in compared for value in (one.alone, one.together) if value is not None]
    scale = Scale(*round_ends(values, zero=True), NAMES, sheet.width - VALUES)
    tops = [top + ROW * place for place in range(len(compared))]
    shades = [y for one, y in zip(compared, tops, strict=True) if one.whole]
    sheet.boxes(
        [{"x": 0, "x2": sheet.width, "y": y, "y2": y + ROW, "fill": look.SHADE, "stroke": "none"} for y in shades]
    )
    draw_numbers_below(sheet, scale, top, bottom)
    names = [
        {"x": 6, "y": y + ROW / 2, "text": look.shortened(one.name, NAMES - 16, 12, bold=True), "fill": look.INK}
        for one, y in zip(compared, tops, strict=True)
    ]
    sheet.words(names, size=12, bold=True)
    _draw_bars(sheet, compared, tops, scale)
    sheet.lines([{"x": scale.at(0), "x2": scale.at(0), "y": top, "y2": bottom, "stroke": look.INK}])
    gains = [
        {"x": sheet.width, "y": y + ROW / 2, "text": gain_text(one, costs=costs), "fill": look.INK}
        for one, y in zip(compared, tops, strict=True)
    ]
    sheet.words(gains, size=12, bold=True, align="right")
    targets = [_target(one, y, sheet.width, costs=costs) for one, y in zip(compared, tops, strict=True)]
    sheet.boxes(targets, tips=TIPS, described=True)
    what = "What each pays alone, and together" if costs else "What each achieves alone, and together"
    return sheet.chart(f"{what} ({unit})", header, describe(compared, unit, costs=costs))


def describe(compared: Sequence[Compared], unit: str, *, costs: bool) -> str:
    """Return in words what the picture shows."""
    told = "; ".join(
        f"{one.name}: alone {_number(one.alone)}, together {_number(one.together)} ({gain_text(one, costs=costs)})"
        for one in compared
    )
    return f"In {unit}. {told}."


def gain_text(one: Compared, *, costs: bool) -> str:
    """Return in words how much better off somebody is together.

    Examples
    --------
    >>> gain_text(Compared("ESA", 410, 300), costs=True), gain_text(Compared("ESA", 3, 5), costs=False)
    ('saves 110', 'gains 2')
    """
    if one.difference is None:
        return "not known"
    better = -one.difference if costs else one.difference
    if not round(better, 6):
        return "the same"
    words = ("saves", "pays more:") if costs else ("gains", "loses")
    return f"{words[better < 0]} {amount_text(abs(better))}"


def _samples(*, costs: bool) -> list[Sample]:
    """Return what the bars mean."""
    verb = "pays" if costs else "achieves"
    share = "its share of the costs of all" if costs else "its share of what all achieve"
    made = []
    for fill, words in ((ALONE, f"what it {verb} alone"), (TOGETHER, f"together: {share}")):
        box = {"x": 0, "x2": 30, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
        made.append(Sample(words, 30, (stroke("boxes", box),)))
    return made


def _draw_bars(sheet: Canvas, compared: Sequence[Compared], tops: Sequence[float], scale: Scale) -> None:
    """Draw two bars for each, with their numbers; in place of what is not known stand words."""
    boxes, words = [], []
    for one, top in zip(compared, tops, strict=True):
        for value, fill, y in (
            (one.alone, ALONE, top + ROW / 2 - BAR - 1),
            (one.together, TOGETHER, top + ROW / 2 + 1),
        ):
            left, right = sorted((scale.at(0), scale.at(value or 0)))
            words.append({"x": right + 6, "y": y + BAR / 2, "text": _number(value), "fill": look.INK})
            if value is not None:
                box = {"x": left, "x2": right, "y": y, "y2": y + BAR}
                boxes.append({**box, "fill": fill, "stroke": look.outline(fill)})
    sheet.boxes(boxes)
    sheet.words(words)


def _target(one: Compared, top: float, width: float, *, costs: bool) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    said = {
        "name": one.name,
        "alone": _number(one.alone),
        "together": _number(one.together),
        "gain": gain_text(one, costs=costs),
    }
    words = f"{one.name}: alone {said['alone']}, together {said['together']}, {said['gain']}."
    where = {"x": 0, "x2": width, "y": top, "y2": top + ROW, "fill": "transparent", "stroke": "none"}
    return {**where, **said, "description": words}


def _number(value: float | None) -> str:
    """Return an amount, or that it is not known."""
    return "not known" if value is None else amount_text(value)
