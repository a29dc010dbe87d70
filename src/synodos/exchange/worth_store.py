"""Worths of groups kept in a file, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

Best = tuple[int, int]
"""A worth in whole units, and the members whom a plan with it needs, as bits."""

HEAD: Final = b"synodos worths 1\n"


class WorthFile:
    """A file to which worths are added, one a line; made when the first is added.

    Each line carries a checksum. Lines that are torn, as by a loss of power, or changed are passed over: what they held
    is worked out again. Lines are added in one write, so that several runs may share the file.

    Attributes
    ----------
    damaged : int
        Lines that were passed over.

    Raises
    ------
    ValueError
        If the file is none of worths, or of a later version.
    OSError
        If it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        """Read what the file holds."""
        self._path, self.damaged = path, 0
        self._known: dict[str, dict[int, Best]] = {}
        held = path.read_bytes() if path.exists() else b""
        if not HEAD.startswith(held[: len(HEAD)]):
            message = (
                f"worths.format: {path}: expected a file that begins with {HEAD.decode().strip()!r}; found "
                f"{held[: len(HEAD)].decode(errors='replace').strip()!r}; name another file, or move this one away"
            )
            raise ValueError(message)
        for line in held[len(HEAD) :].splitlines():
            self._read(line)

    def get(self, key: str) -> Mapping[int, Best]:
        """Return what is known under a key, by group."""
        return self._known.get(key, {})

    def put(self, key: str, found: Mapping[int, Best]) -> None:
        """Add worths under a key, by group.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        lines = b"".join(_line(f"{key} {group} {worth} {needed}") for group, (worth, needed) in found.items())
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(file, self._before(file) + lines)
        finally:
            os.close(file)
        self._known.setdefault(key, {}).update(found)

    def _read(self, line: bytes) -> None:
        """Take in a line, if it is whole."""
        text, _, checksum = line.rpartition(b" ")
        if not text or checksum != _checksum(text):
            self.damaged += bool(line)
            return
        key, group, worth, needed = text.decode().split()
        self._known.setdefault(key, {})[int(group)] = int(worth), int(needed)

    def _before(self, file: int) -> bytes:
        """Return what has to stand before new lines: the head of a new file, or the end of a torn line."""
        size = os.fstat(file).st_size
        if size <= len(HEAD):
            return HEAD[size:]
        os.lseek(file, -1, os.SEEK_END)
        return b"" if os.read(file, 1) == b"\n" else b"\n"


def _line(text: str) -> bytes:
    """Return a line with its checksum."""
    return text.encode() + b" " + _checksum(text.encode()) + b"\n"


def _checksum(text: bytes) -> bytes:
    """Return a checksum of eight digits."""
    return f"{zlib.crc32(text):08x}".encode()
