"""Documents on a mission, an agency and a year: dossier, brief and annual report."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from typer import Argument, Option

from synodos.cli.options import Folder, Form, Format, KnownOn, Page, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import load, plan_id, read, seen
from synodos.cli.refusing import no_such, refuse


def dossier(
    folder: Folder,
    mission: Annotated[str, Argument(help="Id of a mission.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show what an officer takes into a meeting on MISSION: partners, dates, dependence, law, next steps."""
    from synodos.report import dossier_answer

    portfolio = load(folder, viewer, known_on)
    mission = plan_id(portfolio, mission)
    if mission not in portfolio.missions:
        no_such("mission", mission, portfolio.missions)
    answer = dossier_answer(portfolio, mission, drawn=output is not None)
    write_answer(answer, output, form)


def brief(
    folder: Folder,
    narrow: Annotated[str, Option("--for", help="Agency that the brief is for.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    years: Annotated[int, Option("--years", min=1, max=100, help="How far to look ahead.")] = 5,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Brief an agency of FOLDER on where it could cooperate, what it hangs on, and what lies ahead of it."""
    from synodos.report import brief_answer

    portfolio = load(folder, viewer, known_on, narrow)
    write_answer(brief_answer(portfolio, narrow, years=years), output, form)


def annual(
    folder: Folder,
    year: Annotated[int, Argument(min=1958, max=2999, help="The year.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Report on YEAR in FOLDER: working groups, highlights of the agencies, members, meetings, papers, outlook."""
    from synodos.report import annual_answer

    history = read(folder)
    portfolio = seen(history, viewer, known_on, None)
    if portfolio.known_on.year < year:
        refuse(f"year: what is known ends on {portfolio.known_on}, before {year}")
    opening = history.known_on(dt.date(year - 1, 12, 31), viewer)
    closing = history.known_on(min(dt.date(year, 12, 31), portfolio.known_on), viewer)
    write_answer(annual_answer(portfolio, opening, closing, year), output, form)
