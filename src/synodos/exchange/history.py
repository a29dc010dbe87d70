"""From a path to a portfolio and back, whatever the format."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from synodos.exchange import json_file
from synodos.exchange.building import Draft, Place, build
from synodos.exchange.opening import checked_size, printable
from synodos.exchange.placing import place_file, place_folder
from synodos.language import KIND_BY_PLURAL, DateRange, Fault, History, Portfolio, PortfolioError
from synodos.resting import collector_at_rest

_FORMS: Final = "a folder, a .json file or an .xlsx file"


def inspect(path: Path | str) -> tuple[History | None, tuple[Fault, ...]]:
    """Return what a portfolio says, and all that is wrong with it.

    Parameters
    ----------
    path : pathlib.Path or str
        A portfolio folder, a JSON file or a workbook.

    Returns
    -------
    history : History or None
        Every statement; None if there is any fault that keeps the portfolio from being used.
    faults : tuple of Fault
        Every fault found, in the order of files and lines.
    """
    with collector_at_rest():
        page, drafts, faults = drafts_of(Path(path))
        return build(page, drafts, faults)


def read_history(path: Path | str) -> History:
    """Return every dated statement of a portfolio.

    Parameters
    ----------
    path : pathlib.Path or str
        A portfolio folder, a JSON file or a workbook.

    Raises
    ------
    PortfolioError
        With every fault found, if the portfolio cannot be used.
    """
    history, faults = inspect(path)
    if history is None:
        raise PortfolioError(faults)
    return history


def read_one_day(path: Path | str) -> History:
    """Return what a table told of one day, where a record may name what was stated only later.

    Parameters
    ----------
    path : pathlib.Path or str
        A JSON file whose records a ledger has checked against each other.

    Raises
    ------
    PortfolioError
        With every fault found, if a record does not fit its kind.
    """
    with collector_at_rest():
        page, drafts, faults = drafts_of(Path(path))
        history, told = build(page, drafts, faults, between=False)
    if history is None:
        raise PortfolioError(told)
    return history


def read_portfolio(path: Path | str, on: dt.date | None = None) -> Portfolio:
    """Return a portfolio as known on a day.

    Parameters
    ----------
    path : pathlib.Path or str
        A portfolio folder, a JSON file or a workbook.
    on : datetime.date, optional
        Day of knowledge; the portfolio's own day if not given.

    Raises
    ------
    PortfolioError
        With every fault found, if the portfolio cannot be used; or if it ends before the day.
    """
    history = read_history(path)
    ends = history.header.known_on
    if on is not None and on > ends.latest:
        message = f"the portfolio ends on {ends.latest.isoformat()}"
        raise PortfolioError([Fault("known_on.late", message, "portfolio", "known_on", on.isoformat(),
                                    f"{ends.latest.isoformat()} or earlier")])  # fmt: skip
    return history.known_on(on)


def placed(faults: Iterable[Fault], path: Path | str, portfolio: Portfolio) -> tuple[Fault, ...]:
    """Return faults of what was known on some day with the file and line of the statements that count on it.

    Parameters
    ----------
    faults : iterable of Fault
        What an engine found wrong with the portfolio.
    path : pathlib.Path or str
        Where the portfolio was read from; it is read once more.
    portfolio : Portfolio
        The portfolio, as known on that day.
    """
    counts = {f"{record.kind} {record.id}": record.as_of for record in portfolio}
    places: dict[str, Place] = {}
    with collector_at_rest():
        for draft in drafts_of(Path(path))[1]:
            name = f"{KIND_BY_PLURAL[draft.kind].kind} {draft.values.get('id')}"
            if name in counts and DateRange(str(draft.values.get("as_of"))) == counts[name]:
                places[name] = draft.place

    def place(record: str, field: str) -> str:
        return places[record](field) if record in places else ""

    told = (fault.at(place(fault.record, fault.field)) for fault in faults)
    return tuple(fault.along(place) if fault.chain else fault for fault in told)


def write(history: History, path: Path | str, *, replace: bool = False) -> None:
    """Write a portfolio; nothing at `path` changes until all is written.

    Parameters
    ----------
    history : History
        Every dated statement.
    path : pathlib.Path or str
        Where: a folder, or a file that ends in `.json` or `.xlsx`.
    replace : bool
        Whether a file, or a folder that holds a portfolio and nothing else, may be replaced.

    Raises
    ------
    PortfolioError
        With one fault, if something stands in the way or writing fails.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        place_file(path, lambda beside: json_file.write_json(history, beside), replace=replace)
    elif suffix == ".xlsx":
        from synodos.exchange import workbook

        place_file(path, lambda beside: workbook.write_workbook(history, beside), replace=replace)
    elif not suffix or path.is_dir():
        from synodos.exchange import folder

        place_folder(path, lambda beside: folder.write_files(history, beside), replace=replace)
    else:
        raise PortfolioError([_unknown_form(path)])


def drafts_of(path: Path) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return what stands at a path, as its reader finds it."""
    suffix = path.suffix.lower()
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir, it raises nothing
        from synodos.exchange import folder  # as slow to load as a small file to read

        return folder.read_drafts(path)
    try:
        checked_size(path, printable(str(path)))
    except PortfolioError as error:
        return None, [], list(error.faults)
    if suffix == ".json":
        return json_file.read_drafts(path)
    if suffix == ".xlsx":
        from synodos.exchange import workbook

        return workbook.read_drafts(path)
    return None, [], [_unknown_form(path)]


def _unknown_form(path: Path) -> Fault:
    """Return the fault of a file that is in no form that portfolios have."""
    found = f"a file that ends in {path.suffix!r}" if path.suffix else "a file without a suffix"
    return Fault("file.form", "this is no portfolio", found=found, expected=_FORMS, place=printable(str(path)))
