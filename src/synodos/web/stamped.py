"""Addresses of scripts and styles change with what they give, so that a browser may keep them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class StampedStorage(StaticFilesStorage):
    """Files where they stand in the package, with a stamp of their content in the address."""

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        return f"{super().url(name)}?{stamp(name or '')}"


@functools.cache
def stamp(name: str) -> str:
    """Return the beginning of a file's SHA-256; `missing` for a file that is not there."""
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if isinstance(path, str) else "missing"
