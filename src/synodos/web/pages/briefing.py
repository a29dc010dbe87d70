"""Documents for meetings: what one agency has to know, and what a year brought."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.language import Portfolio
from synodos.report import annual_answer, brief_answer, header_line
from synodos.web.pages.choosing import Choice, agencies, chosen_from, tabs
from synodos.web.showing.asking import number, only, word
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, ToldSection, ToldTable, told

YEARS: Final = 5
MOST_YEARS: Final = 100
FIRST_YEAR: Final = 1958
"""No agency of the portfolios is older."""


@require_safe
def brief_page(request: HttpRequest) -> HttpResponse:
    """Brief an agency on where it could cooperate, what it hangs on, and what lies ahead of it."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "years")
    names = agencies(portfolio, planning_agencies(portfolio))
    own = request.table.agency if request.table.agency in dict(names) else None
    agency = word(asked, "agency", dict(names), None if "agency" in asked else own)
    years = number(asked, "years", YEARS, least=1, most=MOST_YEARS)

    def make() -> Told:
        return told(brief_answer(portfolio, str(agency), years=years), portfolio=portfolio)

    parameters = {"agency": agency, "years": years}
    answer = KEPT.answer(portfolio, "brief", parameters, make) if agency else _to_choose(portfolio, names)
    fields = (
        chosen_from("agency", _("For agency"), agency, names, _("choose one")),
        Choice("years", _("Years to look ahead"), asked.get("years", ""), hint=str(YEARS), type="number"),
    )
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=_tabs(request))


def planning_agencies(portfolio: Portfolio) -> set[str]:
    """Return the agencies that state a mission or an element."""
    return {plan.owner for plan in (*portfolio.missions.values(), *portfolio.elements.values())}


def _to_choose(portfolio: Portfolio, names: tuple[tuple[str, str], ...]) -> Told:
    """Return the agencies that can be briefed."""
    owners = [plan.owner for plan in (*portfolio.missions.values(), *portfolio.elements.values())]
    rows = tuple((name, owners.count(key)) for key, name in names)
    leads = tuple(f"{reverse('brief')}?agency={key}" for key, _name in names)
    table = ToldTable(name="agencies", title=_("Agencies"), columns=("agency", "plans"), rows=rows, leads=leads)
    section = ToldSection(anchor="agencies", title=_("Whom to brief"), tables=(table,))
    lead = _("Choose one of {count} agencies that state plans.").format(count=len(names))
    return Told(title=_("Agency brief"), lead=lead, header=header_line(portfolio), sections=(section,) if names else ())


@require_safe
def annual_page(request: HttpRequest) -> HttpResponse:
    """Report on a year, by default the last that is over: groups, highlights, members, meetings, papers, outlook."""
    from synodos.ledger import snapshot

    portfolio, viewer = request.table.portfolio, request.table.viewer
    asked = only(request, "year")
    last = portfolio.known_on.year
    over = last if portfolio.known_on == dt.date(last, 12, 31) else last - 1
    year = number(asked, "year", over, least=FIRST_YEAR, most=last)

    opening = snapshot(dt.date(year - 1, 12, 31), viewer=viewer)
    closing = snapshot(min(dt.date(year, 12, 31), portfolio.known_on), viewer=viewer)

    def make() -> Told:
        return told(annual_answer(portfolio, opening, closing, year), portfolio=portfolio)

    parameters = {"year": year, "opening": opening.sha256, "closing": closing.sha256}
    answer = KEPT.answer(portfolio, "annual", parameters, make)
    fields = (Choice("year", _("Year"), asked.get("year", ""), hint=str(over), type="number"),)
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=_tabs(request))


def _tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return the documents for meetings."""
    pages = (
        (_("Agency brief"), reverse("brief")),
        (_("Annual report"), reverse("annual")),
        (_("Dossiers of missions"), reverse("missions")),
        (_("Editions"), reverse("editions:editions")),
    )
    return tabs(request, pages)
