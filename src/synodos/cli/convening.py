"""The forum: what is open, what became of a paper, and what a meeting deals with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from synodos.cli.options import At, Folder, Form, Format, KnownOn, Narrow, Page, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import read, seen
from synodos.cli.refusing import one_of, refuse

if TYPE_CHECKING:
    import datetime as dt

    from synodos.language import History, Portfolio
    from synodos.report import Answer

What = Literal["papers", "paper", "meetings", "meeting", "actions", "members"]


def forum(
    folder: Folder,
    what: Annotated[
        What | None, Argument(help="What of the forum (default: how it stands).", show_default=False)
    ] = None,
    record: Annotated[str | None, Argument(help="Id of the paper or meeting.", show_default=False)] = None,
    terms: Annotated[
        str | None, Option("--terms", help="Id of Terms of Reference (default: the only ones).", show_default=False)
    ] = None,
    narrow: Narrow = None,
    every: Annotated[bool, Option("--every", help="Actions that are done or dropped, too.")] = False,
    at: At = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show how the forum in FOLDER stands: who leads it, what is open; or its papers, meetings, actions, members."""
    _check(what, record, terms, narrow, every=every)
    history = read(folder)
    portfolio = seen(history, viewer, known_on, narrow)
    if terms is not None:
        one_of("--terms", terms, portfolio.terms_of_reference)
    if what in ("paper", "meeting"):
        answer = _of_record(history, portfolio, what, str(record), at)
    else:
        answer = _of_forum(portfolio, what, terms, at, narrow, every=every)
    write_answer(answer, output, form)


def _check(what: str | None, record: str | None, terms: str | None, narrow: str | None, *, every: bool) -> None:
    """Stop where options do not belong together."""
    if what in ("paper", "meeting") and record is None:
        refuse(f"forum: which {what}? Name it by its id, as in: synodos forum FOLDER {what} ID")
    if what not in ("paper", "meeting") and record is not None:
        refuse(f"forum: {record!r} belongs to no question; expected `paper` or `meeting` before an id")
    if terms is not None and what in ("paper", "meeting", "actions"):
        refuse(f"--terms: goes with a whole forum, and not with `{what}`")
    if narrow is not None and what not in (None, "actions"):
        refuse("--for: how the forum stands, and its actions, can be told for one agency; nothing else")
    if every and what != "actions":
        refuse("--every: goes with `actions`")


def _of_record(history: History, portfolio: Portfolio, what: str, record: str, day: dt.date | None) -> Answer:
    """Return the answer on one paper or one meeting."""
    from synodos.report import meeting_answer, paper_answer

    if what == "meeting":
        return meeting_answer(portfolio, one_of("meeting", record, portfolio.meetings), day)
    paper = portfolio.papers[one_of("paper", record, portfolio.papers)]
    eyes = dict.fromkeys((portfolio.viewer, "public")) if paper.pins else {}
    pinned = paper.pins.known_on.latest if paper.pins else None
    return paper_answer(portfolio, record, day, tuple(history.known_on(pinned, viewer) for viewer in eyes))


def _of_forum(
    portfolio: Portfolio, what: str | None, terms: str | None, day: dt.date | None, narrow: str | None, *, every: bool
) -> Answer:
    """Return the answer on a whole forum."""
    from synodos import report

    if what is None:
        return report.forum_answer(portfolio, terms, day, narrow)
    if what == "actions":
        return report.actions_answer(portfolio, day, narrow, every=every)
    asked = {"papers": report.papers_answer, "meetings": report.meetings_answer, "members": report.membership_answer}
    return asked[what](portfolio, terms, day)
