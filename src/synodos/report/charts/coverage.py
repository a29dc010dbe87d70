"""Which capability is covered by whom in which years, and where nobody provides what is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio, Record, Vocabulary
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.coverage_rows import Lack, Provision, area_of, coverage_table, lacks, provisions, stated_when
from synodos.report.charts.entries import Look, draw_bars, draw_marks, draw_open_ends, draw_targets
from synodos.report.charts.field import AXIS, INDENT, draw_field
from synodos.report.charts.layout import LINE, Entry, Layout, Measures, Placed, column_width, laid_out
from synodos.report.charts.legend import Sample, agency_key, legend, stroke
from synodos.report.charts.roadmap_key import OTHERS
from synodos.report.charts.timeline import Frame, Span, years_shown

if TYPE_CHECKING:
    import altair as alt

__all__ = ["coverage_chart", "coverage_table"]

TITLES: Final = 300.0
"""Width of the column of capabilities."""
UNDATED: Final = 230.0
"""Most that the column of what has no date may take."""
AREA: Final = 22.0
"""Height of the heading of an area."""
MEASURES: Final = Measures(lane=13, edge=2.5, glyph=2, bar=10, type=10, stub=float("inf"))
NEED: Final = "#a63a1e"
NOBODY: Final = "nobody"
HATCH: Final = 5.0
TIPS: Final = {"capability": "capability", "agencies": "agency", "part": "part", "when": "date", "records": "records"}


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in the row of a capability.

    Attributes
    ----------
    entry : Entry
        What the layout places.
    look : Look or None
        How it is drawn; None: the box of a requirement.
    said : mapping
        What it says to the pointer.
    provided : bool
        Of a requirement, whether others provide what it asks for.
    """

    entry: Entry
    look: Look | None
    said: Mapping[str, str]
    provided: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A capability with what is known of it; an area's heading holds nothing."""

    term: str
    heading: bool = False
    given: tuple[Provision, ...] = ()
    lacking: tuple[Lack, ...] = ()
    covered: bool = True

    @property
    def records(self) -> Iterator[Record]:
        """What provides it, and what needs it."""
        for provision in self.given:
            yield from provision.records
        for lack in self.lacking:
            yield from lack.records


