"""Ids and texts of records, from whatever names a schedule gives."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_MOST_ID: Final = 120
"""Characters of an id, as the language has it."""
_MOST_TEXT: Final = 4_000
"""Characters of a text, as the language has it."""
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def slug(text: str) -> str:
    """Return a name in lower-case letters and digits of English with hyphens; what has none becomes a short hash."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NO_LETTERS.sub("-", plain).strip("-")
    return words or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def unique_ids(prefix: str, names: Iterable[str]) -> list[str]:
    """Return an id for each name, in order: the prefix and the name's slug, numbered where two would be the same."""
    taken: set[str] = set()
    ids = []
    for name in names:
        stem = f"{prefix}-{slug(name)}"
        found, number = _cut(stem, ""), 1
        while found in taken:
            number += 1
            found = _cut(stem, f"-{number}")
        taken.add(found)
        ids.append(found)
    return ids


def _cut(stem: str, ending: str) -> str:
    """Return an id of allowed length; what is cut off is stood for by its hash."""
    if len(stem) + len(ending) <= _MOST_ID:
        return stem + ending
    short = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{stem[: _MOST_ID - 9 - len(ending)].rstrip('-')}-{short}{ending}"


def text_of(value: object) -> str | None:
    """Return a name from a file as one line of text, or None where it says nothing."""
    if value is None:
        return None
    words = " ".join(_UNFIT.sub(" ", str(value)).split())
    return words[:_MOST_TEXT].rstrip() or None
