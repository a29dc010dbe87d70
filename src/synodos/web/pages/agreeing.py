"""Which agreements stand, need attention, are needed; drafts for counsel and for the United Nations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import law
from synodos.cooperation import opportunities
from synodos.language import Portfolio
from synodos.report import (
    close_out_answer,
    header_line,
    needs_answer,
    notification_answer,
    register_answer,
    term_sheet_answer,
    term_sheet_file,
    watch_answer,
)
from synodos.web.forum.instruments import instrument_points, instruments_needed, own_meetings
from synodos.web.forum.seats import may_begin, terms_asked
from synodos.web.pages.choosing import Choice, agencies, asked_of, chosen_from, tabs
from synodos.web.showing.asking import day, number, only, word
from synodos.web.showing.exports import attached
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.links import record_address
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

WITHIN_DAYS: Final = 365
MOST_DAYS: Final = 36_525
MOST_PROPOSED: Final = 1_000
SHEETS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""Forms of a term sheet, and their media types."""
DRAFTS: Final = ("term-sheet", "registration", "information")


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """Show the agreements as they stand on a day, the parties, and commitments that nothing covers."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "at")
    agency, at = word(asked, "agency", portfolio.agencies), day(asked, "at")

    def make() -> Told:
        found = law.register(portfolio, at, agency)
        open_promises = law.uncovered(portfolio, found.at, agency)
        answer = register_answer(portfolio, found, open_promises, {"at": found.at, "for": agency}, drawn=True)
        return told(answer, title=_("Agreements"), portfolio=portfolio, links=_agreements(portfolio))

    kept = KEPT.answer(portfolio, "agreements-list", asked_of(asked, "agency", "at"), make)
    return render_answer(
        request, kept, "pages/answer.html", fields=_fields(portfolio, asked, _at(asked)), within=_tabs(request)
    )


@require_safe
def watch_page(request: HttpRequest) -> HttpResponse:
    """Show what needs attention: agreements that expire, duties that are due, umbrellas that are missing."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "at", "within_days")
    agency, at = word(asked, "agency", portfolio.agencies), day(asked, "at") or portfolio.known_on
    within = number(asked, "within_days", WITHIN_DAYS, least=0, most=MOST_DAYS)

    def make() -> Told:
        found = law.watch(portfolio, at, within, agency)
        parameters = {"at": at, "within_days": within, "for": agency}
        answer = watch_answer(portfolio, found, at, parameters)
        return told(answer, title=_("What needs attention"), portfolio=portfolio, links=_agreements(portfolio))

    kept = KEPT.answer(portfolio, "agreements-watch", asked_of(asked, "agency", "at", "within_days"), make)
    ahead = Choice("within_days", _("Days to look ahead"), asked.get("within_days", ""), hint="365", type="number")
    fields = _fields(portfolio, asked, _at(asked), ahead)
    return render_answer(request, kept, "pages/answer.html", fields=fields, within=_tabs(request))


@require_safe
def needed_page(request: HttpRequest) -> HttpResponse:
    """Show which instrument each cooperation needs, why, what exists, and what is missing."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "proposed")
    agency = word(asked, "agency", portfolio.agencies)
    most = number(asked, "proposed", 0, least=0, most=MOST_PROPOSED)

    def make() -> Told:
        proposed = opportunities(portfolio, agency, most).ranked if most else ()
        needs = law.instruments(portfolio, proposed) if proposed else instruments_needed(portfolio)
        found = [one for one in needs if agency in (None, one.lead, one.partner)]
        answer = needs_answer(portfolio, found, {"for": agency, "proposed": most})
        return told(answer, title=_("Instruments needed"), portfolio=portfolio)

    kept = KEPT.answer(portfolio, "agreements-needed", asked_of(asked, "agency", "proposed"), make)
    proposed = Choice(
        "proposed", _("Best opportunities to look at too"), asked.get("proposed", ""), hint="0", type="number"
    )
    fields = _fields(portfolio, asked, proposed)
    own = own_meetings(request, portfolio)
    points = instrument_points(portfolio) if own else []
    begins = may_begin(request, portfolio, terms_asked({}, portfolio))
    context = {"fields": fields, "within": _tabs(request), "meetings": own, "points": points, "begins": begins}
    return render_answer(request, kept, "pages/needed.html", **context)


@require_safe
def close_out_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show what came of an agreement, and what nobody stated of it."""
    only(request)
    portfolio = request.table.portfolio
    if agreement not in portfolio.agreements:
        raise Http404

    def make() -> Told:
        answer = close_out_answer(portfolio, law.close_out(portfolio, agreement))
        name = portfolio.agreements[agreement].name
        return told(answer, title=_("What came of it: {name}").format(name=name), portfolio=portfolio)

    kept = KEPT.answer(portfolio, "agreements-close-out", {"agreement": agreement}, make)
    within = ((_("Record"), record_address("agreement", agreement)), (_("Agreements"), reverse("agreements")))
    return render_answer(request, kept, "pages/answer.html", within=tabs(request, within))


