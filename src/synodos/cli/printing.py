"""How an answer looks on a terminal, and as JSON and CSV."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from synodos.cli.options import Format
from synodos.cli.refusing import refuse, say, unwritable

if TYPE_CHECKING:
    from rich.console import Console

    from synodos.language import Fault
    from synodos.report import Answer, Cell, Envelope, Table

MOST_SHOWN = 200
"""Rows of a table that a terminal gets."""
SHORT = 48
"""Characters of a cell that stands on a line with others, where a table is too wide to be a grid."""
MOST_WIDE = 10_000
"""More columns of text than any table needs."""
PLAIN_WIDTH = 160
"""Columns of text where the output is no terminal."""
MOST_NOTES = 8
"""Notes below the tables that a terminal gets."""
LONG_NOTE = 400
"""Characters of a note that a terminal gets."""


def print_answer(answer: Answer, form: Format) -> None:
    """Print an answer in the form asked for."""
    if form is Format.json:
        print_json(answer.envelope)
    elif form is Format.csv:
        print_csv(answer.tables[0])
    else:
        print_tables(answer)


def write_answer(answer: Answer, output: Path | None, form: Format) -> None:
    """Write an answer as a page that works offline or as a PDF, or print it where no file is given."""
    from synodos.report import write_page

    if output is None:
        print_answer(answer, form)
        return
    if output.suffix.lower() not in (".html", ".pdf"):
        refuse(f"--output: the page is a file that ends in .html or .pdf, and not {str(output)!r}")
    with unwritable(output):
        write_page(answer, output)
    say(f"Wrote {output}")


def print_tables(answer: Answer) -> None:
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
        notes = answer.envelope.notes if answer.notes is None else answer.notes
        _print_notes(console, [note for note in notes if note not in answer.sentences])
    else:
        for section in answer.document.sections:
            console.print(f"\n{section.title}", style="bold", markup=False)
            for sentence in section.sentences:
                console.print(sentence, markup=False)
            for table in section.tables:
                _print_table(console, table)


def _print_notes(console: Console, notes: Sequence[str]) -> None:
    """Print what a reader has to know, and how much more there is."""
    for note in notes[:MOST_NOTES]:
        console.print(textwrap.shorten(f"Note: {note}", LONG_NOTE, placeholder=" ..."), markup=False)
    if len(notes) > MOST_NOTES:
        console.print(f"... and {len(notes) - MOST_NOTES} more notes; --format json gives all.", markup=False)


def _print_table(console: Console, table: Table) -> None:
    """Print a table: as a grid where the terminal has room for its columns, else row by row."""
    from rich.box import SIMPLE
    from rich.markup import escape
    from rich.table import Table as Grid

    from synodos.report import cell_text

    if not table.rows:
        console.print(f"\n{table.title}: none", style="bold", markup=False)
        return
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
    """Print a table row by row: the first cell and what is short on one line, what is long below it, and nothing else.

    Every cell stands with the name of its column, unless the rows are pairs; the first one only where it is a number,
    or dates come first and rows have several.
    """
    from rich.padding import Padding
    from rich.text import Text

    from synodos.report import cell_text

    pairs = len(columns) == 2  # noqa: PLR2004
    dated = any(sum(cell_text(row[place])[:4].isdigit() for place, _ in columns) > 1 for row in table.rows[:MOST_SHOWN])
    console.print(f"\n{table.title}\n", style="bold", markup=False)
    for row in table.rows[:MOST_SHOWN]:
        if table.heads:
            _print_compared(console, table, columns, row)
            continue
        stated = [(name, row[place], cell_text(row[place])) for place, name in columns if row[place] not in (None, "")]
        head = [
            text if isinstance(cell, str) and not (dated and text[:4].isdigit()) else f"{name} {text}"
            for name, cell, text in stated[:1]
        ]
        brief = [text if pairs else f"{name}: {text}" for name, _, text in stated[1:] if len(text) <= SHORT]
        console.print(Text(" · ".join((*head, *brief))))
        for name, _, text in stated[1:]:
            if len(text) > SHORT:
                console.print(Padding(Text(f"{name}: {text}"), (0, 0, 0, 4), expand=False))
    console.print()


def _print_compared(console: Console, table: Table, columns: list[tuple[int, str]], row: Sequence[Cell]) -> None:
    """Print a row whose first cells name it: the others each with the name of its column, or once where all agree."""
    from rich.padding import Padding
    from rich.text import Text

    from synodos.report import cell_text

    head = " · ".join(cell_text(row[place]) for place, _ in columns[: table.heads] if row[place] is not None)
    told = [(name, cell_text(row[place])) for place, name in columns[table.heads :] if row[place] not in (None, "")]
    if len(told) > 1 and len(told) == len(columns) - table.heads and len({text for _, text in told}) == 1:
        told = [("all", told[0][1])]
    cells = [f"{name}: {text}" for name, text in told] or ["not stated"]
    line = " · ".join([head, *cells])
    if len(line) <= console.width:
        console.print(Text(line))
        return
    console.print(Text(head))
    for cell in cells:
        console.print(Padding(Text(cell), (0, 0, 0, 4), expand=False))


def print_json(envelope: Envelope) -> None:
    """Print the envelope of an answer."""
    typer.echo(envelope.model_dump_json(indent=2))


def print_csv(table: Table) -> None:
    """Print a table as CSV."""
    from synodos.report import as_csv

    typer.echo(as_csv(table).encode(), nl=False)  # bytes, so that line ends stay as they are on every system


def print_faults(faults: tuple[Fault, ...], most: int | None = None) -> None:
    """Print every fault to stderr, or the first ones and how many more there are."""
    for fault in faults[:most]:
        say(str(fault))
    if most is not None and len(faults) > most:
        say(f"and {len(faults) - most} more")
    errors = sum(fault.severity == "error" for fault in faults)
    if faults:
        from synodos.report import counted

        say(f"{counted(errors, 'error')}, {counted(len(faults) - errors, 'warning')}")
