"""A document: sections of sentences, tables and pictures, independent of how they are written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synodos.report.tables import Table, cell_text

if TYPE_CHECKING:
    from altair import TopLevelMixin


@dataclass(frozen=True)
class Figure:
    """A picture with the sentence that stands for it where it cannot be seen."""

    name: str
    """Short name, also of its files."""
    alt: str
    """What it shows, in one or two sentences."""
    chart: TopLevelMixin
    """The one definition of the picture, interactive and printed alike."""


@dataclass(frozen=True)
class Section:
    """One part of a document: a heading, sentences, and what stands below them."""

    anchor: str
    """Name by which links lead to it."""
    title: str
    """Heading."""
    sentences: tuple[str, ...] = ()
    """Paragraphs; the first answers the section's question."""
    figure: Figure | None = None
    """Picture, if any."""
    tables: tuple[Table, ...] = ()
    """Tables, if any."""
    folded: bool = False
    """Whether a page shows it closed until it is asked for."""


@dataclass(frozen=True)
class Document:
    """A page or report."""

    title: str
    """Title."""
    lead: str
    """The answer in one sentence."""
    header: str
    """Day of knowledge, viewer, who stated it, doubts, hash."""
    sections: tuple[Section, ...]
    """Its parts in order."""
    notices: tuple[str, ...] = ()
    """What every reader has to know."""


def as_text(document: Document) -> str:
    """Return a document as plain text for a terminal; pictures are left out."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines of a document as plain text."""
    yield document.title
    yield "=" * len(document.title)
    yield document.header
    yield ""
    yield document.lead
    for section in document.sections:
        yield ""
        yield section.title
        yield "-" * len(section.title)
        yield from section.sentences
        for table in section.tables:
            yield from _table_lines(table)
    for notice in document.notices:
        yield ""
        yield notice


def _table_lines(table: Table) -> Iterator[str]:
    """Yield the rows of a table, one fact a line where it is wide."""
    for row in table.rows:
        cells = [
            f"{column}: {cell_text(cell)}" if position else cell_text(cell)
            for position, (column, cell) in enumerate(zip(table.columns, row, strict=True))
            if cell is not None or not position
        ]
        yield "  - " + "; ".join(cells)
