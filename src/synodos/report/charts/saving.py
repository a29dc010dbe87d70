"""Pictures as files: SVG, PNG, PDF, or the definition itself. Nothing is fetched."""

from __future__ import annotations

import json
import os
import re
import weakref
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from synodos.exchange import cache_folder

if TYPE_CHECKING:
    import altair as alt

SHARPNESS: Final = 2.0
"""Pixels of a PNG for one of the picture, so that it stays sharp in print."""
_ADDED: Final = re.compile(r'(xlink:href=")[^"#]*(?=#)')
"""An address that the converter puts before links within the page."""
_SPECS: Final[dict[int, tuple[weakref.ref[Any], str]]] = {}
"""Definitions of pictures by the identity of each: Altair's charts have no hash."""


def chart_bytes(chart: alt.TopLevelMixin, format: Literal["svg", "png", "pdf", "json"]) -> bytes:
    """Return a picture in a file format.

    Parameters
    ----------
    chart : altair.TopLevelMixin
        The picture.
    format : {'svg', 'png', 'pdf', 'json'}
        Drawing, pixels (twice as many each way as the picture's size), page, or the Vega-Lite definition.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    return spec_bytes(chart_spec(chart), format)


def spec_bytes(spec: str, format: Literal["svg", "png", "pdf", "json"]) -> bytes:
    """Return the picture that a Vega-Lite definition describes in a file format; as `chart_bytes`.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    import vl_convert

    if format == "json":
        return spec.encode()
    if format == "svg":
        return _svg(spec).encode()
    if format == "png":
        return bytes(vl_convert.svg_to_png(_svg(spec), scale=SHARPNESS))
    if format == "pdf":
        return bytes(vl_convert.svg_to_pdf(_svg(spec)))
    message = f"no picture format {format!r}; there are svg, png, pdf and json"
    raise ValueError(message)


def spec_files(spec: str, formats: Sequence[Literal["svg", "png", "pdf", "json"]]) -> tuple[bytes, ...]:
    """Return the picture that a definition describes in several formats; what a process that draws is given to do."""
    return tuple(spec_bytes(spec, format) for format in formats)


def chart_spec(chart: alt.TopLevelMixin) -> str:
    """Return the definition of a picture; kept while the picture lives, since it is asked for in several formats."""
    known = _SPECS.get(id(chart))
    if known is None or known[0]() is not chart:
        spec = json.dumps(chart.to_dict(validate=False))  # the tests check the definitions against the schema
        known = _SPECS[id(chart)] = weakref.ref(chart), spec
    return known[1]


@lru_cache(maxsize=16)
def _svg(spec: str) -> str:
    """Return a definition drawn as SVG; kept, since every picture of a report is asked for in several formats."""
    import vl_convert

    return _ADDED.sub(r"\1", vl_convert.vegalite_to_svg(spec))


@cache
def chart_library() -> str:
    """Return the library that makes pictures interactive, with all that it needs, as one script.

    It gives `window.vegaEmbed`; its option `ast` lets it work where a page may not evaluate text as code. Putting it
    together takes seconds, and the same release gives the same, so it is kept in the user's cache folder.
    """
    kept = cache_folder() / f"charts-{version('vl-convert-python')}.js"
    with suppress(OSError, UnicodeDecodeError):
        return kept.read_text(encoding="utf-8")
    import vl_convert

    made = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    with suppress(OSError):
        _keep(made, kept)
    return made


def _keep(text: str, path: Path) -> None:
    """Keep a text whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
