"""What for: how the worth of cooperating, or its costs, could be shared, and who would stay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from synodos.cli.options import Form, Format, Page
from synodos.cli.printing import print_faults, write_answer
from synodos.cli.refusing import FAULTS, no_such, refuse


def shares(
    file: Annotated[
        Path,
        Argument(exists=True, help="Worth or costs of every group of players: .csv or .json.", show_default=False),
    ],
    share: Annotated[
        list[str] | None,
        Option(
            "--share", help="A share to judge beside the rules, as PLAYER=AMOUNT; one for each.", show_default=False
        ),
    ] = None,
    most: Annotated[int, Option("--most", min=1, help="Groups to name that object to a division.")] = 10,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show fair shares of what the groups in FILE are worth, or have to pay, and who objects to them."""
    from synodos.coalition import GameError, fair_shares
    from synodos.exchange import read_game_values
    from synodos.language import PortfolioError
    from synodos.report import shares_answer

    try:
        given = read_game_values(file)
    except PortfolioError as error:
        print_faults(error.faults)
        raise typer.Exit(FAULTS) from None
    proposal = _proposal(share, given.players) if share else None
    try:
        found = fair_shares(
            given.players, given.values, kind=given.kind, budgets=given.budgets, proposal=proposal, most=most
        )
    except GameError as error:
        refuse(str(error))
    asked = {"file": file.name, "share": share, "most": most}
    write_answer(shares_answer(found, given.unit, parameters=asked, drawn=output is not None), output, form)


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
