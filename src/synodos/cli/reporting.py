"""Everything on one page: report and demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from synodos.cli.first import shipped
from synodos.cli.options import Folder, KnownOn, Narrow, Viewer
from synodos.cli.reading import load
from synodos.cli.refusing import say, unwritable
from synodos.cli.working import processes

if TYPE_CHECKING:
    from synodos.language import Portfolio


def report(
    folder: Folder,
    output: Annotated[Path, Option("--output", "-o", help="Folder to write to.")] = Path("synodos-report"),
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
) -> None:
    """Write the report on FOLDER: one page that works offline, and the data behind every figure."""
    portfolio = load(folder, viewer, known_on, narrow)
    _write_report(portfolio, output, narrow)


def demo(
    output: Annotated[Path, Option("--output", "-o", help="Folder to write to.")] = Path("synodos-demo"),
) -> None:
    """Write the report on what fourteen agencies planned in 2011, and say where to look."""
    portfolio = load(shipped("exploration2011"), "public", None)
    _write_report(portfolio, output, None)
    typer.echo(
        f"\nOpen {(output / 'report.html').resolve()} in a browser.\n"
        f"Then try:\n"
        f"  synodos opportunities {shipped('exploration2011')} --for esa\n"
        f"  synodos dossier {shipped('exploration2011')} chandrayaan-2\n"
        f"  synodos report {shipped('exploration2026')} -o report-2026"
    )


def _write_report(portfolio: Portfolio, output: Path, narrow: str | None) -> None:
    """Write the report and show how far it has come."""
    from synodos.report import write_report

    with unwritable(output), processes() as executor:
        for step in write_report(portfolio, output, for_agency=narrow, executor=executor):
            say(f"  {step} done")
    say(f"Wrote {output / 'report.html'}")
