"""Writing files so that a reader sees the old content or the new, and never a half of either."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from synodos.exchange.opening import printable, reason, refuse


def place_file(path: Path, fill: Callable[[Path], None], *, replace: bool) -> None:
    """Have `fill` write a file beside `path`, then move it into place.

    Raises
    ------
    PortfolioError
        With one fault, if there is something at `path` that may not be replaced, or writing fails.
    """
    if os.path.lexists(path) and not (replace and path.is_file()):
        _refuse_existing(path, "a file that may be replaced (on request), or nothing")
    beside = _beside(path, "part")
    try:
        fill(beside)
        beside.replace(path)
    except OSError as error:
        _refuse_unwritten(error, path)
    finally:
        with suppress(OSError):  # where nothing could be written there is nothing to clear away
            beside.unlink()


def place_new_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Have `fill` write into a folder beside `path`, then move it into place; only an empty one may stand there.

    Raises
    ------
    PortfolioError
        With one fault, if there is something at `path`, or writing fails.
    """
    if os.path.lexists(path) and not (path.is_dir() and _is_empty(path)):
        _refuse_existing(path, "a new or empty folder")
    place_folder(path, fill, replace=False)


def place_folder(path: Path, fill: Callable[[Path], None], *, replace: bool) -> None:
    """Have `fill` write into a folder beside `path`, then move it into place.

    Raises
    ------
    PortfolioError
        With one fault, if there is something at `path` that may not be replaced, or writing fails.
    """
    path = Path(os.path.realpath(path))  # a link stays, what it leads to is replaced
    old = os.path.lexists(path)
    if old and not _may_go(path, replace=replace):
        expected = "an empty folder, nothing, or (on request) a folder that holds a portfolio and nothing else"
        _refuse_existing(path, expected)
    beside, before = _beside(path, "part"), _beside(path, "old")
    try:
        beside.mkdir()
        fill(beside)
        if old:
            path.rename(before)
        _rename_or_return(beside, path, before if old else None)
    except OSError as error:
        _refuse_unwritten(error, path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _rename_or_return(beside: Path, path: Path, before: Path | None) -> None:
    """Move the new folder into place; if that fails, the old one comes back."""
    try:
        beside.rename(path)
    except OSError:
        if before is not None:
            before.rename(path)
        raise


def _may_go(path: Path, *, replace: bool) -> bool:
    """Return whether what is at `path` may be replaced."""
    from synodos.exchange.folder import is_portfolio  # reads YAML, which most commands have no need of

    try:
        return path.is_dir() and (_is_empty(path) or (replace and is_portfolio(path)))
    except OSError as error:
        _refuse_unwritten(error, path)


def _is_empty(folder: Path) -> bool:
    """Return whether nothing lies in a folder."""
    try:
        return not any(folder.iterdir())
    except OSError as error:
        _refuse_unwritten(error, folder)


def _beside(path: Path, suffix: str) -> Path:
    """Return a hidden name beside `path` that only this process uses."""
    return path.with_name(f".{path.name}.{os.getpid()}.{suffix}")


def _refuse_unwritten(error: OSError, path: Path) -> NoReturn:
    """Raise the fault of a place at which nothing can be written."""
    expected = "a place in a folder that is there and may be written to"
    refuse("file.unwritable", "nothing could be written", printable(str(path)), reason(error), expected)


def _refuse_existing(path: Path, expected: str) -> NoReturn:
    """Raise the fault of something that stands where a portfolio is to be written."""
    found = "a folder" if path.is_dir() else "a file" if path.is_file() else "something else"
    refuse("file.exists", "nothing is overwritten", printable(str(path)), found, expected)
