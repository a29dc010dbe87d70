"""Who wants reminders, and which were sent; outside the signed chains, and erased with the account."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Wish(models.Model):
    """That somebody said whether they want reminders; who said nothing gets them as an editor or a signatory."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_wish")
    wanted = models.BooleanField()


class Reminder(models.Model):
    """That one person is reminded of one matter, once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    sort = models.CharField(max_length=10)
    """Why: it is due soon, it is overdue, a silence procedure ends, or somebody applied."""
    about = models.CharField(max_length=160)
    """The record, as `kind:id`, of a paper with its version; or the application."""
    due = models.DateField()
    claimed_at = models.DateTimeField(null=True)
    """When a worker began to send it; one that says nothing more for a while has ended, and another begins anew."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """One for each matter and day; a day that moves is another matter."""

        constraints = [models.UniqueConstraint(fields=["person", "sort", "about", "due"], name="one_reminder")]
