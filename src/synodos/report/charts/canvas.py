"""What every picture is drawn with: shapes and type at given places, in pixels, in given colours.

Each function returns one layer, from rows that hold `x`, `y` and what else the shape needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from synodos.report.charts import look

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[Mapping[str, Any]]
Tips = Mapping[str, str]
"""Columns shown where the pointer rests, with their titles."""
Align = Literal["left", "center", "right"]

CIRCLE: Final = "circle"
SQUARE: Final = "square"
DIAMOND: Final = "diamond"
TRIANGLE: Final = "triangle-up"
HEXAGON: Final = "M1,0L0.5,0.866L-0.5,0.866L-1,0L-0.5,-0.866L0.5,-0.866Z"
CROSS: Final = "M-1,-1L1,1M1,-1L-1,1"
CHEVRON: Final = "M-0.5,-1L0.5,0L-0.5,1"
DASH: Final = (3.0, 2.0)
MARGIN: Final = 10.0
KEY: Final = "key"
"""Name of the layer of swatches, which other layers listen to."""


class Canvas:
    """A sheet of a given width, to which layers are added from the back to the front.

    Parameters
    ----------
    width : float
        Width of the finished picture in pixels.

    Attributes
    ----------
    width : float
        Width that can be drawn on: that of the picture without its margins.
    height : float
        Height that can be drawn on, below the title; to be set before the chart is taken.
    """

    def __init__(self, width: float) -> None:
        """Begin with an empty sheet."""
        self.width = width - 2 * MARGIN
        self.height = 0.0
        self._layers: list[tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any], str]] = []
        self._picked_by = ""

    def boxes(
        self,
        rows: Rows,
        *,
        dashed: bool = False,
        corner: float = 0,
        tips: Tips | None = None,
        linked: bool = False,
        described: bool = False,
    ) -> None:
        """Draw rectangles from (`x`, `y`) to (`x2`, `y2`), filled with `fill` and edged with `stroke`.

        Where linked, a click leads to `href`; where described, readers of the screen hear `description`.
        """
        import altair as alt

        mark = {"type": "rect", "cornerRadius": corner, "strokeWidth": 1, **_dashes(dashed=dashed)}
        how: dict[str, Any] = {
            "x2": alt.X2("x2:Q"),
            "y2": alt.Y2("y2:Q"),
            "fill": _literal(alt.Fill, "fill"),
            "stroke": _literal(alt.Stroke, "stroke"),
        }
        if linked:
            how["href"] = alt.Href("href:N")
        if described:
            how["description"] = alt.Description("description:N")
        self._add(rows, {**mark, "aria": described}, how, tips)

    def lines(self, rows: Rows, *, thick: float = 1, dashed: bool = False, tips: Tips | None = None) -> None:
        """Draw straight lines from (`x`, `y`) to (`x2`, `y2`) in the colour `stroke`."""
        import altair as alt

        mark = {"type": "rule", "strokeWidth": thick, **_dashes(dashed=dashed)}
        ends = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q"), "stroke": _literal(alt.Stroke, "stroke")}
        self._add(rows, mark, ends, tips)

    def paths(self, rows: Rows, *, thick: float = 1, dashed: bool = False, tips: Tips | None = None) -> None:
        """Draw lines along `shape`, an SVG path in pixels from (`x`, `y`), in the colour `stroke`."""
        plain = {"size": 4, "fill": "none"}  # a symbol of size 4 keeps the measures of its path
        self.points([{**row, **plain} for row in rows], edge=thick, dashed=dashed, tips=tips)

    def points(
        self,
        rows: Rows,
        *,
        dashed: bool = False,
        edge: float = 1.3,
        tips: Tips | None = None,
    ) -> None:
        """Draw marks of `shape` and `size` at (`x`, `y`), turned by `angle` degrees where rows state one."""
        import altair as alt

        mark = {"type": "point", "filled": False, "strokeWidth": edge, **_dashes(dashed=dashed)}
        how: dict[str, Any] = {
            "shape": _literal(alt.Shape, "shape"),
            "size": _literal(alt.Size, "size", "Q"),
            "fill": _literal(alt.Fill, "fill"),
            "stroke": _literal(alt.Stroke, "stroke"),
        }
        if rows and "angle" in rows[0]:
            how["angle"] = _literal(alt.Angle, "angle", "Q")
        self._add(rows, mark, how, tips)

    def words(
        self,
        rows: Rows,
        *,
        size: float = look.LABEL_SIZE,
        bold: bool = False,
        align: Align = "left",
        tips: Tips | None = None,
    ) -> None:
        """Write `text` at (`x`, `y`) in the colour `fill`."""
        import altair as alt

        mark = {
            "type": "text",
            "fontSize": size,
            "fontWeight": 700 if bold else 400,
            "align": align,
            "baseline": "middle",
        }
        self._add(rows, mark, {"text": alt.Text("text:N"), "fill": _literal(alt.Fill, "fill")}, tips)

    def key(self, rows: Rows, field: str) -> None:
        """Draw swatches that, clicked, leave only what shares their value of `field` at full strength."""
        self._picked_by = field
        self.points(rows)
        self._layers[-1] = (*self._layers[-1][:3], KEY)

    def chart(self, title: str, subtitle: Sequence[str], description: str) -> alt.LayerChart:
        """Return all that was drawn, under its title, with a sentence that says what it shows."""
        import altair as alt

        pick = self._picked_by and alt.selection_point(
            name="pick", fields=[self._picked_by], on="click", clear="dblclick"
        )
        layers = [self._layer(pick, *layer) for layer in self._layers]
        sheet = alt.layer(*(layers or [alt.Chart(alt.InlineData(values=[])).mark_point()]))
        head = alt.TitleParams(text=title, subtitle=list(subtitle))
        size = {"width": self.width, "height": self.height}
        return sheet.properties(**size, title=head, description=description).configure(**_config())

    def _add(self, rows: Rows, mark: Mapping[str, Any], how: Mapping[str, Any], tips: Tips | None) -> None:
        """Keep a layer, unless it is empty; readers of the screen pass over it unless its mark says otherwise."""
        import altair as alt

        if not rows:
            return
        encoding = dict(how)
        if tips:
            encoding["tooltip"] = [alt.Tooltip(f"{name}:N", title=words) for name, words in tips.items()]
        self._layers.append(([dict(row) for row in rows], {"aria": False, **mark}, encoding, ""))

    def _layer(
        self, pick: Any, rows: list[dict[str, Any]], mark: dict[str, Any], how: dict[str, Any], name: str
    ) -> alt.Chart:  # fmt: skip
        """Return a layer at its place; `pick` is what the reader picked from the key."""
        import altair as alt

        # Both scales are set once the size is known, so that a pixel of the sheet is one of the picture.
        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        place = {"x": alt.X("x:Q", axis=None, scale=across), "y": alt.Y("y:Q", axis=None, scale=down)}
        if "opacity" in rows[0]:
            plain = _literal(alt.Opacity, "opacity", "Q")
            how["opacity"] = alt.when(pick).then(plain).otherwise(alt.value(0.12)) if pick else plain
        layer = alt.Chart(alt.InlineData(values=rows), mark=alt.MarkDef(**mark)).encode(**place, **how)
        return layer.properties(name=name).add_params(pick) if name else layer


def _dashes(*, dashed: bool) -> dict[str, Any]:
    """Return how the edge of a mark is drawn."""
    return {"strokeDash": list(DASH)} if dashed else {}


def _literal(channel: Any, field: str, kind: str = "N") -> Any:  # noqa: ANN401 - Altair's channels are many classes
    """Return a channel whose values stand in the rows as they are drawn."""
    return channel(f"{field}:{kind}", scale=None, legend=None)


def _config() -> dict[str, Any]:
    """Return the type and colours that all pictures share."""
    return {
        "font": look.FONT,
        "background": look.PAPER,
        "padding": MARGIN,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": look.INK,
            "fontSize": 17,
            "fontWeight": 700,
            "subtitleColor": look.MUTED,
            "subtitleFontSize": look.LABEL_SIZE,
            "subtitleLineHeight": 15,
            "offset": 12,
        },
    }
