"""Reading a portfolio as its viewer may see it, or stopping with what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from synodos.cli.fetching import is_served
from synodos.cli.printing import print_faults
from synodos.cli.refusing import FAULTS, no_such, one_of, refuse, say

if TYPE_CHECKING:
    from synodos.language import History, Portfolio


@contextmanager
def faults_told(most: int | None = None) -> Iterator[None]:
    """Stop with all faults of a file, or with the first ones and how many more there are."""
    from synodos.language import PortfolioError

    try:
        yield
    except PortfolioError as error:
        print_faults(error.faults, most)
        raise typer.Exit(FAULTS) from None


def load(folder: Path, viewer: str, known_on: dt.date | None, narrow: str | None = None) -> Portfolio:
    """Return the portfolio in FOLDER as the viewer sees it, or say what is wrong and stop."""
    return seen(read(folder), viewer, known_on, narrow)


def read(folder: Path) -> History:
    """Return every statement in FOLDER, or say what is wrong with it and stop."""
    from synodos.exchange import read_history

    with faults_told():
        return _of_any_day(folder) if is_served(folder) else read_history(folder)


def _of_any_day(file: Path) -> History:
    """Return what a table gave, which holds one day, as a history that asks it for others."""
    from synodos.cli.served import read_served

    return read_served(file)


def seen(
    history: History, viewer: str, known_on: dt.date | None, narrow: str | None, *, option: str = "--on"
) -> Portfolio:
    """Return what the viewer may see of what was known on a day; `option` is the one that gave the day."""
    from synodos.language import MEMBERS, PUBLIC

    ends = history.ends
    if known_on is not None and known_on > ends:
        refuse(f"{option}: the portfolio ends on {ends}, before {known_on}")
    if viewer not in (PUBLIC, MEMBERS) and viewer not in history.known_on(known_on).agencies:
        no_such("--as", viewer, history.known_on(known_on, PUBLIC).agencies)  # a hint shows what everybody may see
    portfolio = history.known_on(known_on, viewer)
    if not len(portfolio):
        first = min((s.as_of for s in history.stated(ends, viewer)), key=lambda stated: stated.latest, default=None)
        say(f"Nothing was stated to {viewer} by then" + (f"; the first statement is of {first}." if first else "."))
    if narrow is not None:
        one_of("--for", narrow, portfolio.agencies)
    return portfolio


def plan_id(portfolio: Portfolio, called: str) -> str:
    """Return the id of the mission or element that is called so, by its id or by another name of it; else the name."""
    plans = {**portfolio.elements, **portfolio.missions}
    if called in plans:
        return called
    return next((key for key, plan in plans.items() if called in plan.also_called), called)
