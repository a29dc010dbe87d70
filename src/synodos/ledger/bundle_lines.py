"""The lines of a bundle: what it is, an entry each, and what was in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from synodos.language import ID_PATTERN, shown
from synodos.ledger.entry import Entry, canonical
from synodos.ledger.received import received_entry
from synodos.ledger.refusing import LedgerError

FORMAT: Final = "synodos-bundle"
VERSION: Final = 1
MEGABYTE: Final = 1_000_000
MOST_LINE_BYTES: Final = 20 * MEGABYTE
"""One line; the largest record, or a header with every vocabulary, is far smaller."""
MOST_BUNDLE_BYTES: Final = 8_000 * MEGABYTE
"""One bundle; a million entries are about 1,200 MB."""
MOST_ENTRIES: Final = 5_000_000
MOST_SHOWN: Final = 200
_ENTRY: Final = re.compile(rb'\{"entry":(\{.*\}),"signature":"([0-9a-f]{128})"\}\n', re.DOTALL)
_ID: Final = re.compile(rf"{ID_PATTERN[:-1]}\Z")
_KEY: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """First line of a bundle.

    Attributes
    ----------
    secretariat, anchor : str
        Which ledger it is of: whose public chain is the registry, and the public key with which it begins.
    viewer : str
        For whom it was written.
    """

    secretariat: str
    anchor: str
    viewer: str


def first_line(header: BundleHeader) -> bytes:
    """Return the line that says what a bundle is."""
    said = {"anchor": header.anchor, "for": header.viewer, "format": FORMAT, "secretariat": header.secretariat}
    return canonical({**said, "version": VERSION}) + b"\n"


def entry_line(entry: Entry) -> bytes:
    """Return the line of an entry: its signed body to the byte, and its signature."""
    return b'{"entry":%b,"signature":"%b"}\n' % (entry.body, entry.signature.encode())


def last_line(entries: int, sha256: str) -> bytes:
    """Return the line that says how many entries there were, and the hash of all lines before it."""
    return canonical({"end": {"entries": entries, "sha256": sha256}}) + b"\n"


class BundleReader:
    """Reads a bundle line by line, so that one of any size needs the memory of one line.

    Parameters
    ----------
    file : binary file
        At its beginning.
    name : str
        What messages call it.

    Attributes
    ----------
    header : BundleHeader
        What its first line says.
    line : int
        Number of the line that was read last.
    sha256 : str
        Hash of all lines but the last, after the last entry was read.

    Raises
    ------
    LedgerError
        `bundle.empty`, `bundle.form`, `bundle.version`, `bundle.line` or `bundle.large`, with the line.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read the first line."""
        self._file, self._name = file, name
        self._hash = hashlib.sha256()
        self.line = self.bytes = 0
        self.sha256 = ""
        self.header = self._header(self._next_line())

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, and check at the end that nothing is missing, changed or added."""
        read = 0
        while (text := self._next_line()) and not text.startswith(b'{"end":'):
            read += 1
            if read > MOST_ENTRIES:
                self.refuse("bundle.large", f"more than {MOST_ENTRIES:,} entries; export for fewer readers")
            entry = self._entry(text)
            self._hash.update(text)
            yield entry
        if not text:
            message = f"the file ends without its last line, after {read:,} entries: it was cut off; ask for it again"
            self.refuse("bundle.truncated", message)
        self._check_end(text, read)

    def refuse(self, code: str, message: str, field: str = "", *, line: int | None = None) -> NoReturn:
        """Refuse the bundle at a line (default: the one that was read last), and at a field of its entry."""
        raise LedgerError(code, message, ", ".join(filter(None, (self._name, f"line {line or self.line}", field))))

    def _next_line(self) -> bytes:
        """Return the next line with its end, or nothing at the end of the file."""
        text = self._file.readline(MOST_LINE_BYTES + 1)
        self.line += bool(text)
        self.bytes += len(text)
        if len(text) > MOST_LINE_BYTES:
            self.refuse("bundle.large", f"the line is longer than {MOST_LINE_BYTES:,} bytes")
        if self.bytes > MOST_BUNDLE_BYTES:
            self.refuse("bundle.large", f"the file is larger than {MOST_BUNDLE_BYTES:,} bytes")
        if text and not text.endswith(b"\n"):
            self.refuse("bundle.truncated", "the file ends within a line: it was cut off; ask for it again")
        return text

    def _header(self, text: bytes) -> BundleHeader:
        """Return what the first line says."""
        if not text:
            self.refuse("bundle.empty", "the file is empty; expected a bundle of a ledger")
        said = self._parsed(text)
        if said.get("format") != FORMAT:
            found = shown(said["format"]) if "format" in said else "no format"
            self.refuse("bundle.form", f"found {found}, expected {FORMAT!r}", "format")
        if said.get("version") != VERSION:
            message = f"found {shown(said.get('version'))}, this release reads {VERSION}; use a later Synodos"
            self.refuse("bundle.version", message, "version")
        for field, form, expected in (
            ("secretariat", _ID, "an id"),
            ("anchor", _KEY, "a public key"),
            ("for", _ID, "an id"),
        ):
            if not isinstance(said.get(field), str) or not form.match(said[field]):
                self.refuse("bundle.form", f"found {shown(said.get(field))}, expected {expected}", field)
        header = BundleHeader(said["secretariat"], said["anchor"], said["for"])
        if first_line(header) != text:
            self.refuse("bundle.form", "the first line is not as bundles write it: changed or damaged")
        self._hash.update(text)
        return header

    def _entry(self, text: bytes) -> Entry:
        """Return the entry of a line."""
        found = _ENTRY.fullmatch(text)
        if found is None:
            expected = 'expected {"entry":{...},"signature":"128 digits"}'
            self.refuse("bundle.line", f"the line holds no entry: found {_start(text)}, {expected}")
        try:
            return received_entry(found[1], found[2].decode())
        except LedgerError as error:
            self.refuse(error.code, error.message, error.place)

    def _check_end(self, text: bytes, read: int) -> None:
        """Compare what was read with what the last line says."""
        self.sha256 = self._hash.hexdigest()
        end = self._parsed(text).get("end")
        if not isinstance(end, dict) or end.keys() != {"entries", "sha256"}:
            self.refuse("bundle.line", "the last line holds no count and hash: damaged")
        if end["entries"] != read:
            self.refuse(
                "bundle.truncated", f"found {read:,} entries, expected {shown(end['entries'])}: some are missing"
            )
        if last_line(read, self.sha256) != text:
            self.refuse(
                "bundle.hash", "the hash in the last line is not that of the lines before it: changed or damaged"
            )
        if self._next_line():
            self.refuse("bundle.line", "the file goes on after its last line")

    def _parsed(self, text: bytes) -> dict[str, Any]:
        """Return a line that holds a JSON object."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            self.refuse("bundle.form", f"the line is no JSON object: found {_start(text)}")
        return said


def _start(text: bytes) -> str:
    """Return how a line begins, as a message repeats it."""
    return shown(text[:MOST_SHOWN].decode("utf-8", "replace"))


def opened(path: Path) -> BinaryIO:
    """Open a bundle to read.

    Raises
    ------
    LedgerError
        `bundle.place` if there is no such file, or it cannot be read.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise LedgerError("bundle.place", f"the file cannot be read: {error.strerror}", str(path)) from None
