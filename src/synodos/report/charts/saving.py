"""Pictures as files: SVG, PNG, PDF, or the definition itself. Nothing is fetched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import altair as alt

SCALE = 2
"""Pixels of a PNG for one of the picture, so that it stays sharp in print."""


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
    import vl_convert

    spec = json.dumps(chart.to_dict())
    if format == "json":
        return spec.encode()
    if format == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    if format == "png":
        return vl_convert.vegalite_to_png(spec, scale=SCALE)
    if format == "pdf":
        return vl_convert.vegalite_to_pdf(spec)
    message = f"no picture format {format!r}; there are svg, png, pdf and json"
    raise ValueError(message)
