"""Who asks: a program with a token, or anybody, who sees what is public; and how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError, Throttled
from ninja.throttling import BaseThrottle

from synodos.web.accounts.audit import network_address
from synodos.web.accounts.seats import seat_of
from synodos.web.api.counting import MINUTE_S, counted
from synodos.web.api.knowing import remember, row_of, secret_of
from synodos.web.api.models import Scope, Token
from synodos.web.api.tokens import scopes_of, token_of
from synodos.web.sparing import subscriber
from synodos.web.table import Table, day

PUBLIC_EYES: Final = "nobody"
"""What stands for the token of somebody who shows none."""
OF_TOKEN, OF_ADDRESS = 600, 120
"""Requests in a minute that are answered."""
WRITING: Final = (Scope.DRAFT, Scope.EXCHANGE)
"""What is for people with a second factor, and so for their programs."""


def shown(request: HttpRequest) -> Token | str:
    """Return the token that a program shows, and let it see with the eyes of its person; cookies count for nothing.

    Raises
    ------
    AuthenticationError
        If it shows something that does not hold.
    Throttled
        If somebody at its address tried that too often: whoever shows no token that holds counts as nobody.
    """
    heading = request.headers.get("Authorization", "")
    if not heading:
        request.user, request.table = _nobody(), Table(known_on=day(request))
        return PUBLIC_EYES
    secret = secret_of(request)
    row = row_of(secret)
    found = token_of(secret) if row else None
    if found is None:
        if not RATE.allow_request(request):
            raise Throttled(RATE.wait())
        raise AuthenticationError
    seat = seat_of(found.person)
    request.user = found.person
    request.table = Table(seat.viewer, seat.role, seat.agency, day(request), seat.person, seat.second_factor)
    if Scope.READ not in found.scopes:
        _refuse(Scope.READ)
    remember(secret, row, found, request.table)
    return found


def _nobody() -> Any:
    """Return who has no account."""
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def needs_scope(scope: Scope) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator: only programs with a token for that may do it, while their people still may."""

    def decorate(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            token = request.auth
            if not isinstance(token, Token):
                raise AuthenticationError
            if scope not in token.scopes:
                _refuse(scope)
            _check_person(request.table, scope)
            return operation(request, *args, **kwargs)

        return guarded

    return decorate


def _refuse(scope: Scope) -> None:
    """Say what a token may not do."""
    message = f"This token may not {scope.label}; make one with the scope “{scope.value}”."
    raise AuthorizationError(message=message)


def _check_person(table: Table, scope: Scope) -> None:
    """Refuse what a person could do when the token was made, and cannot now."""
    if scope not in scopes_of(table.role):
        raise AuthorizationError(message=f"Whose token this is may no longer {scope.label}.")
    if scope in WRITING and table.lacks_second_factor:
        raise AuthorizationError(message="Whose token this is has no second factor; set one up first.")


class Rate(BaseThrottle):
    """How often a token, or a network address without one, may ask within a minute, all processes together."""

    def __init__(self, of_token: int, of_address: int) -> None:
        """Take how many requests are answered in a minute."""
        self.of_token, self.of_address = of_token, of_address

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether a request is answered."""
        token = getattr(request, "auth", None)
        if isinstance(token, Token):
            return counted(f"token-{token.pk}") <= self.of_token
        return counted(f"address-{subscriber(network_address(request))}") <= self.of_address

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return MINUTE_S - time.time() % MINUTE_S


RATE: Final = Rate(OF_TOKEN, OF_ADDRESS)
