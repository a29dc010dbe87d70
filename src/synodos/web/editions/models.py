"""The tables of published editions and their files.

They stand outside the signed chains: an edition bears its own hashes and signature, and was verified when it came in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How an edition stands at this table."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishedEdition(models.Model):
    """An edition that was verified and published at this table, or is a draft that the secretariat built here."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    shown_to = models.CharField(max_length=120)
    """Who sees it here: `public`, `members`, or an agency; nobody who sees less than it rests on."""
    signs = models.CharField(max_length=120, blank=True)
    """Who is to sign a draft before it is published, as its pages say; empty: nobody."""
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    """Why it was withdrawn."""

    key = models.CharField(max_length=200, unique=True)
    """Its part of the address: its id, and the beginning of its hash."""
    edition = models.CharField(max_length=120)
    """Its id, as its plan has it."""
    viewer = models.CharField(max_length=120)
    """With whose eyes it looks: `public`, `members`, or an agency, which alone sees it then."""
    number = models.PositiveSmallIntegerField()
    title = models.TextField()
    published = models.CharField(max_length=40)
    """When it was published, as its plan says."""
    published_by = models.DateField()
    """The last day of that: from then on it is shown."""
    known_on = models.DateField()
    portfolio_sha256 = models.CharField(max_length=64)
    follows = models.CharField(max_length=120, blank=True)
    """Id of the edition that it follows."""
    author = models.CharField(max_length=120, blank=True)
    """Agency that signed it; empty: nobody, it is an unsigned draft."""
    public_key = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    """Hash of its `edition.json`, which stands for the whole."""
    told = models.JSONField()
    """The page on it, as `showing.told.Told` holds it."""
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ["-published_by", "-number", "key"]
        indexes = [models.Index(fields=["shown_to", "published_by"], name="editions_shown_to")]


class EditionFile(models.Model):
    """A file of an edition."""

    edition = models.ForeignKey(PublishedEdition, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        """By name."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="one_file_of_a_name")]
