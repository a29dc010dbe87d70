"""A whole answer as a document on paper."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from synodos.report import Document, Figure, Section, defined_figure, document_file
from synodos.web.showing.told import Told, ToldFigure, ToldSection, on_paper

MOST_KEPT: Final = 8
"""Documents that a process keeps."""
PLAIN: Final = "What it says"
"""Heading of the one section of an answer that has none."""
NOTES: Final = "Notes"


def paper(answer: Told) -> bytes:
    """Return an answer as an accessible PDF on A4, with all its sections, pictures, tables and notes."""
    return _typeset(on_paper(answer).model_dump_json())


@lru_cache(maxsize=MOST_KEPT)
def _typeset(answer: str) -> bytes:
    """Return an answer as PDF; kept, for the same is asked for again."""
    return document_file(document_of(Told.model_validate_json(answer)), "pdf")


def document_of(answer: Told) -> Document:
    """Return an answer as a document."""
    sections = tuple(_section(one) for one in answer.sections if one.sentences or one.figure or one.tables)
    notes = (Section("notes", NOTES, answer.notes),) if answer.notes else ()
    return Document(answer.title, answer.lead, answer.header, (*sections, *notes), answer.notices)


def _section(section: ToldSection) -> Section:
    """Return a section of a document."""
    return Section(
        section.anchor,
        section.title or PLAIN,
        section.sentences,
        _figure(section.figure) if section.figure else None,
        tuple(one.table for one in section.tables),
    )


def _figure(figure: ToldFigure) -> Figure:
    """Return a picture of a document."""
    return defined_figure(figure.name, figure.alt, figure.narrow or figure.definition)
