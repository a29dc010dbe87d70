"""Where plans meet: roadmap, opportunities, dependence, coverage, and the dossier of a mission."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from synodos.cooperation import OPPORTUNITY_KINDS, dependence, opportunities
from synodos.language import Portfolio
from synodos.report import (
    PlanFilter,
    coverage_answer,
    dependence_answer,
    dossier_answer,
    opportunities_answer,
    roadmap_answer,
)
from synodos.web.pages.choosing import Choice, agencies, asked_of, chosen_from, tabs, words_of
from synodos.web.showing.asking import number, only, word, years
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.links import record_address
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

MOST: Final = 100_000
"""More opportunities or dependences than anybody asks for."""
MARKED: Final = 100
"""Best opportunities that the picture of the roadmap is given: more than it marks."""
MOST_DRAWN: Final = 2_000
"""Plans in a picture; with more nobody would find one, and it takes minutes to draw."""
TOO_MANY: Final = gettext_lazy("These are too many for a picture: choose an agency, a destination or years.")


@require_safe
def roadmap_page(request: HttpRequest) -> HttpResponse:
    """Show missions and elements by destination and date."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "destination", "years", "status")
    owners = agencies(portfolio, _planners(portfolio))
    places, standings = _places(portfolio), _standings(portfolio)
    chosen = PlanFilter(
        agency=word(asked, "agency", dict(owners)),
        destination=word(asked, "destination", dict(places)),
        years=years(asked, "years"),
        status=word(asked, "status", dict(standings)),
    )

    def make() -> Told:
        found, depends = opportunities(portfolio, most=MARKED), dependence(portfolio)
        drawn = len(chosen.keys(portfolio)) <= MOST_DRAWN
        answer = roadmap_answer(portfolio, found, depends, chosen, drawn=drawn, links=drawn)
        page = told(answer, title=_("Roadmap"), portfolio=portfolio, links=_dossiers(portfolio))
        return page if drawn else page.model_copy(update={"lead": f"{page.lead} {TOO_MANY}"})

    fields = (
        chosen_from("agency", _("Agency, as lead or partner"), chosen.agency, owners, _("all agencies")),
        chosen_from("destination", _("Destination"), chosen.destination, places, _("all destinations")),
        Choice("years", _("Years"), asked.get("years", ""), hint="2018..2025"),
        chosen_from("status", _("Status"), chosen.status, standings, _("any status")),
    )
    answer = KEPT.answer(portfolio, "roadmap", asked_of(asked, "agency", "destination", "years", "status"), make)
    within = (
        (_("Who provides what"), reverse("coverage")),
        (_("Dossiers of missions"), reverse("missions")),
        (_("Agency brief"), reverse("brief")),
        (_("Annual report"), reverse("annual")),
    )
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=tabs(request, within))


def _planners(portfolio: Portfolio) -> set[str]:
    """Return who leads a plan, or takes part in one."""
    plans = (*portfolio.missions.values(), *portfolio.elements.values())
    return {agency for plan in plans for agency in (plan.owner, *(part.agency for part in plan.partners))}


def _places(portfolio: Portfolio) -> tuple[tuple[str, str], ...]:
    """Return destinations of plans, and what they lie in, each below it."""
    tree = portfolio.destinations
    plans = (*portfolio.missions.values(), *portfolio.elements.values())
    used = {at for plan in plans for place in plan.destinations for at in tree.ancestors(place)}
    deep = {place: len(tree.ancestors(place)) - 1 for place in tree if place in used}
    return tuple((place, f"{'· ' * depth}{tree.label(place)}") for place, depth in deep.items())


def _standings(portfolio: Portfolio) -> tuple[tuple[str, str], ...]:
    """Return where plans stand."""
    plans = (*portfolio.missions.values(), *portfolio.elements.values())
    return words_of(sorted({plan.status for plan in plans}))


def _dossiers(portfolio: Portfolio) -> dict[str, str]:
    """Return the ids of plans in cells, and where each leads: that of a mission to its dossier."""
    elements = {key: record_address("element", key) for key in portfolio.elements}
    return {**elements, **{key: reverse("dossier", args=[key]) for key in portfolio.missions}}


