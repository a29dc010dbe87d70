"""Applications: made by anybody, confirmed by the link in the one letter that is sent, and ended by their maker."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Final

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from synodos.web.accounts.audit import network_address
from synodos.web.api.tokens import hash_of
from synodos.web.mailing import absolute
from synodos.web.membership.models import Application
from synodos.web.sparing import subscriber

State = Application.State
DAY_S: Final = 24 * 60 * 60
MOST_OF_ONE: Final = 5
"""Applications that come from one network address in a day."""
MOST_UNCONFIRMED: Final = 200
"""Applications that may wait for their confirmation."""
FORGOTTEN: Final = dt.timedelta(days=3)
"""After which an application that nobody confirmed is erased."""


class TooManyError(Exception):
    """So many apply that the next has to wait."""


class UnsentError(Exception):
    """The letter could not be sent, so there is no application."""


def apply(request: HttpRequest, given: Mapping[str, str]) -> None:
    """Keep an application, and send the one letter by which it is confirmed.

    Who wrote to an address within a day writes to it no more: nobody is pestered by way of this table. Nothing tells
    whoever applies that it was so.

    Raises
    ------
    TooManyError
        If too many came from there today, or wait for their confirmation.
    UnsentError
        If the mail server takes nothing.
    """
    Application.objects.filter(state=State.UNCONFIRMED, made_at__lt=timezone.now() - FORGOTTEN).delete()
    waiting = Application.objects.filter(state=State.UNCONFIRMED).count()
    if _counted(f"apply-{subscriber(network_address(request))}") > MOST_OF_ONE or waiting >= MOST_UNCONFIRMED:
        raise TooManyError
    if not cache.add(f"applied-{hash_of(given['contact_email'].lower())}", "written to", DAY_S):
        return
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Application.objects.create(secret_hash=hash_of(secret), **given)
            _letter(given, secret).send()
    except (OSError, SMTPException) as error:
        cache.delete(f"applied-{hash_of(given['contact_email'].lower())}")
        raise UnsentError from error


def _counted(key: str) -> int:
    """Return how often something happened today, this time included."""
    cache.add(key, 0, DAY_S)
    try:
        return int(cache.incr(key))
    except ValueError:  # it was forgotten just now
        return 1


def _letter(given: Mapping[str, str], secret: str) -> EmailMessage:
    """Return the letter with the link of an application."""
    link = absolute(reverse("application-own", args=[secret]))
    return EmailMessage(
        subject=_("Synodos: confirm the application"),
        body=render_to_string("membership/letter.txt", {"link": link, "days": FORGOTTEN.days}),
        to=[given["contact_email"]],
        headers={"Auto-Submitted": "auto-generated"},
    )


def application_of(secret: str) -> Application | None:
    """Return the application of a link."""
    return Application.objects.filter(secret_hash=hash_of(secret)).first()


def confirm(found: Application) -> None:
    """Lay an application before the members."""
    waiting = Application.objects.filter(pk=found.pk, state=State.UNCONFIRMED)
    waiting.update(state=State.OPEN, confirmed_at=timezone.now())


def withdraw(found: Application) -> None:
    """End an application by its maker's will, and erase who the contact is; one nobody confirmed goes altogether."""
    if found.state == State.UNCONFIRMED:
        found.delete()
        return
    Application.objects.filter(pk=found.pk, state=State.OPEN).update(state=State.WITHDRAWN, decided_at=timezone.now())
    erase_contact(found)


def erase_contact(found: Application) -> None:
    """Erase the personal data of an application."""
    Application.objects.filter(pk=found.pk).update(contact_name="", contact_email="")
