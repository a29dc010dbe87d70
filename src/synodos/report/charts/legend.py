"""What the marks of a picture mean: samples in a row, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from synodos.report.charts import look
from synodos.report.charts.canvas import CIRCLE, Canvas

ROW: Final = 20.0
HEADING: Final = 84.0
SPACE: Final = 20.0
LONGEST: Final = 180.0
"""Room in pixels for the name of an agency."""
SWATCH: Final = 110
AXIS: Final = 24.0
"""Room for the numbers or days below a field."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a sample: which shape of the canvas, how, and where from the sample's left middle."""

    shape: Literal["boxes", "lines", "points", "words"]
    row: Mapping[str, Any]
    how: Mapping[str, Any]

    @property
    def manner(self) -> tuple[object, ...]:
        """What strokes share that can be drawn in one layer."""
        return self.shape, *sorted(self.how.items()), *sorted(self.row)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of a mark and what it means.

    Attributes
    ----------
    words : str
        What it means.
    width : float
        Width of the sample in pixels.
    strokes : tuple of Stroke
        How it is drawn.
    """

    words: str
    width: float
    strokes: tuple[Stroke, ...]


def stroke(shape: Literal["boxes", "lines", "points", "words"], row: Mapping[str, Any], **how: object) -> Stroke:
    """Return one stroke of a sample."""
    return Stroke(shape, row, how)


def agency_key(sheet: Canvas, colours: Mapping[str, tuple[str, str]], top: float, heading: str = "Lead") -> float:
    """Draw the colours of the agencies, to be clicked; return where the next row begins.

    Parameters
    ----------
    sheet : Canvas
        Where to draw; nothing with `opacity` may have been drawn before.
    colours : mapping
        For each value of `lead_id` in the rows drawn later: its words and its colour.
    top : float
        Where the row begins.
    heading : str
        What stands before it.
    """
    colours = {lead: (look.shortened(words, LONGEST), colour) for lead, (words, colour) in colours.items()}
    places, bottom = _flow([(12.0, words) for words, _ in colours.values()], sheet.width, top)
    swatches, words = [], []
    for (lead, (text, colour)), (x, y) in zip(colours.items(), places, strict=True):
        swatches.append(
            {
                "x": x + 6,
                "y": y,
                "shape": CIRCLE,
                "size": SWATCH,
                "fill": colour,
                "stroke": look.outline(colour),
                "lead_id": lead,
                "opacity": 1,
            }
        )
        words.append({"x": x + 17, "y": y, "text": text, "fill": look.INK})
    sheet.key(swatches, "lead_id")
    sheet.words([_heading(heading, top), *words])
    return bottom


def keyed_sheet(width: float, samples: Sequence[Sample], space: float, height: float) -> tuple[Canvas, float, float]:
    """Return a sheet with what its marks mean, and the top and bottom of the field below, with its axis under it.

    Parameters
    ----------
    width : float
        Width of the picture in pixels.
    samples : sequence of Sample
        What the marks mean; none: no such row.
    space : float
        Room between that and the field.
    height : float
        Height of the field.
    """
    sheet = Canvas(width)
    top = space + (legend(sheet, "Marks", samples, 0) if samples else 0.0)
    sheet.height = top + height + AXIS
    return sheet, top, top + height


def legend(sheet: Canvas, heading: str, samples: Sequence[Sample], top: float) -> float:
    """Draw samples with their words in rows; return where the next row begins."""
    places, bottom = _flow([(sample.width, sample.words) for sample in samples], sheet.width, top)
    alike: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    how: dict[tuple[object, ...], Stroke] = {}
    for sample, (x, y) in zip(samples, places, strict=True):
        for one in sample.strokes:
            alike.setdefault(one.manner, []).append(_shifted(one.row, x, y))
            how.setdefault(one.manner, one)
    for manner, rows in alike.items():
        getattr(sheet, how[manner].shape)(rows, **how[manner].how)
    sheet.words(
        [
            _heading(heading, top),
            *(
                {"x": x + sample.width + 5, "y": y, "text": sample.words, "fill": look.INK}
                for sample, (x, y) in zip(samples, places, strict=True)
            ),
        ]
    )
    return bottom


def _heading(text: str, top: float) -> dict[str, Any]:
    """Return the words that stand before a row."""
    return {"x": 0, "y": top + ROW / 2, "text": text, "fill": look.MUTED}


def _shifted(row: Mapping[str, Any], x: float, y: float) -> dict[str, Any]:
    """Return a row of a sample at its place in the picture."""
    by = {"x": x, "x2": x, "y": y, "y2": y}
    return {name: value + by.get(name, 0) if name in by else value for name, value in row.items()}


def _flow(samples: Iterable[tuple[float, str]], width: float, top: float) -> tuple[list[tuple[float, float]], float]:
    """Return left middle of each sample, row by row, and where the last row ends."""
    places: list[tuple[float, float]] = []
    x = HEADING
    for sample_width, words in samples:
        needed = sample_width + 5 + look.text_width(words)
        if x > HEADING and x + needed > width:
            x, top = HEADING, top + ROW
        places.append((x, top + ROW / 2))
        x += needed + SPACE
    return places, top + ROW