@require_safe
def draft_page(request: HttpRequest, mission: str) -> HttpResponse:
    """Show a draft term sheet for a mission, or a notification to the United Nations, with the blanks named."""
    portfolio = request.table.portfolio
    asked = only(request, "what")
    if mission not in portfolio.missions:
        raise Http404
    what = word(asked, "what", DRAFTS, DRAFTS[0])
    if what == DRAFTS[0] and request.GET.get("format") in SHEETS:
        return _sheet(request, portfolio, mission, request.GET["format"])
    name = portfolio.missions[mission].name
    kept = KEPT.answer(
        portfolio, "agreements-draft", {"mission": mission, "what": what}, lambda: _draft(portfolio, mission, what)
    )
    words = {
        "term-sheet": _("Draft term sheet"),
        "registration": _("Draft registration with the United Nations"),
        "information": _("Draft information to the Secretary-General"),
    }
    here = reverse("agreements-draft", args=[mission])
    within = [
        (title, request.table.link(here, what=None if draft == DRAFTS[0] else draft), draft == what)
        for draft, title in words.items()
    ]
    back = [(_("Dossier: {name}").format(name=name), request.table.link(reverse("dossier", args=[mission])), False)]
    files = [] if what != DRAFTS[0] or not kept.tables else _files(request, here)
    return render_answer(request, kept, "pages/draft.html", within=[*within, *back], files=files)


def _draft(portfolio: Portfolio, mission: str, what: str) -> Told:
    """Return a draft for a mission, or why there is none."""
    name = portfolio.missions[mission].name
    if what != DRAFTS[0]:
        make = law.registration_draft if what == "registration" else law.secretary_general_draft
        answer = notification_answer(portfolio, make(portfolio, mission))
        return told(answer, title=f"{answer.tables[0].title}: {name}", portfolio=portfolio)
    title = _("Draft term sheet: {name}").format(name=name)
    try:
        sheet = law.term_sheet(portfolio, mission, law.assess(portfolio, scope=f"mission:{mission}"))
    except ValueError as error:
        return Told(title=title, lead=f"{str(error).rstrip('.')}.", header=header_line(portfolio))
    answer = term_sheet_answer(portfolio, sheet)
    lead = _("A basis for counsel, with {count} blanks to fill in.").format(count=len(sheet.blanks))
    return told(replace(answer, sentences=(lead, *answer.sentences)), title=title, portfolio=portfolio)


def _files(request: HttpRequest, here: str) -> list[tuple[str, str]]:
    """Return the forms in which a term sheet can be had."""
    return [(form.upper(), request.table.link(here, format=form)) for form in SHEETS]


def _sheet(request: HttpRequest, portfolio: Portfolio, mission: str, form: str) -> HttpResponse:
    """Return a draft term sheet as a file; there is none where nobody abroad takes part."""
    try:
        sheet = law.term_sheet(portfolio, mission, law.assess(portfolio, scope=f"mission:{mission}"))
    except ValueError:
        raise Http404 from None
    content = term_sheet_file(portfolio, sheet, "docx" if form == "docx" else "pdf")
    return attached(request, content, SHEETS[form], f"term-sheet-{mission}", form)


def _agreements(portfolio: Portfolio) -> dict[str, str]:
    """Return the ids of agreements in cells, and the record of each."""
    return {key: f"agreement:{key}" for key in portfolio.agreements}


def _at(asked: Mapping[str, str]) -> Choice:
    """Return the field for the day that is asked about."""
    return Choice("at", _("As they stand on"), asked.get("at", ""), type="date")


def _fields(portfolio: Portfolio, asked: Mapping[str, str], *more: Choice) -> tuple[Choice, ...]:
    """Return the fields of a page on agreements."""
    chosen = chosen_from("agency", _("For agency"), asked.get("agency"), agencies(portfolio), _("all agencies"))
    return (chosen, *more)


def _tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return the pages on agreements."""
    pages = (
        (_("Register"), reverse("agreements")),
        (_("What needs attention"), reverse("agreements-watch")),
        (_("Instruments needed"), reverse("agreements-needed")),
        (_("Law"), reverse("law")),
    )
    return tabs(request, pages)