def coverage_chart(portfolio: Portfolio, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return who provides which capability when, by area of the capability tree.

    A capability has a bar for each provider and stretch of time, as stated; years without a bar are not covered.
    A hatched box shows a requirement that nobody provides then; an empty box one for which nobody is named though
    others provide the capability.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    width : float
        Width of the picture in pixels.
    """
    given = provisions(portfolio)
    lacking = lacks(portfolio, given)
    rows = list(_rows(portfolio, given, lacking))
    colours = look.agency_colours(portfolio)
    items = [item for at, row in enumerate(rows) for item in _items(portfolio, at, row, colours)]
    sheet = Canvas(width)
    top = _draw_key(sheet, portfolio, items, colours) + AXIS
    dates = [stated_when(record) for row in rows for record in row.records]
    years = years_shown(dates, portfolio.known_on)
    undated = [item.entry.label for item in items if item.entry.start is None]
    frame = Frame(TITLES, sheet.width - column_width(undated, UNDATED, MEASURES), years, edge=sheet.width)
    titles = [_title(portfolio, row) for row in rows] or [("Nothing is provided or needed.",)]
    bold = {at for at, row in enumerate(rows) if row.heading}
    least = [AREA if at in bold else 2 * MEASURES.edge + LINE * len(t) for at, t in enumerate(titles)]
    layout = laid_out([item.entry for item in items], least, frame, top, MEASURES)
    sheet.height = layout.bottom + AXIS
    draw_field(sheet, layout, titles, portfolio.known_on, bold=bold, headings=bold or {0})
    _draw_items(sheet, layout, items, rows)
    return sheet.chart("Capability coverage", header_line(portfolio), _description(rows, items))


def _rows(portfolio: Portfolio, given: Sequence[Provision], lacking: Sequence[Lack]) -> Iterator[Row]:
    """Yield the capabilities in the order of their tree, each area after its heading."""
    own: dict[str, list[Provision]] = defaultdict(list)
    needed: dict[str, list[Lack]] = defaultdict(list)
    for one in given:
        own[one.capability].append(one)
    for lack in lacking:
        needed[lack.capability].append(lack)
    tree = portfolio.capabilities
    area = ""
    for term in _in_tree_order(tree, own.keys() | needed.keys()):
        if area_of(portfolio, term) != area:
            area = area_of(portfolio, term)
            yield Row(area, heading=True)
        covered = any(tree.covers(term, other) for other in own)
        yield Row(term, given=tuple(own[term]), lacking=tuple(needed[term]), covered=covered)


def _in_tree_order(tree: Vocabulary, wanted: AbstractSet[str]) -> list[str]:
    """Return terms in the order in which one reads the tree, and any that it does not hold at the end."""
    order = []
    pending = list(reversed(tree.children(None)))
    while pending:
        term = pending.pop()
        order.append(term)
        pending.extend(reversed(tree.children(term)))
    return [term for term in order if term in wanted] + sorted(wanted - set(order))


def _title(portfolio: Portfolio, row: Row) -> tuple[str, ...]:
    """Return the lines of a row's title."""
    label = portfolio.capabilities.label(row.term)
    room = TITLES - 2 * INDENT - (0 if row.covered else look.text_width(NOBODY, bold=True) + 8)
    return (label,) if row.heading else look.wrapped(label, room, lines=2)


def _items(portfolio: Portfolio, at: int, row: Row, colours: Mapping[str, str]) -> Iterator[Item]:
    """Yield what stands in a row: bars, boxes, and one line of all that has no date."""
    for one in row.given:
        if one.span is not None:
            yield _provided(portfolio, at, one, one.span, colours)
    for number, lack in enumerate(row.lacking):
        if lack.span is not None:
            yield _lacking(portfolio, at, number, lack, lack.span)
    undated = [part for part in (_undated_given(portfolio, row), _undated_lacking(portfolio, row)) if part]
    if undated:
        label = "; ".join(undated)
        said = _said(portfolio, row.term, label, "date not stated", "not stated", [])
        yield Item(Entry(f"{row.term} undated", at, label), Look(None, look.NEUTRAL), said)


def _provided(portfolio: Portfolio, at: int, one: Provision, span: Span, colours: Mapping[str, str]) -> Item:
    """Return the bar of a provider."""
    name = portfolio.agency_name(one.agency)
    known = one.agency in colours
    how = Look(
        None, colours[one.agency] if known else look.NEUTRAL, one.unverified, pick=one.agency if known else OTHERS
    )
    said = _said(portfolio, one.capability, name, "provides", _dates(one.records), one.records)
    return Item(Entry(f"{one.capability} {one.agency} {span[0]}", at, name, *span), how, said)


def _lacking(portfolio: Portfolio, at: int, number: int, lack: Lack, span: Span) -> Item:
    """Return the box of a requirement."""
    name = portfolio.agency_name(lack.agency)
    part = "needs; nobody is named, others provide it" if lack.provided else "needs; nobody provides it then"
    said = _said(portfolio, lack.capability, name, part, _dates(lack.records), lack.records)
    entry = Entry(f"{lack.capability} needed {number}", at, f"{name} needs it", *span)
    return Item(entry, None, said, lack.provided)


def _dates(records: Iterable[Record]) -> str:
    """Return the dates that records state for themselves."""
    return ", ".join(dict.fromkeys(date.text for date in map(stated_when, records) if date)) or "not stated"


def _undated_given(portfolio: Portfolio, row: Row) -> str:
    """Return who provides a capability at a time that is not stated; a star marks unverified facts."""
    return ", ".join(
        portfolio.agency_name(one.agency) + ("*" if one.unverified else "") for one in row.given if one.span is None
    )


def _undated_lacking(portfolio: Portfolio, row: Row) -> str:
    """Return who needs a capability at a time that is not stated."""
    who = dict.fromkeys(portfolio.agency_name(lack.agency) for lack in row.lacking if lack.span is None)
    return f"needed by {', '.join(who)}" if who else ""


def _said(
    portfolio: Portfolio, term: str, agencies: str, part: str, when: str, records: Iterable[Record]
) -> dict[str, str]:
    """Return what an item says to the pointer and to readers of the screen."""
    capability = portfolio.capabilities.label(term)
    return {
        "capability": capability,
        "agencies": agencies,
        "part": part,
        "when": when,
        "records": "; ".join(str(getattr(record, "name", record.id)) for record in records) or "see the table",
        "description": f"{capability}: {agencies}, {part}, {when}",
    }


def _draw_items(sheet: Canvas, layout: Layout, items: Sequence[Item], rows: Sequence[Row]) -> None:
    """Draw bars, boxes, and the word that stands where nobody provides what is needed."""
    looks = {item.entry.key: item.look or Look(None, NEED) for item in items}
    boxed = {item.entry.key: item for item in items if item.look is None}
    draw_bars(sheet, layout, {key: how for key, how in looks.items() if key not in boxed})
    boxes = [placed for placed in layout.placed if placed.entry.key in boxed]
    sheet.boxes([_box(placed) for placed in boxes], corner=2)
    hatched = [placed for placed in boxes if not boxed[placed.entry.key].provided]
    sheet.lines([line for placed in hatched for line in _hatching(placed)])
    sheet.boxes([_clearing(placed) for placed in hatched])
    draw_open_ends(sheet, layout, looks)
    draw_marks(sheet, layout, looks)
    nobody = [
        {"x": layout.frame.left - INDENT, "y": (band.top + band.bottom) / 2, "text": NOBODY, "fill": NEED}
        for band, row in zip(layout.bands, rows, strict=False)
        if not row.heading and not row.covered
    ]
    sheet.words(nobody, bold=True, align="right")
    draw_targets(sheet, layout, {item.entry.key: item.said for item in items}, TIPS)


def _box(placed: Placed) -> dict[str, Any]:
    """Return the box of a requirement."""
    x, x2 = placed.bar or placed.extent
    half = MEASURES.bar / 2
    return {"x": x, "x2": x2, "y": placed.y - half, "y2": placed.y + half, "fill": look.PAPER, "stroke": NEED}


def _hatching(placed: Placed) -> Iterator[dict[str, Any]]:
    """Yield the strokes that fill a box from its lower left to its upper right."""
    x, x2 = placed.bar or placed.extent
    top, height = placed.y - MEASURES.bar / 2, MEASURES.bar
    foot = x - height + HATCH
    while foot < x2:
        low, high = max(foot, x), min(foot + height, x2)
        yield {
            "x": low,
            "x2": high,
            "y": top + height - (low - foot),
            "y2": top + height - (high - foot),
            "stroke": NEED,
        }
        foot += HATCH


def _clearing(placed: Placed) -> dict[str, Any]:
    """Return a box that keeps the hatching from the label."""
    width = max(look.text_width(line, MEASURES.type) for line in placed.lines)
    half = MEASURES.bar / 2 - 1
    where = {"x": placed.label_x - 2, "x2": placed.label_x + width, "y": placed.y - half, "y2": placed.y + half}
    return {**where, "fill": look.PAPER, "stroke": "none"}


def _draw_key(sheet: Canvas, portfolio: Portfolio, items: Sequence[Item], colours: Mapping[str, str]) -> float:
    """Draw what colours and boxes mean; return where the key ends."""
    present = {item.look.pick for item in items if item.look}
    leads = {agency: (portfolio.agency_name(agency), c) for agency, c in colours.items() if agency in present}
    if OTHERS in present:
        leads[OTHERS] = ("others, named in the label", look.NEUTRAL)
    bottom = agency_key(sheet, leads, 0, "Provider") if leads else 0.0
    return legend(sheet, "Bars", _samples(), bottom)


def _samples() -> tuple[Sample, ...]:
    """Return what bars and boxes mean."""
    half = MEASURES.bar / 2
    bar = {"x": 0, "x2": 34, "y": -half, "y2": half}
    grey = look.outline(look.NEUTRAL)
    solid = stroke("boxes", {**bar, "fill": look.tint(look.NEUTRAL), "stroke": grey}, corner=half)
    dashed = stroke("boxes", {**bar, "fill": look.PAPER, "stroke": grey}, corner=half, dashed=True)
    empty = stroke("boxes", {**bar, "fill": look.PAPER, "stroke": NEED}, corner=2)
    hatch = [
        stroke("lines", {"x": x, "x2": x + 2 * half, "y": half, "y2": -half, "stroke": NEED}) for x in range(2, 25, 5)
    ]
    return (
        Sample("provided, as stated", 34, (solid,)),
        Sample("rests on unverified facts (* where undated)", 34, (dashed,)),
        Sample("needed, provided by nobody then", 34, (empty, *hatch)),
        Sample("needed, nobody named, but others provide it", 34, (empty,)),
        Sample("Years without a bar are not covered.", 0, ()),
    )


def _description(rows: Sequence[Row], items: Sequence[Item]) -> str:
    """Return in words what the picture shows."""
    shown = [row for row in rows if not row.heading]
    if not shown:
        return "No capability is provided or needed."
    agencies = {one.agency for row in shown for one in row.given}
    nobody = sum(not row.covered for row in shown)
    open_needs = sum(item.look is None and not item.provided for item in items)
    return (
        f"{len(shown)} capabilities and when {len(agencies)} agencies provide them; {nobody} are needed but provided "
        f"by nobody, and {open_needs} dated requirements fall into years in which nobody provides what they ask for."
    )
