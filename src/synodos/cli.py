"""The command line: who asks? Each command reads a portfolio, asks one question and prints the answer."""

from __future__ import annotations

import datetime as dt
import enum
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer import Argument, Option

if TYPE_CHECKING:
    from rich.console import Console

    from synodos.language import Fault, History, Portfolio
    from synodos.report import Answer, Envelope, Table

app = typer.Typer(
    name="synodos",
    help="Lay space agencies' exploration plans side by side: where they could cooperate, and who depends on whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FAULTS = 1
MISUSE = 2
WORDS = ("--kind", "NAME")
"""Options whose values are a short list of words."""
MOST_SHOWN = 200
"""Rows of a table that a terminal gets."""
SHORT = 48
"""Characters of a cell that stands on a line with others, where a table is too wide to be a grid."""
MOST_WIDE = 10_000
"""More columns of text than any table needs."""
PLAIN_WIDTH = 160
"""Columns of text where the output is no terminal."""


class Format(enum.StrEnum):
    """Form in which an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"


Folder = Annotated[
    Path, Argument(exists=True, help="Portfolio: a folder, a .json file or an .xlsx workbook.", show_default=False)
]
Narrow = Annotated[str | None, Option("--for", help="Narrow to this agency.", show_default=False)]
Viewer = Annotated[str, Option("--as", help="Who looks: an agency, or public.")]
KnownOn = Annotated[
    dt.datetime | None,
    Option("--on", formats=["%Y-%m-%d"], help="Day of knowledge (default: the portfolio's own).", show_default=False),
]
Form = Annotated[Format, Option("--format", help="table, json (all there is) or csv (the first table).")]
Most = Annotated[int | None, Option("--most", min=1, help="Show no more than this many.", show_default=False)]


@app.command()
def check(folder: Folder, form: Form = Format.table) -> None:
    """Say everything that is wrong with FOLDER, and what it holds."""
    from synodos.exchange import inspect
    from synodos.report import check_answer, fault_table

    history, faults = inspect(folder)
    if form is Format.csv:
        _print_csv(fault_table(faults))
    elif form is Format.json:
        _print_json(check_answer(history, faults).envelope)
    else:
        _print_faults(faults)
        if history is not None:
            _print_tables(check_answer(history, faults))
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(FAULTS)


@app.command()
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

    history = _read(folder)
    portfolio = _seen(history, viewer, known_on, narrow)
    kind = _one_of("--kind", kind, portfolio.tables) if kind else None
    if record is None:
        _answer(records_answer(portfolio, kind=kind, owner=narrow), form)
    else:
        found = [r for r in portfolio if kind in (None, r.kind) and narrow in (None, r.owner)]
        key = _only(record, {f"{r.kind}:{r.id}": r.id for r in found})
        _answer(record_answer(history, portfolio, key), form)


@app.command()
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

    portfolio = _load(folder, viewer, known_on, narrow)
    kind = _one_of("--kind", kind, cooperation.OPPORTUNITY_KINDS) if kind else None
    found = cooperation.opportunities(portfolio, narrow)
    _answer(opportunities_answer(portfolio, found, for_agency=narrow, kind=kind, most=most), form)


@app.command()
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

    portfolio = _load(folder, viewer, known_on, narrow)
    found = cooperation.dependence(portfolio, narrow)
    _answer(dependence_answer(portfolio, found, for_agency=narrow, most=most), form)


@app.command()
def dossier(
    folder: Folder,
    mission: Annotated[str, Argument(help="Id of a mission.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Annotated[
        Path | None, Option("--output", "-o", help="Write the page to this .html file.", show_default=False)
    ] = None,
    form: Form = Format.table,
) -> None:
    """Show the one page on MISSION that an officer takes into a meeting."""
    from synodos.report import dossier_answer, write_page

    portfolio = _load(folder, viewer, known_on)
    if mission not in portfolio.missions:
        _no_such("mission", mission, portfolio.missions)
    answer = dossier_answer(portfolio, mission)
    if output is None:
        _answer(answer, form)
        return
    if output.suffix.lower() != ".html":
        _refuse(f"--output: the page is a file that ends in .html, and not {str(output)!r}")
    with _unwritable(output):
        write_page(answer, output)
    _say(f"Wrote {output}")


@app.command()
def convert(
    folder: Folder,
    output: Annotated[Path, Option("--output", "-o", help="A new folder, .json or .xlsx.", show_default=False)],
    replace: Annotated[bool, Option("--replace", help="Replace what stands there.")] = False,
) -> None:
    """Write FOLDER in another form: a folder of YAML, one JSON file, or a workbook to fill in."""
    from synodos.exchange import write
    from synodos.language import PortfolioError

    history = _read(folder)
    try:
        write(history, output, replace=replace)
    except PortfolioError as error:  # what is wrong is the place, not the portfolio
        _refuse(str(error))
    _say(f"Wrote {output}")


@app.command()
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
        with _unwritable(output):
            write_schemas(output)
        _say(f"Wrote {len(schemas)} schemas to {output}")
    elif name is None:
        typer.echo("\n".join(schemas))
    else:
        typer.echo(json.dumps(schemas[_one_of("NAME", name, schemas)], indent=2, ensure_ascii=False))


@app.command()
def report(
    folder: Folder,
    output: Annotated[Path, Option("--output", "-o", help="Folder to write to.")] = Path("synodos-report"),
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
) -> None:
    """Write the report on FOLDER: one page that works offline, and the data behind every figure."""
    portfolio = _load(folder, viewer, known_on, narrow)
    _write_report(portfolio, output, narrow)


@app.command()
def demo(
    output: Annotated[Path, Option("--output", "-o", help="Folder to write to.")] = Path("synodos-demo"),
) -> None:
    """Write the report on what fourteen agencies planned in 2011, and say where to look."""
    portfolio = _load(_shipped("exploration2011"), "public", None)
    _write_report(portfolio, output, None)
    typer.echo(
        f"\nOpen {(output / 'report.html').resolve()} in a browser.\n"
        f"Then try:\n"
        f"  synodos opportunities {_shipped('exploration2011')} --for esa\n"
        f"  synodos dossier {_shipped('exploration2011')} chandrayaan-2\n"
        f"  synodos report {_shipped('exploration2026')} -o report-2026"
    )


def main() -> None:
    """Run the command line."""
    app()


def _write_report(portfolio: Portfolio, output: Path, narrow: str | None) -> None:
    """Write the report and show how far it has come."""
    from synodos.report import write_report

    with _unwritable(output):
        for step in write_report(portfolio, output, for_agency=narrow):
            _say(f"  {step} done")
    _say(f"Wrote {output / 'report.html'}")


def _shipped(name: str) -> Path:
    """Return a portfolio that comes with the package, or stands beside its source."""
    here = Path(__file__).parent
    places = [here / "portfolios" / name, here.parents[1] / "portfolios" / name]
    return next((place for place in places if place.is_dir()), places[0])


def _load(folder: Path, viewer: str, known_on: dt.datetime | None, narrow: str | None = None) -> Portfolio:
    """Return the portfolio in FOLDER as the viewer sees it, or say what is wrong and stop."""
    return _seen(_read(folder), viewer, known_on, narrow)


def _read(folder: Path) -> History:
    """Return every statement in FOLDER, or say what is wrong with it and stop."""
    from synodos.exchange import read_history
    from synodos.language import PortfolioError

    try:
        return read_history(folder)
    except PortfolioError as error:
        _print_faults(error.faults)
        raise typer.Exit(FAULTS) from None


def _seen(history: History, viewer: str, known_on: dt.datetime | None, narrow: str | None) -> Portfolio:
    """Return what the viewer may see of what was known on a day."""
    from synodos.language import PUBLIC

    day = known_on.date() if known_on else None
    ends = history.header.known_on.latest
    if day is not None and day > ends:
        _refuse(f"--on: the portfolio ends on {ends}, before {day}")
    if viewer != PUBLIC and viewer not in history.known_on(day).agencies:
        _no_such("--as", viewer, history.known_on(day, PUBLIC).agencies)  # a hint shows what everybody may see
    seen = history.known_on(day, viewer)
    if not len(seen):
        first = min((s.as_of for s in history.stated(ends, viewer)), key=lambda stated: stated.latest, default=None)
        _say(f"Nothing was stated to {viewer} by then" + (f"; the first statement is of {first}." if first else "."))
    if narrow is not None:
        _one_of("--for", narrow, seen.agencies)
    return seen


def _answer(answer: Answer, form: Format) -> None:
    """Print an answer in the form asked for."""
    if form is Format.json:
        _print_json(answer.envelope)
    elif form is Format.csv:
        _print_csv(answer.tables[0])
    else:
        _print_tables(answer)


def _print_tables(answer: Answer) -> None:
    """Print an answer for people: sentences and tables, under the headings of its page where it has one."""
    from rich.console import Console

    fits = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(width=None if fits else PLAIN_WIDTH, highlight=False)
    console.print(answer.header, style="dim", markup=False)
    for sentence in answer.sentences:
        console.print(sentence, markup=False)
    if answer.document is None:
        for table in answer.tables:
            _print_table(console, table)
    else:
        for section in answer.document.sections:
            console.print(f"\n{section.title}", style="bold", markup=False)
            for sentence in section.sentences:
                console.print(sentence, markup=False)
            for table in section.tables:
                _print_table(console, table)


def _print_table(console: Console, table: Table) -> None:
    """Print a table: as a grid where the terminal has room for its columns, else row by row."""
    from rich.box import SIMPLE
    from rich.markup import escape
    from rich.table import Table as Grid

    from synodos.report import cell_text

    columns = [(place, name) for place, name in enumerate(table.columns) if name not in table.wide]
    grid = Grid(title=table.title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)
    for _, name in columns:
        grid.add_column(name, overflow="fold")
    for row in table.rows[:MOST_SHOWN]:
        grid.add_row(*(escape(cell_text(row[place])) for place, _ in columns))
    if (
        len(columns) == 1
        or console.measure(grid, options=console.options.update(max_width=MOST_WIDE)).maximum <= console.width
    ):
        console.print(grid)
    else:
        _print_rows(console, table, columns)
    if len(table.rows) > MOST_SHOWN:
        console.print(f"... and {len(table.rows) - MOST_SHOWN} more rows; --format json gives all.", markup=False)


def _print_rows(console: Console, table: Table, columns: list[tuple[int, str]]) -> None:
    """Print a table row by row: what is short on one line, what is long below it; what is not stated is left out."""
    from rich.padding import Padding
    from rich.text import Text

    from synodos.report import cell_text

    console.print(f"\n{table.title}\n", style="bold", markup=False)
    for row in table.rows[:MOST_SHOWN]:
        stated = [(name, row[place], cell_text(row[place])) for place, name in columns if row[place] is not None]
        short = [
            text if isinstance(cell, str) else f"{name} {text}" for name, cell, text in stated if len(text) <= SHORT
        ]
        console.print(Text(" · ".join(short)))
        for name, _, text in stated:
            if len(text) > SHORT:
                console.print(Padding(Text(f"{name}: {text}"), (0, 0, 0, 4), expand=False))
    console.print()


def _print_json(envelope: Envelope) -> None:
    """Print the envelope of an answer."""
    typer.echo(envelope.model_dump_json(indent=2))


def _print_csv(table: Table) -> None:
    """Print a table as CSV."""
    from synodos.report import as_csv

    typer.echo(as_csv(table).encode(), nl=False)  # bytes, so that line ends stay as they are on every system


def _print_faults(faults: tuple[Fault, ...]) -> None:
    """Print every fault to stderr."""
    for fault in faults:
        _say(str(fault))
    errors = sum(fault.severity == "error" for fault in faults)
    if faults:
        from synodos.report import counted

        _say(f"{counted(errors, 'error')}, {counted(len(faults) - errors, 'warning')}")


def _one_of(what: str, value: str, valid: object) -> str:
    """Return `value` if it is one of `valid`, or stop and name the nearest."""
    options = list(valid)  # type: ignore[call-overload]
    if value not in options:
        _no_such(what, value, options)
    return value


def _only(record: str, ids: Mapping[str, str]) -> str:
    """Return the key of the one record that is meant by an id or by `kind:id`, or stop."""
    keys = [key for key, record_id in ids.items() if record in (key, record_id)]
    if not keys:
        _no_such("record", record, [*ids.values(), *ids])
    if len(keys) > 1:
        _refuse(f"record: {record!r} may be {' or '.join(keys)}; say which")
    return keys[0]


def _no_such(what: str, value: str, valid: object) -> NoReturn:
    """Stop: there is no such thing; name the nearest, or all where they are few."""
    from synodos.language import nearest

    options = list(valid)  # type: ignore[call-overload]
    near = nearest(value, options)
    listed = f"; one of {', '.join(options)}" if what in WORDS else ""
    _refuse(f"{what}: there is no {value!r} to be seen" + (f"; did you mean {near!r}?" if near else listed))


def _refuse(message: str) -> NoReturn:
    """Stop for misuse, with one line that says what to do."""
    _say(message)
    raise typer.Exit(MISUSE)


def _say(message: str) -> None:
    """Print talk, which goes to stderr so that data stay clean."""
    typer.echo(message, err=True)


@contextmanager
def _unwritable(output: Path) -> Iterator[None]:
    """Stop with one line if `output` cannot be written."""
    try:
        yield
    except OSError as error:
        _refuse(f"--output: {str(output)!r} cannot be written: {error.strerror or error}")
