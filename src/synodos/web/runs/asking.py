"""The pages on which a question that takes long is asked, each opening with the latest answer to it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from synodos.web.runs import queueing, seeing
from synodos.web.runs.files import Sent
from synodos.web.runs.forms import CompareForm, ExposureForm, QuestionForm, RiskForm, SinceForm, WorthForm
from synodos.web.runs.models import Run
from synodos.web.runs.naming import title_of
from synodos.web.runs.sending import BacktestForm, ScreenForm, SendingForm
from synodos.web.showing.rendering import render_answer

MOST_LISTED: Final = 10
MEND: Final = gettext_lazy("Nothing was asked: see below what to mend.")


@dataclass(frozen=True)
class Question:
    """A page on which one question is asked.

    Attributes
    ----------
    name : str
        The question.
    title : str
        Heading.
    unanswered : str
        What stands in place of the answer where there is none yet.
    form : type of QuestionForm
        How it is asked.
    beside : tuple of (str, str)
        Address and words of what else belongs to it.
    """

    name: str
    title: str | Promise
    unanswered: str | Promise
    form: type[QuestionForm]
    beside: tuple[tuple[str, str | Promise], ...] = ()

    @property
    def for_all(self) -> bool:
        """Whether it can be asked without choosing anything, and so by everybody."""
        return not issubclass(self.form, (SendingForm, SinceForm))


RISK: Final = Question(
    "risk",
    gettext_lazy("How sure are the dates?"),
    gettext_lazy("How sure the dates are has not been worked out yet for the plans as they stand; it takes seconds."),
    RiskForm,
    (("/schedule/", gettext_lazy("The critical path, and how sound the schedule is")),),
)
CHANGES: Final = Question(
    "schedule-diff",
    gettext_lazy("What changed in the schedule?"),
    gettext_lazy("Name the day since which changes are told, and what moved the finish."),
    SinceForm,
    (("/schedule/", gettext_lazy("The critical path, and how sound the schedule is")),),
)
EXPOSURE: Final = Question(
    "exposure",
    gettext_lazy("Who can hurt whom by leaving?"),
    gettext_lazy("Who can hurt whom has not been worked out yet for the plans as they stand; it takes seconds."),
    ExposureForm,
    (("/dependence/", gettext_lazy("Who depends on whom")), ("/what-if/", gettext_lazy("What if one of them left"))),
)
WORTH: Final = Question(
    "worth",
    gettext_lazy("What is planning together worth?"),
    gettext_lazy(
        "What agencies gain by planning together has not been worked out yet for the plans as they stand; it takes "
        "seconds to minutes."
    ),
    WorthForm,
    (("/worth/shares/", gettext_lazy("Fair shares, also of a game from a file")),),
)


COMPARE: Final = Question(
    "compare",
    gettext_lazy("How do scenarios compare in every part?"),
    gettext_lazy(
        "How scenarios compare in dates, law and robustness has not been worked out yet for the plans as they stand; "
        "it takes seconds to minutes."
    ),
    CompareForm,
    (("/scenarios/", gettext_lazy("Scenarios side by side, by what is worked out at once")),),
)


SCREEN: Final = Question(
    "law-screen",
    gettext_lazy("Who may be on a list of sanctioned parties?"),
    gettext_lazy("Send a list, and names that agree with those of agencies are shown; people determine each."),
    ScreenForm,
    (("/law/", gettext_lazy("What law asks")),),
)
BACKTEST: Final = Question(
    "backtest",
    gettext_lazy("How good were the answers?"),
    gettext_lazy("Send what came later, and it is laid beside what opportunities, or dates, had said."),
    BacktestForm,
    (("/opportunities/", gettext_lazy("Opportunities")), ("/schedule/risk/", gettext_lazy("How sure the dates are"))),
)


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """Ask who may be on a list of sanctioned parties."""
    return _page(request, SCREEN)


@require_http_methods(["GET", "HEAD", "POST"])
def backtest(request: HttpRequest) -> HttpResponse:
    """Ask how good the answers were."""
    return _page(request, BACKTEST)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Ask how scenarios compare in every part."""
    return _page(request, COMPARE)


