"""Importing a schedule file into a portfolio folder: a file of records, and the source that they cite."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from synodos.exchange.folder import PAGE_FILE, page_lines, records_lines, write_lines
from synodos.exchange.history import read_history
from synodos.exchange.opening import printable, read_text, refuse
from synodos.exchange.placing import place_file, place_folder
from synodos.exchange.schedules.imported import Imported, ImportSummary, ScheduleNews
from synodos.exchange.schedules.naming import slug
from synodos.exchange.schedules.page import page_with_source
from synodos.exchange.schedules.reading import read_schedule
from synodos.language import (
    Activity,
    Agency,
    DateRange,
    Header,
    History,
    Portfolio,
    PortfolioError,
    Record,
    Source,
    faults,
    nearest,
)

_OURS: Final = ("leads_to", "performer", "agreement", "spread", "same_as", "cost", "note")
"""Fields of an activity that no schedule file gives: what people added stays when a newer file is imported."""
_LIFTED: Final = ("owner", "stated_by", "release", "as_of", "confidence", "sources")


def import_schedule(  # noqa: PLR0913 - what a person may choose, each by its name
    path: Path | str,
    owner: str,
    folder: Path | str,
    *,
    as_of: dt.date | None = None,
    schedule: str | None = None,
    release: str | Sequence[str] | None = None,
    encoding: str | None = None,
    replace: bool = False,
) -> ImportSummary:
    """Read a schedule file and add what it says to a portfolio folder.

    Parameters
    ----------
    path, owner, as_of, schedule, encoding
        As for `read_schedule`.
    folder : pathlib.Path or str
        A portfolio folder, or a place where one can be made.
    release : str or sequence of str, optional
        Who may see the records. By default a record keeps the release that it has; new ones are private.
    replace : bool
        Whether an earlier import of the same schedule for the same day may be replaced.

    Returns
    -------
    ImportSummary
        What was read, written and left out.

    Raises
    ------
    PortfolioError
        If the file cannot be read, the folder holds no sound portfolio, it does not know the owner, or it would not
        be sound afterwards. Nothing is written then.

    Notes
    -----
    The page of the portfolio is replaced first, then the file of records is put in place; a reader sees the old
    portfolio or the new. A newer file adds dated statements: of records that say something new, and retractions of
    activities that it no longer holds.
    """
    folder = Path(folder)
    history = _existing(folder, owner)
    imported = read_schedule(
        path, owner, as_of=as_of, schedule=schedule, release=release or "private", encoding=encoding
    )
    name = f"{imported.schedules[0].id}-{imported.as_of.isoformat()}.yaml"
    if history is None:
        return _into_new(folder, name, imported)
    return _into_old(folder, name, imported, history, keep_release=release is None, replace=replace)


def schedule_news(imported: Imported, others: Sequence[Record], *, keep_release: bool) -> ScheduleNews:
    """Return what a schedule file says that records did not say before.

    Parameters
    ----------
    imported : Imported
        What the file holds.
    others : sequence of Record
        What is stated already.
    keep_release : bool
        Whether a record keeps the release that it has.
    """
    news = _News(imported, others, keep_release=keep_release)
    records = tuple(news.records())
    return ScheduleNews(records, _source(imported), news.added, news.changed, news.unchanged, news.retracted)


def _existing(folder: Path, owner: str) -> History | None:
    """Return what a folder says, if it holds a portfolio; None if there is nothing yet."""
    if not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir())):
        return None
    if not folder.is_dir():
        refuse("import.into", "an import goes into a portfolio folder", printable(str(folder)), "a file", "a folder")
    history = read_history(folder)
    agencies = sorted({record.id for record in history.statements if isinstance(record, Agency)})
    if owner not in agencies:
        near = nearest(owner, agencies)
        expected = "the id of an agency of the portfolio" + (f"; nearest: {near}" if near else "")
        refuse("import.owner", "the portfolio knows no such agency", printable(str(folder)), owner, expected)
    return history


def _source(imported: Imported) -> Source:
    """Return the entry of the file in a portfolio's list of sources."""
    return Source(
        title=f"Schedule file {printable(imported.file)}",
        date=DateRange(imported.as_of.isoformat()),
        note=f"Imported; form: {imported.form}.",
    )


def _into_new(folder: Path, name: str, imported: Imported) -> ImportSummary:
    """Make a portfolio of an import, with a stand-in for the record of its agency."""
    first = imported.schedules[0]
    agency = Agency.model_validate(
        {
            "id": first.owner,
            "owner": first.owner,
            "stated_by": first.owner,
            "release": first.release,
            "as_of": first.as_of,
            "confidence": "unverified",
            "sources": [imported.source],
            "name": first.owner,
            "short_name": first.owner.upper(),
            "actor": "agency",
            "note": "Stands in for the agency's own record, which the imported file does not give.",
        }
    )
    header = Header(
        id=slug(folder.resolve().name),
        title=f"Schedules of {first.owner}",
        known_on=DateRange(imported.as_of.isoformat()),
        sources={imported.source: _source(imported)},
    )
    _check(History(header, (agency, *imported.records)))

    def fill(beside: Path) -> None:
        write_lines(beside / PAGE_FILE, page_lines(header))
        write_lines(beside / "agencies.yaml", records_lines([agency]))
        write_lines(beside / name, records_lines(imported.records, _LIFTED))

    place_folder(folder, fill, replace=False)
    written = tuple(folder / file for file in (PAGE_FILE, "agencies.yaml", name))
    return ImportSummary(imported, written, len(imported.records), 0, 0, 0)


