"""What a file has to be before Java sees it: bounded, whole, and without traps."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final
from xml.parsers import expat

from synodos.exchange.limits import MOST_FILE_BYTES
from synodos.exchange.opening import checked_size, printable, refuse, refuse_unopened
from synodos.language import first_loop

_UNDEFINED: Final = "\ufffd"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_XML: Final = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\x00?\s*\x00?<")
_OPENING: Final = 1_024
_STRUCTURE: Final = "PROJWBS"
"""Table of an XER file that holds the work breakdown structure."""
_LAST_LINE: Final = 64
"""Bytes in which the line that ends an XER file has to stand."""


class _RootFoundError(Exception):
    """The first element of an XML file was reached, so no document type can follow."""


class _TrapError(Exception):
    """An XML file declares a document type, by which it could define entities."""


def checked_bytes(path: Path) -> bytes:
    """Return the content of a schedule file that is safe to be parsed.

    Raises
    ------
    PortfolioError
        With one fault, if the file is missing, empty, too large, packed, or XML with a document type.
    """
    place = printable(path.name)
    if checked_size(path, place) == 0:
        refuse("schedule.empty", "the file is empty", place, "nothing", "a schedule file")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        refuse_unopened(error, place)
    if len(data) > MOST_FILE_BYTES:
        refuse("file.too-large", "the file is too large to be read", place)
    if data.startswith(_ZIP):
        refuse("schedule.packed", "the file is packed", place, "an archive", "the schedule file in it, unpacked")
    if _XML.match(data[:_OPENING]):
        _check_xml(data, place)
    return data


def is_xer(data: bytes) -> bool:
    """Return whether a file says of itself that it is a P6 XER file, in whatever encoding."""
    opening = data[:_OPENING].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    return opening.lstrip(b"\xff\xfe").startswith(b"ERMHDR")


def xer_text(data: bytes, encoding: str | None, place: str) -> tuple[str, str]:
    """Return the text of a P6 XER file, and a note on its encoding, if there is anything to say.

    P6 writes XER in the code page of the computer that exported it and does not say which. Text that is valid UTF-8
    is taken for it; anything else for Windows-1252, unless an encoding is given.

    Raises
    ------
    PortfolioError
        With one fault, if the encoding is unknown or does not fit, or if the file was cut off.
    """
    text, note = _decoded(data, encoding, place)
    ending = text[-_LAST_LINE:].split()
    if not ending or ending[-1] != "%E":
        line = text.count("\n") + 1
        refuse("schedule.cut-off", "the file was cut off", f"{place}:{line}", "no last line", "a last line %E")
    _check_structure(text, place)
    return text, note


def _check_structure(text: str, place: str) -> None:
    """Refuse a work breakdown structure that contains itself: Java would follow it for ever."""
    within: dict[str, list[str]] = {}
    table, columns = "", [""]
    for line in io.StringIO(text):
        cells = line.rstrip("\r\n").split("\t")
        if cells[0] == "%T":
            table = cells[1] if len(cells) > 1 else ""
        elif table == _STRUCTURE and cells[0] == "%F":
            columns = cells
        elif table == _STRUCTURE and cells[0] == "%R":
            row = dict(zip(columns, cells, strict=False))
            within[row.get("wbs_id", "")] = [row.get("parent_wbs_id", "")]
    loop = first_loop({**{parent: [] for parents in within.values() for parent in parents}, **within})
    if loop:
        found = " in ".join(loop[:4])
        refuse("schedule.structure", "the work breakdown structure contains itself", place, found, "a tree")


def _decoded(data: bytes, encoding: str | None, place: str) -> tuple[str, str]:
    """Return the text of an XER file, and a note on its encoding."""
    if encoding is not None:
        try:
            return data.decode(encoding), ""
        except LookupError:
            refuse("schedule.encoding", "no such encoding", place, encoding, "a name such as cp1252, cp1251 or gb18030")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = f"byte {data[error.start]:02X} at byte {error.start:,}"
            refuse("schedule.encoding", f"the file is not in {encoding}", f"{place}:{line}", found, "another encoding")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "The file is in UTF-16."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        lost = f" {text.count(_UNDEFINED):,} characters have no meaning in it." if _UNDEFINED in text else ""
        return text, (
            "The file does not say its encoding and is not in UTF-8: it was read as Windows-1252."
            f"{lost} If names look wrong, say its encoding."
        )
    return text, "" if text.isascii() else "The file does not say its encoding; it is valid UTF-8 and was read as such."


def _check_xml(data: bytes, place: str) -> None:
    """Refuse XML that declares a document type: entities could make it grow without end, or fetch other files."""
    parser = expat.ParserCreate()

    def refuse_type(*_: object) -> None:
        raise _TrapError

    def stop(*_: object) -> None:
        raise _RootFoundError

    parser.StartDoctypeDeclHandler = refuse_type
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keyword
    except _RootFoundError:
        return
    except _TrapError:
        found, expected = "a document type (<!DOCTYPE …>)", "XML without one, as schedulers write it"
        refuse("schedule.entities", "the file declares a document type", f"{place}:{_line(parser)}", found, expected)
    except (expat.ExpatError, LookupError, ValueError) as error:
        refuse("schedule.unreadable", "the file is no whole XML", f"{place}:{_line(parser)}", str(error), "XML")
    refuse("schedule.unreadable", "the file holds no element", place, "XML without content", "a schedule file")


def _line(parser: expat.XMLParserType) -> int:
    """Return the line at which a parser stands."""
    return parser.CurrentLineNumber
