"""A document as one self-contained page: works offline, prints well, reads without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from synodos.report.answering.document import Document
from synodos.report.answering.tables import cell_text, column_looks
from synodos.report.charts import chart_bytes, chart_library

if TYPE_CHECKING:
    from jinja2 import Template

LOW: Final = 0.5
"""Height against width up to which a picture prints across a page with what belongs to it, and not on its own."""
_SIDES: Final = re.compile(r'(width|height)="([\d.]+)"')
Downloads = Mapping[str, tuple[tuple[str, str], ...]]


def as_page(document: Document, downloads: Downloads | None = None, stills: Mapping[str, bytes] | None = None) -> str:
    """Return a document as HTML.

    Parameters
    ----------
    document : Document
        What to show.
    downloads : mapping, optional
        For each figure by its name, labels and relative addresses of its files.
    stills : mapping, optional
        For each figure by its name its drawing as SVG, where it was drawn already.
    """
    from markupsafe import Markup

    figures = [section.figure for section in document.sections if section.figure]
    drawn = stills if stills is not None else {f.name: chart_bytes(f.chart, "svg") for f in figures}
    shown = {name: Markup(still.decode()) for name, still in drawn.items()}  # noqa: S704 - our own drawing
    low = {name for name, still in shown.items() if _is_low(still)}
    specs = {f.name: json.loads(chart_bytes(f.chart, "json")) for f in figures}
    return _template().render(
        document=document,
        downloads=downloads or {},
        stills=shown,
        low=low,
        specs=Markup(_script_safe(json.dumps(specs))) if specs else "",  # noqa: S704 - escaped just here
        bundle=Markup(chart_library().replace("</script", "<\\/script")) if specs else "",  # noqa: S704 - the chart library itself
        style=Markup(_packaged("page.css")),  # noqa: S704 - packaged with us
        script=Markup(_packaged("page.js")),  # noqa: S704 - packaged with us
        text=cell_text,
        columns=column_looks,
    )


def _is_low(drawing: str) -> bool:
    """Return whether a drawing is so much wider than high that it prints best across a page."""
    found = {side: float(value) for side, value in _SIDES.findall(drawing[: drawing.index(">")])}
    return found["height"] < LOW * found["width"]


def _script_safe(text: str) -> str:
    """Return JSON that cannot end the script element in which it stands."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packaged(name: str) -> str:
    """Return a file of the templates folder."""
    return files("synodos.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    """Return the page template."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("synodos.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("page.html.j2")
