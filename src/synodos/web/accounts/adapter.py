"""How allauth is bent to the table: what happens at the door is noted, and secrets are sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone

from synodos.web.accounts.audit import Event, note
from synodos.web.accounts.models import Person
from synodos.web.accounts.roles import WRITING
from synodos.web.accounts.sealing import opened, sealed
from synodos.web.accounts.seats import has_second_factor

LOCKED_SECONDS = 15 * 60
JUST_NOW = dt.timedelta(minutes=15)
CAME = "came_at"
"""Where a session keeps when its person came in."""


class Adapter(DefaultAccountAdapter):
    """Accounts."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send who needs a second factor and has none to set it up; all others to the roadmap."""
        if request.user.role in WRITING and not has_second_factor(request.user):
            return resolve_url("mfa_activate_totp")
        return super().get_login_redirect_url(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse who failed too often, and note it once for each time of waiting."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            person = _person(credentials)
            if cache.add(f"locked-out:{person.pk if person else ''}", "noted", LOCKED_SECONDS):
                note(request, Event.LOCKED_OUT, person=person)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failure; of an address that nobody here has, only that there was one."""
        note(request, Event.LOGIN_FAILED, person=_person(credentials))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask once more before what is sensitive, but not who has just come in.

        A second factor that was there before is another matter: it is not removed on the word of an open browser.
        """
        came = _came_in(context.request)
        if came is None or timezone.now() - came > JUST_NOW:
            return super().is_reauthentication_required(app=app, **kwargs)
        earlier = Authenticator.objects.filter(user=context.request.user, created_at__lt=came)
        return app == "allauth.mfa" and earlier.exists()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors, whose secrets are kept sealed."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was stored; if the server's key has changed since, another one, which no code fits."""
        try:
            return opened(encrypted_text)
        except InvalidToken:
            return generate_totp_secret()


def _came_in(request: HttpRequest) -> dt.datetime | None:
    """Return when somebody came in with this browser; that the person did with another one says nothing of this one."""
    here, last = request.session.get(CAME), request.user.last_login
    return None if here is None or last is None else min(dt.datetime.fromisoformat(here), last)


def _person(credentials: dict[str, Any]) -> Person | None:
    """Return whom somebody tries to be."""
    return Person.objects.filter(email__iexact=credentials.get("email") or "").first()
