"""The tables of the ledger; nothing outside this room queries them."""

from __future__ import annotations

from typing import Any, ClassVar, Final, NoReturn

from django.db import models
from django.db.models import QuerySet

from synodos.ledger.entry import FORK, HEADER, KEY, SOURCE
from synodos.ledger.looking import readers_for

NO_RECORDS: Final = (FORK, HEADER, KEY, SOURCE)
"""Kinds of entries that state no record."""


class Ledger(models.Model):
    """What this ledger is; one row."""

    id: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(primary_key=True, default=1)
    secretariat = models.CharField(max_length=120)
    anchor = models.CharField(max_length=64)
    """Public key of the secretariat with which trust begins, in hexadecimal."""
    created_at = models.DateTimeField()


class Chain(models.Model):
    """All that one author states to one audience; what it says of its entries follows from them."""

    author = models.CharField(max_length=120)
    audience = models.TextField()
    length = models.PositiveBigIntegerField(default=0)
    """Number of the last entry that counts."""
    head = models.CharField(max_length=64)
    """Hash of the last entry that counts; of the chain's start before there is one."""
    key = models.CharField(max_length=64, default="")
    """Public key that signed the last entry that counts."""
    last_day = models.DateField(null=True)
    """Day of its latest statement on a record that counts."""
    revision = models.PositiveBigIntegerField(default=0)
    """Rises whenever entries arrive, or other entries come to count."""
    open = models.BooleanField(default=True)
    """Whether an entry that follows the head with the same key counts without a recount: no branch, gap or revocation
    stands in its way."""
    plain = models.BooleanField(default=True)
    """Whether every entry has counted ever since it was received."""

    class Meta:
        """An author and an audience have one chain."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["author", "audience"], name="one_chain")]


class Reader(models.Model):
    """Who receives a chain: its author, agencies by id, `members`, or `public`."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="readers")
    reader = models.CharField(max_length=120)

    class Meta:
        """Asked by reader, so that a viewer's question touches no chain of others."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["reader", "chain"], name="one_reader")]


class UnstatedViewerError(RuntimeError):
    """Entries were asked for without saying who looks."""


class SeenEntries(models.Manager["StoredEntry"]):
    """Entries as a viewer may see them; asked in any other way it raises."""

    def get_queryset(self) -> NoReturn:
        """Refuse a query that names no viewer."""
        message = "say who looks: StoredEntry.objects.seen_by(viewer=...)"
        raise UnstatedViewerError(message)

    def seen_by(self, *, viewer: str, member: bool) -> QuerySet[StoredEntry]:
        """Return the entries of the chains that a viewer receives; `member` says whether it takes part."""
        return StoredEntry.whole_ledger.filter(chain__readers__reader__in=readers_for(viewer, member=member)).distinct()


class StoredEntry(models.Model):
    """One signed entry, as received; never changed, never deleted (triggers refuse it)."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=120)
    record_id = models.CharField(max_length=120)
    owner = models.CharField(max_length=120, default="")
    """Whose record it states; empty where it states none."""
    act = models.CharField(max_length=10)
    known_from = models.DateField()
    """Last day of `as_of`."""
    body = models.BinaryField()
    """Canonical JSON that was signed."""
    signature = models.CharField(max_length=128)
    received_at = models.DateTimeField()

    objects: ClassVar[SeenEntries] = SeenEntries()
    whole_ledger: ClassVar[models.Manager[Any]] = models.Manager()
    """Every entry, for keeping the ledger: storing, counting, verifying, backing up. Never for answers."""

    class Meta:
        """Read along a chain, or by record."""

        indexes: ClassVar = [
            models.Index(fields=["chain", "number"], name="along_chain"),
            models.Index(fields=["chain", "kind", "record_id", "owner", "-known_from", "-number"], name="by_record"),
        ]


class Uncounted(models.Model):
    """An entry that is kept as evidence and does not count."""

    entry = models.OneToOneField(StoredEntry, on_delete=models.CASCADE, primary_key=True)
    reason = models.CharField(max_length=20)
    """One of `walking.Reason`."""
