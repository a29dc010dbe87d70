"""Where plans meet: opportunities, dependence, dossier."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from synodos.cli.options import Folder, Form, Format, KnownOn, Most, Narrow, Page, Viewer
from synodos.cli.printing import print_answer, write_answer
from synodos.cli.reading import load, plan_id
from synodos.cli.refusing import no_such, one_of


def opportunities(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    kind: Annotated[
        str | None, Option("--kind", help="Only this kind, such as complement.", show_default=False)
    ] = None,
    most: Most = 20,
    form: Form = Format.table,
) -> None:
    """Rank where the plans in FOLDER could meet: gaps, complements, shared assets, duplications, joint interests."""
    from synodos import cooperation
    from synodos.report import opportunities_answer

    portfolio = load(folder, viewer, known_on, narrow)
    kind = one_of("--kind", kind, cooperation.OPPORTUNITY_KINDS) if kind else None
    found = cooperation.opportunities(portfolio, narrow, most, kind=kind)
    print_answer(opportunities_answer(portfolio, found, for_agency=narrow, kind=kind, most=most), form)


def dependence(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    most: Most = None,
    form: Form = Format.table,
) -> None:
    """Show who depends on whom in FOLDER, for what, and what has no second source."""
    from synodos import cooperation
    from synodos.report import dependence_answer

    portfolio = load(folder, viewer, known_on, narrow)
    found = cooperation.dependence(portfolio, narrow)
    print_answer(dependence_answer(portfolio, found, for_agency=narrow, most=most), form)


def dossier(
    folder: Folder,
    mission: Annotated[str, Argument(help="Id of a mission.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show the one page on MISSION that an officer takes into a meeting."""
    from synodos.report import dossier_answer

    portfolio = load(folder, viewer, known_on)
    mission = plan_id(portfolio, mission)
    if mission not in portfolio.missions:
        no_such("mission", mission, portfolio.missions)
    answer = dossier_answer(portfolio, mission, drawn=output is not None)
    write_answer(answer, output, form)
