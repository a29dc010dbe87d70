"""The files of an edition: what a folder that is published holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from synodos.exchange import EDITION_FILE, PLAN_FILE, PORTFOLIO_FILE, edition_json, portfolio_json
from synodos.language import History, Portfolio
from synodos.report.answering.envelope import plain
from synodos.report.answering.tables import Table
from synodos.report.editions.answers import edition_tables
from synodos.report.roadmap.ahead import calendar_file
from synodos.report.roadmap.comparison import scenarios_answer
from synodos.report.writing.data_packages import package_files
from synodos.report.writing.outputs import document_file

if TYPE_CHECKING:
    from synodos.roadmap import Ahead, Edition, EditionChanges

DATA: Final = "data/"
"""Folder of the tables."""
PAGE_FILE, BOOKLET_FILE, POSTER_FILE, CALENDAR_FILE = "roadmap.html", "booklet.pdf", "poster.pdf", "milestones.ics"
DIGITS: Final = 6
"""Digits behind the point that `edition.json` keeps of a number: machines agree on so many."""


def edition_files(
    portfolio: Portfolio,
    edition: Edition,
    *,
    signed_by: str | None = None,
    changes: EditionChanges | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of an edition with its content, `edition.json` last; equal editions give equal bytes.

    Parameters
    ----------
    portfolio : Portfolio
        What the edition rests on.
    edition : Edition
        The edition.
    signed_by : str, optional
        Agency that will sign it; without one every page says that it is an unsigned draft.
    changes : EditionChanges, optional
        What changed since the edition that it follows.
    """
    from synodos.roadmap import in_order  # files start without the engines

    done: list[tuple[str, bytes]] = []
    for file in _files(in_order(portfolio), edition, signed_by, changes):
        done.append(file)
        yield file
    yield EDITION_FILE, edition_json(frozen(edition), frozen(changes) if changes else None, signed_by, done)


def _files(
    portfolio: Portfolio, edition: Edition, signed_by: str | None, changes: EditionChanges | None
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that `edition.json` names."""
    from synodos.exchange import edition_plan_text  # no question but this one has need of YAML

    yield PLAN_FILE, edition_plan_text(edition.plan).encode()
    yield PORTFOLIO_FILE, portfolio_json(History(portfolio.header, tuple(portfolio)))
    yield from _documents(portfolio, edition, signed_by, changes)
    named = {"name": edition.plan.id, "title": edition.plan.title}
    for name, data in package_files(data_tables(portfolio, edition), portfolio, **named):
        yield f"{DATA}{name}", data
    yield CALENDAR_FILE, calendar_file(portfolio, _ahead(portfolio, edition))


def _documents(
    portfolio: Portfolio, edition: Edition, signed_by: str | None, changes: EditionChanges | None
) -> Iterator[tuple[str, bytes]]:
    """Yield the page, the same as a booklet, and the poster."""
    from synodos.report.editions.booklet import edition_document  # what draws is slow to load
    from synodos.report.editions.poster import poster_pdf

    document = edition_document(portfolio, edition, signed_by=signed_by, changes=changes)
    yield PAGE_FILE, document_file(document, "html")
    yield BOOKLET_FILE, document_file(document, "pdf")
    yield POSTER_FILE, poster_pdf(portfolio, edition, signed_by=signed_by)


def data_tables(portfolio: Portfolio, edition: Edition) -> tuple[Table, ...]:
    """Return the tables behind an edition, each once: its own, and those of its scenarios side by side."""
    from synodos.report.plans.sections import source_table  # what draws is slow to load

    plan = edition.plan
    asked = {"scenarios": plan.scenarios, "iterations": plan.iterations, "seed": plan.seed}
    compared = scenarios_answer(portfolio, edition.comparison, asked).tables
    own = edition_tables(portfolio, edition)
    taken = {table.name for table in own}
    return (*own, *(table for table in compared if table.name not in taken), source_table(portfolio))


def _ahead(portfolio: Portfolio, edition: Edition) -> list[Ahead]:
    """Return the dates ahead that have to do with a mission of the edition."""
    from synodos.roadmap import dates_ahead

    missions = {f"mission:{one.mission}" for scenario in edition.scenarios for one in scenario.missions}
    return [one for one in dates_ahead(portfolio) if missions & {one.record, *one.evidence}]


def frozen(value: Edition | EditionChanges) -> Any:  # noqa: ANN401 - plain values
    """Return an edition, or what changed since, as `edition.json` keeps it: plain values, numbers rounded."""
    return _rounded(plain(value))


def _rounded(value: Any) -> Any:  # noqa: ANN401 - plain values
    """Return plain values with every number rounded."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def sums_of(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the SHA-256 of files by name."""
    import hashlib

    return {name: hashlib.sha256(data).hexdigest() for name, data in files}
