"""An answer as JSON holds it: what a page shows, what exports contain, and what a finished run leaves behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, PrivateAttr

from synodos.language import Portfolio
from synodos.report import Answer, Document, Figure, Section, Table, picture_definition
from synodos.web.showing.evidence import led_to_evidence
from synodos.web.showing.links import links_of

REST: Final = "answer"
"""Anchor of the one section of an answer that has no document."""


class Frozen(BaseModel):
    """A part of what is told."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="null")


class ToldTable(Frozen):
    """A table, as `report.Table`, with where its cells lead.

    Attributes
    ----------
    leads : tuple of str
        For each row the record or address to which its first cell leads.
    cells : tuple of tuple of str
        For each row, for each cell likewise, where other cells than the first lead on as a whole.
    anchored : bool
        Whether cells lead to its rows.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]
    wide: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    anchored: bool = False

    @property
    def cell_leads(self) -> tuple[tuple[str, ...], ...]:
        """For each row, for its first cells, where they lead."""
        return self.cells or tuple((lead,) for lead in self.leads)

    @property
    def table(self) -> Table:
        """The table as the engines' answers hold it."""
        return Table(self.name, self.title, self.columns, self.rows, self.wide)


@dataclass(frozen=True)
class _Source:
    """What a picture was told from; none where it is read from JSON. It makes no difference between pictures."""

    figure: Figure | None = field(default=None, compare=False)


class ToldFigure(Frozen):
    """A picture: its name, the words that stand for it, and its Vega-Lite definition as JSON, also that for paper."""

    name: str
    alt: str
    definition: str
    narrow: str = ""
    _source: _Source = PrivateAttr(default_factory=_Source)

    def on_paper(self) -> ToldFigure:
        """Return it with its definition for paper, as long as it is not told from JSON."""
        if self._source.figure is None or self.narrow:
            return self
        return self.model_copy(update={"narrow": picture_definition(self._source.figure.on_paper)})

    @cached_property
    def stamp(self) -> str:
        """Beginning of the SHA-256 of the definition: the same for the same picture."""
        return hashlib.sha256(self.definition.encode()).hexdigest()[:16]


class ToldSection(Frozen):
    """A section, as `report.Section`."""

    anchor: str
    title: str
    sentences: tuple[str, ...] = ()
    figure: ToldFigure | None = None
    tables: tuple[ToldTable, ...] = ()
    folded: bool = False


