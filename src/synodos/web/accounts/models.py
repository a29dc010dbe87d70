"""Who has an account, what each may do, who was invited, and what happened.

Nothing here stands in the signed chains: all of it can be erased.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from synodos.web.accounts.roles import Role


class Person(AbstractBaseUser):
    """Somebody with an account, known by an e-mail address, and what he or she may do."""

    email = models.EmailField(unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.CharField(max_length=120, blank=True)
    """Id of the agency for which the person sits; nothing for observers and the secretariat."""
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"

    class Meta:
        """By agency, then by name."""

        ordering = ["agency", "email"]


class Invitation(models.Model):
    """A link by which one person sets a password, once; of its token only the hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    """Nothing if whoever has the link may say: the first of all."""
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.CharField(max_length=120, blank=True)
    renews = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="renewals")
    """Whose access it renews, after a lost password or second factor; nobody's for a new person."""
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-made_at"]


class LogEntry(models.Model):
    """Something that happened and that the secretariat may have to account for."""

    class Event(models.TextChoices):
        """What happened."""

        LOGIN = "login", _("logged in")
        LOGIN_FAILED = "login-failed", _("login failed")
        LOCKED_OUT = "locked-out", _("locked out after too many failures")
        LOGOUT = "logout", _("logged out")
        PASSWORD = "password", _("password set")
        SECOND_FACTOR = "second-factor", _("second factor changed")
        INVITED = "invited", _("invitation made")
        JOINED = "joined", _("invitation taken up")
        RIGHTS = "rights", _("rights changed")
        ERASED = "erased", _("personal data erased")
        EXPORTED = "exported", _("data exported")
        DECLARED = "declared", _("records declared")

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    event = models.CharField(max_length=20, choices=Event.choices)
    user = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.PositiveBigIntegerField(null=True)
    """Number of the account, which stays when the personal data are erased."""
    agency = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    """What it was about; what one agency looks at or declares is not for others to read: see `shown_to`."""
    view = models.CharField(max_length=120, blank=True)
    """Which page, and in which format: all that others read of what an agency took out or declared."""
    times = models.PositiveIntegerField(default=1)
    """How often the same was taken out within the hour by a program, told fifty at a time."""
    address = models.CharField(max_length=45, blank=True)
    """Network address, erased with the other personal data."""

    class Meta:
        """The latest first."""

        ordering = ["-at", "-pk"]

    def shown_to(self, agency: str | None) -> str:
        """Return what somebody who sits for an agency, or for none, may read of what it was about."""
        of_plans = self.event in {self.Event.EXPORTED, self.Event.DECLARED}
        return self.view if of_plans and self.agency and self.agency != agency else self.about
