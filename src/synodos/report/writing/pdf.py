"""A document as an accessible PDF file: tagged, with bookmarks, the same bytes every time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.tables import Table
from synodos.report.charts import chart_bytes
from synodos.report.charts.look import FONT
from synodos.report.writing.paper_tables import ACROSS, FLIPPED, INSET, paper_table
from synodos.report.writing.typesetting import FACE, typeset

FEW: Final = 4
"""Sections up to which a document needs no list of contents."""
WIDEST: Final = 900.0
"""Pixels across from which a picture that cannot be drawn narrower stands on a page on its side."""
HIGH: Final = 695.0
LOW: Final = 450.0
"""Points down an upright page, and one on its side, that a picture may take."""
LARGEST: Final = 0.75
"""Points for a pixel of a picture, at most: type of eleven pixels is then as high as the text around it."""
SQUEEZED: Final = 0.78
"""How much smaller a picture that is too high is drawn, before it goes on to another page."""
SLACK: Final = 0.01
_SIDES: Final = re.compile(r'(width|height)="([\d.]+)"')


def as_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1 on A4."""
    told = {
        "title": document.title,
        "lead": document.lead,
        "header": document.header,
        "notices": list(document.notices),
        "contents": len(document.sections) > FEW,
        "runs": _runs([part for section in document.sections for part in _blocks(section, document.lead)]),
    }
    return typeset("document.typ", "document", told)


def _blocks(section: Section, lead: str) -> Iterator[dict[str, Any]]:
    """Yield what stands in a section, from its heading down."""
    yield {"kind": "heading", "text": section.title, "anchor": section.anchor, "flipped": False}
    said = [sentence for sentence in section.sentences if sentence != lead]
    for place, sentence in enumerate(said, start=1):
        leads = place == len(said) and section.figure is None and bool(section.tables)
        yield {"kind": "sentence", "text": sentence, "leads": leads, "flipped": False}
    if section.figure:
        yield _picture(section.figure)
    for table in section.tables:
        yield _table(table, "" if table.title == section.title else table.title)


def _table(table: Table, title: str) -> dict[str, Any]:
    """Return a table as the template takes it, under a title if any; one that is too wide for a page, row by row."""
    laid = paper_table(table)
    return {
        "kind": "table" if laid.widths or not laid.rows else "cards",
        "title": title,
        "count": len(table.rows),
        "columns": laid.columns,
        "rows": laid.rows,
        "widths": laid.widths,
        "aligned": laid.aligned,
        "size": laid.size,
        "inset": INSET,
        "breakable": laid.tall,
        "note": laid.note,
        "flipped": laid.flipped,
    }


def _picture(figure: Figure) -> dict[str, Any]:
    """Return a picture as the template takes it: its drawing in our face, scaled as little as the page allows."""
    drawing = chart_bytes(figure.on_paper, "svg").decode().replace(FONT, FACE)
    sides = {side: float(value) for side, value in _SIDES.findall(drawing[: drawing.index(">")])}
    flipped = sides["width"] > WIDEST
    across, down = (FLIPPED, LOW) if flipped else (ACROSS, HIGH)
    scale = min(across / sides["width"], LARGEST)
    if down / sides["height"] > scale * SQUEEZED:
        scale = min(scale, down / sides["height"])
    width, height = sides["width"] * scale, sides["height"] * scale
    slices = math.ceil(height / down - SLACK)
    return {
        "kind": "picture",
        "drawing": drawing,
        "alt": figure.alt,
        "width": width,
        "height": height,
        "slices": slices,
        "slice": height / slices,
        "flipped": flipped,
    }


def _runs(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks in runs of pages that stand upright or on their side."""
    runs: list[dict[str, Any]] = []
    for one in blocks:
        if not runs or runs[-1]["flipped"] != one["flipped"]:
            runs.append({"flipped": one["flipped"], "blocks": []})
        runs[-1]["blocks"].append(one)
    return runs
