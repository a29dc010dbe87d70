"""The pages on changes to think through: put together step by step, worked out, compared, kept as a record."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from synodos.language import SUPPOSED, TAKES, Change, Portfolio, Step
from synodos.web.runs import seeing
from synodos.web.runs.asking import asked
from synodos.web.runs.forms import WhatIfForm
from synodos.web.runs.models import SupposedChange
from synodos.web.runs.steps import SORTS, StepForm
from synodos.web.showing.exports import attached
from synodos.web.table import needs

MOST_CHANGES: Final = 100
"""Changes that one person may keep."""
MOST_STEPS: Final = 30
"""Steps of one change."""
MOST_COMPARED: Final = 8
"""Changes that one run compares."""
MOST_LISTED: Final = 10


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Show the changes to think through, and the latest answer on one."""
    table = request.table
    run = seeing.latest(request, "whatif")
    context: dict[str, Any] = {
        "title": _("What if?"),
        "lead": _("No change has been worked out yet on the plans as they stand: put one together, or take one below."),
        "form": WhatIfForm(table.portfolio),
        "run": run,
        "runs": seeing.own(request).filter(question="whatif")[:MOST_LISTED],
        "own": [(one, _line(table.portfolio, one)) for one in _own(request)],
        "declared": [(key, one.name, _words(table.portfolio, one)) for key, one in table.portfolio.changes.items()],
    }
    if run is not None:
        context["lead"] = seeing.told_of(run).lead
    return render(request, "runs/what_if.html", context)


def _own(request: HttpRequest) -> list[SupposedChange]:
    """Return the changes of who asks, the latest first."""
    table = request.table
    if table.person is None:
        return []
    return list(SupposedChange.objects.filter(owner_id=table.person, viewer=table.viewer).order_by("-changed_at"))


def _words(portfolio: Portfolio, change: Change) -> str:
    """Return a declared change in words."""
    from synodos.whatif import change_words

    return change_words(portfolio, change)


def steps_of(change: SupposedChange) -> tuple[Step, ...]:
    """Return the steps of a change."""
    return tuple(Step.model_validate(step) for step in change.steps)


def _line(portfolio: Portfolio, change: SupposedChange) -> str:
    """Return a change in one line."""
    from synodos.whatif import change_words

    return change_words(portfolio, steps_of(change)) or _("nothing yet")


