"""A document as one self-contained page: works offline, prints well, reads without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from synodos.report.charts import chart_bytes
from synodos.report.document import Document
from synodos.report.tables import Cell, Table, cell_text

if TYPE_CHECKING:
    from jinja2 import Template

SHORT, LONG = 18, 50
"""Characters of a cell up to which it is not broken, and from which its column is wide."""
MOST = 0.9
"""Share of the cells that decides on the width of their column; a few longer ones are broken."""
LOW: Final = 0.5
"""Height against width up to which a picture prints across a page with what belongs to it, and not on its own."""
_SIDES: Final = re.compile(r'(width|height)="([\d.]+)"')
Downloads = Mapping[str, tuple[tuple[str, str], ...]]


def as_page(document: Document, downloads: Downloads | None = None) -> str:
    """Return a document as HTML.

    Parameters
    ----------
    document : Document
        What to show.
    downloads : mapping, optional
        For each figure by its name, labels and relative addresses of its files.
    """
    from markupsafe import Markup

    figures = [section.figure for section in document.sections if section.figure]
    stills = {f.name: Markup(chart_bytes(f.chart, "svg").decode()) for f in figures}  # noqa: S704 - our own drawing
    low = {name for name, still in stills.items() if _is_low(still)}
    specs = {f.name: json.loads(chart_bytes(f.chart, "json")) for f in figures}
    return _template().render(
        document=document,
        downloads=downloads or {},
        stills=stills,
        low=low,
        specs=Markup(_script_safe(json.dumps(specs))) if specs else "",  # noqa: S704 - escaped just here
        bundle=Markup(_bundle()) if specs else "",  # noqa: S704 - the chart library itself
        style=Markup(_packaged("page.css")),  # noqa: S704 - packaged with us
        script=Markup(_packaged("page.js")),  # noqa: S704 - packaged with us
        text=cell_text,
        columns=_column_looks,
    )


def _is_low(drawing: str) -> bool:
    """Return whether a drawing is so much wider than high that it prints best across a page."""
    found = {side: float(value) for side, value in _SIDES.findall(drawing[: drawing.index(">")])}
    return found["height"] < LOW * found["width"]


def _column_looks(table: Table) -> list[str]:
    """Return for each column how it is set: numbers to the right, short words unbroken, sentences wide."""
    return [_look(name, [row[place] for row in table.rows], table.wide) for place, name in enumerate(table.columns)]


def _look(name: str, cells: list[Cell], wide: tuple[str, ...]) -> str:
    """Return the classes of one column; `extra` ones are left out where there is no room."""
    stated = [cell for cell in cells if cell is not None]
    lengths = sorted(len(cell_text(cell)) for cell in stated) or [0]
    numeric = bool(stated) and all(isinstance(c, int | float) and not isinstance(c, bool) for c in stated)
    long = lengths[int(MOST * (len(lengths) - 1))] > LONG
    looks = {"number": numeric, "short": lengths[-1] <= SHORT, "long": long, "extra": name in wide}
    return " ".join(look for look, holds in looks.items() if holds)


def _script_safe(text: str) -> str:
    """Return JSON that cannot end the script element in which it stands."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _bundle() -> str:
    """Return the chart library with all that it needs, as one script."""
    import vl_convert

    code: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return code.replace("</script", "<\\/script")


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
