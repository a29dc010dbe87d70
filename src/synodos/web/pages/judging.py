"""Under what: which norms apply to plans, what they leave to be done, why, and what is contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import law
from synodos.language import Portfolio, load
from synodos.report import (
    assessment_answer,
    contested_answer,
    explanation_answer,
    finding_state,
    findings_answer,
)
from synodos.web.forum.seats import may_begin, terms_asked
from synodos.web.pages.choosing import Choice, agencies, asked_of, chosen_from, tabs, words_of
from synodos.web.showing.asking import Misasked, day, only, word
from synodos.web.showing.keeping import FOUND, KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, ToldSection, some_of, told

STANDING: Final = (("1", "listed too"),)
"""Whether duties that wait for an event, permissions and definitions are listed."""
JUDGED: Final = ("mission", "transfer", "payment", "resource-use")
"""Kinds of records that law judges."""


@dataclass(frozen=True)
class Asked:
    """What law is asked about: state of the law, an agency, an activity, a reading, and whether all is listed."""

    law_on: dt.date | None
    agency: str | None
    scope: str | None
    reading: str | None
    standing: bool
    given: Mapping[str, str]

    @property
    def scopes(self) -> list[str]:
        """What the findings are about."""
        return [one for one in (self.scope, self.agency) if one]

    @property
    def readings(self) -> dict[str, str]:
        """The reading to take, by its question."""
        if self.reading is None:
            return {}
        question = load("contested-questions").terms[self.reading].parent
        return {question: self.reading} if question else {}


def _asked(request: HttpRequest, *more: str) -> Asked:
    """Return what law is asked about, read from the address."""
    portfolio = request.table.portfolio
    asked = only(request, "agency", "scope", "law_on", "reading", "standing", *more)
    return Asked(
        law_on=_law_day(asked),
        agency=word(asked, "agency", portfolio.agencies),
        scope=_activity(portfolio, asked.get("scope", ""), "scope"),
        reading=word(asked, "reading", dict(_readings())),
        standing=word(asked, "standing", dict(STANDING)) is not None,
        given=asked_of(asked, "agency", "scope", "law_on", "reading", "standing"),
    )


def _law_day(asked: Mapping[str, str]) -> dt.date | None:
    """Return the state of the law that is asked for, which the catalogue of norms has to reach."""
    on, ends = day(asked, "law_on"), law.catalogue().as_of
    if on is not None and on > ends:
        raise Misasked(field="law_on", found=str(on), expected=f"no day after {ends}, where the catalogue ends")
    return on


def _activity(portfolio: Portfolio, key: str, field: str) -> str | None:
    """Return an activity that law judges, as `kind:id`."""
    if not key:
        return None
    kind, _separator, record_id = key.partition(":")
    if kind not in JUDGED or record_id not in portfolio.tables.get(kind, {}):
        raise Misasked(
            field=field, found=key, expected="a mission, transfer, payment or resource use, as mission:exomars-rover"
        )
    return key


def _readings() -> tuple[tuple[str, str], ...]:
    """Return the readings of contested questions."""
    terms = load("contested-questions").terms.values()
    return tuple((term.id, term.label) for term in terms if term.parent)


def _assessed(portfolio: Portfolio, asked: Asked) -> law.Assessment:
    """Return the findings that are asked for."""

    def make() -> law.Assessment:
        return law.assess(portfolio, asked.law_on, asked.scopes or None, asked.readings)

    try:
        return FOUND.answer(portfolio, "findings", asked_of(asked.given, "agency", "scope", "law_on", "reading"), make)
    except KeyError as error:
        raise Misasked(
            field="scope", found=" ".join(asked.scopes), expected=f"an activity that law judges ({error.args[0]})"
        ) from None


def _assessment(portfolio: Portfolio, asked: Asked) -> Told:
    """Return the answer on what law asks, of which pages show parts."""

    def make() -> Told:
        found = _assessed(portfolio, asked)
        parameters = {"law_known_on": found.law_known_on, "scope": asked.scopes, "readings": found.readings}
        answer = assessment_answer(portfolio, found, parameters, standing=asked.standing, drawn=True)
        return told(answer, title=_("What law asks"), portfolio=portfolio, links=_norms(asked))

    return KEPT.answer(portfolio, "law-assess", asked.given, make)


def _norms(asked: Asked) -> dict[str, str]:
    """Return the ids of norms in cells, and where each leads: to the findings on it."""
    kept = {name: value for name, value in asked.given.items() if name != "standing"}
    return {norm: f"{reverse('law-findings')}?{urlencode({**kept, 'norm': norm})}" for norm in law.catalogue().norms}


@require_safe
def law_page(request: HttpRequest) -> HttpResponse:
    """Show the matrix of norms by activities, and what is in conflict or has to be determined."""
    asked = _asked(request)
    answer = _assessment(request.table.portfolio, asked)
    shown = some_of(answer, "law", "findings", title=_("What law asks"), lead=answer.sections[0].sentences[0])
    return _page(request, shown, asked)


@require_safe
def questions_page(request: HttpRequest) -> HttpResponse:
    """Show which questions have to be answered, first that for which most findings wait."""
    asked = _asked(request)
    answer = _assessment(request.table.portfolio, asked)
    section = next(one for one in answer.sections if one.anchor == "determinations")
    each = next(one for one in answer.sections if one.anchor == "findings")
    rows = tuple(table for table in each.tables if table.name == "open")
    sections = (
        section.model_copy(update={"sentences": ()}),
        each.model_copy(update={"title": _("Each question"), "sentences": (), "tables": rows, "anchor": "each"}),
    )
    open_now = section.tables[0].rows
    lead = _("No question has to be answered.")
    if open_now:
        lead = _("{count} questions have to be answered; most findings wait for this one: “{first}”.").format(
            count=len(open_now), first=open_now[0][0]
        )
    shown = answer.model_copy(update={"title": _("Questions to answer"), "lead": lead, "sections": sections})
    return _page(request, shown, asked)


@require_safe
def findings_page(request: HttpRequest) -> HttpResponse:
    """List every finding, or those on a norm, of a bearer, in a state; each leads to its explanation."""
    asked = _asked(request, "norm", "bearer", "state", "certainty")
    portfolio, given = request.table.portfolio, request.GET
    found = _assessed(portfolio, asked)
    chosen = _chosen(portfolio, found, given)
    listed = [one for one in found.findings if _is(one, chosen)]

    def make() -> Told:
        parameters = {"law_known_on": found.law_known_on, "scope": asked.scopes, "readings": found.readings, **chosen}
        answer = findings_answer(portfolio, found, listed, parameters)
        leads = [_explained(one.norm, one.activity, one.bearer, asked) for one in listed]
        return told(answer, title=_("Findings"), portfolio=portfolio, leads={answer.tables[0].name: leads})

    kept = KEPT.answer(portfolio, "law-findings", {**asked.given, **asked_of(given, *chosen)}, make)
    return _page(request, kept, asked, _of_findings(found, portfolio, chosen))


def _chosen(portfolio: Portfolio, found: law.Assessment, given: Mapping[str, str]) -> dict[str, str | None]:
    """Return which findings are asked for, by what they say."""
    return {
        "norm": word(given, "norm", [*law.catalogue().norms, *sorted({one.norm for one in found.findings})]),
        "bearer": word(given, "bearer", [*portfolio.agencies, *portfolio.states]),
        "state": word(given, "state", sorted({finding_state(one) for one in found.findings})),
        "certainty": word(given, "certainty", sorted({one.certainty for one in found.findings})),
    }


def _is(finding: law.Finding, chosen: Mapping[str, str | None]) -> bool:
    """Return whether a finding is among those that are asked for."""
    return (
        chosen["norm"] in (None, finding.norm)
        and chosen["bearer"] in (None, finding.bearer)
        and chosen["certainty"] in (None, finding.certainty)
        and (chosen["state"] is None or chosen["state"] == finding_state(finding))
    )


def _explained(norm: str, activity: str, bearer: str, asked: Asked) -> str:
    """Return the page that says why a norm says what it says."""
    kept = {name: value for name, value in asked.given.items() if name in ("law_on", "reading")}
    return f"{reverse('law-finding')}?{urlencode({'norm': norm, 'activity': activity, 'bearer': bearer, **kept})}"


def _of_findings(found: law.Assessment, portfolio: Portfolio, chosen: Mapping[str, str | None]) -> tuple[Choice, ...]:
    """Return the fields by which findings are chosen."""
    name = law.party_names(portfolio)
    bearers = sorted({(one.bearer, name(one.bearer)) for one in found.findings}, key=lambda one: one[1].casefold())
    norms = sorted({one.norm for one in found.findings})
    states = sorted({finding_state(one) for one in found.findings})
    certainties = sorted({one.certainty for one in found.findings})
    return (
        chosen_from("norm", _("Norm"), chosen["norm"], ((norm, norm) for norm in norms), _("all norms")),
        chosen_from("bearer", _("Of whom"), chosen["bearer"], bearers, _("everybody")),
        chosen_from("state", _("State"), chosen["state"], ((words, words) for words in states), _("any state")),
        chosen_from("certainty", _("Certainty"), chosen["certainty"], words_of(certainties), _("any")),
    )


@require_safe
def finding_page(request: HttpRequest) -> HttpResponse:
    """Show why a norm says what it says of a bearer in an activity, down to its article."""
    asked = _asked(request, "norm", "activity", "bearer")
    portfolio, given = request.table.portfolio, request.GET
    norm = _norm(portfolio, given.get("norm", ""))
    activity = _activity(portfolio, given.get("activity", ""), "activity")
    if activity is None:
        raise Misasked(
            field="activity",
            found="",
            expected="a mission, transfer, payment or resource use, as mission:exomars-rover",
        )
    bearer = word(given, "bearer", (*portfolio.agencies, *portfolio.states))
    if bearer is None:
        raise Misasked(field="bearer", found="", expected="the id of an agency or a state")

    def make() -> Told:
        try:
            found = law.explain(portfolio, norm, activity, bearer, asked.law_on, asked.readings)
        except KeyError as error:
            raise Misasked(
                field="norm", found=norm, expected=f"one that can be explained here ({error.args[0]})"
            ) from None
        parameters = {"norm": norm, "activity": activity, "bearer": bearer, "readings": asked.readings}
        answer = explanation_answer(portfolio, found, parameters, asked.law_on, drawn=True)
        name, said = law.party_names(portfolio)(bearer), " ".join(answer.sentences[1:])
        where = getattr(portfolio.tables[activity.partition(":")[0]][activity.partition(":")[2]], "name", activity)
        lead = _("{norm}, of {bearer}, in {activity}: {said}").format(norm=norm, bearer=name, activity=where, said=said)
        made = told(answer, title=_("Why {norm}").format(norm=norm), portfolio=portfolio, links=_norms(asked))
        norm_said = ToldSection(anchor="norm", title=_("The norm"), sentences=(made.lead,))
        return made.model_copy(update={"lead": lead, "sections": (norm_said, *made.sections)})

    kept = KEPT.answer(
        portfolio, "law-explain", {**asked.given, "norm": norm, "activity": activity, "bearer": bearer}, make
    )
    return _page(request, kept, asked, template="pages/finding.html", fields=(), article=_article(norm, asked.law_on))


def _norm(portfolio: Portfolio, norm: str) -> str:
    """Return the id of a norm of the catalogue, or of a criterion of a policy that the viewer may see."""
    policy_id, _separator, number = norm.rpartition(".")
    policy = portfolio.policies.get(policy_id)
    known = policy is not None and number.isdecimal() and 1 <= int(number) <= len(policy.criteria)
    if norm not in law.catalogue().norms and not known:
        raise Misasked(field="norm", found=norm, expected="the id of a norm, as OST-6.2")
    return norm


def _article(norm_id: str, law_on: dt.date | None) -> dict[str, Any] | None:
    """Return where a norm of the catalogue stands: instrument, pinpoint, text in our words, window and sources."""
    known = law.catalogue()
    if norm_id not in known.norms:
        return None
    norm, instrument = known.norms[norm_id], known.instrument(norm_id)
    on = law_on or known.as_of
    keys = dict.fromkeys((*norm.sources, *instrument.sources))
    return {
        "norm": norm,
        "instrument": known.title(norm_id, on),
        "pinpoint": known.pinpoint(norm_id, on),
        "strength": instrument.strength,
        "confidence": norm.confidence or instrument.confidence,
        "begins": norm.begins or instrument.begins,
        "until": norm.until or instrument.until,
        "sources": [known.sources[key] for key in keys if key in known.sources],
    }


@require_safe
def contested_page(request: HttpRequest) -> HttpResponse:
    """Show the contested questions, who holds which reading, and what hinges on each."""
    portfolio = request.table.portfolio
    asked = only(request, "law_on")
    on = _law_day(asked)

    def make() -> Told:
        assessment = FOUND.answer(portfolio, "findings", asked_of(asked, "law_on"), lambda: law.assess(portfolio, on))
        found = law.contested(portfolio, assessment)
        answer = contested_answer(portfolio, found, assessment, {"law_known_on": assessment.law_known_on}, drawn=True)
        return told(answer, title=_("Contested questions"), portfolio=portfolio)

    kept = KEPT.answer(portfolio, "law-contested", asked_of(asked, "law_on"), make)
    fields = (Choice("law_on", _("State of the law on"), asked.get("law_on", ""), type="date"),)
    questions = law.contested(portfolio) if may_begin(request, portfolio, terms_asked({}, portfolio)) else ()
    context = {"fields": fields, "within": _tabs(request), "questions": questions}
    return render_answer(request, kept, "pages/contested.html", **context)


def _page(
    request: HttpRequest,
    answer: Told,
    asked: Asked,
    more: tuple[Choice, ...] = (),
    template: str = "pages/answer.html",
    fields: tuple[Choice, ...] | None = None,
    **context: Any,
) -> HttpResponse:
    """Return a page on law with the fields that all of them have."""
    chosen = (*more, *_fields(request.table.portfolio, asked)) if fields is None else fields
    return render_answer(request, answer, template, fields=chosen, within=_tabs(request), **context)


def _fields(portfolio: Portfolio, asked: Asked) -> tuple[Choice, ...]:
    """Return the fields that all pages on findings have."""
    listed = (
        (f"{kind}:{key}", str(getattr(record, "name", key)))
        for kind in JUDGED
        for key, record in portfolio.tables.get(kind, {}).items()
    )
    activities = sorted(listed, key=lambda one: one[1].casefold())
    return (
        chosen_from("agency", _("For agency"), asked.agency, agencies(portfolio), _("all agencies")),
        chosen_from("scope", _("Activity"), asked.scope, activities, _("all activities")),
        Choice("law_on", _("State of the law on"), asked.given.get("law_on", ""), type="date"),
        chosen_from("reading", _("Take the reading"), asked.reading, _readings(), _("none; show every reading")),
        chosen_from(
            "standing", _("Standing duties, permissions"), "1" if asked.standing else "", STANDING, _("not listed")
        ),
    )


def _tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return the pages on law."""
    pages = (
        (_("What law asks"), reverse("law")),
        (_("Findings"), reverse("law-findings")),
        (_("Questions to answer"), reverse("law-questions")),
        (_("Contested"), reverse("law-contested")),
        (_("Sanctions lists"), reverse("runs:screen")),
        (_("Agreements"), reverse("agreements")),
    )
    return tabs(request, pages)