@require_safe
def opportunities_page(request: HttpRequest) -> HttpResponse:
    """Show where plans could meet, best first."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "kind", "most")
    names = agencies(portfolio)
    agency = word(asked, "agency", dict(names))
    kind = word(asked, "kind", OPPORTUNITY_KINDS)
    most = number(asked, "most", 0, least=1, most=MOST) or None

    def make() -> Told:
        found = opportunities(portfolio, agency, most, kind=kind)
        answer = opportunities_answer(portfolio, found, for_agency=agency, kind=kind, most=most, drawn=True, links=True)
        return _best_first(told(answer, title=_("Opportunities"), portfolio=portfolio))

    fields = (
        chosen_from("agency", _("For agency"), agency, names, _("all agencies")),
        chosen_from("kind", _("Kind"), kind, words_of(OPPORTUNITY_KINDS), _("all kinds")),
        Choice("most", _("No more than"), asked.get("most", ""), hint="20", type="number"),
    )
    answer = KEPT.answer(portfolio, "opportunities", asked_of(asked, "agency", "kind", "most"), make)
    within = ((_("How good they were: what came later"), reverse("runs:backtest")),)
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=tabs(request, within))


def _best_first(answer: Told) -> Told:
    """Return the page on opportunities opened by the best one; how many there are comes next."""
    first, *others = answer.sections
    lead, *more = first.sentences
    counted = first.model_copy(update={"sentences": (answer.lead, *more)})
    return answer.model_copy(update={"lead": lead, "sections": (counted, *others)})


@require_safe
def dependence_page(request: HttpRequest) -> HttpResponse:
    """Show who depends on whom, for what, and what has no second source."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "most")
    names = agencies(portfolio)
    agency = word(asked, "agency", dict(names))
    most = number(asked, "most", 0, least=1, most=MOST) or None

    def make() -> Told:
        found = dependence(portfolio, agency)
        answer = dependence_answer(portfolio, found, for_agency=agency, most=most, drawn=True)
        return told(answer, title=_("Dependence"), portfolio=portfolio)

    fields = (
        chosen_from("agency", _("For agency"), agency, names, _("all agencies")),
        Choice("most", _("No more than"), asked.get("most", ""), hint="20", type="number"),
    )
    answer = KEPT.answer(portfolio, "dependence", asked_of(asked, "agency", "most"), make)
    within = ((_("Who could stop what: exposure"), reverse("runs:exposure")),)
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=tabs(request, within))


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show who provides which capability, when, and what nobody provides."""
    only(request)
    portfolio = request.table.portfolio

    def make() -> Told:
        return told(coverage_answer(portfolio, drawn=True), title=_("Capability coverage"), portfolio=portfolio)

    return render_answer(request, KEPT.answer(portfolio, "coverage", {}, make), "pages/answer.html")


@require_safe
def missions_page(request: HttpRequest) -> HttpResponse:
    """List the missions, each with the way to its dossier."""
    only(request)
    portfolio = request.table.portfolio

    def make() -> Told:
        answer = roadmap_answer(portfolio, opportunities(portfolio, most=0), dependence(portfolio))
        table = answer.tables[0]
        kind, key = table.columns.index("kind"), table.columns.index("id")
        rows = tuple(row for row in table.rows if row[kind] == "mission")
        shown = replace(table, name="missions", title=_("Missions"), rows=rows)
        links = {str(row[key]): reverse("dossier", args=[row[key]]) for row in rows}
        listed = replace(answer, tables=(shown,))
        return told(listed, title=_("Dossiers of missions"), portfolio=portfolio, links=links)

    return render_answer(request, KEPT.answer(portfolio, "missions", {}, make), "pages/answer.html")


@require_safe
def dossier_page(request: HttpRequest, mission: str) -> HttpResponse:
    """Show the one page on a mission that an officer takes into a meeting."""
    only(request)
    portfolio = request.table.portfolio
    if mission not in portfolio.missions:
        raise Http404

    def make() -> Told:
        return told(dossier_answer(portfolio, mission, drawn=True), portfolio=portfolio)

    answer = KEPT.answer(portfolio, "dossier", {"mission": mission}, make)
    within = (
        (_("Dossier"), reverse("dossier", args=[mission])),
        (_("Record"), record_address("mission", mission)),
        (_("Critical path"), f"{reverse('schedule')}?scope={mission}"),
        (_("Findings of law"), f"{reverse('law')}?scope=mission:{mission}"),
        (_("Term sheet"), reverse("agreements-draft", args=[mission])),
    )
    return render_answer(request, answer, "pages/answer.html", within=tabs(request, within))
