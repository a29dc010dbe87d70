"""A document: sections of sentences, tables and pictures, independent of how they are written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.report.answering.tables import Table

if TYPE_CHECKING:
    from altair import TopLevelMixin


PAPER: Final = 720.0
"""Pixels across a picture that is drawn for paper."""


@dataclass(frozen=True)
class Figure:
    """A picture with the sentence that stands for it where it cannot be seen."""

    name: str
    """Short name, also of its files."""
    alt: str
    """What it shows, in one or two sentences."""
    chart: TopLevelMixin
    """The one definition of the picture, interactive and printed alike."""
    narrowed: Callable[[float], TopLevelMixin] | None = None
    """What draws the same in fewer pixels across, so that its type can be read on paper; none: it is only scaled."""

    @classmethod
    def of(cls, name: str, chart: TopLevelMixin) -> Figure:
        """Return a picture with the words that it carries for those who cannot see it."""
        return cls(name, str(getattr(chart, "description", "")), chart)

    @classmethod
    def drawn(cls, name: str, draw: Callable[..., TopLevelMixin], *what: object, **how: object) -> Figure:
        """Return the picture that a function draws of its arguments, as wide as it draws it, and as a page needs it."""
        chart = draw(*what, **how)
        return cls(
            name, str(getattr(chart, "description", "")), chart, lambda width: draw(*what, **{**how, "width": width})
        )

    @property
    def on_paper(self) -> TopLevelMixin:
        """The picture as a page of A4 needs it."""
        return self.narrowed(PAPER) if self.narrowed else self.chart


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
