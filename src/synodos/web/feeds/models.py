"""Calendars at secret addresses; all of it can be erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Feed(models.Model):
    """A calendar that a program reads at a secret address; of its secret only the hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    """Who made it: it shows what their seat may see, and ends with their account."""
    name = models.CharField(max_length=80)
    kinds = models.JSONField()
    """Kinds of dates that it holds."""
    own = models.BooleanField(default=False)
    """Whether it holds only what concerns the agency for which the person sits."""
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    """When it was read last, to within some minutes."""

    class Meta:
        """The latest first."""

        ordering = ["-made_at"]
