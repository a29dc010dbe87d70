"""What a calendar program gets at the secret address of a feed."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from synodos import __version__
from synodos.language import Portfolio
from synodos.report import calendar_file
from synodos.web import errors
from synodos.web.accounts.audit import Event, network_address, note
from synodos.web.accounts.seats import seat_of
from synodos.web.api.access import RATE
from synodos.web.api.counting import MINUTE_S, counted
from synodos.web.feeds.keeping import feed_of, mark_read
from synodos.web.feeds.models import Feed
from synodos.web.packed import PAGES, packed
from synodos.web.pages.calendars import CALENDAR, dates_found
from synodos.web.sparing import subscriber
from synodos.web.table import Table

MONTHS_BACK: Final = dt.timedelta(days=62)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar, as the seat of its owner may see it today.

    An address that is wrong, one that was taken back, and one whose owner's account is closed are the same.
    """
    found = feed_of(secret)
    if found is None:
        if counted(f"address-{subscriber(network_address(request))}") > RATE.of_address:
            return errors.too_much(request, MINUTE_S)
        raise Http404
    if counted(f"feed-{found.pk}") > RATE.of_token:
        return errors.too_much(request, MINUTE_S)
    if mark_read(found):
        note(request, Event.EXPORTED, about=f"calendar “{found.name}”", person=found.person)
    return _given(request, found)


def _given(request: HttpRequest, found: Feed) -> HttpResponse:
    """Return the calendar, made only where nothing that was given before still holds."""
    seat = seat_of(found.person)
    portfolio = Table(seat.viewer, seat.role, seat.agency).portfolio
    agency = seat.agency if found.own else None
    if agency is not None and agency not in portfolio.agencies:
        agency = None
    first = first_day(timezone.now().date())
    stamp = _stamp(portfolio, found, agency, first)
    key = f"feed {found.pk}", ""
    kept = PAGES.get(key)
    if kept is None or kept.state != stamp:
        made = _made(portfolio, found, agency, first)
        made.headers["ETag"] = stamp
        kept = packed(made, stamp)
        PAGES.keep(key, kept)
    return kept.given(request)


def first_day(today: dt.date) -> dt.date:
    """Return the first day that a feed holds: a month's first, so that it stays the same for a month."""
    return (today.replace(day=1) - MONTHS_BACK).replace(day=1)


def _stamp(portfolio: Portfolio, found: Feed, agency: str | None, first: dt.date) -> str:
    """Return what changes whenever the calendar would."""
    said = (__version__, portfolio.sha256, portfolio.viewer, found.kinds, agency, first)
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _made(portfolio: Portfolio, found: Feed, agency: str | None, first: dt.date) -> HttpResponse:
    """Return the calendar."""
    dates, _whole = dates_found(portfolio, agency, first, None, found.kinds)
    response = HttpResponse(calendar_file(portfolio, dates), content_type=CALENDAR)
    response.headers["Content-Disposition"] = f'inline; filename="{portfolio.header.id}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
