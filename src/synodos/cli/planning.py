"""The roadmap: scenarios, and how ready they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from synodos.cli.options import MOST_DRAWN, Folder, Form, Format, KnownOn, Page, Seed, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import load
from synodos.cli.refusing import one_of, refuse
from synodos.cli.working import refused, shown_progress

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.roadmap import Optimum


def readiness(
    folder: Folder,
    scenario: Annotated[str, Argument(help="Id of a scenario, such as moon-next.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show what the missions of SCENARIO need, what supplies it and when, and who works on the rest."""
    from synodos import roadmap
    from synodos.report import readiness_answer

    portfolio = load(folder, viewer, known_on)
    one_of("scenario", scenario, portfolio.scenarios)
    try:
        said, found = roadmap.outline(portfolio, scenario), roadmap.readiness(portfolio, scenario)
    except ValueError as error:
        refuse(f"scenario {scenario}: {error}")
    write_answer(readiness_answer(portfolio, said, found, drawn=output is not None), output, form)


def compare(
    folder: Folder,
    scenarios: Annotated[
        list[str] | None, Argument(help="Ids of scenarios (default: all of them).", show_default=False)
    ] = None,
    parts: Annotated[
        list[str] | None,
        Option("--part", help="Compare only this; may be repeated (default: all but worth).", show_default=False),
    ] = None,
    iterations: Annotated[int, Option("--iterations", min=1, max=MOST_DRAWN, help="Monte Carlo iterations.")] = 2_000,
    seed: Seed = 1,
    weights: Annotated[
        list[str] | None,
        Option(
            "--optimum",
            metavar="WHAT=WEIGHT",
            help="Propose a scenario by the weight of a goal, objective or destination; may be repeated.",
            show_default=False,
        ),
    ] = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Lay SCENARIOS side by side: dates, goals, costs, dependence, critical path, law, robustness and what is saved."""
    from synodos import roadmap
    from synodos.report import scenarios_answer, with_optimum_told

    portfolio = load(folder, viewer, known_on)
    keys = [one_of("scenario", key, portfolio.scenarios) for key in scenarios or portfolio.scenarios]
    aspects = [one_of("--part", part, roadmap.ASPECTS) for part in parts or roadmap.ASPECTS[:-1]]
    best = _optimum(portfolio, weights) if weights else None
    plans = roadmap.with_optimum(portfolio, best) if best else portfolio
    keys += [best.scenario.id] if best and best.scenario else []
    if not keys:
        refuse("compare: the portfolio holds no scenario to be seen" + (f". {best.why_none}" if best else ""))
    try:
        with shown_progress("Aspects") as progress:
            found = roadmap.compare(plans, keys, aspects=aspects, iterations=iterations, seed=seed, progress=progress)
    except ValueError as error:
        refuse(f"compare: {error}")
    asked = {"scenarios": keys, "parts": list(found.aspects), "iterations": iterations, "seed": seed}
    answer = scenarios_answer(plans, found, asked, drawn=output is not None, stated=portfolio)
    write_answer(with_optimum_told(answer, portfolio, best) if best else answer, output, form)


def _optimum(portfolio: Portfolio, weights: list[str]) -> Optimum:
    """Return what weights such as `mars=2` propose, or stop."""
    from synodos import roadmap

    given: dict[str, float] = {}
    for text in weights:
        key, _, weight = text.partition("=")
        try:
            given[key] = float(weight)
        except ValueError:
            refuse(f"--optimum: found {text!r}, expected a goal, objective or destination and its weight, as mars=2")
    with refused(), shown_progress("Optimum"):
        return roadmap.optimum(portfolio, given)


def align(
    folder: Folder,
    scenario: Annotated[str, Argument(help="Id of a scenario, such as moon-next.", show_default=False)],
    narrow: Annotated[str, Option("--for", help="Agency that asks.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show what SCENARIO makes of an agency's plans, and what that agency could do to help it most; changes nothing."""
    from synodos import roadmap
    from synodos.report import alignment_answer

    portfolio = load(folder, viewer, known_on, narrow)
    one_of("scenario", scenario, portfolio.scenarios)
    try:
        said, found = roadmap.outline(portfolio, scenario), roadmap.align(portfolio, scenario, narrow)
    except ValueError as error:
        refuse(f"align: {error}")
    write_answer(alignment_answer(portfolio, said, found, drawn=output is not None), output, form)
