"""A document as people read it: without tables that say nothing, and without columns for machines."""

from __future__ import annotations

from dataclasses import replace

from synodos.report.answering.document import Document, Section
from synodos.report.answering.tables import Table, without


def for_readers(document: Document) -> Document:
    """Return a document with the tables and columns that say something, and without those for machines.

    Left out are tables that hold nothing, columns in which nothing is stated, and the columns that a terminal has no
    room for; the JSON form of the answer has them all.
    """
    return replace(document, sections=tuple(_read(section) for section in document.sections))


def _read(section: Section) -> Section:
    """Return a section as people read it."""
    return replace(section, tables=tuple(_narrowed(table) for table in section.tables if table.rows))


def _narrowed(table: Table) -> Table:
    """Return a table with the columns in which something is stated for people."""
    stated = {name for name, *cells in zip(table.columns, *table.rows, strict=True) if set(cells) - {None, ""}}
    return without(table, [name for name in table.columns if name not in stated or name in table.wide])
