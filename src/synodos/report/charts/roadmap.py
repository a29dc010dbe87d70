"""The roadmap picture: who plans what, where and when, and what hangs on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from synodos.language import BANDS, Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.entries import draw_bars, draw_marks, draw_open_ends, draw_targets
from synodos.report.charts.field import AXIS, draw_field
from synodos.report.charts.layout import LINE, column_width, laid_out, longest_label
from synodos.report.charts.plans import (
    BAND_TITLES,
    Plan,
    date_of,
    end_date_of,
    entry,
    key,
    plan_label,
    plans,
    roadmap_table,
)
from synodos.report.charts.roadmap_arrows import arrows
from synodos.report.charts.roadmap_drawing import TIPS, draw_arrows, draw_rings, look_of, said_of
from synodos.report.charts.roadmap_key import Shown, roadmap_key
from synodos.report.charts.timeline import Frame, years_shown

if TYPE_CHECKING:
    import altair as alt

    from synodos.cooperation import Dependence, Opportunity

__all__ = ["roadmap_chart", "roadmap_table"]

TITLES: Final = 116.0
"""Width of the column of band titles."""
WIDEST: Final = 320.0
"""Most that the column of what has no date may take."""
MOST_RINGED: Final = 10
"""Opportunities that are marked: with more, nearly every plan would be."""


def roadmap_chart(
    portfolio: Portfolio,
    dependences: Iterable[Dependence] = (),
    opportunities: Iterable[Opportunity] = (),
    *,
    only: Collection[str] | None = None,
    width: float = 1376,
    links: bool = False,
) -> alt.TopLevelMixin:
    """Return the roadmap of a portfolio.

    Years run across and destinations down, from the Earth outwards. A plan with several destinations stands
    once, in the outermost band; its tooltip names the others. What has no date stands right of the years.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    dependences : iterable of Dependence
        Drawn as arrows, from what is provided to the plan that depends on it, where both are in the picture.
    opportunities : iterable of Opportunity
        Best first; plans that the first `MOST_RINGED` concern carry a ring.
    only : collection of str, optional
        Plans to draw, as `kind:id`; by default all.
    width : float
        Width of the picture in pixels, 900 or more; its height follows from what it holds.
    links : bool
        Whether a mark leads to the anchor `#record-KIND-ID` of the page that it stands in.
    """
    shown = list(plans(portfolio, only))
    dates = [date for plan in shown for date in (date_of(plan), end_date_of(plan))]
    sheet = Canvas(width)
    years = years_shown(dates, portfolio.known_on)
    undated = [plan_label(portfolio, plan, WIDEST) for plan in shown if date_of(plan) is None]
    frame = Frame(TITLES, sheet.width - column_width(undated, WIDEST), years, edge=sheet.width)
    colours = look.agency_colours(portfolio)
    drawn = {key(plan) for plan in shown}
    best = {plan: why for plan, why in _best(opportunities).items() if plan in drawn}
    hangs = list(dependences)
    top = roadmap_key(sheet, portfolio, Shown(shown, years, bool(hangs), bool(best)), colours) + AXIS
    room = longest_label(frame)
    titles = [look.wrapped(BAND_TITLES[band], TITLES - 18, 12, bold=True) for band in BANDS]
    layout = laid_out(
        [entry(portfolio, plan, frame, room) for plan in shown], [_least(lines) for lines in titles], frame, top
    )
    sheet.height = layout.bottom + AXIS
    looks = {key(plan): look_of(plan, colours) for plan in shown}
    said = {key(plan): said_of(portfolio, plan, best.get(key(plan), ()), links=links) for plan in shown}
    draw_field(sheet, layout, titles, portfolio.known_on, bold=range(len(BANDS)))
    draw_bars(sheet, layout, looks)
    draw_open_ends(sheet, layout, looks)
    draw_arrows(sheet, portfolio, arrows(layout, hangs))
    draw_marks(sheet, layout, looks)
    draw_rings(sheet, layout, looks, best)
    draw_targets(sheet, layout, said, TIPS, linked=links)
    title = "Missions and elements by destination and date"
    return sheet.chart(title, header_line(portfolio), _description(shown))


def _least(lines: Sequence[str]) -> float:
    """Return the height that a band needs for the lines of its title."""
    return 11 + LINE * len(lines)


def _best(opportunities: Iterable[Opportunity]) -> dict[str, tuple[str, ...]]:
    """Return for each plan what the best opportunities say of it."""
    said: dict[str, tuple[str, ...]] = {}
    for one in islice(opportunities, MOST_RINGED):
        for record in dict.fromkeys(one.records):
            said[record] = (*said.get(record, ()), one.why)
    return said


def _description(shown: Sequence[Plan]) -> str:
    """Return in words what the picture shows."""
    kinds = Counter(plan.kind for plan in shown)
    undated = sum(date_of(plan) is None for plan in shown)
    return (
        f"Roadmap of {kinds['mission']} missions and {kinds['element']} elements, by destination from the Earth "
        f"outwards and by date; {undated} of them have no stated date. The table of missions and elements holds the "
        "same facts."
    )
