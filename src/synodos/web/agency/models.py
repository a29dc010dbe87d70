"""What an agency prepares and how its people work: outside the signed chains, and to be erased at will."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse


class Draft(models.Model):
    """A record, or a source, that an agency is about to declare; nobody else sees it."""

    agency = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    record_id = models.CharField(max_length=120)
    content = models.TextField(default="{}")
    """Its fields as JSON, whether they fit or not."""
    unread = models.TextField(blank=True)
    """YAML that could not be read, kept until it is mended; nothing where the content is all."""
    base = models.CharField(max_length=64, blank=True)
    """Hash of what was stated when the draft was begun; nothing for a new record."""
    began_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """An agency has one draft of a record."""

        constraints = [models.UniqueConstraint(fields=["agency", "kind", "record_id"], name="one_draft")]
        ordering = ["kind", "record_id"]

    def get_absolute_url(self) -> str:
        """Return the address of the page on which it is edited."""
        return reverse("agency-draft", args=[self.kind, self.record_id])

    @property
    def values(self) -> dict[str, Any]:
        """Its fields."""
        return json.loads(self.content)

    @values.setter
    def values(self, values: dict[str, Any]) -> None:
        """Keep fields, as they are."""
        self.content = json.dumps(values, ensure_ascii=False)


class Upload(models.Model):
    """What was read from files, kept until somebody takes it into drafts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.CharField(max_length=120)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    names = models.TextField()
    content = models.TextField()
    """Statements and sources as JSON."""
    made_at = models.DateTimeField(auto_now_add=True)


class LastVisit(models.Model):
    """Up to when a person has seen what changed for an agency."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agency = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        """A person has one for each agency."""

        constraints = [models.UniqueConstraint(fields=["person", "agency"], name="one_last_visit")]


class DefaultRelease(models.Model):
    """Who may see the new records of a kind, unless their author says otherwise."""

    agency = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    release = models.TextField()
    """A word, or agencies, as JSON."""

    class Meta:
        """An agency has one for each kind."""

        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="one_default_release")]
