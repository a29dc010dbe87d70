"""Contributions in kind: what is due from each against what it brings, and the barter that is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below, round_ends
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.worth.shares import amount_text

if TYPE_CHECKING:
    import altair as alt

    from synodos.coalition import Barter, Contribution, InKindShares

ROW: Final = 46.0
BAR: Final = 20.0
HEAD: Final = 30.0
BARTER: Final = 24.0
NAMES: Final = 200.0
VALUES: Final = 190.0
DUE: Final = "#882255"
SORTS: Final = {
    "mission": ("mission", look.BLUE),
    "element": ("element", look.PALE_BLUE),
    "launch": ("launch", "#6b84a3"),
    "service": ("service", "#f1f4f7"),
    "offset": ("offset", "#ddcc77"),
}
"""Words and colours by sort of contribution; they differ in lightness."""
TIPS: Final = {"agency": "agency", "name": "brings", "sort": "sort", "amount": "counts for"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A player, and where it is drawn."""

    name: str
    asked: float
    balance: float
    top: float

    @property
    def middle(self) -> float:
        """Height of its bar."""
        return self.top + ROW / 2


def in_kind_chart(
    found: InKindShares,
    contributions: Sequence[Contribution],
    names: Mapping[str, str],
    header: str,
    unit: str,
    *,
    per: float = 1.0,
    width: float = 1376,
) -> alt.TopLevelMixin:
    """Return what each brings, piece by piece, against what is due from it, and the barter that is left.

    Parameters
    ----------
    found : InKindShares
        Who brings what.
    contributions : sequence of Contribution
        What is brought.
    names : mapping of str to str
        Names of the players.
    header : str
        What stands below the title.
    unit : str
        What amounts are told in.
    per : float
        What one of that stands for.
    width : float
        Width of the picture in pixels.
    """
    found = _told_in(found, per)
    below = HEAD + BARTER * len(found.barter) if found.barter else 0.0
    field = ROW * len(found.players)
    sheet, top, bottom = keyed_sheet(width, list(_samples(contributions)), 12, field)
    sheet.height += below
    scale = Scale(*round_ends((*found.asked, *found.brought), zero=True), NAMES, sheet.width - VALUES)
    rows = [
        _Row(names.get(one, one), asked, balance, top + ROW * place)
        for place, (one, asked, balance) in enumerate(zip(found.players, found.asked, found.balances, strict=True))
    ]
    shades = [{"x": 0, "x2": sheet.width, "y": one.top, "y2": one.top + ROW} for one in rows[::2]]
    sheet.boxes([{**one, "fill": look.SHADE, "stroke": "none"} for one in shades])
    draw_numbers_below(sheet, scale, top, bottom)
    _draw_names(sheet, rows)
    pieces = list(_pieces(found, contributions, dict(zip(found.players, rows, strict=True)), scale))
    sheet.boxes(pieces, tips=TIPS, described=True)
    _draw_pieces_names(sheet, pieces)
    _draw_due(sheet, rows, scale)
    _draw_barter(sheet, found.barter, names, bottom + HEAD)
    return sheet.chart(
        f"What each brings in kind, and what is due from it ({unit})", header, describe(found, names, unit)
    )


def describe(found: InKindShares, names: Mapping[str, str], unit: str) -> str:
    """Return in words what the picture shows."""
    told = "; ".join(
        f"{names.get(one, one)} brings {amount_text(brought)} of {amount_text(asked)} due"
        for one, brought, asked in zip(found.players, found.brought, found.asked, strict=True)
    )
    left = " ".join(f"{barter_text(one, names)}." for one in found.barter) or "Nothing is left to barter."
    return f"In {unit}. {told}. {left}"


def barter_text(one: Barter, names: Mapping[str, str]) -> str:
    """Return an exchange in words."""
    return f"{names.get(one.giver, one.giver)} owes {names.get(one.receiver, one.receiver)} {amount_text(one.amount)}"


def balance_text(balance: float) -> str:
    """Return in words how what is brought compares with what is due.

    Examples
    --------
    >>> balance_text(4.0), balance_text(-2.5), balance_text(0.0)
    ('4 beyond', '2.5 short', 'as due')
    """
    if not round(balance, 6):
        return "as due"
    return f"{amount_text(abs(balance))} {'beyond' if balance > 0 else 'short'}"


