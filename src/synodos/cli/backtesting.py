"""How good the answers were: opportunities, or dates, laid beside what came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from synodos.cli.options import MOST_DRAWN, Folder, Form, Format, KnownOn, Page, Seed, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import faults_told, load
from synodos.cli.working import refused

if TYPE_CHECKING:
    from synodos.language import Outcomes

MOST_FAULTS = 20
"""Faults of a file of outcomes that are printed."""


def backtest(
    folder: Folder,
    outcomes: Annotated[
        Path,
        Argument(exists=True, dir_okay=False, help="What came later: a .yaml file of outcomes.", show_default=False),
    ],
    dates: Annotated[bool, Option("--dates", help="Ask how sure dates were, and not opportunities.")] = False,
    dealings: Annotated[
        int, Option("--dealings", min=1, max=MOST_DRAWN, help="Random dealings that show what chance does.")
    ] = 2_000,
    iterations: Annotated[
        int, Option("--iterations", min=1, max=MOST_DRAWN, help="Monte Carlo iterations, for dates.")
    ] = 5_000,
    seed: Seed = 1,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Lay what the portfolio in FOLDER said beside what came: how good were its opportunities, or its dates?"""
    from synodos import roadmap
    from synodos.report import backtest_answer, calibration_answer

    portfolio, came = load(folder, viewer, known_on), _outcomes(outcomes)
    with refused(folder, portfolio):
        if dates:
            fared = roadmap.calibration(portfolio, came, iterations=iterations, seed=seed)
            answer = calibration_answer(portfolio, came, fared, drawn=output is not None)
        else:
            found = roadmap.backtest(portfolio, came, dealings=dealings, seed=seed)
            answer = backtest_answer(portfolio, came, found, drawn=output is not None)
    write_answer(answer, output, form)


def _outcomes(path: Path) -> Outcomes:
    """Return what came, or say what is wrong with the file and stop."""
    from synodos.exchange import read_outcomes

    with faults_told(MOST_FAULTS):
        return read_outcomes(path)
