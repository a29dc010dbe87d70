"""Where plans meet: opportunities and dependence."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from synodos.cli.options import Folder, Form, Format, KnownOn, Most, Narrow, Viewer
from synodos.cli.printing import print_answer
from synodos.cli.reading import load
from synodos.cli.refusing import one_of


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