def _told_in(found: InKindShares, per: float) -> InKindShares:
    """Return who brings what in a larger unit."""
    return replace(
        found,
        asked=tuple(one / per for one in found.asked),
        brought=tuple(one / per for one in found.brought),
        balances=tuple(one / per for one in found.balances),
        brings=tuple(replace(one, amount=one.amount / per) for one in found.brings),
        barter=tuple(replace(one, amount=one.amount / per) for one in found.barter),
    )


def _samples(contributions: Sequence[Contribution]) -> Iterator[Sample]:
    """Yield what the colours and the line mean."""
    for sort, (words, fill) in SORTS.items():
        if any(one.sort == sort for one in contributions):
            box = {"x": 0, "x2": 30, "y": -7, "y2": 7, "fill": fill, "stroke": look.outline(fill)}
            yield Sample(words, 30, (stroke("boxes", box),))
    line = {"x": 6, "x2": 6, "y": -9, "y2": 9, "stroke": DUE}
    yield Sample("due", 12, (stroke("lines", line, thick=3),))


def _draw_names(sheet: Canvas, rows: Sequence[_Row]) -> None:
    """Write who, and how what it brings compares with what is due."""
    who = [
        {"x": 6, "y": one.middle, "text": look.shortened(one.name, NAMES - 16, 12, bold=True), "fill": look.INK}
        for one in rows
    ]
    sheet.words(who, size=12, bold=True)
    how = [{"x": sheet.width - 6, "y": one.middle, "text": balance_text(one.balance), "fill": look.INK} for one in rows]
    sheet.words(how, size=12, bold=True, align="right")


def _pieces(
    found: InKindShares, contributions: Sequence[Contribution], rows: Mapping[str, _Row], scale: Scale
) -> Iterator[dict[str, Any]]:
    """Yield a box for each contribution, one beside the other, the largest first."""
    by_id = {one.id: one for one in contributions}
    reached = dict.fromkeys(found.players, 0.0)
    for one in sorted(found.brings, key=lambda one: -one.amount):
        row, what = rows[one.agency], by_id[one.contribution]
        start, reached[one.agency] = reached[one.agency], reached[one.agency] + one.amount
        words, fill = SORTS[what.sort]
        said = {"agency": row.name, "name": what.name, "sort": words, "amount": amount_text(one.amount)}
        yield {
            "x": scale.at(start),
            "x2": scale.at(start + one.amount),
            "y": row.middle - BAR / 2,
            "y2": row.middle + BAR / 2,
            "fill": fill,
            "stroke": look.outline(fill),
            **said,
            "description": f"{row.name} brings {what.name} ({words}), which counts for {said['amount']}.",
        }


def _draw_pieces_names(sheet: Canvas, pieces: Sequence[Mapping[str, Any]]) -> None:
    """Write the names of contributions into their boxes, where they fit."""
    words = []
    for one in pieces:
        text = look.shortened(one["name"], one["x2"] - one["x"] - 8, 10)
        if len(text) > 3:
            dark = one["fill"] in (SORTS["mission"][1], SORTS["launch"][1])
            fill = look.PAPER if dark else look.INK
            words.append({"x": one["x"] + 4, "y": (one["y"] + one["y2"]) / 2, "text": text, "fill": fill})
    sheet.words(words, size=10)


def _draw_due(sheet: Canvas, rows: Sequence[_Row], scale: Scale) -> None:
    """Draw a line where what is brought would be what is due."""
    lines = [
        {"x": scale.at(one.asked), "x2": scale.at(one.asked), "y": one.top + 4, "y2": one.top + ROW - 4, "stroke": DUE}
        for one in rows
    ]
    sheet.lines([{**one, "stroke": look.PAPER} for one in lines], thick=6)  # seen on dark boxes too
    sheet.lines(lines, thick=3)
    zero = {"x": scale.at(0), "x2": scale.at(0), "y": rows[0].top, "y2": rows[-1].top + ROW, "stroke": look.INK}
    sheet.lines([zero])


def _draw_barter(sheet: Canvas, barter: Sequence[Barter], names: Mapping[str, str], top: float) -> None:
    """Write what is left to barter below the field."""
    if not barter:
        return
    sheet.words([{"x": 6, "y": top, "text": "Barter still to be agreed", "fill": look.INK}], size=12, bold=True)
    lines = [
        {"x": NAMES, "y": top + BARTER * place, "text": barter_text(one, names), "fill": look.INK}
        for place, one in enumerate(barter)
    ]
    sheet.words(lines, size=12)
