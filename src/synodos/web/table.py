"""Who sits at the table: with whose eyes a page looks, at which day, and what may be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from synodos.language import PUBLIC, Portfolio
from synodos.web.accounts.roles import MAY, MEETS, WRITING, Act, Role

View = Callable[..., HttpResponse]
DAYS: Final = (dt.date(1900, 1, 1), dt.date(2199, 12, 31))
"""Days that an address may name: nobody knew of plans earlier, and about the ends of all dates no picture is drawn."""
KEPT: Final = "on"
"""The part of an address that goes along from page to page."""


@dataclass(frozen=True)
class Table:
    """What one request may see and do.

    Attributes
    ----------
    viewer : str
        With whose eyes: an agency's id, the secretariat's, or `public`.
    role : Role
        What the person may do.
    agency : str, optional
        The agency for which the person sits; none for the public, observers and the secretariat.
    known_on : datetime.date, optional
        The day to look at, if the address names one; otherwise the latest.
    person : int, optional
        Key of the person's account.
    second_factor : bool
        Whether the person has one; without it, nobody writes.
    """

    viewer: str = PUBLIC
    role: Role = Role.PUBLIC
    agency: str | None = None
    known_on: dt.date | None = None
    person: int | None = None
    second_factor: bool = False

    @cached_property
    def portfolio(self) -> Portfolio:
        """Return all that the viewer may see of what was known on the day."""
        from synodos import ledger

        return ledger.snapshot(self.known_on, viewer=self.viewer)

    @cached_property
    def member(self) -> bool:
        """Whether the viewer takes part in the mechanism, as the ledger counts."""
        from synodos import ledger

        return ledger.takes_part(self.viewer, self.known_on)

    @cached_property
    def heading(self) -> str:
        """Return the line that stands on every page: day, viewer, who stated it, doubts, hash."""
        from synodos.report import header_line

        return header_line(self.portfolio)

    @property
    def day(self) -> dt.date:
        """The day of knowledge that is shown."""
        return self.known_on or self.portfolio.known_on

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the person's role needs a second factor that is not set up."""
        return self.role in WRITING and not self.second_factor

    @property
    def logged_in(self) -> bool:
        """Whether somebody with an account looks."""
        return self.person is not None

    def can(self, act: Act) -> bool:
        """Return whether the person may `run`, `edit`, `sign` or `administer`."""
        return self.role in MAY[act] and (act == "run" or not self.lacks_second_factor)

    @property
    def may(self) -> dict[str, bool]:
        """What the person may do, as templates ask: `request.table.may.edit`."""
        return {act: self.can(act) for act in MAY}

    def link(self, path: str, **changes: Any) -> str:
        """Return the address of a page for the same day, with further parameters; those that are None are left out."""
        asked = {KEPT: self.known_on, **changes}
        parameters = urlencode({name: value for name, value in asked.items() if value is not None}, doseq=True)
        return f"{path}{'&' if '?' in path else '?'}{parameters}" if parameters else path


def seated(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that sets `request.table`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        day(request)
        request.table = SimpleLazyObject(lambda: table_of(request))
        return respond(request)

    return middleware


def table_of(request: HttpRequest) -> Table:
    """Return the table as the person who asks sees it."""
    from synodos.web.accounts.seats import seat_of

    seat = seat_of(request.user)
    return Table(seat.viewer, seat.role, seat.agency, day(request), seat.person, seat.second_factor)


def day(request: HttpRequest) -> dt.date | None:
    """Return the day that the address asks for, if any.

    Raises
    ------
    BadRequest
        If it is no date.
    """
    text = request.GET.get(KEPT, "")
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        message = (
            "The address asks for a day of knowledge that is no date from 1900 to 2199. Write it as in on=2011-09-30."
        )
        raise BadRequest(message) from None


def day_of(text: str) -> dt.date:
    """Return the day that an address names.

    Raises
    ------
    ValueError
        If it is no date, or lies where no plans do.
    """
    found, (first, last) = dt.date.fromisoformat(text), DAYS
    if not first <= found <= last:
        raise ValueError(text)
    return found


def needs(*roles: str) -> Callable[[View], View]:
    """Return a decorator: only people with one of the roles see the view, or one that can do the same.

    Who is not logged in is asked to; who has not the role is told that there is no such page. Who is to write and
    has no second factor yet is sent to set one up.
    """
    meeting = {meets for role in roles for meets in MEETS[Role(role)]}
    writing = all(Role(role) in WRITING for role in roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            table = request.table
            if not table.logged_in:
                return redirect_to_login(request.get_full_path())
            if table.role not in meeting:
                raise Http404
            if writing and not table.second_factor:
                return redirect("mfa_activate_totp")
            return view(request, *args, **kwargs)

        return guarded

    return decorate
