"""When a launch from one body to another needs least energy, and the launch periods around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import schedule
from synodos.language import DateRange
from synodos.report import launch_periods_answer
from synodos.web.pages.choosing import Choice, asked_of, chosen_from
from synodos.web.pages.scheduling import schedule_tabs
from synodos.web.showing.asking import Misasked, amount, only, word, years
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

MOST_YEARS: Final = 20
"""Years of departures that are searched at once, which takes a second."""
AHEAD_YEARS: Final = 5
PORKCHOP_DAYS: Final = 1_000
"""Departure days that a picture shows at most, as on the command line."""
MOST_C3_KM2_S2, MOST_SPEED_KM_S = 1_000.0, 100.0


@require_safe
def launch_periods_page(request: HttpRequest) -> HttpResponse:
    """Show when a launch from one body to another needs least energy, and the launch periods around it."""
    portfolio = request.table.portfolio
    asked = only(request, "departure", "arrival", "after", "before", "c3_max", "arrival_speed_max")
    bodies = {key: one.name for key, one in schedule.bodies().items()}
    leaves, reaches = word(asked, "departure", bodies, "earth"), word(asked, "arrival", bodies, "mars")
    first, last = _days(asked, portfolio.known_on)
    limits = {
        "c3_max_km2_s2": _limit(asked, "c3_max", MOST_C3_KM2_S2),
        "arrival_v_infinity_max_km_s": _limit(asked, "arrival_speed_max", MOST_SPEED_KM_S),
    }

    def make() -> Told:
        found = _found(str(leaves), str(reaches), first, last, limits)
        step = max(1, (last - first).days // PORKCHOP_DAYS)
        grid = schedule.porkchop(str(leaves), str(reaches), first, last, departure_step_days=step)
        return told(launch_periods_answer(found, grid=grid, parameters=limits), portfolio=portfolio)

    names = ("departure", "arrival", "after", "before", "c3_max", "arrival_speed_max")
    kept = KEPT.answer(portfolio, "launch-periods", {**asked_of(asked, *names), "until": last}, make)
    fields = (
        chosen_from("departure", _("From"), leaves, bodies.items(), _("Earth")),
        chosen_from("arrival", _("To"), reaches, bodies.items(), _("Mars")),
        Choice("after", _("Earliest departure"), asked.get("after", ""), hint=str(first)),
        Choice("before", _("Latest departure"), asked.get("before", ""), hint=str(last)),
        Choice("c3_max", _("Most C3 (km²/s²)"), asked.get("c3_max", ""), hint=_("5 above the least")),
        Choice("arrival_speed_max", _("Most arrival speed (km/s)"), asked.get("arrival_speed_max", ""), hint=_("any")),
    )
    within = schedule_tabs(request, None)
    return render_answer(request, kept, "pages/answer.html", fields=fields, within=within)


def _days(asked: Mapping[str, str], known_on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of departure: by default the years ahead."""
    after, before = years(asked, "after"), years(asked, "before")
    first = after.earliest if after else known_on
    last = before.latest if before else DateRange(str(first.year + AHEAD_YEARS)).latest
    if not first <= last or last.year - first.year > MOST_YEARS:
        expected = f"a day, month or year after {first}, by at most {MOST_YEARS} years"
        raise Misasked(field="before", found=asked.get("before", ""), expected=expected)
    return first, last


def _limit(asked: Mapping[str, str], field: str, most: float) -> float | None:
    """Return a limit that is given; None where none is."""
    return amount(asked, field, 0.0, least=0.0, most=most) if asked.get(field) else None


def _found(
    leaves: str, reaches: str, first: dt.date, last: dt.date, limits: Mapping[str, float | None]
) -> schedule.LaunchPeriods:
    """Return the launch periods, or refuse in the engine's words what it cannot answer."""
    try:
        return schedule.launch_periods(leaves, reaches, first, last, **limits)
    except ValueError as error:
        raise Misasked(field="arrival", found=reaches, expected=f"what can be flown from {leaves}: {error}") from None
