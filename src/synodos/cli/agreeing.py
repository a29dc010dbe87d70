"""Which agreements stand, need attention, are needed; drafts for counsel and for the United Nations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from synodos.cli.options import At, Folder, Form, Format, KnownOn, Narrow, Page, Viewer
from synodos.cli.printing import print_answer, write_answer
from synodos.cli.reading import load
from synodos.cli.refusing import no_such, refuse, say, unwritable

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.law import TermSheet


def agreements_list(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    at: At = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """List the agreements in FOLDER as they stand on a day, the parties, and commitments that nothing covers."""
    from synodos import law
    from synodos.report import register_answer

    portfolio = load(folder, viewer, known_on, narrow)
    found = law.register(portfolio, at, narrow)
    open_promises = law.uncovered(portfolio, found.at, narrow)
    asked = {"at": found.at, "for": narrow}
    write_answer(register_answer(portfolio, found, open_promises, asked, drawn=output is not None), output, form)


def agreements_watch(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    at: At = None,
    within_days: Annotated[int, Option("--within-days", min=0, help="How far to look ahead.")] = 365,
    form: Form = Format.table,
) -> None:
    """List what needs attention in FOLDER: agreements that expire, duties that are due, umbrellas that are missing."""
    from synodos import law
    from synodos.report import watch_answer

    portfolio = load(folder, viewer, known_on, narrow)
    day = at or portfolio.known_on
    found = law.watch(portfolio, day, within_days, narrow)
    print_answer(watch_answer(portfolio, found, day, {"at": day, "within_days": within_days, "for": narrow}), form)


def agreements_needed(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    most: Annotated[int, Option("--proposed", min=0, help="Opportunities to look at as well, the best first.")] = 0,
    form: Form = Format.table,
) -> None:
    """Say which instrument each cooperation in FOLDER needs, why, what exists, and what is missing."""
    from synodos import cooperation, law
    from synodos.report import needs_answer

    portfolio = load(folder, viewer, known_on, narrow)
    proposed = cooperation.opportunities(portfolio, narrow, most).ranked if most else ()
    found = [one for one in law.instruments(portfolio, proposed) if narrow in (None, one.lead, one.partner)]
    print_answer(needs_answer(portfolio, found, {"for": narrow, "proposed": most}), form)


def agreements_close_out(
    folder: Folder,
    agreement: Annotated[str, Argument(help="Id of an agreement.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """Say what came of AGREEMENT: what was delivered, what it cost, what it gave, and what nobody stated."""
    from synodos import law
    from synodos.report import close_out_answer

    portfolio = load(folder, viewer, known_on)
    if agreement not in portfolio.agreements:
        no_such("agreement", agreement, portfolio.agreements)
    print_answer(close_out_answer(portfolio, law.close_out(portfolio, agreement)), form)


def agreements_draft(
    folder: Folder,
    mission: Annotated[str, Option("--mission", help="Id of the mission.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    what: Annotated[
        Literal["term-sheet", "registration", "information"],
        Option("--what", help="Which draft; registration and information are told to the United Nations."),
    ] = "term-sheet",
    output: Annotated[
        Path | None,
        Option("--output", "-o", help="Write the term sheet to this .docx or .pdf file.", show_default=False),
    ] = None,
    form: Form = Format.table,
) -> None:
    """Draft a term sheet for a mission in FOLDER, or a notification to the United Nations, with the blanks named."""
    from synodos import law
    from synodos.report import notification_answer, term_sheet_answer

    portfolio = load(folder, viewer, known_on)
    if mission not in portfolio.missions:
        no_such("--mission", mission, portfolio.missions)
    if what != "term-sheet":
        if output is not None:
            refuse("--output: a notification is printed; --format csv and json make files of it")
        draft = law.registration_draft if what == "registration" else law.secretary_general_draft
        print_answer(notification_answer(portfolio, draft(portfolio, mission)), form)
        return
    assessment = law.assess(portfolio, scope=f"mission:{mission}")
    try:
        sheet = law.term_sheet(portfolio, mission, assessment)
    except ValueError as error:
        refuse(f"--mission: {error}")
    if output is None:
        print_answer(term_sheet_answer(portfolio, sheet), form)
        return
    _write(portfolio, sheet, output)


def _write(portfolio: Portfolio, sheet: TermSheet, output: Path) -> None:
    """Write a term sheet, or stop with one line."""
    from synodos.report import write_term_sheet

    try:
        with unwritable(output):
            write_term_sheet(portfolio, sheet, output)
    except ValueError as error:
        refuse(f"--output: {error}")
    say(f"Wrote {output}")
