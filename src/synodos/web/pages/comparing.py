"""Which way: scenarios side by side, how ready each is, what it makes of an agency's plans, and a reader's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import roadmap
from synodos.language import Portfolio
from synodos.report import (
    Answer,
    alignment_answer,
    alignments_answer,
    header_line,
    readiness_answer,
    scenarios_answer,
)
from synodos.web.pages.briefing import planning_agencies
from synodos.web.pages.choosing import Several, agencies, chosen_from, tabs, words_of
from synodos.web.showing.asking import chosen_words, only, word
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.links import record_address
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, ToldSection, ToldTable, told

QUICK: Final = ("objectives", "costs", "dependence", "path")
"""Parts of a comparison that a page shows at once; the others are worked out as a run."""
SAMPLING: Final = {"iterations": 2_000, "seed": 1}
"""As on the command line; none of these parts draws anything."""


@require_safe
def scenarios_page(request: HttpRequest) -> HttpResponse:
    """List the scenarios and show them side by side, by what is worked out at once."""
    portfolio = request.table.portfolio
    asked = only(request, several=("scenario", "part"))
    keys, parts = chosen_scenarios(asked, portfolio), chosen_words(asked, "part", QUICK) or list(QUICK)
    answer = compared(portfolio, keys, parts)
    of_parts = Several("part", _("Parts (none chosen: all)"), tuple(asked.getlist("part")), words_of(QUICK))
    fields = (scenario_field(portfolio, asked), of_parts) if keys else ()
    within = scenario_tabs(request, asked.getlist("scenario"))
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=within)


def compared(portfolio: Portfolio, keys: list[str], parts: list[str]) -> Told:
    """Return scenarios side by side, each with the way to its own page."""

    def make() -> Told:
        found = roadmap.compare(portfolio, keys, aspects=parts, **SAMPLING)
        answer = scenarios_answer(portfolio, found, {"scenarios": keys, "parts": parts, **SAMPLING}, drawn=True)
        shown = told(answer, title=_("Scenarios"), portfolio=portfolio)
        return shown.model_copy(update={"sections": (_listed(portfolio, keys), *shown.sections)})

    if not keys:
        lead = _("No scenario that you may see is stated.")
        return Told(title=_("Scenarios"), lead=lead, header=header_line(portfolio))
    asked = {"scenarios": keys, "parts": parts}
    return KEPT.answer(portfolio, "scenarios", asked, lambda: _or_why(portfolio, _("Scenarios"), make))


def _or_why(portfolio: Portfolio, title: str, make: Callable[[], Told]) -> Told:
    """Return an answer, or why a scenario cannot be followed."""
    try:
        return make()
    except ValueError as error:
        return Told(title=title, lead=_("There is no answer: %s") % error, header=header_line(portfolio))


def _listed(portfolio: Portfolio, keys: list[str]) -> ToldSection:
    """Return the scenarios as a list."""
    rows, leads = [], []
    for key in keys:
        one, said = portfolio.scenarios[key], roadmap.outline(portfolio, key)
        builds_on = portfolio.scenarios[one.builds_on].name if one.builds_on in portfolio.scenarios else None
        favour = "; ".join(portfolio.agency_name(agency) for agency in one.favoured_by) or None
        rows.append((one.name, len(said.missions), one.horizon_years, builds_on, favour, " → ".join(one.steps) or None))
        leads.append(reverse("scenario", args=[key]))
    columns = ("scenario", "missions", "years", "builds on", "favoured by", "steps")
    table = ToldTable(name="scenarios", title=_("The scenarios"), columns=columns, rows=tuple(rows), leads=tuple(leads))
    return ToldSection(anchor="scenarios", title=_("Which scenarios there are"), tables=(table,))


@require_safe
def scenario_page(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show how ready one scenario is: what its missions need, what supplies it and when, and what nobody works on."""
    portfolio = request.table.portfolio
    only(request)
    _seen(portfolio, scenario)

    def make() -> Told:
        said, found = roadmap.outline(portfolio, scenario), roadmap.readiness(portfolio, scenario)
        links = {one.name: reverse("dossier", args=[key]) for key, one in portfolio.missions.items()}
        return told(readiness_answer(portfolio, said, found, drawn=True), portfolio=portfolio, links=links)

    title = portfolio.scenarios[scenario].name
    answer = KEPT.answer(portfolio, "readiness", {"scenario": scenario}, lambda: _or_why(portfolio, title, make))
    return render_answer(request, answer, "pages/answer.html", within=_of_one(request, scenario))