def _into_old(
    folder: Path, name: str, imported: Imported, history: History, *, keep_release: bool, replace: bool
) -> ImportSummary:
    """Add an import to a portfolio."""
    others = _without_same(folder, imported, history, replace=replace)
    news = _News(imported, others, keep_release=keep_release)
    header = _header(history.header, imported)
    records = tuple(news.records())
    _check(History(header, (*others, *records)))
    written = []
    page = folder / PAGE_FILE
    if header != history.header:
        text = page_with_source(read_text(page, PAGE_FILE), header, imported.source)
        place_file(page, lambda beside: write_lines(beside, text.splitlines()), replace=True)
        written.append(page)
    place_file(folder / name, lambda beside: write_lines(beside, records_lines(records, _LIFTED)), replace=replace)
    return ImportSummary(imported, (*written, folder / name), news.added, news.changed, news.unchanged, news.retracted)


def _header(header: Header, imported: Imported) -> Header:
    """Return a page that lists the file, and is no earlier than its statements."""
    known_on = header.known_on
    if known_on.latest < imported.as_of:
        known_on = DateRange(imported.as_of.isoformat())
    sources = {**header.sources, imported.source: _source(imported)}
    return header.model_copy(update={"known_on": known_on, "sources": sources})


def _without_same(folder: Path, imported: Imported, history: History, *, replace: bool) -> tuple[Record, ...]:
    """Return the statements of a portfolio without those of an earlier import of the same schedule and day."""
    mine = {(record.kind, record.id) for record in imported.records}
    ids = {schedule.id for schedule in imported.schedules}

    def is_same(record: Record) -> bool:
        of_schedule = isinstance(record, Activity) and record.schedule in ids
        return record.as_of.latest == imported.as_of and ((record.kind, record.id) in mine or of_schedule)

    others = tuple(record for record in history.statements if not is_same(record))
    if len(others) < len(history.statements) and not replace:
        found = f"an import of {imported.schedules[0].id} for {imported.as_of.isoformat()}"
        expected = "another day, or leave to replace it"
        refuse("import.exists", "nothing is overwritten", printable(str(folder)), found, expected)
    return others


def _check(history: History) -> None:
    """Refuse an import after which the portfolio would not be sound."""
    found = [fault for fault in faults(history) if fault.severity == "error"]
    if found:
        raise PortfolioError(found)


class _News:
    """What an import says that the portfolio did not say before."""

    def __init__(self, imported: Imported, others: Sequence[Record], *, keep_release: bool) -> None:
        """Look up what was known on the day of the import."""
        self.imported = imported
        self.keep_release = keep_release
        page = Header(id="before", title="Before", known_on=DateRange(imported.as_of.isoformat()))
        self.before: Portfolio = History(page, tuple(others)).known_on()
        ids = {schedule.id for schedule in imported.schedules}
        self.files = {
            key for record in others if record.kind == "schedule" and record.id in ids for key in record.sources
        }
        self.added = self.changed = self.unchanged = self.retracted = 0

    def records(self) -> Iterator[Record]:
        """Yield the statements to be added."""
        for record in self.imported.records:
            earlier = self.before.tables[record.kind].get(record.id)
            kept = record if earlier is None else self._with_ours(record, earlier)
            if earlier is None:
                self.added += 1
            elif _said(kept) == _said(earlier):
                self.unchanged += 1
            else:
                self.changed += 1
            # The schedule itself is stated every time: by its sources later imports know what came from files.
            if earlier is None or record.kind == "schedule" or _said(kept) != _said(earlier):
                yield kept
        for gone in self._gone():
            self.retracted += 1
            stated = {name: getattr(self.imported.schedules[0], name) for name in ("as_of", "sources")}
            yield gone.model_copy(update={**stated, "retracted": True})

    def _with_ours(self, record: Record, earlier: Record) -> Record:
        """Return a record with what people had added to its earlier statement."""
        ours: dict[str, Any] = {}
        if isinstance(record, Activity):
            ours = {name: getattr(earlier, name) for name in _OURS}
        if self.keep_release:
            ours["release"] = earlier.release
        return record.model_copy(update=ours)

    def _gone(self) -> Iterator[Activity]:
        """Yield the activities that an earlier file had and this one has not."""
        ids = {schedule.id for schedule in self.imported.schedules}
        here = {activity.id for activity in self.imported.activities}
        for activity in self.before.activities.values():
            from_file = set(activity.sources) <= self.files
            if activity.schedule in ids and from_file and activity.id not in here:
                yield activity


def _said(record: Record) -> Mapping[str, Any]:
    """Return what a statement says, without its date and sources."""
    return record.model_dump(exclude={"as_of", "sources"})
