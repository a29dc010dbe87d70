"""An answer as a page, or as the file that its address asks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from synodos.web.showing.exports import exported
from synodos.web.showing.library import library_name
from synodos.web.showing.rows import ShownTable, file_address, shown_table
from synodos.web.showing.told import Told, ToldFigure, ToldSection

LIBRARY: Final = "showing-library"


@dataclass(frozen=True)
class ShownFigure:
    """A picture as templates take it: the addresses of its still, its definition, and its files."""

    name: str
    alt: str
    still: str
    definition: str
    files: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownSection:
    """A section as templates take it."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    figure: ShownFigure | None
    tables: list[ShownTable]
    folded: bool


def render_answer(
    request: HttpRequest, answer: Told, template: str = "showing/answer.html", **context: Any
) -> HttpResponse:
    """Return an answer as a page, or as a file where the address says `?format=`.

    Parameters
    ----------
    request : HttpRequest
        With its `table`.
    answer : Told
        What is shown, fresh or read from JSON.
    template : str
        A template that extends `showing/answer.html`; its blocks `ask` (forms, above the answer) and `beyond` (below
        it) are for what a page adds.
    context
        What the template takes besides `told`, `sections` and `exports`.

    Raises
    ------
    Misasked
        If the address asks for a format, a table, a column or a picture that there is not.
    """
    name = answer.envelope["question"] if answer.envelope else answer.title
    file = exported(request, answer, name)
    if file is not None:
        return file
    response = render(request, template, {**shown(request, answer), **context})
    patch_vary_headers(response, ["Cookie"])
    if b"csrfmiddlewaretoken" in response.content:  # such a page is new each time
        return response
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def shown(request: HttpRequest, answer: Told) -> dict[str, Any]:
    """Return what `showing/answer.html` and its parts take."""
    kinds = ["pdf", "xlsx"] if answer.tables else ["pdf"] if answer.sections else []
    return {
        "told": answer,
        "sections": [_section(request, answer, section) for section in answer.sections],
        "exports": [
            (kind.upper(), file_address(request, kind)) for kind in (*kinds, *(["json"] if answer.envelope else []))
        ],
        "library": reverse(LIBRARY, args=[library_name()]) if answer.figures else "",
    }


def _section(request: HttpRequest, answer: Told, section: ToldSection) -> ShownSection:
    """Return a section as templates take it."""
    return ShownSection(
        section.anchor,
        section.title,
        tuple(one for one in section.sentences if one != answer.lead),
        None if section.figure is None else _figure(request, section.figure),
        [
            shown_table(request, one.table, answer.links, leads=one.cell_leads, anchored=one.anchored)
            for one in section.tables
        ],
        section.folded and request.GET.get("table") not in {one.name for one in section.tables},
    )


def _figure(request: HttpRequest, figure: ToldFigure) -> ShownFigure:
    """Return a picture as templates take it."""

    def address(form: str, **names: str) -> str:
        return file_address(request, form, figure=figure.name, **names)

    files = [
        (form.upper(), address(form, **({"download": "1"} if form == "svg" else {}))) for form in ("svg", "png", "pdf")
    ]
    return ShownFigure(figure.name, figure.alt, address("svg"), address("vega"), files)
