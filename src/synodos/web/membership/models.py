"""Applications of agencies, and what members say to them: outside the signed chains, and to be erased."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Application(models.Model):
    """That a body wants to take part in the forum."""

    class State(models.TextChoices):
        """How it stands."""

        UNCONFIRMED = "unconfirmed", _("its address is not confirmed")
        OPEN = "open", _("before the members")
        ADMITTED = "admitted", _("admitted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn by the applicant")

    class Seat(models.TextChoices):
        """What it applies for."""

        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.CharField(max_length=120)
    """Id that its records would have."""
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    seat = models.CharField(max_length=10, choices=Seat.choices)
    why = models.TextField()
    """What it does in exploration, and what it would bring, in its own words."""
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    """Personal data, seen by the secretariat alone, and erased by it or by the applicant."""
    secret_hash = models.CharField(max_length=64, unique=True)
    """Of the link by which the applicant confirms, looks, and withdraws."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    closes = models.DateField(null=True)
    """Last day of a silence procedure; empty: there is none."""
    decided_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    """What the applicant is told of the decision."""

    class Meta:
        """The latest first."""

        ordering = ["-made_at"]


class Endorsement(models.Model):
    """Where a member stands on an application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="endorsements")
    agency = models.CharField(max_length=120)
    stand = models.CharField(max_length=15)
    reason = models.TextField(blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        """A member stands in one place."""

        constraints = [models.UniqueConstraint(fields=["application", "agency"], name="one_endorsement")]
        ordering = ["agency"]
