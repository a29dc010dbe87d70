"""What people say of a paper: outside the signed chains, in no bundle and no export, and to be erased at will."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Comment(models.Model):
    """What somebody says, for an agency, of one statement of a paper; it goes when its author's account goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    """A random name: numbers would tell how many comments there are that one may not see."""
    paper = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=64)
    """Hash of the entry of the ledger that it is about: whoever may read the entry reads what is said of it."""
    agency = models.CharField(max_length=120)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order in which they were written."""

        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["paper", "statement"], name="comments_on_statement")]
