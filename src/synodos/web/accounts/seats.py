"""The seat that somebody has at the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

from synodos.language import PUBLIC
from synodos.web.accounts.roles import OF_AN_AGENCY, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from synodos.web.accounts.models import Person


@dataclass(frozen=True)
class Seat:
    """With whose eyes somebody looks, and as what; see `synodos.web.table.Table`."""

    viewer: str = PUBLIC
    role: Role = Role.PUBLIC
    agency: str | None = None
    person: int | None = None
    second_factor: bool = False


def seat_of(person: Person | AnonymousUser) -> Seat:
    """Return the seat of a person; who is not logged in sees what is public."""
    if not person.is_authenticated:
        return Seat()
    role = Role(person.role)
    agency = person.agency if role in OF_AN_AGENCY else None
    return Seat(agency or _viewer(role), role, agency, person.pk, has_second_factor(person))


def has_second_factor(person: Person) -> bool:
    """Return whether a person has set up an authenticator."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def _viewer(role: Role) -> str:
    """Return with whose eyes somebody looks who sits for no agency."""
    if role is not Role.SECRETARIAT:
        return PUBLIC
    from synodos.ledger import is_founded, the_ledger

    return the_ledger().secretariat if is_founded() else PUBLIC
