"""Whether the files of the editions that are kept here are what was built, as `synodos ledger verify` asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from django.db import connections

from synodos.exchange import EDITION_FILE, SIGNATURE_FILE
from synodos.web.editions.models import EditionFile, PublishedEdition

Told = tuple[str, str, str]


def problems(using: str) -> Iterator[Told]:
    """Yield code, place and message of each file of an edition that is missing or was changed.

    Parameters
    ----------
    using : str
        Which of Django's databases; one from before there were editions has nothing to be verified.
    """
    if PublishedEdition._meta.db_table not in connections[using].introspection.table_names():  # noqa: SLF001
        return
    kept = PublishedEdition.objects.using(using).order_by("key")
    for pk, key, digest, author in kept.values_list("pk", "key", "sha256", "author"):
        rows = EditionFile.objects.using(using).filter(edition_id=pk).order_by("name")
        digests: dict[str, str] = {}
        listing = b""
        for name, content in rows.values_list("name", "content").iterator():
            digests[name] = hashlib.sha256(bytes(content)).hexdigest()
            listing = bytes(content) if name == EDITION_FILE else listing
        yield from _of_one(f"edition {key}", {**_listed(listing), EDITION_FILE: digest}, digests)
        if author and SIGNATURE_FILE not in digests:
            yield "edition.missing-file", f"edition {key}", f"{SIGNATURE_FILE} is missing, which {author} signed"


def _of_one(place: str, expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Told]:
    """Yield what is wrong with the files of one edition."""
    for name, digest in expected.items():
        if name not in found:
            yield "edition.missing-file", place, f"{name} is missing; restore a backup, or publish the edition anew"
        elif found[name] != digest:
            message = f"{name} was changed: found the SHA-256 {found[name]}, expected {digest}"
            yield "edition.changed-file", place, message
    for name in sorted(found.keys() - expected.keys() - {SIGNATURE_FILE}):
        yield "edition.foreign-file", place, f"{name} is no file of the edition"


def _listed(listing: bytes) -> dict[str, str]:
    """Return the files that `edition.json` names, with their hashes; none where it cannot be read."""
    try:
        return {str(one["name"]): str(one["sha256"]) for one in json.loads(listing)["files"]}
    except (ValueError, KeyError, TypeError):
        return {}
