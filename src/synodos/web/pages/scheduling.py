"""When: the critical path of plans, who holds it, and whether schedules are sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import schedule
from synodos.language import Portfolio, PortfolioError
from synodos.report import Answer, health_answer, path_answer
from synodos.web.pages.choosing import Choice, asked_of, chosen_from, missions, tabs
from synodos.web.showing.asking import Misasked, amount, day, only
from synodos.web.showing.faulty import unanswered
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

MARGIN_DAYS: Final = 30.0
MOST_DAYS: Final = 100_000.0
MOST_DRAWN: Final = 600
"""Activities that a picture takes; the table takes all."""


@require_safe
def path_page(request: HttpRequest) -> HttpResponse:
    """Show the critical path of all plans, or of a mission: dates, float, who holds it."""
    portfolio = request.table.portfolio
    asked = only(request, "scope", "until", "margin")
    scope, until = scope_of(portfolio, asked.get("scope", "")), asked.get("until") or None
    margin = amount(asked, "margin", MARGIN_DAYS, least=0, most=MOST_DAYS)

    def answer() -> Answer:
        found = critical_path_of(portfolio, scope, until)
        holding, near = schedule.who_holds(found), schedule.near_critical(found, margin)
        drawn = len(found.network.nodes) <= MOST_DRAWN
        parameters = {"scope": scope, "until": until, "margin": margin}
        return path_answer(portfolio, found, holding, near, parameters=parameters, drawn=drawn)

    fields = (
        *scope_field(portfolio, scope),
        Choice("until", _("Until activity or mission"), asked.get("until", "")),
        Choice("margin", _("Show paths with float of up to (days)"), asked.get("margin", ""), hint="30", type="number"),
    )
    kept = KEPT.answer(
        portfolio,
        "schedule-path",
        asked_of(asked, "scope", "until", "margin"),
        lambda: told_or_why(portfolio, _("Critical path"), answer),
    )
    return render_answer(request, kept, "pages/answer.html", fields=fields, within=schedule_tabs(request, scope))


@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """Show whether schedules are sound: the 14 checks of the DCMA, with the activities behind each."""
    portfolio = request.table.portfolio
    asked = only(request, "scope", "baseline")
    scope, baseline = scope_of(portfolio, asked.get("scope", "")), earlier_day(request, asked, "baseline")

    def answer() -> Answer:
        planned = critical_path_of(seen_on(request, baseline), scope, None) if baseline else None
        found = critical_path_of(portfolio, scope, None)
        parameters = {"scope": scope, "baseline": baseline}
        return health_answer(portfolio, found, schedule.health(found, planned), parameters=parameters)

    kept = KEPT.answer(
        portfolio,
        "schedule-health",
        asked_of(asked, "scope", "baseline") | stated_by(request, baseline),
        lambda: told_or_why(portfolio, _("Soundness of schedules"), answer),
    )
    planned_on = Choice("baseline", _("Beside the plan of"), asked.get("baseline", ""), type="date")
    fields = (*scope_field(portfolio, scope), planned_on)
    return render_answer(request, kept, "pages/answer.html", fields=fields, within=schedule_tabs(request, scope))


def earlier_day(request: HttpRequest, asked: Mapping[str, str], field: str) -> dt.date | None:
    """Return an earlier day with which plans are compared; None where it is not given."""
    found, latest = day(asked, field), request.table.portfolio.known_on
    if found is not None and found > latest:
        raise Misasked(field=field, found=str(found), expected=f"no day after {latest}, which is shown")
    return found


def seen_on(request: HttpRequest, on: dt.date) -> Portfolio:
    """Return what the viewer sees of what was known on another day."""
    from synodos.ledger import snapshot

    return snapshot(on, viewer=request.table.viewer)


def stated_by(request: HttpRequest, on: dt.date | None) -> dict[str, str]:
    """Return what tells the plans of another day from others, where an answer rests on them."""
    return {} if on is None else {"stated_by": seen_on(request, on).sha256}


def scope_of(portfolio: Portfolio, text: str) -> list[str] | None:
    """Return what a schedule is asked about: missions, elements, agencies, schedules or activities."""
    if not text:
        return None
    known = (portfolio.missions, portfolio.elements, portfolio.agencies, portfolio.schedules, portfolio.activities)
    if not any(text in table for table in known):
        raise Misasked(field="scope", found=text, expected="the id of a mission, element, agency, schedule or activity")
    return [text]


def scope_field(portfolio: Portfolio, scope: list[str] | None) -> tuple[Choice, ...]:
    """Return the field that says what a schedule is asked about."""
    options = missions(portfolio)
    chosen = scope[0] if scope else ""
    if chosen and chosen not in dict(options):
        options = ((chosen, chosen), *options)
    return (chosen_from("scope", _("Mission, with all it waits for"), chosen, options, _("all plans")),)


def schedule_tabs(request: HttpRequest, scope: list[str] | None) -> list[tuple[str, str, bool]]:
    """Return the pages on schedules."""
    end = f"?scope={scope[0]}" if scope else ""
    pages = (
        (_("Critical path"), f"{reverse('schedule')}{end}"),
        (_("Why"), f"{reverse('schedule-why')}{end}"),
        (_("What changed"), reverse("runs:changes")),
        (_("Soundness"), f"{reverse('schedule-health')}{end}"),
        (_("Risk"), f"{reverse('runs:risk')}{end}"),
        (_("Launch periods"), reverse("launch-periods")),
        (_("Exposure"), reverse("runs:exposure")),
    )
    return tabs(request, pages)


def critical_path_of(portfolio: Portfolio, scope: list[str] | None, until: str | None) -> schedule.CriticalPath:
    """Return the critical path of what is asked about."""
    try:
        return schedule.critical_path(schedule.network(portfolio, scope), until)
    except PortfolioError:
        raise
    except ValueError:
        field, found = ("until", until) if until else ("scope", " ".join(scope or ()))
        expected = "an activity, mission or element of the schedule that is shown"
        raise Misasked(field=field, found=found, expected=expected) from None


def told_or_why(portfolio: Portfolio, title: str, answer: Callable[[], Answer]) -> Told:
    """Return an answer as it is shown, or what is wrong with the plans where there is none."""
    try:
        return told(answer(), title=title, portfolio=portfolio)
    except PortfolioError as error:
        lead = _("There is no answer, because something is wrong with the plans.")
        return unanswered(portfolio, title, lead, error.faults)