class Told(Frozen):
    """An answer as it is shown, exported and kept; `model_dump_json` writes it, `model_validate_json` reads it.

    Attributes
    ----------
    title, lead : str
        Heading, and the answer in one sentence.
    header : str
        Day of knowledge, viewer, who stated it, doubts, hash.
    notices, notes : tuple of str
        What every reader has to know, and what stands below the tables.
    sections : tuple of ToldSection
        The answer in parts.
    links : mapping
        Words in the cells of tables, and the record (`kind:id`) or address (`/...`) that each leads to.
    envelope : mapping, optional
        The answer for programs, as `report.Envelope`.
    """

    title: str
    lead: str
    header: str
    notices: tuple[str, ...] = ()
    sections: tuple[ToldSection, ...] = ()
    notes: tuple[str, ...] = ()
    links: dict[str, str] = {}
    envelope: dict[str, Any] | None = None

    @cached_property
    def tables(self) -> dict[str, ToldTable]:
        """Every table by its name."""
        return {table.name: table for section in self.sections for table in section.tables}

    @cached_property
    def figures(self) -> dict[str, ToldFigure]:
        """Every picture by its name."""
        return {section.figure.name: section.figure for section in self.sections if section.figure}

    @cached_property
    def stamp(self) -> str:
        """Beginning of the SHA-256 of all this."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:32]


def told(
    answer: Answer | Document,
    *,
    title: str | None = None,
    portfolio: Portfolio | None = None,
    links: Mapping[str, str] | None = None,
    leads: Mapping[str, Sequence[str]] | None = None,
) -> Told:
    """Return an answer, or a document, as JSON holds it.

    Parameters
    ----------
    answer : Answer or Document
        What was answered; an answer that has a page is shown as its page.
    title : str, optional
        Heading; by default that of the page, or the name of the question.
    portfolio : Portfolio, optional
        What was asked, as its viewer sees it: cells that name one of its records lead there.
    links : mapping, optional
        Further words in cells, and the record or address that each leads to.
    leads : mapping, optional
        For tables by name: for each row the record or address to which its first cell leads.
    """
    page = answer if isinstance(answer, Document) else answer.document
    envelope = None if isinstance(answer, Document) else answer.envelope
    sections = (_plain(answer),) if page is None else tuple(_apart(page.sections))
    parts = tuple(_section(one, leads or {}) for one in sections)
    cells = (cell for part in parts for table in part.tables for row in table.rows for cell in row)
    made = Told(
        title=title or (page.title if page else envelope.question.replace("-", " ").capitalize()),
        lead=page.lead if page else next(iter(answer.sentences), ""),
        header=page.header if page else answer.header,
        notices=page.notices if page else (),
        sections=parts,
        notes=() if page else _notes(answer),
        links={**({} if portfolio is None else links_of(portfolio, cells)), **(links or {})},
        envelope=None if envelope is None else json.loads(envelope.model_dump_json()),
    )
    return led_to_evidence(made)


def _plain(answer: Answer) -> Section:
    """Return an answer without a page as one section."""
    return Section(REST, "", answer.sentences[1:], tables=answer.tables)


def _notes(answer: Answer) -> tuple[str, ...]:
    """Return what stands below the tables."""
    return answer.envelope.notes if answer.notes is None else answer.notes


def _apart(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Yield sections whose tables have names of their own: a table that says more of another bears its section's."""
    taken: set[str] = set()
    for section in sections:
        names = [one.name if one.name not in taken else f"{section.anchor}-{one.name}" for one in section.tables]
        taken.update(names)
        tables = tuple(replace(one, name=name) for one, name in zip(section.tables, names, strict=True))
        yield replace(section, tables=tables)


def _section(section: Section, leads: Mapping[str, Sequence[str]]) -> ToldSection:
    """Return a section as JSON holds it."""
    return ToldSection(
        anchor=section.anchor,
        title=section.title,
        sentences=section.sentences,
        figure=None if section.figure is None else _figure(section.figure),
        tables=tuple(_table(table, leads.get(table.name, ())) for table in section.tables),
        folded=section.folded,
    )


def _figure(figure: Figure) -> ToldFigure:
    """Return a picture as JSON holds it."""
    made = ToldFigure(name=figure.name, alt=figure.alt, definition=picture_definition(figure.chart))
    made._source = _Source(figure)  # noqa: SLF001 - what draws it for paper, only when that is asked for
    return made


def _table(table: Table, leads: Sequence[str]) -> ToldTable:
    """Return a table as JSON holds it."""
    return ToldTable(
        name=table.name,
        title=table.title,
        columns=table.columns,
        rows=table.rows,
        wide=table.wide,
        leads=tuple(leads),
    )


def on_paper(answer: Told) -> Told:
    """Return an answer whose pictures hold their definitions for paper, so that it can be kept as JSON."""
    sections = tuple(
        one if one.figure is None else one.model_copy(update={"figure": one.figure.on_paper()})
        for one in answer.sections
    )
    return answer.model_copy(update={"sections": sections})


def some_of(answer: Told, *anchors: str, title: str, lead: str) -> Told:
    """Return some sections of an answer as a page of their own, in the order asked for."""
    by_anchor = {section.anchor: section for section in answer.sections}
    sections = tuple(by_anchor[anchor] for anchor in anchors if anchor in by_anchor)
    return answer.model_copy(update={"title": title, "lead": lead, "sections": sections})
