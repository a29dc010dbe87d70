"""A portfolio as a folder of YAML files: `portfolio.yaml`, and any number of files with lists of records."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from synodos.exchange.building import Draft
from synodos.exchange.document import FORMAT, RECORDS_FORMAT, VERSION, check_number, checked_format, drafts
from synodos.exchange.limits import MEGABYTE, MOST_FILES, MOST_FOLDER_BYTES, MOST_RECORDS
from synodos.exchange.opening import checked_size, printable, refuse, refuse_unopened
from synodos.exchange.yaml_text import read_yaml
from synodos.exchange.yaml_writing import yaml_item, yaml_lines
from synodos.language import KINDS, Fault, Header, History, PortfolioError, Record

PAGE_FILE: Final = "portfolio.yaml"
SUFFIXES: Final = (".yaml", ".yml")
_LIFTED: Final = ("owner", "stated_by", "release", "confidence")
"""Fields that are written once for a file where all of its records share them."""

_OPENING: Final = 4_096
"""Bytes in which a file has to say its format, for it to be replaced."""
_FORMAT_LINE: Final = re.compile(rb"^format: *['\"]?(?:synodos-portfolio|synodos-records)['\"]?\s*$", re.MULTILINE)


def read_drafts(path: Path) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return the page and the statements in a folder, not checked yet, and the faults of its files' form.

    Every file directly in the folder that ends in `.yaml` or `.yml` is read, in the order of names, but for hidden
    ones. A link that leads out of the folder is refused.
    """
    try:
        files = _files(path)
        page, faults = _page(path)
    except PortfolioError as error:
        return None, [], list(error.faults)
    statements: list[Draft] = []
    for file in files:
        try:
            found, faults_found = _statements(path, file)
            statements += found
            faults += faults_found
            check_number(statements, printable(file.name))
        except PortfolioError as error:
            faults += error.faults
        if len(statements) > MOST_RECORDS:
            break
    return page, statements, faults


def _page(folder: Path) -> tuple[Draft, list[Fault]]:
    """Return the portfolio page, and the faults of its form."""
    document = read_yaml(_inside(folder, folder / PAGE_FILE), PAGE_FILE)
    return Draft("", checked_format(document, FORMAT), document.place), document.faults


def _statements(folder: Path, file: Path) -> tuple[list[Draft], list[Fault]]:
    """Return the statements in one file, and the faults of its form."""
    document = read_yaml(_inside(folder, file), printable(file.name))
    found = list(drafts(document, checked_format(document, RECORDS_FORMAT)))
    return found, document.faults


def _files(folder: Path) -> list[Path]:
    """Return the files of records in a folder, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _is_ours(entry.name))
    except (OSError, ValueError) as error:
        refuse_unopened(error, printable(str(folder)))
    if PAGE_FILE not in names:
        found = f"files such as {printable(names[0])}" if names else "no YAML file"
        place = printable(str(folder))
        refuse("file.no-page", "the folder is no portfolio: it has no page", place, found, PAGE_FILE)
    if len(names) > MOST_FILES:
        found, expected = f"{len(names):,} files", f"at most {MOST_FILES:,}"
        refuse("file.too-many-files", "the folder holds too many files", printable(str(folder)), found, expected)
    files = [folder / name for name in names]
    total = sum(_size(file) for file in files)
    if total > MOST_FOLDER_BYTES:
        found, expected = f"{total // MEGABYTE:,} MB", f"at most {MOST_FOLDER_BYTES // MEGABYTE:,} MB"
        refuse("file.too-large", "the folder's files are too large together", printable(str(folder)), found, expected)
    return [file for file in files if file.name != PAGE_FILE]


def _is_ours(name: str) -> bool:
    """Return whether a file of this name belongs to the portfolio."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _size(file: Path) -> int:
    """Return the size in bytes of a file, if it is one that will be read."""
    try:
        return checked_size(file, "")
    except PortfolioError:
        return 0


def _inside(folder: Path, file: Path) -> Path:
    """Return where a file is, if it does not lead out of the folder."""
    name = printable(file.name)
    try:
        leads_to, home = file.resolve(strict=True), folder.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError up to Python 3.12
        refuse_unopened(error, name)
    if not leads_to.is_relative_to(home):
        found = printable(str(leads_to))
        refuse("file.outside", "a link leads out of the folder", name, found, "a file in the folder itself")
    return leads_to


def is_portfolio(folder: Path) -> bool:
    """Return whether a folder holds a portfolio and nothing else, so that replacing it loses nothing else."""
    entries = list(folder.iterdir())
    return any(entry.name == PAGE_FILE for entry in entries) and all(
        _is_ours(entry.name) and entry.is_file() and _opens_as_ours(entry) for entry in entries
    )


def _opens_as_ours(file: Path) -> bool:
    """Return whether a file states one of our formats in its first lines."""
    with file.open("rb") as opened:
        return _FORMAT_LINE.search(opened.read(_OPENING)) is not None


def write_files(history: History, folder: Path) -> None:
    """Write a portfolio's files into an empty folder; equal portfolios give equal files."""
    write_lines(folder / PAGE_FILE, page_lines(history.header))
    for kind in KINDS:
        records = [record for record in history.statements if isinstance(record, kind)]
        if records:
            write_lines(folder / f"{kind.plural}.yaml", records_lines(records))


def page_lines(header: Header) -> Iterator[str]:
    """Yield the lines of a portfolio's page."""
    yield from yaml_lines({"format": FORMAT, "version": VERSION, **_plain(header)})


def records_lines(records: Sequence[Record], lifted: Sequence[str] = _LIFTED) -> Iterator[str]:
    """Yield the lines of a file of records, in a list for each kind; `lifted` may be written once for all."""
    yield from yaml_lines({"format": RECORDS_FORMAT, "version": VERSION})
    plain = [(record.plural, _plain(record)) for record in records]
    shared = _shared([values for _, values in plain], lifted)
    if shared:
        yield from yaml_lines({"defaults": shared})
    for name in dict.fromkeys(plural for plural, _ in plain):
        yield f"{name}:"
        for values in (values for plural, values in plain if plural == name):
            yield from yaml_item({field: value for field, value in values.items() if field not in shared}, "  ")
            yield ""


def _shared(records: list[dict[str, Any]], lifted: Sequence[str]) -> dict[str, Any]:
    """Return the fields that may be written once, for all of several records have them with one value."""
    if len(records) == 1:
        return {}
    first = records[0]
    return {name: first[name] for name in lifted if all(record[name] == first[name] for record in records)}


def _plain(model: Header | Record) -> dict[str, Any]:
    """Return a page or record as plain values, without those that are the rule."""
    values = model.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in values.items() if value != {}}


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file, the same on every system."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