@require_POST
@needs("observer")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a change: a new one, or the copy of one that is declared."""
    table = request.table
    if len(_own(request)) >= MOST_CHANGES:
        messages.error(request, _("You keep %d changes; erase some that you no longer need.") % MOST_CHANGES)
        return redirect(table.link("/what-if/"))
    declared = table.portfolio.changes.get(request.POST.get("declared", ""))
    steps = [step.model_dump(mode="json", exclude_defaults=True) for step in declared.happens] if declared else []
    name = request.POST.get("name", "").strip()[:200] or (declared.name if declared else "")
    made = SupposedChange.objects.create(owner=request.user, viewer=table.viewer, name=name, steps=steps)
    return redirect(table.link(f"/what-if/{made.pk}/"))


def _change_of(request: HttpRequest, key: uuid.UUID) -> SupposedChange:
    """Return a change of who asks.

    Raises
    ------
    Http404
        If there is none.
    """
    table = request.table
    found = SupposedChange.objects.filter(pk=key, owner_id=table.person, viewer=table.viewer).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs("observer")
def change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a change with its steps, and take one more."""
    found, portfolio = _change_of(request, key), request.table.portfolio
    does = request.POST.get("does") or request.GET.get("does", "")
    steps = steps_of(found)
    form = None
    if does in TAKES:
        form = StepForm(portfolio, does, steps, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None and len(steps) < MOST_STEPS and form.is_valid():
        found.steps = [*found.steps, form.step.model_dump(mode="json", exclude_defaults=True)]
        found.save()
        return redirect(request.table.link(f"/what-if/{key}/"))
    return render(request, "runs/change.html", _shown(request, found, steps, does, form))


def _shown(
    request: HttpRequest, found: SupposedChange, steps: tuple[Step, ...], does: str, form: StepForm | None
) -> dict[str, Any]:
    """Return what the page of a change shows."""
    from synodos.whatif import step_words

    portfolio = request.table.portfolio
    words = [step_words(portfolio, step) for step in steps]
    lead = _("Nothing happens yet: add a first step.")
    if words:
        lead = _("What if %s? Have it worked out below.") % "; ".join(words)
    return {
        "title": found.name or _("A change to think through"),
        "lead": lead,
        "change": found,
        "words": words,
        "sorts": SORTS.items(),
        "does": does,
        "does_words": SORTS.get(does, ""),
        "step_form": form,
        "full": len(steps) >= MOST_STEPS,
        "form": WhatIfForm(portfolio),
        "what_if": request.table.link("/what-if/"),
    }


@require_POST
@needs("observer")
def drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a step out of a change."""
    found = _change_of(request, key)
    place = request.POST.get("step", "")
    if place.isdecimal() and int(place) < len(found.steps):
        found.steps = [step for at, step in enumerate(found.steps) if at != int(place)]
        found.save()
    return redirect(request.table.link(f"/what-if/{key}/"))


@require_POST
@needs("observer")
def rename(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a change another name."""
    found = _change_of(request, key)
    found.name = request.POST.get("name", "").strip()[:200]
    found.save()
    return redirect(request.table.link(f"/what-if/{key}/"))


@require_POST
@needs("observer")
def erase(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Erase a change; its runs stay."""
    found = _change_of(request, key)
    found.delete()
    messages.success(request, _("Erased: %s") % (found.name or _("a change")))
    return redirect(request.table.link("/what-if/"))


@require_POST
def work_out(request: HttpRequest) -> HttpResponse:
    """Have changes worked out: one by itself, several side by side."""
    table = request.table
    chosen = _chosen(request)
    if not 1 <= len(chosen) <= MOST_COMPARED:
        messages.error(request, _("Choose one change, or up to %d to compare, each with a step.") % MOST_COMPARED)
        return redirect(table.link("/what-if/"))
    if not table.can("run"):
        if len(chosen) > 1 or request.POST.getlist("change"):
            raise Http404
        form = WhatIfForm(table.portfolio, {"iterations": 2_000, "seed": 1})
    else:
        form = WhatIfForm(table.portfolio, request.POST)
    if not form.is_valid():
        told = "; ".join(f"{form.fields[name].label}: {' '.join(why)}" for name, why in form.errors.items())
        messages.error(request, told)
        return redirect(table.link("/what-if/"))
    return asked(request, "whatif", {"changes": chosen, **form.asked()}, "/what-if/")


def _chosen(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Return the steps of the changes that were chosen, by name; those without a step are left out."""
    portfolio = request.table.portfolio
    found: dict[str, list[dict[str, Any]]] = {}
    for key in dict.fromkeys(request.POST.getlist("declared")):
        if key in portfolio.changes:
            steps = portfolio.changes[key].happens
            found[key] = [step.model_dump(mode="json", exclude_defaults=True) for step in steps]
    for change_key in dict.fromkeys(request.POST.getlist("change")):
        try:
            own = _change_of(request, uuid.UUID(change_key))
        except ValueError:
            raise Http404 from None
        if own.steps:
            found[_unlike(own.name or _line(portfolio, own), found)] = own.steps
    return found


def _unlike(name: str, taken: Any) -> str:
    """Return a name that no other change has."""
    return next(one for one in (name, *(f"{name} ({number})" for number in range(2, 1_000))) if one not in taken)


@require_POST
@needs("editor")
def draft(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a change as a draft of a record, private to the agency, and lead to it."""
    from synodos.web.agency.keeping import keep_draft

    found = _change_of(request, key)
    if not found.steps:
        raise Http404
    made = record_of(found, request.table.portfolio, str(request.table.agency))
    return redirect(keep_draft(request, made))


@require_GET
@needs("reader")
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a change as a file of records, private to the agency, to be imported or shared as a file."""
    import tempfile
    from pathlib import Path

    from synodos.exchange import write_changes

    found = _change_of(request, key)
    if not found.steps:
        raise Http404
    made = record_of(found, request.table.portfolio, str(request.table.agency))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "change.yaml"
        write_changes([made], path)
        content = path.read_bytes()
    return attached(request, content, "application/yaml", made.id, "yaml")


def record_of(found: SupposedChange, portfolio: Portfolio, agency: str) -> Change:
    """Return a change as a record of an agency, private as it stands."""
    from synodos.whatif import change_words

    steps = steps_of(found)
    said = found.name or change_words(portfolio, steps)
    return Change.model_validate(
        {
            "id": re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")[:80].strip("-") or "change",
            "owner": agency,
            "stated_by": agency,
            "release": "private",
            "as_of": portfolio.known_on.isoformat(),
            "confidence": "unverified",
            "sources": [SUPPOSED],
            "name": said[:200],
            "happens": steps,
        }
    )