@require_http_methods(["GET", "HEAD", "POST"])
def risk(request: HttpRequest) -> HttpResponse:
    """Ask how sure the dates are."""
    return _page(request, RISK)


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Ask what changed in the schedule."""
    return _page(request, CHANGES)


@require_http_methods(["GET", "HEAD", "POST"])
def exposure(request: HttpRequest) -> HttpResponse:
    """Ask who can hurt whom."""
    return _page(request, EXPOSURE)


@require_http_methods(["GET", "HEAD", "POST"])
def worth(request: HttpRequest) -> HttpResponse:
    """Ask what planning together is worth."""
    return _page(request, WORTH)


def _page(request: HttpRequest, question: Question) -> HttpResponse:
    """Take a question that is asked, or show the latest answer and how to ask."""
    portfolio = request.table.portfolio
    if request.method == "POST" and not request.table.can("run"):
        if not question.for_all:
            raise Http404
        return asked(request, question.name, question.form.defaults(portfolio), request.path)
    if request.method == "POST":
        form = question.form(portfolio, request.POST, files=request.FILES)
        if form.is_valid():
            return asked(request, question.name, form.asked(), request.path, files=form.sent())
    else:
        form = question.form(portfolio, initial=_initial(request, question))
    run = seeing.latest(request, question.name)
    context = {
        "question": question,
        "form": form,
        "run": run,
        "runs": seeing.own(request).filter(question=question.name)[:MOST_LISTED],
    }
    if run is None or form.errors:
        context |= {
            "title": question.title,
            "lead": MEND if form.errors else question.unanswered,
        }
        return render(request, "runs/unanswered.html", context)
    return render_answer(request, seeing.told_of(run), "runs/answered.html", **context)


def _initial(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Return what the fields hold at first: their defaults, or what an earlier run was asked with."""
    fields = {"for_agency": request.table.agency or ""}
    earlier = seeing.own(request).filter(pk=key, question=question.name).first() if (key := run_key(request)) else None
    return {**fields, **(question.form.of(earlier.parameters) if earlier else {})}


def run_key(request: HttpRequest) -> str | None:
    """Return the run that the address names by `run=`; None where it names none.

    Raises
    ------
    BadRequest
        If it is no key of a run.
    """
    text = request.GET.get("run", "")
    try:
        return str(uuid.UUID(text)) if text else None
    except ValueError:
        message = "The address asks for a run that is none; take the link from your list of runs."
        raise BadRequest(message) from None


def asked(
    request: HttpRequest,
    question: str,
    parameters: Mapping[str, Any],
    back: str,
    *,
    known_on: dt.date | None = None,
    repeats: Run | None = None,
    files: Sent = (),
) -> HttpResponse:
    """Put a question into the queue, and lead to its run; or back, where there are too many.

    Without an account only the latest plans are asked about, one run for all.
    """
    from synodos.ledger import snapshot

    table = request.table
    known_on = known_on or table.known_on
    if not table.can("run") and known_on is not None:
        message = "Without an account, questions that take long are answered for the latest plans only."
        raise BadRequest(message)
    portfolio = table.portfolio if known_on == table.known_on else snapshot(known_on, viewer=table.viewer)
    try:
        run = queueing.ask(
            question,
            parameters,
            user=seeing.person(request),
            viewer=table.viewer,
            sha256=portfolio.sha256,
            title=title_of(question, parameters, portfolio),
            known_on=known_on,
            repeats=repeats,
            files=files,
        )
    except queueing.TooManyRunsError as error:
        messages.error(request, str(error))
        return redirect(table.link(back))
    return redirect(table.link(f"/runs/{run.pk}/"))
