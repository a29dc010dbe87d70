"""Feeds: made by a person, whose address is shown once, kept as a hash, ended by hand or with the account."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from synodos.roadmap import AHEAD_KINDS
from synodos.web.api.tokens import hash_of
from synodos.web.feeds.models import Feed

if TYPE_CHECKING:
    from synodos.web.accounts.models import Person

MOST_FEEDS: Final = 20
"""Feeds of one person."""
READ_AGAIN: Final = dt.timedelta(minutes=10)
"""Within which a second reading is not written down: a read that only reads waits for nobody."""


class TooManyFeedsError(ValueError):
    """Somebody has as many feeds as they may have."""


def make_feed(person: Person, name: str, kinds: Sequence[str], *, own: bool = False) -> str:
    """Return the secret of a new feed; it is not to be had again.

    Raises
    ------
    ValueError
        If it would hold no dates, or some of an unknown kind.
    TooManyFeedsError
        If the person has too many already.
    """
    if not kinds or not set(kinds) <= set(AHEAD_KINDS):
        message = f"kinds: expected some of {', '.join(AHEAD_KINDS)}"
        raise ValueError(message)
    if person.feeds.count() >= MOST_FEEDS:
        raise TooManyFeedsError
    secret = secrets.token_urlsafe(32)
    chosen = [kind for kind in AHEAD_KINDS if kind in kinds]
    Feed.objects.create(secret_hash=hash_of(secret), person=person, name=name[:80], kinds=chosen, own=own)
    return secret


def feed_of(secret: str) -> Feed | None:
    """Return the feed of a secret, if its person is still at the table; one that is revoked and none cost the same."""
    found = Feed.objects.select_related("person").filter(secret_hash=hash_of(secret)).first()
    return found if found is not None and found.person.is_active else None


def mark_read(feed: Feed) -> bool:
    """Write down that a feed was read; return whether that is the first time of the day."""
    now = timezone.now()
    long_ago = Q(read_at=None) | Q(read_at__lt=now - READ_AGAIN) | Q(read_at__gt=now)
    written = Feed.objects.filter(long_ago, pk=feed.pk).update(read_at=now)
    return bool(written) and (feed.read_at is None or feed.read_at.date() != now.date())
