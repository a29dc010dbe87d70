"""What for: what agencies gain by planning together, who would do what, and how it could be settled."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from synodos.cli.options import Folder, Form, Format, KnownOn, Narrow, Page, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import load
from synodos.cli.refusing import one_of, refuse, say
from synodos.cli.working import refused, shown_progress, workers

if TYPE_CHECKING:
    from pathlib import Path

    from synodos.coalition import Assumptions, CoalitionWorth, Executor
    from synodos.exchange import KeptWorths
    from synodos.language import Portfolio

INTERRUPTED = 130
"""Exit code of a command that was stopped by Ctrl-C."""


class GameChoice(enum.StrEnum):
    """What is counted as the worth of a group."""

    savings = "savings"
    programme = "programme"


class RuleChoice(enum.StrEnum):
    """By which rule what all gain is divided."""

    nucleolus = "nucleolus"
    shapley = "shapley"
    banzhaf = "banzhaf"
    least_core = "least_core"
    equal_surplus = "equal_surplus"
    proportional = "proportional"


ChosenGame = Annotated[
    GameChoice, Option("--game", help="savings: by sharing developments; programme: objectives within budgets.")
]
Players = Annotated[
    list[str] | None,
    Option(
        "--players",
        help="Agencies that may plan together, joined by commas; may be repeated (default: members).",
        show_default=False,
    ),
]
FlightYears = Annotated[
    int | None,
    Option(
        "--flight-years",
        min=1,
        help="Years in which each mission may fly, from the first that it can (default: all that are planned).",
        show_default=False,
    ),
]
Fresh = Annotated[bool, Option("--fresh", help="Work everything out anew; forget what earlier runs kept.")]
Cluster = Annotated[str | None, Option("--cluster", help="Address of a Dask scheduler to work on.", show_default=False)]


def worth(
    folder: Folder,
    game: ChosenGame = GameChoice.savings,
    players: Players = None,
    rule: Annotated[
        RuleChoice, Option("--rule", help="Rule by which what all gain is divided.")
    ] = RuleChoice.nucleolus,
    terms: Annotated[
        str | None,
        Option("--terms", help="Currency and price year of amounts, such as EUR@2011.", show_default=False),
    ] = None,
    years: Annotated[int, Option("--years", help="Years that are planned.")] = 15,
    flight_years: FlightYears = None,
    exponent: Annotated[
        float, Option("--exponent", help="What k agencies share costs k to this power times as much.")
    ] = 0.15,
    interface_share: Annotated[
        float, Option("--interface-share", help="Share of its cost that each interface of two agencies adds.")
    ] = 0.0,
    redundancy: Annotated[
        int, Option("--redundancy", min=1, max=3, help="Providers that meet each essential need.")
    ] = 1,
    fresh: Fresh = False,
    cluster: Cluster = None,
    limit: Annotated[
        float | None,
        Option(
            "--limit", min=0.01, help="Seconds to search for one group (default: until proven).", show_default=False
        ),
    ] = None,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show what agencies gain by planning together: the plan of all, fair shares, and what each brings in kind."""
    from synodos.coalition import Assumptions, settlement
    from synodos.report import worth_answer

    portfolio = load(folder, viewer, known_on, narrow)
    currency, price_year = _terms(terms)
    with refused(folder, portfolio):
        assumed = Assumptions(
            game=game.value,
            players=named_players(players, portfolio),
            currency=currency,
            price_year=price_year,
            years=years,
            flight_years=flight_years,
            exponent=exponent,
            interface_share=interface_share,
            providers_per_need=redundancy,
        )
        found = worth_of(portfolio, assumed, fresh=fresh, cluster=cluster, limit_s=limit)
        settled = settlement(portfolio, found, rule=rule.value)
    asked = {
        "game": game.value,
        "players": players,
        "rule": rule.value,
        "terms": terms,
        "years": years,
        "flight_years": flight_years,
        "exponent": exponent,
        "interface_share": interface_share,
        "redundancy": redundancy,
        "limit_s": limit,
        "for": narrow,
    }
    drawn = output is not None
    write_answer(
        worth_answer(portfolio, found, settled, for_agency=narrow, parameters=asked, drawn=drawn), output, form
    )


def worth_of(
    portfolio: Portfolio,
    assumed: Assumptions,
    *,
    fresh: bool = False,
    cluster: str | None = None,
    limit_s: float | None = None,
) -> CoalitionWorth:
    """Return what every group is worth, kept as it is found, or say how far it came and stop."""
    from synodos import coalition

    store = _kept(fresh=fresh)
    with _resumable(), _hands(cluster) as executor, shown_progress("Groups") as progress:
        return coalition.worth(portfolio, assumed, executor=executor, store=store, limit_s=limit_s, progress=progress)


def named_players(given: list[str] | None, portfolio: Portfolio) -> tuple[str, ...]:
    """Return the agencies that may plan together, or stop; none: as the portfolio has it."""
    named = [name.strip() for one in given or () for name in one.split(",") if name.strip()]
    for name in named:
        one_of("--players", name, portfolio.agencies)
    twice = next((name for place, name in enumerate(named) if name in named[:place]), None)
    if twice:
        refuse(f"--players: {twice} stands twice; name each agency once")
    return tuple(named)


def _kept(*, fresh: bool) -> KeptWorths | None:
    """Return where worths are kept, or nothing where there is no place for them."""
    from synodos.exchange import KeptWorths, cache_folder

    folder: Path = cache_folder() / "worths"
    try:
        return KeptWorths(folder, fresh=fresh)
    except OSError as error:
        say(f"Worths cannot be kept in {folder}: {error.strerror or error}. If you stop, they are lost.")
        return None


@contextmanager
def _hands(cluster: str | None) -> Iterator[Executor | None]:
    """Give who solves groups: a cluster where one is named, else processes of this machine, begun where they pay."""
    from concurrent.futures import BrokenExecutor

    from synodos.coalition import processes

    try:
        with workers(cluster) if cluster else processes() as executor:
            yield executor
    except BrokenExecutor:
        refuse("A process that helped has ended, perhaps for lack of memory. What was found is kept: ask again")


@contextmanager
def _resumable() -> Iterator[None]:
    """Say that an interrupted search goes on where it stopped."""
    try:
        yield
    except KeyboardInterrupt:
        say("Interrupted. What was found is kept: the same command goes on from there; --fresh begins anew.")
        raise typer.Exit(INTERRUPTED) from None


def _terms(given: str | None) -> tuple[str | None, int | None]:
    """Return currency and price year as people write them, or stop."""
    if given is None:
        return None, None
    currency, _, year = given.partition("@")
    if not (currency.isascii() and currency.isupper() and len(currency) == 3 and year.isdecimal() and len(year) == 4):  # noqa: PLR2004 - EUR@2011
        refuse(f"--terms: expected a currency and a year, such as EUR@2011; found {given!r}")
    return currency, int(year)
