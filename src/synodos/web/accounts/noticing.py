"""What happens at the door goes into the log."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from synodos.web.accounts.adapter import CAME
from synodos.web.accounts.audit import Event, note
from synodos.web.accounts.models import Person
from synodos.web.accounts.people import end_sessions, end_tokens


@receiver(user_logged_in)
def came(sender: type, request: HttpRequest, user: Person, **_: Any) -> None:
    """Note that somebody logged in, and when in this browser."""
    request.session[CAME] = timezone.now().isoformat()
    note(request, Event.LOGIN, person=user)


@receiver(user_logged_out)
def went(sender: type, request: HttpRequest, user: Person | None, **_: Any) -> None:
    """Note that somebody logged out."""
    if user is not None:
        note(request, Event.LOGOUT, person=user)


@receiver([account.password_changed, account.password_set])
def set_password(sender: type, request: HttpRequest, user: Person, **_: Any) -> None:
    """Note that a password was changed; programs that somebody else may have set up are out."""
    end_tokens(user)
    note(request, Event.PASSWORD, person=user)


@receiver(mfa.authenticator_added)
def added(sender: type, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Note a new second factor; whoever came in elsewhere without it is out."""
    if authenticator.type == Authenticator.Type.TOTP:
        end_sessions(user, but=request.session.session_key)
    note(request, Event.SECOND_FACTOR, person=user, about=f"{_called(authenticator)} set up")


@receiver(mfa.authenticator_removed)
def removed(sender: type, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Note that a second factor is gone."""
    note(request, Event.SECOND_FACTOR, person=user, about=f"{_called(authenticator)} removed")


@receiver(mfa.authenticator_reset)
def anew(sender: type, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Note new recovery codes."""
    note(request, Event.SECOND_FACTOR, person=user, about=f"{_called(authenticator)} made anew")


@receiver(mfa.authentication_failed)
def refused(sender: type, request: HttpRequest, user: Person, **_: Any) -> None:
    """Note a wrong code."""
    note(request, Event.LOGIN_FAILED, person=user, about="second factor")


def _called(authenticator: Authenticator) -> str:
    """Return what people call it."""
    return "authenticator" if authenticator.type == Authenticator.Type.TOTP else "recovery codes"
