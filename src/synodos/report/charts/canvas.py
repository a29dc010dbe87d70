"""What every picture is drawn with: shapes and type at given places, in pixels, in given colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
PICK: Final = "pick"
"""Name of what the reader picked from the key."""
FAINT: Final = 0.12
"""Strength of what the reader did not pick."""


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """A layer before the size of its sheet is known: what is drawn, with which mark, and how."""

    rows: list[dict[str, Any]]
    mark: dict[str, Any]
    how: dict[str, Any]


class Canvas:
    """A sheet of a given width, to which layers are added from the back to the front.

    Each layer is drawn from rows that hold `x`, `y` and what else its shape needs.

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
        self._layers: list[_Layer] = []
        self._key: _Layer | None = None
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

    def lines(self, rows: Rows, *, thick: float = 1, dashed: bool = False) -> None:
        """Draw straight lines from (`x`, `y`) to (`x2`, `y2`) in the colour `stroke`."""
        import altair as alt

        mark = {"type": "rule", "strokeWidth": thick, **_dashes(dashed=dashed)}
        ends = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q"), "stroke": _literal(alt.Stroke, "stroke")}
        self._add(rows, mark, ends)

    def paths(self, rows: Rows, *, thick: float = 1, dashed: bool = False, tips: Tips | None = None) -> None:
        """Draw lines along `shape`, an SVG path in pixels from (`x`, `y`), in the colour `stroke`."""
        plain = {"size": 4, "fill": "none"}  # a symbol of size 4 keeps the measures of its path
        self.points([{**row, **plain} for row in rows], edge=thick, dashed=dashed, tips=tips)

    def areas(self, rows: Rows, *, edge: float = 1, dashed: bool = False) -> None:
        """Fill `shape`, closed SVG paths in pixels from (`x`, `y`), with `fill`, and edge it with `stroke`."""
        self.points([{**row, "size": 4, "opacity": 1} for row in rows], edge=edge, dashed=dashed)

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
        angle: float = 0,
    ) -> None:
        """Write `text` at (`x`, `y`) in the colour `fill`, turned by `angle` degrees clockwise."""
        import altair as alt

        mark = {
            "type": "text",
            "fontSize": size,
            "fontWeight": 700 if bold else 400,
            "align": align,
            "baseline": "middle",
            **({"angle": angle} if angle else {}),
        }
        self._add(rows, mark, {"text": alt.Text("text:N"), "fill": _literal(alt.Fill, "fill")})

    def key(self, rows: Rows, field: str) -> None:
        """Draw swatches that, clicked, leave only what shares their value of `field` at full strength."""
        self.points(rows)
        self._key, self._picked_by = self._layers[-1], field

    def chart(self, title: str, subtitle: str, description: str) -> alt.LayerChart:
        """Return all that was drawn, under its title, with a sentence that says what it shows."""
        import altair as alt
        from altair.utils.schemapi import debug_mode

        # Altair would check each part of each part as it is made, which takes most of the time; tests check the whole.
        with debug_mode(False):  # noqa: FBT003 - Altair's own function
            layers = [self._drawn(layer) for layer in self._layers]
            head = alt.TitleParams(text=title, subtitle=list(look.wrapped(subtitle, self.width)))
            return alt.LayerChart(  # all at once: each later change would copy every row
                layer=layers,
                width=self.width,
                height=self.height,
                title=head,
                description=description,
                config=alt.Config(**_config()),
            )

    def _add(self, rows: Rows, mark: Mapping[str, Any], how: Mapping[str, Any], tips: Tips | None = None) -> None:
        """Keep a layer, unless it is empty; readers of the screen pass over it unless its mark says otherwise."""
        import altair as alt

        if not rows:
            return
        encoding = dict(how)
        if tips:
            encoding["tooltip"] = [alt.Tooltip(f"{name}:N", title=words) for name, words in tips.items()]
        self._layers.append(_Layer([dict(row) for row in rows], {"aria": False, **mark}, encoding))

    def _drawn(self, layer: _Layer) -> alt.Chart:
        """Return a layer at its place; both scales are set only here, when the size of the sheet is known."""
        import altair as alt

        how = dict(layer.how)
        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        how |= {"x": alt.X("x:Q", axis=None, scale=across), "y": alt.Y("y:Q", axis=None, scale=down)}
        if "opacity" in layer.rows[0]:
            how["opacity"] = self._opacity()
        drawn = alt.Chart(alt.InlineData(values=layer.rows), mark=alt.MarkDef(**layer.mark)).encode(**how)
        if layer is not self._key:
            return drawn
        pick = alt.selection_point(name=PICK, fields=[self._picked_by], on="click", clear="dblclick")
        return drawn.properties(name="key").add_params(pick)

    def _opacity(self) -> Any:  # noqa: ANN401 - a channel, or a condition of Altair's
        """Return the strength of a mark, less where the reader picked something else from the key."""
        import altair as alt

        plain = _literal(alt.Opacity, "opacity", "Q")
        return alt.when(alt.param(PICK)).then(plain).otherwise(alt.value(FAINT)) if self._key else plain


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
        "padding": MARGIN - 1,  # the outermost lines stand out of the sheet by half their thickness
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
