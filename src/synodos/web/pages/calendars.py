"""Which dates lie ahead, as a page and as a calendar that other programs read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.language import Portfolio, PortfolioError
from synodos.report import calendar_file, dates_ahead_answer
from synodos.roadmap import AHEAD_KINDS, Ahead, dates_ahead
from synodos.web.pages.choosing import Choice, Several, agencies, chosen_from, words_of
from synodos.web.showing.asking import chosen_words, only, word, years
from synodos.web.showing.exports import attached
from synodos.web.showing.keeping import FOUND, KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

CALENDAR: Final = "text/calendar; charset=utf-8"
NETWORKED: Final = frozenset({"launch-period", "milestone"})
"""Kinds of dates that cannot be told where activities wait for each other."""


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show the dates ahead: launches and their periods, milestones, decisions, meetings, agreements that end."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "years", several=("kind",))
    agency, span = word(asked, "agency", portfolio.agencies), years(asked, "years")
    kinds = chosen_words(asked, "kind", AHEAD_KINDS) or list(AHEAD_KINDS)
    parameters = {"for": agency, "kinds": kinds, "years": span.text if span else None}
    after, before = (span.earliest, span.latest) if span else (portfolio.known_on, None)
    found, whole = FOUND.answer(
        portfolio, "calendar", parameters, lambda: dates_found(portfolio, agency, after, before, kinds)
    )
    if request.GET.get("format") == "ics":
        content = calendar_file(portfolio, found)
        return attached(request, content, CALENDAR, f"dates-ahead-{portfolio.header.id}-{agency or ''}", "ics")

    def make() -> Told:
        answer = dates_ahead_answer(portfolio, found, parameters, drawn=True)
        made = told(answer, title=_("Dates ahead"), portfolio=portfolio)
        return made if whole else made.model_copy(update={"notices": (*made.notices, _not_whole())})

    kept = KEPT.answer(portfolio, "calendar", parameters, make)
    fields = (
        chosen_from("agency", _("For agency"), agency, agencies(portfolio), _("all agencies")),
        Choice("years", _("Years"), asked.get("years", ""), hint="2027..2030"),
        Several("kind", _("Kinds of dates"), tuple(asked.getlist("kind")), words_of(AHEAD_KINDS)),
    )
    return render_answer(request, kept, "pages/calendar.html", fields=fields, calendar=_file(request, asked))


def dates_found(
    portfolio: Portfolio, agency: str | None, after: dt.date, before: dt.date | None, kinds: list[str]
) -> tuple[tuple[Ahead, ...], bool]:
    """Return the dates, and whether these are all: what follows from a network is left out where it has a circle."""
    try:
        return dates_ahead(portfolio, for_agency=agency, after=after, before=before, kinds=kinds), True
    except PortfolioError:
        rest = [kind for kind in kinds if kind not in NETWORKED]
        return dates_ahead(portfolio, for_agency=agency, after=after, before=before, kinds=rest), False


def _not_whole() -> str:
    """Return what a reader has to know where dates are left out."""
    return _("Launch periods and milestones are left out, for activities wait for each other; see Schedule and risk.")


def _file(request: HttpRequest, asked: Mapping[str, str]) -> str:
    """Return the address of the same dates as a calendar."""
    chosen = {name: asked.get(name) or None for name in ("agency", "years")}
    kinds = request.GET.getlist("kind") or None
    address: str = request.table.link(reverse("calendar"), **chosen, kind=kinds, format="ics")
    return address
