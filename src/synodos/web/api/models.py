"""Tokens of programs, and what was answered to a write that may be sent again; all of it can be erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a program may do, at most what its person may."""

    READ = "read", _("read what the agency may see")
    RUN = "run", _("have long questions worked on")
    DRAFT = "draft", _("keep drafts of records")
    EXCHANGE = "exchange", _("fetch and bring bundles of signed entries")


class Token(models.Model):
    """What a program shows in place of a password; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    """Who made it: it sees with their eyes, and ends with their account."""
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    """Some of `Scope`."""
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    """Day on which it was shown last."""

    class Meta:
        """The latest first."""

        ordering = ["-made_at"]


class Answered(models.Model):
    """The answer to a write with an `Idempotency-Key`, given again where the same write comes again."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    """Of method, address and body: the same key for something else is refused."""
    status = models.PositiveSmallIntegerField(null=True)
    """Empty while the first is still under way."""
    body = models.TextField(blank=True)
    location = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One answer for each key of a token."""

        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]


class Counted(models.Model):
    """How often somebody asked within a minute, as the processes told; forgotten soon after."""

    who = models.CharField(max_length=64)
    """A hash of the token's key, or of the network address."""
    minute = models.BigIntegerField(db_index=True)
    asked = models.PositiveIntegerField()

    class Meta:
        """One row for each minute of somebody."""

        constraints = [models.UniqueConstraint(fields=["who", "minute"], name="one_count_a_minute")]
