"""Fair shares: what each rule gives to each player, with what it has alone and where the core lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below, round_ends
from synodos.report.charts.canvas import CIRCLE, CROSS, DIAMOND, HEXAGON, SQUARE, TRIANGLE, Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.coalition import FairShares, RuleShares

ROW: Final = 18.0
"""Room for one rule of one player."""
GAP: Final = 16.0
NAMES: Final = 180.0
VALUES: Final = 90.0
MARK: Final = 70
CORE: Final = "#dce5ee"
CORE_EDGE: Final = "#8aa0b5"
MARKS: Final = {
    "nucleolus": (DIAMOND, look.BLUE),
    "prenucleolus": (DIAMOND, "#ffffff"),
    "shapley": (CIRCLE, "#332288"),
    "banzhaf": (CIRCLE, "#ffffff"),
    "least_core": (HEXAGON, "#88ccee"),
    "equal_surplus": (SQUARE, "#ddcc77"),
    "proportional": (TRIANGLE, "#44aa99"),
    "proposal": (CROSS, "#882255"),
}
"""Shape and fill of the mark of each rule; shapes and fills together can be told apart without colour."""
TIPS: Final = {"player": "player", "rule": "rule", "share": "share", "alone": "alone", "core": "in the core"}


def shares_chart(found: FairShares, header: str, unit: str = "", *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the shares of each player by rule, over the interval of the core.

    Parameters
    ----------
    found : FairShares
        The shares.
    header : str
        What stands below the title.
    unit : str
        What shares are counted in, if that is known.
    width : float
        Width of the picture in pixels.
    """
    given = [one for one in found.rules if one.shares is not None]
    block = ROW * len(given) + GAP
    sheet, top, bottom = keyed_sheet(width, _samples(found, given), 12, block * len(found.players))
    low, high = round_ends(_values(found, given), zero=True)
    scale = Scale(low, high, NAMES + 10, sheet.width - VALUES)
    _draw_ground(sheet, len(found.players), block, top)
    draw_numbers_below(sheet, scale, top, bottom)
    for place, player in enumerate(found.players):
        _draw_player(sheet, found, place, player, scale, top + block * place + GAP / 2)
    _draw_marks(sheet, found, given, scale, top, block)
    what = "Who pays what" if found.kind == "costs" else "Who receives what"
    return sheet.chart(f"{what}, by rule" + (f" ({unit})" if unit else ""), header, describe(found, given))


def describe(found: FairShares, given: Sequence[RuleShares]) -> str:
    """Return in words what the picture shows."""
    from synodos.coalition import RULES

    lines = []
    for one in given:
        if one.shares is not None:
            told = ", ".join(
                f"{player} {_number(share)}" for player, share in zip(found.players, one.shares, strict=True)
            )
            objecting = "nobody objects" if one.in_core else counted(one.objecting, "group objects", "groups object")
            lines.append(f"{RULES[one.rule]}: {told}; {objecting}.")
    core = "The core is empty." if found.core is None else "Bands show the core."
    return " ".join((*lines, core))


def _values(found: FairShares, given: Sequence[RuleShares]) -> list[float]:
    """Return all values that are drawn."""
    ends = [end for interval in found.core or () for end in interval]
    return [*found.alone, *ends, *(share for one in given for share in one.shares or ())]


def _samples(found: FairShares, given: Sequence[RuleShares]) -> list[Sample]:
    """Return what marks, band and line mean."""
    from synodos.coalition import RULES

    made = []
    for one in given:
        words = RULES[one.rule] + ("" if one.in_core else " (some object)")
        made.append(Sample(words, 12, (stroke("points", {"x": 6, "y": 0, **_mark(one.rule)}),)))
    if found.core is not None:
        band = {"x": 0, "x2": 30, "y": -7, "y2": 7, "fill": CORE, "stroke": CORE_EDGE}
        made.append(Sample("core: shares to which no group objects", 30, (stroke("boxes", band),)))
    line = {"x": 6, "x2": 6, "y": -8, "y2": 8, "stroke": look.INK}
    made.append(Sample("alone", 12, (stroke("lines", line, dashed=True),)))
    return made


def _mark(rule: str) -> dict[str, Any]:
    """Return the mark of a rule."""
    shape, fill = MARKS[rule]
    edge = look.INK if fill == look.PAPER else look.outline(fill)
    return {"shape": shape, "size": MARK if shape != CROSS else MARK / 3, "fill": fill, "stroke": edge}


def _draw_ground(sheet: Canvas, count: int, block: float, top: float) -> None:
    """Shade every second player's rows."""
    row = {"x": 0, "x2": sheet.width, "fill": look.SHADE, "stroke": "none"}
    sheet.boxes([{**row, "y": top + block * n, "y2": top + block * (n + 1)} for n in range(0, count, 2)])


def _draw_player(sheet: Canvas, found: FairShares, place: int, player: str, scale: Scale, top: float) -> None:
    """Draw the name of a player, its interval of the core, and what it has alone."""
    given = sum(one.shares is not None for one in found.rules)
    bottom = top + ROW * given
    name = look.shortened(player, NAMES - 16, 12)
    sheet.words([{"x": 6, "y": (top + bottom) / 2, "text": name, "fill": look.INK}], size=12, bold=True)
    if found.core is not None:
        low, high = found.core[place]
        band = {"x": scale.at(low) - 1, "x2": scale.at(high) + 1, "y": top, "y2": bottom}
        sheet.boxes([{**band, "fill": CORE, "stroke": CORE_EDGE}])
    at = scale.at(found.alone[place])
    sheet.lines([{"x": at, "x2": at, "y": top - 3, "y2": bottom + 3, "stroke": look.INK}], dashed=True)


def _draw_marks(
    sheet: Canvas, found: FairShares, given: Sequence[RuleShares], scale: Scale, top: float, block: float
) -> None:
    """Draw one mark for each player and rule, with its number, over an unseen box that says it."""
    marks, numbers, targets = [], [], []
    for place in range(len(found.players)):
        for line, one in enumerate(given):
            share = (one.shares or ())[place]
            x, y = scale.at(share), top + block * place + GAP / 2 + ROW * (line + 0.5)
            marks.append({"x": x, "y": y, **_mark(one.rule)})
            numbers.append({"x": x + 10, "y": y, "text": _number(share), "fill": look.INK})
            targets.append(_target(found, one, place, y, sheet.width))
    sheet.points(marks)
    sheet.words(numbers, size=10)
    sheet.boxes(targets, tips=TIPS, described=True)


def _target(found: FairShares, one: RuleShares, place: int, y: float, width: float) -> Mapping[str, Any]:
    """Return an unseen box over a rule of a player, with what it says."""
    from synodos.coalition import RULES

    core = "empty" if found.core is None else " to ".join(map(_number, found.core[place]))
    said = {
        "player": found.players[place],
        "rule": RULES[one.rule],
        "share": _number((one.shares or ())[place]),
        "alone": _number(found.alone[place]),
        "core": core,
    }
    words = f"{said['player']}, {said['rule']}: {said['share']}; alone {said['alone']}; core {core}."
    where = {"x": NAMES, "x2": width, "y": y - ROW / 2, "y2": y + ROW / 2, "fill": "transparent", "stroke": "none"}
    return {**where, **said, "description": words}


def _number(value: float) -> str:
    """Return an amount as it stands at a mark."""
    from synodos.report.worth.shares import amount_text

    return amount_text(value)
