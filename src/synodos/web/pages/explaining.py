"""Why an activity is critical or is not: what drives it, and what it drives."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import schedule
from synodos.language import Portfolio, nearest
from synodos.report import Answer, header_line, why_answer
from synodos.web.pages.choosing import Choice, asked_of
from synodos.web.pages.scheduling import critical_path_of, schedule_tabs, scope_field, scope_of, told_or_why
from synodos.web.showing.asking import Misasked, only
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told

LONGEST: Final = 200
"""Characters of the id of an activity."""


@require_safe
def why_page(request: HttpRequest) -> HttpResponse:
    """Say why an activity is critical, or why it is not: what drives it, and what it drives."""
    portfolio = request.table.portfolio
    asked = only(request, "activity", "scope", "until")
    scope, activity = scope_of(portfolio, asked.get("scope", "")), asked.get("activity", "")[:LONGEST]
    until = asked.get("until") or None

    def answer() -> Answer:
        path = critical_path_of(portfolio, scope, until)
        found = _why(path, activity)
        return why_answer(portfolio, path, found, parameters={"scope": scope, "until": until})

    title = _("Why this date?")
    kept = _to_choose(portfolio, title, _("Name an activity, or a mission or element to which activities lead."))
    if activity:
        asked_for = asked_of(asked, "activity", "scope", "until")
        kept = KEPT.answer(portfolio, "schedule-why", asked_for, lambda: told_or_why(portfolio, title, answer))
    fields = (
        Choice("activity", _("Activity, mission or element"), activity, hint="exomars-rover"),
        *scope_field(portfolio, scope),
        Choice("until", _("Until activity or mission"), asked.get("until", "")),
    )
    within = schedule_tabs(request, scope)
    return render_answer(request, kept, "pages/answer.html", fields=fields, within=within)


def _why(path: schedule.CriticalPath, activity: str) -> schedule.Why:
    """Return why an activity is critical or is not; refuse one that is not in the network."""
    try:
        return schedule.why(path, activity)
    except ValueError:
        near = nearest(activity, path.network.place)
        expected = f"an activity, mission or element of the schedule{f' (did you mean {near}?)' if near else ''}"
        raise Misasked(field="activity", found=activity, expected=expected) from None


def _to_choose(portfolio: Portfolio, title: str, lead: str) -> Told:
    """Return the page that waits for a choice."""
    return Told(title=title, lead=lead, header=header_line(portfolio))