@require_safe
def alignment_page(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show what a scenario makes of an agency's plans and what the agency could do for it; or of all agencies'."""
    portfolio = request.table.portfolio
    asked = only(request, "agency")
    _seen(portfolio, scenario)
    names = agencies(portfolio, planning_agencies(portfolio))
    own = request.table.agency if request.table.agency in dict(names) else None
    agency = word(asked, "agency", dict(names), None if "agency" in asked else own)

    def make() -> Told:
        return told(
            _aligned(portfolio, scenario, agency, [key for key, _name in names]), title=title, portfolio=portfolio
        )

    name = portfolio.scenarios[scenario].name
    title = (
        _("What could {agency} do for {scenario}?").format(agency=portfolio.agency_name(agency), scenario=name)
        if agency
        else _("What could agencies do for {scenario}?").format(scenario=name)
    )
    answer = KEPT.answer(
        portfolio, "align", {"scenario": scenario, "for": agency}, lambda: _or_why(portfolio, title, make)
    )
    fields = (chosen_from("agency", _("For agency"), agency, names, _("all agencies")),)
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=_of_one(request, scenario))


def _aligned(portfolio: Portfolio, scenario: str, agency: str | None, every: list[str]) -> Answer:
    """Return the answer for one agency, or the answers for all in short."""
    said = roadmap.outline(portfolio, scenario)
    if agency:
        return alignment_answer(portfolio, said, roadmap.align(portfolio, scenario, agency))
    return alignments_answer(portfolio, said, [roadmap.align(portfolio, scenario, one) for one in every])


def chosen_scenarios(asked: QueryDict, portfolio: Portfolio) -> list[str]:
    """Return the scenarios that are asked about: all where none is chosen."""
    return chosen_words(asked, "scenario", portfolio.scenarios) or list(portfolio.scenarios)


def _seen(portfolio: Portfolio, scenario: str) -> None:
    """Let nobody ask about a scenario that they do not see."""
    if scenario not in portfolio.scenarios:
        raise Http404


def scenario_field(portfolio: Portfolio, asked: QueryDict) -> Several:
    """Return the field that says which scenarios are compared."""
    boxes = tuple((key, one.name) for key, one in portfolio.scenarios.items())
    return Several("scenario", _("Scenarios (none chosen: all)"), tuple(asked.getlist("scenario")), boxes)


def scenario_tabs(request: HttpRequest, chosen: list[str]) -> list[tuple[str, str, bool]]:
    """Return the pages on scenarios, for the same scenarios."""
    only_these = f"?{urlencode({'scenario': chosen}, doseq=True)}" if chosen else ""
    pages = (
        (_("Side by side"), f"{reverse('scenarios')}{only_these}"),
        (_("With dates, law and robustness"), reverse("runs:compare")),
        (_("Weigh the rows"), f"{reverse('scenarios-weigh')}{only_these}"),
    )
    return tabs(request, pages)


def _of_one(request: HttpRequest, scenario: str) -> list[tuple[str, str, bool]]:
    """Return the pages on one scenario."""
    pages = (
        (_("Readiness"), reverse("scenario", args=[scenario])),
        (_("What an agency could do for it"), reverse("scenario-alignment", args=[scenario])),
        (_("Record"), record_address("scenario", scenario)),
        (_("All scenarios"), reverse("scenarios")),
    )
    return tabs(request, pages)
