"""Who depends on whom, as a matrix that counts requirements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, legend, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.cooperation import Dependence

REST: Final = "other agencies"
TOTAL: Final = "in all"
MOST_AGENCIES: Final = 14
"""Agencies with a row and a column of their own; the others share one."""
LEFT: Final = 150.0
ROW: Final = 34.0
HEAD: Final = 44.0
WIDEST: Final = 104.0
CHIP: Final = 20.0
MOST_NAMED: Final = 12
DARK: Final = look.BLUE
LIGHT: Final = look.PALE_BLUE
FORMS: Final = {
    True: ("essential", DARK, look.PAPER),
    False: ("of use, not essential", LIGHT, look.INK),
    None: ("not known whether essential", look.PAPER, look.INK),
}
"""How a count looks: its words, its ground and its ink, from dark to light so that greyscale keeps the order."""
TIPS: Final = {"who": "who depends", "whom": "on whom", "counts": "requirements", "what": "for"}

Cells = Mapping[tuple[str, str], Sequence["Dependence"]]


def dependence_chart(
    dependences: Iterable[Dependence], portfolio: Portfolio, *, width: float = 1376
) -> alt.TopLevelMixin:
    """Return the matrix of who depends (rows) on whom (columns), with the number of requirements.

    Each cell counts apart what is essential, what is of use, and what is not known; a star marks counts that
    rest in part on unverified facts.

    Parameters
    ----------
    dependences : iterable of Dependence
        What is counted.
    portfolio : Portfolio
        Names and header.
    width : float
        Width of the picture in pixels.
    """
    cells, rows, columns = _counted(list(dependences), portfolio)
    sheet = Canvas(width)
    top = legend(sheet, "Numbers", _samples(), 0) + HEAD
    cell = min(WIDEST, (sheet.width - LEFT) / max(len(columns), 1))
    sheet.height = top + ROW * max(len(rows), 1) + 4
    places = {
        (row, column): (LEFT + across * cell, top + down * ROW)
        for down, row in enumerate(rows)
        for across, column in enumerate(columns)
    }
    _draw_grid(sheet, rows, columns, cell, top)
    most = max((len(found) for key, found in cells.items() if TOTAL not in key), default=1)
    shown = [(key, places[key], found) for key, found in cells.items()]
    sheet.boxes([_ground(place, cell, len(found) / most) for key, place, found in shown if TOTAL not in key])
    for essential in FORMS:
        chips = [
            _chip(place, cell, found, essential=essential, starred=TOTAL not in key) for key, place, found in shown
        ]
        _draw_chips(sheet, [chip for chip in chips if chip], FORMS[essential])
    sheet.boxes(
        [_target(portfolio, key, place, cell, found) for key, place, found in shown],
        tips=TIPS,
        described=True,
    )
    return sheet.chart("Who depends on whom", header_line(portfolio), _description(rows, columns, cells))


def _counted(items: Sequence[Dependence], portfolio: Portfolio) -> tuple[Cells, list[str], list[str]]:
    """Return dependences by cell, with totals, and the names of rows and columns, most first."""
    weight = Counter(agency for item in items for agency in {item.dependent, item.on})
    most = sorted(weight, key=lambda agency: (-weight[agency], agency))
    own = set(most if len(most) <= MOST_AGENCIES + 1 else most[:MOST_AGENCIES])
    cells: dict[tuple[str, str], list[Dependence]] = defaultdict(list)
    for item in items:
        who, whom = (portfolio.agency_name(a) if a in own else REST for a in (item.dependent, item.on))
        for key in ((who, whom), (who, TOTAL), (TOTAL, whom), (TOTAL, TOTAL)):
            cells[key].append(item)
    return cells, _ranked({row for row, _ in cells}, cells, 0), _ranked({col for _, col in cells}, cells, 1)


def _ranked(names: set[str], cells: Cells, side: int) -> list[str]:
    """Return names by the number of their requirements, with the shared one and the total last."""
    count = Counter({name: len(cells[(name, TOTAL) if side == 0 else (TOTAL, name)]) for name in names})
    return sorted(names, key=lambda name: (name == TOTAL, name == REST, -count[name], name))


def _samples() -> tuple[Sample, ...]:
    """Return what the numbers mean."""
    made = []
    for words, ground, ink in FORMS.values():
        box = {"x": 0, "x2": CHIP, "y": -8, "y2": 8, "fill": ground, "stroke": DARK}
        number = {"x": CHIP / 2, "y": 0, "text": "3", "fill": ink}
        strokes = (stroke("boxes", box, corner=3), stroke("words", number, bold=True, align="center"))
        made.append(Sample(words, CHIP, strokes))
    star = stroke("words", {"x": 0, "y": 0, "text": "3*", "fill": look.INK}, bold=True)
    return (*made, Sample("some of them rest on unverified facts", 12, (star,)))


def _draw_grid(sheet: Canvas, rows: Sequence[str], columns: Sequence[str], cell: float, top: float) -> None:
    """Draw the names of rows and columns, and lines between them."""
    if not rows:
        sheet.words([{"x": 0, "y": top, "text": "No dependence is stated.", "fill": look.MUTED}], size=12)
        return
    right, bottom = LEFT + cell * len(columns), top + ROW * len(rows)
    across = [{"x": 0, "x2": right, "y": top + n * ROW, "y2": top + n * ROW} for n in range(len(rows) + 1)]
    down = [{"x": LEFT + n * cell, "x2": LEFT + n * cell, "y": top, "y2": bottom} for n in range(len(columns) + 1)]
    sheet.lines([{**line, "stroke": look.RULE} for line in (*across, *down)])
    names = [
        {"x": LEFT - 10, "y": top + (n + 0.5) * ROW, "text": look.shortened(name, LEFT - 20, 12), "fill": look.INK}
        for n, name in enumerate(rows)
    ]
    sheet.words(names, size=12, align="right")
    heads = [
        {"x": LEFT + (n + 0.5) * cell, "y": top - 10 - 14 * up, "text": line, "fill": look.INK}
        for n, name in enumerate(columns)
        for up, line in enumerate(reversed(look.wrapped(name, cell - 6, 12, lines=2)))
    ]
    sheet.words(heads, size=12, align="center")
    axes = [
        {"x": LEFT - 10, "y": top - 10, "text": "who depends ↓", "fill": look.MUTED},
        {"x": LEFT - 10, "y": top - 26, "text": "on whom →", "fill": look.MUTED},
    ]
    sheet.words(axes, align="right")


def _ground(place: tuple[float, float], cell: float, share: float) -> dict[str, Any]:
    """Return the ground of a cell, the deeper the more it counts."""
    (x, y), fill = place, look.mixed(look.PAPER, LIGHT, 0.15 + 0.45 * share)
    return {"x": x + 1, "x2": x + cell - 1, "y": y + 1, "y2": y + ROW - 1, "fill": fill, "stroke": "none"}


def _chip(
    place: tuple[float, float],
    cell: float,
    found: Sequence[Dependence],
    *,
    essential: bool | None,
    starred: bool,
) -> dict[str, Any] | None:
    """Return the count of one form in a cell."""
    same = [item for item in found if item.essential is essential]
    if not same:
        return None
    slot = list(FORMS).index(essential)
    width = min(CHIP + 6, (cell - 8) / len(FORMS))
    middle = place[0] + cell / 2 + (slot - 1) * (width + 1)
    star = "*" if starred and any(item.unverified for item in same) else ""
    y = place[1] + ROW / 2
    return {
        "x": middle - width / 2 + 1,
        "x2": middle + width / 2 - 1,
        "y": y - 9,
        "y2": y + 9,
        "text": f"{len(same)}{star}",
    }


def _draw_chips(sheet: Canvas, chips: Sequence[dict[str, Any]], form: tuple[str, str, str]) -> None:
    """Draw the counts of one form."""
    _, ground, ink = form
    sheet.boxes([{**chip, "fill": ground, "stroke": DARK} for chip in chips], corner=3)
    numbers = [
        {"x": (chip["x"] + chip["x2"]) / 2, "y": (chip["y"] + chip["y2"]) / 2, "text": chip["text"], "fill": ink}
        for chip in chips
    ]
    sheet.words(numbers, bold=True, align="center")


def _target(
    portfolio: Portfolio, key: tuple[str, str], place: tuple[float, float], cell: float, found: Sequence[Dependence]
) -> dict[str, Any]:
    """Return an unseen box over a cell, with what it counts."""
    counts = ", ".join(_counts(found))
    who, whom = key
    return {
        "x": place[0],
        "x2": place[0] + cell,
        "y": place[1],
        "y2": place[1] + ROW,
        "fill": "transparent",
        "stroke": "none",
        "who": who,
        "whom": whom,
        "counts": counts,
        "what": "; ".join(_needs(portfolio, found)),
        "description": f"{who} on {whom}: {counts}",
    }


def _counts(found: Sequence[Dependence]) -> Iterator[str]:
    """Yield the counts of a cell in words."""
    for essential, (words, _, _) in FORMS.items():
        number = sum(item.essential is essential for item in found)
        if number:
            yield f"{number} {words}"


def _needs(portfolio: Portfolio, found: Sequence[Dependence]) -> Iterator[str]:
    """Yield what is needed for which plan, the first dozen, and how many more."""
    said = Counter(f"{_plan_name(portfolio, item)}: {portfolio.capabilities.label(item.capability)}" for item in found)
    yield from list(said)[:MOST_NAMED]
    if len(said) > MOST_NAMED:
        yield f"{len(said) - MOST_NAMED} more"


def _plan_name(portfolio: Portfolio, item: Dependence) -> str:
    """Return the name of the plan that depends."""
    kind, _, key = item.record.partition(":")
    return str(getattr(portfolio.tables.get(kind, {}).get(key), "name", key))


def _description(rows: Sequence[str], columns: Sequence[str], cells: Cells) -> str:
    """Return in words what the picture shows."""
    if not rows:
        return "No dependence between agencies is stated."
    pair = max((key for key in cells if TOTAL not in key), key=lambda key: (len(cells[key]), key))
    return (
        f"Matrix of {len(rows) - 1} agencies that depend on {len(columns) - 1}, with the number of requirements; the "
        f"largest number is {len(cells[pair])}, of {pair[0]} on {pair[1]}."
    )
