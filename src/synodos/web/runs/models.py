"""The tables of long work: what was asked, how far it is, what came of it, and changes to think through.

They stand outside the signed chains and can be erased.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class State(models.TextChoices):
    """How a run stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


OPEN = (State.QUEUED, State.RUNNING)
"""States in which something is still to come."""


class Run(models.Model):
    """A question that takes long, asked by one person as one viewer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="runs")
    """Empty: it was asked by somebody without an account, for all who see what the public sees."""
    viewer = models.CharField(max_length=120)
    question = models.CharField(max_length=20)
    parameters = models.JSONField()
    title = models.CharField(max_length=200)
    known_on = models.DateField(null=True)
    """Day of knowledge that was asked for; empty: the latest."""
    sha256 = models.CharField(max_length=64)
    """Hash of the portfolio that was asked; once it is done, of that from which it was answered."""
    shared_with = models.JSONField(default=list)
    """Agencies that may ask the same by its link."""
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeated")
    """The run of somebody else that was shared, whose question this one asks for its own viewer."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    share = models.FloatField(null=True)
    """How much is done, from 0 to 1; empty: that cannot be told."""
    leads_to = models.CharField(max_length=300, blank=True)
    """Path of the page on which its owner goes on once it is done; empty: its answer is all."""
    words = models.TextField(blank=True)
    """What is being done, or why it was refused."""
    cancel = models.BooleanField(default=False)
    """Whether its worker is to end it."""
    worker = models.CharField(max_length=80, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    """When its worker last said that it is at work."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Looked for by state, and by who asked."""

        indexes = [
            models.Index(fields=["state", "asked_at"], name="next_run"),
            models.Index(fields=["asked_by", "asked_at"], name="runs_of_person"),
            models.Index(fields=["viewer", "question", "sha256"], name="runs_of_viewer"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """How much is done, in whole percent."""
        return None if self.share is None else round(100 * self.share)


class RunAnswer(models.Model):
    """What came of a run; by itself, for it may be long."""

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.CASCADE, related_name="answer")
    told = models.JSONField()


class RunFile(models.Model):
    """A file on which the question of a run rests; it goes with the run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        """In the order in which they were sent."""

        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="one_file_at_a_place")]


class WorkerBeat(models.Model):
    """When a worker last said that it is there, be it that nothing waits."""

    worker = models.CharField(primary_key=True, max_length=80)
    beat_at = models.DateTimeField()


class SupposedChange(models.Model):
    """A change to think through, as it is put together step by step; seen by whom it belongs to alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supposed_changes")
    viewer = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    steps = models.JSONField(default=list)
    """Steps as the language has them."""
    changed_at = models.DateTimeField(auto_now=True)
