"""What is in the files: check, show, convert, schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.options import Folder, Form, Format, KnownOn, Narrow, Viewer
from synodos.cli.printing import print_answer, print_csv, print_faults, print_json, print_tables
from synodos.cli.reading import read, seen
from synodos.cli.refusing import FAULTS, one_of, only, refuse, say, unwritable

if TYPE_CHECKING:
    from synodos.language import History


def check(folder: Folder, form: Form = Format.table) -> None:
    """Say everything that is wrong with FOLDER, and what it holds."""
    from synodos.exchange import inspect
    from synodos.report import check_answer, fault_table

    history, faults = inspect(folder)
    if form is Format.csv:
        print_csv(fault_table(faults))
    elif form is Format.json:
        print_json(check_answer(history, faults).envelope)
    else:
        print_faults(faults)
        if history is not None:
            print_tables(check_answer(history, faults))
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(FAULTS)


def show(
    folder: Folder,
    record: Annotated[str | None, Argument(help="Id of a record, or kind:id.", show_default=False)] = None,
    kind: Annotated[str | None, Option("--kind", help="Only this kind.", show_default=False)] = None,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """List the records of FOLDER, or show one RECORD with its history and sources."""
    from synodos.report import record_answer, records_answer

    history = read(folder)
    portfolio = seen(history, viewer, known_on, narrow)
    kind = one_of("--kind", kind, portfolio.tables) if kind else None
    if record is None:
        print_answer(records_answer(portfolio, kind=kind, owner=narrow), form)
    else:
        found = [r for r in portfolio if kind in (None, r.kind) and narrow in (None, r.owner)]
        key = only(record, {f"{r.kind}:{r.id}": r.id for r in found})
        print_answer(record_answer(history, portfolio, key), form)


def convert(
    folder: Folder,
    output: Annotated[
        Path, Option("--output", "-o", help="A new folder, .json, .xlsx, or .xml for a schedule.", show_default=False)
    ],
    schedule: Annotated[
        str | None,
        Option("--schedule", help="Which schedule goes into the .xml file, if there are several.", show_default=False),
    ] = None,
    replace: Annotated[bool, Option("--replace", help="Replace what stands there.")] = False,
) -> None:
    """Write FOLDER in another form: YAML, one JSON file, a workbook to fill in, or a schedule as Project XML."""
    from synodos.exchange import write
    from synodos.language import PortfolioError

    history = read(folder)
    try:
        if output.suffix.lower() == ".xml":
            _write_schedule(history, schedule, output, replace=replace)
        else:
            write(history, output, replace=replace)
    except PortfolioError as error:  # what is wrong is the place, not the portfolio
        there = any(fault.code == "file.exists" for fault in error.faults) and not replace
        refuse(f"{error}" + ("\n--replace asks for it" if there else ""))
    say(f"Wrote {output}")


def _write_schedule(history: History, schedule: str | None, output: Path, *, replace: bool) -> None:
    """Write one schedule as Microsoft Project's XML, and say what that cannot hold."""
    from synodos.exchange import write_mspdi

    portfolio = history.known_on()
    if schedule is None and len(portfolio.schedules) != 1:
        refuse(f"--schedule: the portfolio has {len(portfolio.schedules)} schedules; name one of them")
    chosen = one_of("--schedule", schedule or next(iter(portfolio.schedules)), portfolio.schedules)
    for left_out in write_mspdi(portfolio, chosen, output, replace=replace):
        say(f"Not written: {left_out}")


def schema(
    name: Annotated[
        str | None, Argument(help="A record kind, portfolio, records or answer.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, Option("--output", "-o", help="Write every schema into this folder.", show_default=False)
    ] = None,
) -> None:
    """Print or write the JSON Schemas of records, portfolios and answers."""
    import json

    from synodos.report import published_schemas, write_schemas

    schemas = published_schemas()
    if output is not None:
        with unwritable(output):
            write_schemas(output)
        say(f"Wrote {len(schemas)} schemas to {output}")
    elif name is None:
        typer.echo("\n".join(schemas))
    else:
        typer.echo(json.dumps(schemas[one_of("NAME", name, schemas)], indent=2, ensure_ascii=False))
