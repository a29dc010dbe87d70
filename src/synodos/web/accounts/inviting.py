"""Invitations: a link that one person uses once."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from synodos.web.accounts.models import Invitation, Person
from synodos.web.accounts.people import check_seat, make_person, renew
from synodos.web.accounts.roles import Role

GOOD_FOR: Final = dt.timedelta(days=7)


def invite(email: str, role: Role | str, agency: str = "", *, made_by: Person | None = None) -> str:
    """Return the token of a new invitation; it is nowhere else.

    Raises
    ------
    ValueError
        If role and agency do not fit each other.
    """
    check_seat(role, agency)
    return _made(email=email.lower(), role=role, agency=agency, made_by=made_by)


def invite_again(person: Person, *, made_by: Person | None = None) -> str:
    """Return the token of an invitation to set a new password and a new second factor."""
    return _made(email=person.email, role=person.role, agency=person.agency, renews=person, made_by=made_by)


def _made(**what: object) -> str:
    """Return the token of an invitation; an earlier one by the same agency to the same address ends."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        open_invitations().filter(email=what["email"], agency=what.get("agency", "")).delete()
        Invitation.objects.create(token_hash=_hash(token), expires_at=timezone.now() + GOOD_FOR, **what)
    return token


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can still be taken up."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a token, if it can still be taken up."""
    return open_invitations().filter(token_hash=_hash(token)).first()


@transaction.atomic
def take_up(invitation: Invitation, email: str, password: str) -> Person | None:
    """Return the person who took up an invitation; None if somebody was faster."""
    if not open_invitations().filter(pk=invitation.pk).update(used_at=timezone.now()):
        return None
    if invitation.renews is not None:
        renew(invitation.renews, password)
        return invitation.renews
    return make_person(invitation.email or email, Role(invitation.role), invitation.agency, password=password)


def _hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
