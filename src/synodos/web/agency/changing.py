"""What changed for an agency since somebody looked last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from synodos.language import WITHHELD, Points, Portfolio, Record, references
from synodos.ledger import snapshot
from synodos.web.agency.keeping import latest
from synodos.web.agency.models import LastVisit
from synodos.web.records.differing import Difference, differences
from synodos.web.records.wording import address_of, kind_words, title_of
from synodos.web.showing.asking import Misasked
from synodos.web.table import day_of, needs

MOST_TOLD = 500
"""Changes that a page tells one by one."""
FIRST_LOOK = dt.timedelta(days=30)
"""How far back somebody looks who never said to have seen anything."""
GROUPS = (
    ("ours", "Your own records"),
    ("about-us", "Records that name your agency or its records"),
    ("others", "Other records that you may see"),
)


@dataclass(frozen=True)
class News:
    """What happened to one record between two moments."""

    record: Record
    act: str
    group: str
    changes: tuple[Difference, ...]


@needs("reader")
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Show what changed since a moment; a press of a button says that it was seen."""
    if request.method == "POST":
        return _seen(request)
    moment = since(request)
    news = story(request, moment)
    told = news[:MOST_TOLD]
    context = {
        "title": gettext("What changed for us"),
        "lead": ngettext(
            "%(number)s record changed since %(moment)s UTC.",
            "%(number)s records changed since %(moment)s UTC.",
            len(news),
        )
        % {"number": f"{len(news):,}", "moment": f"{moment:%d %B %Y, %H:%M}"},
        "since": moment,
        "now": timezone.now().isoformat(),
        "groups": [(name, title, [_row(one) for one in told if one.group == name]) for name, title in GROUPS],
        "more": len(news) - len(told),
    }
    return render(request, "agency/changes.html", context)


def since(request: HttpRequest) -> dt.datetime:
    """Return the moment that the address asks for, else when the person last said to have seen what changed.

    Who never said so looks back over the last days.

    Raises
    ------
    Misasked
        If the address asks for no date.
    """
    text = request.GET.get("since", "")
    if text:
        try:
            return dt.datetime.combine(day_of(text), dt.time(), dt.UTC)
        except ValueError:
            asked = ("since", text, "a date such as 2026-04-01")
            raise Misasked(*asked) from None
    visit = LastVisit.objects.filter(person=request.user, agency=request.table.agency).first()
    return visit.at if visit else timezone.now() - FIRST_LOOK


def story(request: HttpRequest, moment: dt.datetime) -> Sequence[News]:
    """Return what the agency may see now and did not at a moment, or sees otherwise, or sees no more."""
    before = snapshot(viewer=request.table.viewer, recorded_before=moment)
    return compared(before, latest(request), request.table.agency)


def compared(before: Portfolio, after: Portfolio, own: str) -> Sequence[News]:
    """Return what happened between two portfolios, an agency's own records first."""
    order = [name for name, _ in GROUPS]
    found = [
        News(shown, act, _group(shown, after, own), told)
        for kind in after.tables
        for key in {**before.tables.get(kind, {}), **after.tables[kind]}
        for shown, act, told in _happened(before.tables.get(kind, {}).get(key), after.tables[kind].get(key), after)
    ]
    return sorted(found, key=lambda one: (order.index(one.group), one.record.kind, one.record.id))


def _happened(old: Record | None, new: Record | None, after: Portfolio) -> list[tuple[Record, str, tuple[Any, ...]]]:
    """Return what happened to one record, if anything did."""
    if new is None:
        return [(old, "retracted, or no longer for you", ())] if old else []
    if old is None:
        return [(new, "new", ())]
    told = differences(old, new, after) if old != new else ()
    if told or (old != new and old.stated_by != new.stated_by):
        return [(new, "revised", told)]
    return []


def _group(record: Record, portfolio: Portfolio, own: str) -> str:
    """Return whether a record is the agency's, names it, or neither."""
    if own in (record.owner, record.stated_by):
        return "ours"
    for _path, mark, target in references(record):
        if not isinstance(mark, Points) or target == WITHHELD:
            continue
        named = (portfolio.tables.get(kind, {}).get(target) for kind in mark.kinds)
        if target == own or any(one is not None and one.owner == own for one in named):
            return "about-us"
    return "others"


def _row(one: News) -> dict[str, object]:
    """Return a change as a page lists it."""
    gone = one.act.startswith("retracted")
    return {
        "name": title_of(one.record),
        "kind": kind_words(one.record.kind),
        "address": "" if gone else address_of(one.record),
        "act": one.act,
        "as_of": one.record.as_of.text,
        "changes": one.changes,
    }


def _seen(request: HttpRequest) -> HttpResponse:
    """Keep up to when the person has seen what changed: the moment at which the page was made."""
    try:
        moment = dt.datetime.fromisoformat(request.POST.get("until", ""))
        at = min(moment, timezone.now()) if timezone.is_aware(moment) else timezone.now()
    except ValueError:
        at = timezone.now()
    named = {"person": request.user, "agency": request.table.agency}
    LastVisit.objects.update_or_create(**named, defaults={"at": at})
    return redirect("agency-changes")
