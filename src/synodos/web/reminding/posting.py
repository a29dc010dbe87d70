"""Sending reminders: each once, by whichever worker comes first, and again only if that one ended in the middle."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from smtplib import SMTPException
from typing import Final

from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from synodos.ledger import is_founded, snapshot
from synodos.web.accounts.models import Person
from synodos.web.accounts.roles import MAY, OF_AN_AGENCY
from synodos.web.mailing import absolute
from synodos.web.reminding.matters import Matter, matters
from synodos.web.reminding.models import Reminder, Wish

LOG: Final = logging.getLogger("synodos.reminding")
LOOK_S: Final = 600.0
"""Seconds between two looks at what is due."""
PAUSE_S: Final = 5.0
"""Seconds before a look, so that a server that starts is not held up."""
GIVEN_UP: Final = dt.timedelta(minutes=15)
"""After which a worker that began to send a reminder counts as ended."""
SALT: Final = "synodos.reminding.off"


def keep_reminding() -> None:
    """Look again and again for what is due; what goes wrong is logged, and tried again the next time."""
    while True:
        time.sleep(PAUSE_S)
        try:
            remind(timezone.now().astimezone(dt.UTC).date())
        except Exception:
            LOG.exception("Reminders were not sent; they are tried again in %d minutes", LOOK_S // 60)
        connection.close()
        time.sleep(LOOK_S - PAUSE_S)


def remind(today: dt.date) -> int:
    """Send what is due on a day and was not sent; return the number of letters.

    Raises
    ------
    OSError, SMTPException
        If the mail server takes nothing: what was not sent is sent another time.
    """
    sent = 0
    if not is_founded():
        return sent
    for agency, people in _by_agency().items():
        due = matters(snapshot(viewer=agency), agency, today)
        for person in people:
            sent += _remind(person, due)
    return sent


def wants(person: Person) -> bool:
    """Return whether somebody gets reminders: as they said, else whoever prepares or declares for an agency."""
    if person.role not in OF_AN_AGENCY or not person.is_active:
        return False
    said = Wish.objects.filter(person=person).values_list("wanted", flat=True).first()
    return person.role in MAY["edit"] if said is None else said


def _by_agency() -> dict[str, list[Person]]:
    """Return who gets reminders, by the agency for which they sit."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(is_active=True, role__in=OF_AN_AGENCY).order_by("agency", "pk"):
        if wants(person):
            found[person.agency].append(person)
    return found


def _remind(person: Person, due: Iterable[Matter]) -> int:
    """Send one person a letter on all that is due and was not told yet; return whether there was one."""
    claimed = [(one, row) for one in due if (row := _claimed(person, one)) is not None]
    if not claimed:
        return 0
    rows = Reminder.objects.filter(pk__in=[row for _one, row in claimed])
    try:
        _letter(person, [one for one, _row in claimed]).send()
    except (OSError, SMTPException):
        rows.update(claimed_at=None)
        raise
    rows.update(sent_at=Now())
    return 1


def _claimed(person: Person, one: Matter) -> int | None:
    """Return the row of a reminder that is this worker's to send; None where it was sent, or another sends it."""
    row, _made = Reminder.objects.get_or_create(person=person, sort=one.sort, about=one.about, due=one.due)
    free = Q(claimed_at=None) | Q(claimed_at__lt=Now() - GIVEN_UP)
    taken = Reminder.objects.filter(free, pk=row.pk, sent_at=None).update(claimed_at=Now())
    return row.pk if taken else None


def _letter(person: Person, due: Sequence[Matter]) -> EmailMessage:
    """Return the letter on some matters; sent twice after a worker ended in the middle, it is the same letter."""
    off = absolute(reverse("reminders-off", args=[off_token(person)]))
    lines = [(one.told, absolute(one.path)) for one in due]
    named = hashlib.sha256(repr((person.pk, [(one.sort, one.about, one.due) for one in due])).encode()).hexdigest()
    return EmailMessage(
        subject=_("Synodos: what waits for your agency"),
        body=render_to_string("reminding/letter.txt", {"lines": lines, "off": off}),
        to=[person.email],
        headers={
            "Message-ID": f"<{named[:40]}@synodos>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def off_token(person: Person) -> str:
    """Return what lets whoever has it switch somebody's reminders off, and nothing else."""
    return signing.dumps(person.pk, salt=SALT)


def person_of(token: str) -> Person | None:
    """Return whose reminders a token switches off."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=key).first()
