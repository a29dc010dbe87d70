"""What for: how the worth of cooperating, or its costs, could be shared, and who would stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from synodos.cli.fetching import placed
from synodos.cli.options import Form, Format, KnownOn, Page, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import faults_told, load
from synodos.cli.refusing import no_such, refuse
from synodos.cli.valuing import Cluster, Fresh, GameChoice, Players, named_players, worth_of
from synodos.cli.working import refused

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth
    from synodos.language import Portfolio
    from synodos.report import Answer

HEAD = 1_000
"""Characters of a file within which it says that it is a portfolio."""
ROUNDED = 0.005
"""Part of the whole by which shares may miss it: people type what they read."""


def shares(
    file: Annotated[
        Path,
        Argument(
            parser=placed,
            help="Worth or costs of every group of players (.csv or .json), or a portfolio, of which they are found.",
            show_default=False,
        ),
    ],
    share: Annotated[
        list[str] | None,
        Option(
            "--share", help="A share to judge beside the rules, as PLAYER=AMOUNT; one for each.", show_default=False
        ),
    ] = None,
    most: Annotated[int, Option("--most", min=1, help="Groups to name that object to a division.")] = 10,
    game: Annotated[
        GameChoice | None,
        Option("--game", help="Of a portfolio: what is counted (default: savings).", show_default=False),
    ] = None,
    players: Players = None,
    fresh: Fresh = False,
    cluster: Cluster = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show fair shares of what the groups in FILE are worth, or have to pay, and who objects to them."""
    drawn = output is not None
    if _is_portfolio(file):
        portfolio = load(file, viewer, known_on)
        with refused(file, portfolio):
            answer = _of_portfolio(
                portfolio,
                game or GameChoice.savings,
                named_players(players, portfolio),
                share,
                most,
                fresh=fresh,
                cluster=cluster,
                drawn=drawn,
            )
    else:
        if_portfolio = {"--game": game, "--players": players, "--cluster": cluster, "--on": known_on, "--fresh": fresh}
        odd = next((option for option, value in if_portfolio.items() if value), None)
        if odd or viewer != "public":
            refuse(f"{odd or '--as'}: is about the worth of plans; {file.name} states worths already")
        answer = _of_file(file, share, most, drawn=drawn)
    write_answer(answer, output, form)


def _is_portfolio(file: Path) -> bool:
    """Return whether a file or folder holds plans, and not worths."""
    if file.suffix.lower() != ".json":
        return file.is_dir() or file.suffix.lower() == ".xlsx"
    from synodos.exchange import FORMAT

    with file.open("rb") as opened:
        return FORMAT.encode() in opened.read(HEAD)


def _of_file(file: Path, share: list[str] | None, most: int, *, drawn: bool) -> Answer:
    """Return shares of what a file states."""
    from synodos.coalition import GameError, fair_shares
    from synodos.exchange import read_game_values
    from synodos.report import shares_answer

    with faults_told():
        given = read_game_values(file)
    proposal = _proposal(share, given.players) if share else None
    try:
        found = fair_shares(
            given.players, given.values, kind=given.kind, budgets=given.budgets, proposal=proposal, most=most
        )
    except GameError as error:
        refuse(str(error))
    asked = {"file": file.name, "share": share, "most": most}
    return shares_answer(found, given.unit, parameters=asked, drawn=drawn)


def _of_portfolio(
    portfolio: Portfolio,
    game: GameChoice,
    players: tuple[str, ...],
    share: list[str] | None,
    most: int,
    *,
    fresh: bool,
    cluster: str | None,
    drawn: bool,
) -> Answer:
    """Return shares of what groups of agencies are worth by their plans."""
    from synodos.coalition import Assumptions, shares_of
    from synodos.report import plan_shares_answer

    found = worth_of(portfolio, Assumptions(game=game.value, players=players), fresh=fresh, cluster=cluster)
    proposal = _completed(_proposal(share, found.players), found) if share else None
    divided = shares_of(found, proposal=proposal, most=most)
    asked = {"game": game.value, "players": players or None, "share": share, "most": most}
    return plan_shares_answer(portfolio, found, divided, parameters=asked, drawn=drawn)


def _completed(shares: list[float], found: CoalitionWorth) -> list[float]:
    """Return shares as people read them off an answer, stretched to what there is to divide; or stop."""
    from synodos.report import worth_unit

    unit, whole = worth_unit(found.together), found.game.whole
    total = sum(shares) * unit.per
    if not whole or abs(total - whole) > ROUNDED * abs(whole):
        told = f"{whole / unit.per:,.4g} {unit.words}"
        refuse(f"--share: expected shares that add up to {told}; found {sum(shares):,.4g}")
    return [share * unit.per * whole / total for share in shares]


def _proposal(stated: list[str], players: tuple[str, ...]) -> list[float]:
    """Return shares in the order of the players, or stop."""
    found: dict[str, float] = {}
    for text in stated:
        player, _, amount = text.rpartition("=")
        if player not in players:
            no_such("--share", player or text, players)
        if player in found:
            refuse(f"--share: {player} stands twice; give each player one share")
        try:
            found[player] = float(amount)
        except ValueError:
            refuse(f"--share: expected PLAYER=AMOUNT, such as {player}=12.5; found {text!r}")
    missing = [player for player in players if player not in found]
    if missing:
        refuse(f"--share: expected one for each player; found none for {', '.join(missing)}")
    return [found[player] for player in players]
