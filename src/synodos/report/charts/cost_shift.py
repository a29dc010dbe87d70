"""Which amounts a change moves, and from whom to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Money, Portfolio, in_terms_of
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import amount, counted
from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.whatif import Consequences, CostEffect

MOST: Final = 20
"""Amounts that a picture shows at most; the table holds all."""
ROW: Final = 30.0
BAR: Final = 15.0
NAMES: Final = 400.0
NAMES_SHARE: Final = 0.37
"""How much of a narrow sheet the names take at most."""
VALUES: Final = 260.0
MILLION: Final = 1e6
SORTS: Final = {
    "to-replace": ("R", "to replace what is lost", look.BLUE),
    "withdrawn": ("W", "stands behind the plans no more", look.MID_BLUE),
    "stranded": ("S", "has no plan left to serve, unless somebody takes over", look.AMBER),
    "cut": ("C", "cut from a budget", "#d9b3a3"),
}
"""By what happens to an amount: letter, words and shade."""
TIPS: Final = {"what": "what", "how": "how", "who": "from whom to whom", "amount": "amount"}


def cost_shift_chart(portfolio: Portfolio, found: Consequences, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the amounts that a change moves as bars, in one currency and price year.

    Amounts that the portfolio's rates and indices do not bring there, and those that nobody states, have words in
    place of a bar.

    Parameters
    ----------
    portfolio : Portfolio
        Header, rates and indices.
    found : Consequences
        What follows from the change, with its costs.
    width : float
        Width of the picture in pixels.
    """
    shown = found.costs[:MOST]
    terms = _terms(shown)
    values = [_value(portfolio, one, terms) for one in shown]
    sheet, top, bottom = keyed_sheet(width, _samples(shown), 12, ROW * max(len(shown), 1))
    most = max((value for value in values if value is not None), default=1.0)
    scale = Scale(0, most * 1.05, min(NAMES, sheet.width * NAMES_SHARE), sheet.width - VALUES)
    unit = f" {terms[0]}" if terms else ""
    if terms:
        draw_numbers_below(sheet, scale, top, bottom, " M" + unit)
    _draw(sheet, portfolio, list(zip(shown, values, strict=True)), scale, top)
    prices = f" in millions of {terms[0]} at prices of {terms[1]}" if terms and terms[1] else ""
    return sheet.chart(f"Cost that moves{prices}", header_line(portfolio), describe(portfolio, found, terms))


def describe(portfolio: Portfolio, found: Consequences, terms: tuple[str, int | None] | None) -> str:
    """Return in words what the picture shows."""
    stated = [(one, value) for one in found.costs if (value := _value(portfolio, one, terms)) is not None]
    told = "; ".join(f"{one.name}, {SORTS[one.sort][1]}: {_amount(value, terms)}" for one, value in stated[:3])
    silent = sum(one.missing for one in found.costs)
    missing = f" For {silent} more no amount is stated." if silent else ""
    first = f"{found.change}: {counted(len(found.costs), 'cost')} to be borne otherwise."
    return f"{first} {told or 'None is stated'}.{missing}"


def _terms(costs: Sequence[CostEffect]) -> tuple[str, int | None] | None:
    """Return the currency and price year in which most amounts are stated."""
    counts = Counter((cost.money.currency, cost.money.price_year) for one in costs for cost in one.costs)
    return min(counts, key=lambda key: (-counts[key], key[0], key[1] or 0)) if counts else None


def _value(portfolio: Portfolio, one: CostEffect, terms: tuple[str, int | None] | None) -> float | None:
    """Return the largest amount of a row in millions, since the others may be parts of it."""
    if terms is None:
        return None
    found = [_moved(portfolio, cost.money, terms) for cost in one.costs]
    return max((value for value in found if value is not None), default=None)


def _moved(portfolio: Portfolio, money: Money, terms: tuple[str, int | None]) -> float | None:
    """Return an amount in the terms of the picture, in millions."""
    if (money.currency, money.price_year) == terms:
        return money.amount / MILLION
    moved = None if terms[1] is None else in_terms_of(portfolio.header, money, terms[0], terms[1])
    return moved.amount / MILLION if moved else None


def _amount(value: float, terms: tuple[str, int | None] | None) -> str:
    """Return an amount in words."""
    return amount(value * MILLION, *(terms or ("", None)))


def _samples(shown: Sequence[CostEffect]) -> list[Sample]:
    """Return what shades and letters mean, as far as they occur."""
    made = []
    for sort, (letter, words, fill) in SORTS.items():
        if any(one.sort == sort for one in shown):
            box = {"x": 14, "x2": 44, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
            sign = {"x": 0, "y": 0, "text": letter, "fill": look.INK}
            made.append(Sample(words, 44, (stroke("boxes", box), stroke("words", sign, bold=True))))
    if any(one.origin == "estimate" for one in shown):
        made.append(
            Sample("estimate by an analogue", 8, (stroke("words", {"x": 0, "y": 0, "text": "*", "fill": look.INK}),))
        )
    return made


def _draw(
    sheet: Canvas, portfolio: Portfolio, rows: Sequence[tuple[CostEffect, float | None]], scale: Scale, top: float
) -> None:
    """Draw letters, names, bars, and the words at their ends."""
    placed = [(one, value, top + ROW * (place + 0.5)) for place, (one, value) in enumerate(rows)]
    letters = [{"x": 6, "y": y, "text": SORTS[one.sort][0], "fill": look.INK} for one, _, y in placed]
    sheet.words(letters, bold=True)
    room = min(NAMES, sheet.width * NAMES_SHARE) - 36
    names = [{"x": 26, "y": y, "text": look.shortened(one.name, room, 12), "fill": look.INK} for one, _, y in placed]
    sheet.words(names, size=12)
    sheet.boxes(
        [
            {
                "x": scale.at(0),
                "x2": max(scale.at(value), scale.at(0) + 2),
                "y": y - BAR / 2,
                "y2": y + BAR / 2,
                "fill": SORTS[one.sort][2],
                "stroke": look.outline(SORTS[one.sort][2]),
            }
            for one, value, y in placed
            if value is not None
        ]
    )
    ends = [
        {
            "x": scale.at(value or 0) + 8,
            "y": y,
            "text": f"{'not stated' if one.missing else 'not comparable'}: {_who(portfolio, one)}"
            if value is None
            else f"{value:,.0f} M{'*' if one.origin == 'estimate' else ''}: {_who(portfolio, one)}",
            "fill": look.MUTED if value is None else look.INK,
        }
        for one, value, y in placed
    ]
    sheet.words(ends)
    targets = [_target(portfolio, one, value, y, sheet.width) for one, value, y in placed]
    sheet.boxes(targets, tips=TIPS, described=True)


def _who(portfolio: Portfolio, one: CostEffect) -> str:
    """Return from whom an amount goes to whom."""
    bore = portfolio.agency_name(one.bore)
    falls = " and ".join(map(portfolio.agency_name, one.falls_to))
    return f"{bore} → {falls}" if falls else bore


def _target(portfolio: Portfolio, one: CostEffect, value: float | None, y: float, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    told = "not stated" if one.missing else "not comparable" if value is None else f"{value:,.0f} million"
    told += " (estimate by an analogue)" if one.origin == "estimate" else ""
    where = {"x": 0, "x2": width, "y": y - ROW / 2, "y2": y + ROW / 2, "fill": "transparent", "stroke": "none"}
    said = {"what": one.name, "how": SORTS[one.sort][1], "who": _who(portfolio, one), "amount": told}
    return {**where, **said, "description": ", ".join(said.values())}
