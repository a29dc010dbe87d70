"""An answer as a file: tables as CSV, workbook or JSON, pictures as SVG, PNG or PDF."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from synodos.language import KIND_BY_NAME
from synodos.report import Table, as_csv, picture_bytes
from synodos.web.showing.asking import Misasked
from synodos.web.showing.links import address_of
from synodos.web.showing.told import Told, ToldFigure
from synodos.web.showing.workbooks import workbook

Picture = Literal["svg", "png", "pdf", "json"]
DATA: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES: Final[dict[str, tuple[Picture, str]]] = {
    "svg": ("svg", "image/svg+xml"),
    "png": ("png", "image/png"),
    "pdf": ("pdf", "application/pdf"),
    "vega": ("json", "application/json"),
}
"""Forms of a picture: what it is written as, and its media type; `vega` is its definition."""
WHOLE: Final = "pdf"
"""Form in which a whole answer can be had, too."""
SHOWN: Final = ("svg", "vega")
"""Forms that the page itself asks for; others are exports, which the log names."""
KEPT: Final = "private, no-cache"
ANCHOR: Final = re.compile(rf'"#record-({"|".join(sorted(KIND_BY_NAME, key=len, reverse=True))})-([a-z0-9-]+)"')
"""What a mark of a picture leads to."""
LONGEST_NOTE: Final = 200
MOST_FAULTS: Final = 20
MOST_DRAWN: Final = 16
"""Pictures that a process keeps as files."""


class Unanswered(Exception):  # noqa: N818 - no fault of the server: the plans, or what is asked, hold no answer
    """A program asked a question to which there is no answer; the page says why."""

    def __init__(self, answer: Told | Sequence[Table]) -> None:
        super().__init__(answer.lead if isinstance(answer, Told) else "")
        rows = [one for table in _tables(answer) for one in table.rows]
        self.faults = [": ".join(str(cell) for cell in row if cell is not None) for row in rows[:MOST_FAULTS]]


def exported(request: HttpRequest, answer: Told | Sequence[Table], name: str) -> HttpResponse | None:
    """Return the file that the address asks for by `?format=`, or None where it asks for a page.

    Parameters
    ----------
    request : HttpRequest
        `format` is csv, xlsx or json, of all tables or of `table`; svg, png, pdf or vega, of `figure`; or pdf of the
        whole answer, where no `figure` is named.
    answer : Told, or sequence of Table
        What is exported.
    name : str
        Beginning of the file's name.

    Raises
    ------
    Misasked
        If there is no such format, table or picture.
    """
    form = request.GET.get("format", "")
    if form in ("", "html"):
        return None
    if getattr(request, "asks_envelope", False) and getattr(answer, "envelope", None) is None:
        raise Unanswered(answer)
    figures = answer.figures if isinstance(answer, Told) else {}
    tables = {one.name: one for one in _tables(answer)}
    if form == WHOLE and isinstance(answer, Told) and "figure" not in request.GET:
        made = _paper(request, answer, name)
    elif form in PICTURES and figures:
        figure = _chosen(request, "figure", figures)
        made = _picture(request, figure, form, name)
    elif form in DATA:
        made = _data(request, answer, tables, form, name)
    else:
        raise Misasked(
            field="format", found=form, expected=f"one of {', '.join((*DATA, *(PICTURES if figures else (WHOLE,))))}"
        )
    if form not in SHOWN:
        _noted(request)
    return made


def _tables(answer: Told | Sequence[Table]) -> Sequence[Table]:
    """Return the tables of an answer."""
    return [one.table for one in answer.tables.values()] if isinstance(answer, Told) else answer


def _chosen(request: HttpRequest, field: str, among: Mapping[str, Any]) -> Any:
    """Return what the address names, or the first where it names none."""
    name = request.GET.get(field) or next(iter(among), "")
    if name not in among:
        raise Misasked(
            field=field,
            found=name,
            expected=f"one of {', '.join(among)}" if among else "nothing, for the page has none",
        )
    return among[name]


def _picture(request: HttpRequest, figure: ToldFigure, form: str, name: str) -> HttpResponse:
    """Return a picture in the form asked for."""
    written, media = PICTURES[form]
    stamp = f'"{figure.stamp}-{form}{request.table.link("") if form == "vega" else ""}"'
    if stamp in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), stamp)
    began_s = time.perf_counter()
    content = _drawn(figure.stamp, figure.definition, written) if form != "vega" else _linked(request, figure)
    request.drawn_s = time.perf_counter() - began_s  # a thread of its own draws, whose work no clock of ours counts
    response = HttpResponse(content, content_type=media)
    if form not in SHOWN or "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{_file(name, figure.name)}.{form}"'
    return _kept(response, stamp)


def _paper(request: HttpRequest, answer: Told, name: str) -> HttpResponse:
    """Return a whole answer as a document on paper."""
    from synodos.web.showing.papers import paper

    stamp = f'"{answer.stamp}-paper"'
    if stamp in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), stamp)
    began_s = time.perf_counter()
    content = paper(answer)
    request.drawn_s = time.perf_counter() - began_s
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file(name)}.pdf"'
    return _kept(response, stamp)


def _linked(request: HttpRequest, figure: ToldFigure) -> bytes:
    """Return the definition of a picture whose marks lead to the pages of records."""

    def address(found: re.Match[str]) -> str:
        return json.dumps(address_of(f"{found[1]}:{found[2]}", request.table))

    return ANCHOR.sub(address, figure.definition).encode()


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(stamp: str, definition: str, form: Picture) -> bytes:
    """Return a picture as a file; kept, for a page asks for it again and again."""
    return picture_bytes(definition, form)


def _data(
    request: HttpRequest, answer: Told | Sequence[Table], tables: Mapping[str, Table], form: str, name: str
) -> HttpResponse:
    """Return tables as a file."""
    named = request.GET.get("table")
    if form == "json" and not named and isinstance(answer, Told) and answer.envelope is not None:
        content = json.dumps(answer.envelope, indent=2, ensure_ascii=False).encode()
    elif form == "xlsx":
        chosen = [_chosen(request, "table", tables)] if named else list(tables.values())
        content = workbook(chosen, _about(answer))
    else:
        table = _chosen(request, "table", tables)
        content = as_csv(table).encode() if form == "csv" else _records(table)
        name = f"{name}-{table.name}"
    stamp = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if stamp in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), stamp)
    response = HttpResponse(content, content_type=DATA[form])
    response["Content-Disposition"] = f'attachment; filename="{_file(name)}.{form}"'
    return _kept(response, stamp)


def attached(request: HttpRequest, content: bytes, media: str, name: str, form: str) -> HttpResponse:
    """Return a file that is no table and no picture; the log notes it as an export."""
    _noted(request)
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{_file(name)}.{form}"'
    return _kept(response, "")


def _records(table: Table) -> bytes:
    """Return one table as JSON, an object a row."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps({"table": table.title, "rows": rows}, indent=2, ensure_ascii=False).encode()


def _about(answer: Told | Sequence[Table]) -> list[str]:
    """Return what the last sheet of a workbook says."""
    if not isinstance(answer, Told):
        return []
    return [answer.title, answer.lead, answer.header, *answer.notices, *answer.notes]


def _file(*names: str) -> str:
    """Return a name for a file, of plain letters."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(names).casefold()).strip("-")[:100] or "synodos"


def _kept(response: HttpResponse, stamp: str) -> HttpResponse:
    """Return a response that the reader's own browser may keep, asking each time whether it still holds."""
    response["Cache-Control"] = KEPT
    patch_vary_headers(response, ["Cookie"])
    if stamp:
        response["ETag"] = stamp
    return response


def _noted(request: HttpRequest) -> None:
    """Enter an export into the log."""
    from synodos.web.accounts.audit import note

    note(request, "exported", about=request.get_full_path()[:LONGEST_NOTE])
    request.noted = True
