"""The file of a workbook, opened with care: a zip of XML, read as a stream and never evaluated."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar
from xml.parsers import expat

from synodos.exchange.limits import MEGABYTE
from synodos.exchange.opening import checked_size, printable, refuse
from synodos.exchange.workbook.cells import Cell, Sheet
from synodos.exchange.workbook.parts import Book, Part, Relations, SharedTexts, Styles
from synodos.language import shown

MOST_UNPACKED_BYTES: Final = 300 * MEGABYTE
"""All parts of a workbook, unpacked; a portfolio of 100,000 records takes about two thirds of it."""
MOST_RATIO: Final = 200
"""How far a large part may be packed: sheets of text are packed about 20 to 1, zip bombs 1,000 to 1."""
LARGE_BYTES: Final = 10 * MEGABYTE
"""From this size on, unpacked, a part counts as large."""
MOST_DIRECTORY_BYTES: Final = MEGABYTE
"""The directory of the zip; one with the 40 to 60 parts of a workbook takes 5 kB."""
_CHUNK: Final = 1 << 16
_LONGEST_END: Final = 22 + 0xFFFF
"""What may stand from the mark of a zip's directory to the end of the file: the mark and a comment."""
_DIRECTORY_END: Final = b"PK\x05\x06"
_LONG_DIRECTORY_END: Final = b"PK\x06\x07"
_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED: Final = {
    "xl/vbaProject": "macros",
    "xl/macrosheets/": "macros",
    "xl/activeX/": "controls that run programs",
    "xl/embeddings/": "embedded files",
    "xl/externalLinks/": "links to other workbooks",
    "xl/connections": "connections to other data",
    "xl/queryTables/": "connections to other data",
}
"""What a workbook may not hold, by how the names of its parts begin."""
_UNREADABLE: Final = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    StopIteration,
    ValueError,
)
"""What the readers of zip and XML raise on files that are damaged or made to harm."""

P = TypeVar("P", bound=Part)


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open the workbook at `path`.

    Raises
    ------
    PortfolioError
        If the file is no workbook, is too large, or holds what is not read: macros, links to other files.
        Also while cells are read, if the file is damaged.
    """
    place = printable(path.name)
    _check_file(path, place)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, place)
            yield Package(archive, place)
    except (*_UNREADABLE, OSError) as error:
        refuse("file.damaged", "the file cannot be read as a workbook", place, shown(str(error)), "a workbook (.xlsx)")


class Package:
    """An opened workbook.

    Attributes
    ----------
    sheets : list of tuple of str
        Name of each sheet and the part of the file that holds it, in their order.
    """

    def __init__(self, archive: zipfile.ZipFile, place: str) -> None:
        """Read what all sheets share."""
        self._archive = archive
        self._place = place
        main = _joined("", self._read("_rels/.rels", Relations()).of_type.get("officeDocument", ""))
        book = self._read(main, Book())
        folder, _, name = main.rpartition("/")
        relations = self._read(f"{folder}/_rels/{name}.rels", Relations())
        self.sheets = [(title, _joined(main, relations.targets.get(key, ""))) for title, key in book.sheets]
        self._from_1904 = book.from_1904
        shared = {kind: _joined(main, target) for kind, target in relations.of_type.items()}
        self._texts = self._read(shared["sharedStrings"], SharedTexts()).texts if "sharedStrings" in shared else []
        self._precisions = self._read(shared["styles"], Styles()).precisions() if "styles" in shared else []

    def cells(self, part: str) -> Iterator[Cell]:
        """Yield the cells of a sheet that hold something, and those that are merged."""
        sheet = Sheet(self._texts, self._precisions, from_1904=self._from_1904)
        for _ in self._stream(part, sheet):
            yield from sheet.taken()
        yield from sheet.taken()

    def _read(self, name: str, part: P) -> P:
        """Return `part` when all of it has come in."""
        for _ in self._stream(name, part):
            pass
        return part

    def _stream(self, name: str, part: Part) -> Iterator[None]:
        """Hand a part of the file to `part`, and come back after each piece."""
        try:
            parser = expat.ParserCreate()
            parser.buffer_text = True
            parser.StartElementHandler = part.start
            parser.CharacterDataHandler = part.characters
            parser.EndElementHandler = part.stop
            parser.StartDoctypeDeclHandler = _refuse_document_type
            with self._archive.open(name) as stream:
                while piece := stream.read(_CHUNK):
                    parser.Parse(piece)
                    yield
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position
        except (*_UNREADABLE, OSError) as error:
            found = shown(f"{type(error).__name__}: {error}")
            refuse("file.damaged", f"the part {shown(name)} of the workbook cannot be read", self._place, found)


def _check_file(path: Path, place: str) -> None:
    """Refuse a file that is too large, or no zip, before any of it is unpacked."""
    size = checked_size(path, place)
    with path.open("rb") as file:
        start = file.read(len(_OLD_FORMAT))
        file.seek(max(size - _LONGEST_END, 0))
        tail = file.read(_LONGEST_END)
    if start == _OLD_FORMAT:
        found = "a password, or the format of Excel before 2007"
        refuse("file.encrypted", "the file cannot be opened", place, found, "a workbook (.xlsx) without a password")
    end = tail.rfind(_DIRECTORY_END)
    if not start.startswith(b"PK") or end < 0:
        refuse("file.not-workbook", "this is no workbook", place, "a file of another sort", "a workbook (.xlsx)")
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length > MOST_DIRECTORY_BYTES or tail[max(end - 20, 0) : end].startswith(_LONG_DIRECTORY_END):
        expected = f"at most {MOST_DIRECTORY_BYTES:,} bytes of names"
        refuse("file.too-large", "the file lists too many parts", place, "", expected)


def _check_parts(archive: zipfile.ZipFile, place: str) -> None:
    """Refuse a zip that unpacks to too much, is encrypted, or holds more than sheets."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    hint = "; rows that are only formatted take room too: delete those below the last entry"
    if total > MOST_UNPACKED_BYTES:
        expected = f"at most {MOST_UNPACKED_BYTES // MEGABYTE:,} MB{hint}"
        refuse("file.too-large", "the workbook is too large", place, f"{total / MEGABYTE:,.1f} MB unpacked", expected)
    for part in parts:
        if part.file_size > LARGE_BYTES and part.file_size > MOST_RATIO * part.compress_size:
            found = f"{shown(part.filename)}: {part.file_size / MEGABYTE:,.1f} MB in {part.compress_size:,} bytes"
            refuse("file.too-large", "a part of the workbook is packed tighter than any sheet of entries", place, found,
                   f"at most {MOST_RATIO} to 1{hint}")  # fmt: skip
        if part.flag_bits & 1:
            refuse("file.encrypted", "the file cannot be opened", place, "a password", "a workbook without one")
        what = next((what for name, what in _REFUSED.items() if part.filename.startswith(name)), None)
        if what:
            refuse("file.refused", f"a workbook may not hold {what}", place, shown(part.filename), "entries in cells")


def _refuse_document_type(*_: object) -> None:
    """Refuse a document type: a sheet needs none, and all entities, which may grow without bound, stand in one."""
    message = "a document type in the XML"
    raise ValueError(message)


def _joined(holder: str, target: str) -> str:
    """Return the name of a part to which the part `holder` leads by `target`."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(holder), target))
