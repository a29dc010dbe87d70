"""Tokens: made by a person, shown once, kept as a hash, ended by time, by hand, or with the account."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from synodos.web.accounts.roles import MAY, Act, Role
from synodos.web.api.models import Scope, Token

if TYPE_CHECKING:
    from synodos.web.accounts.models import Person

PREFIX: Final = "synodos_"
"""Beginning of every token, by which scanners find one that was left in a file."""
MOST_DAYS: Final = 366
MOST_TOKENS: Final = 20
"""Tokens of one person."""
ALLOWED_BY: Final[dict[Scope, Act | None]] = {
    Scope.READ: None,
    Scope.RUN: "run",
    Scope.DRAFT: "edit",
    Scope.EXCHANGE: "sign",
}
"""What a person has to be able to do so that a program may do it."""


class TooManyTokensError(ValueError):
    """Somebody has as many tokens as they may have."""


def scopes_of(role: Role) -> tuple[Scope, ...]:
    """Return what programs of somebody with a role may do; the secretariat exchanges bundles too."""
    allowed = [scope for scope, act in ALLOWED_BY.items() if act is None or role in MAY[act]]
    if role is Role.SECRETARIAT:
        allowed.append(Scope.EXCHANGE)
    return tuple(allowed)


def make_token(person: Person, name: str, scopes: Sequence[str], days: int) -> str:
    """Return a new token of a person; it is not to be had again.

    Raises
    ------
    ValueError
        If it could do more than the person, or lasts longer than a year.
    TooManyTokensError
        If the person has too many already.
    """
    allowed = scopes_of(Role(person.role))
    if not scopes or not set(scopes) <= set(allowed) or not 1 <= days <= MOST_DAYS:
        message = f"a token may {', '.join(allowed)}, for at most {MOST_DAYS} days"
        raise ValueError(message)
    if person.tokens.count() >= MOST_TOKENS:
        raise TooManyTokensError
    secret = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(
        token_hash=hash_of(secret),
        person=person,
        name=name[:80],
        scopes=[scope for scope in allowed if scope in scopes],
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    return secret


def token_of(secret: str) -> Token | None:
    """Return the token that a program shows, if it holds and its person is still at the table."""
    found = Token.objects.select_related("person").filter(token_hash=hash_of(secret)).first()
    if found is None or found.expires_at <= timezone.now() or not found.person.is_active:
        return None
    today = timezone.now().date()
    if found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def hash_of(secret: str) -> str:
    """Return by what a token is looked up; it is random, so a plain hash keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()
