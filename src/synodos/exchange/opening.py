"""Opening a file that may be anything: only regular files, of bounded size, holding UTF-8 text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final, NoReturn

from synodos.exchange.limits import MEGABYTE, MOST_FILE_BYTES
from synodos.language import Fault, PortfolioError

_OTHER_ENCODINGS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def printable(name: str) -> str:
    """Return a file name fit to be printed; names may hold line feeds, or bytes that are no text."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return text if text.isprintable() else text.encode("unicode_escape").decode()


def refuse(code: str, message: str, place: str = "", found: str = "", expected: str = "") -> NoReturn:
    """Raise one fault of a whole file."""
    raise PortfolioError([Fault(code, message, found=found, expected=expected, place=place)])


def checked_size(path: Path, place: str, most: int = MOST_FILE_BYTES) -> int:
    """Return the size in bytes of a file that may be opened.

    Raises
    ------
    PortfolioError
        If there is no such file, it is no regular file (reading a pipe would wait for ever), or it is too large.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        refuse_unopened(error, place)
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, a device or a socket"
        refuse("file.not-regular", "this is no regular file", place, what, "a file")
    if status.st_size > most:
        found, expected = f"{status.st_size / MEGABYTE:,.1f} MB", f"at most {most // MEGABYTE:,} MB"
        refuse("file.too-large", "the file is too large to be read", place, found, expected)
    return status.st_size


def read_text(path: Path, place: str) -> str:
    """Return the text of a file in UTF-8, without the byte order mark that may open it.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    place : str
        What messages call it.

    Raises
    ------
    PortfolioError
        With one fault, if the file cannot be opened, is no regular file, is too large or is not in UTF-8.
    """
    checked_size(path, place)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        refuse_unopened(error, place)
    if len(data) > MOST_FILE_BYTES:  # it grew, or never said how large it is
        refuse("file.too-large", "the file is too large to be read", place)
    return _decoded(data, place)


def _decoded(data: bytes, place: str) -> str:
    """Return `data` as text, or refuse it naming the first byte that is wrong."""
    for mark, encoding in _OTHER_ENCODINGS:
        if data.startswith(mark):
            found = f"bytes {mark.hex(' ').upper()} at byte 0, the mark of {encoding}"
            refuse("file.encoding", "the file is not in UTF-8", place, found, "text in UTF-8")
    null = data.find(b"\0")
    if null >= 0:
        found = f"byte 00 at byte {null:,}"
        refuse("file.encoding", "the file is no text", _line(data, null, place), found, "text in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind a byte order mark.
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        found = f"byte {data[at]:02X} at byte {at:,}"
    refuse("file.encoding", "the file is not in UTF-8", _line(data, at, place), found, "text in UTF-8")


def _line(data: bytes, at: int, place: str) -> str:
    """Return the file and line of a byte."""
    line = data.count(b"\n", 0, at) + 1
    return f"{place}:{line}"


def refuse_unopened(error: Exception, place: str) -> NoReturn:
    """Raise the fault of a file that the system does not open."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        refuse("file.missing", "there is no such file", place)
    if isinstance(error, PermissionError):
        refuse("file.permission", "this user may not read the file", place)
    refuse("file.unreadable", "the file cannot be read", place, reason(error), "a file that opens")


def reason(error: Exception) -> str:
    """Return in the system's words why something failed."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
