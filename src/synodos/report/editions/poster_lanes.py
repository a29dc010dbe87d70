"""The picture of a poster: scenarios as lanes, their missions along the years, in millimetres.

Each mission has a row of its own, as long as its label can be read from some steps away; more missions share rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import DateRange, Portfolio
from synodos.report.charts.look import ACCENTS, text_width, wrapped

if TYPE_CHECKING:
    from synodos.roadmap import Edition, EditionMission, EditionScenario

WIDE: Final = 805.0
HIGH: Final = 356.0
NAMES: Final = 118.0
MARK: Final = 14.0
"""Room of a mark without a date, and of the readiness beside it."""
AXIS: Final = 11.0
PAD: Final = 3.5
"""Room above and below the missions of a lane."""
TALLEST: Final = 12.5
LOWEST: Final = 5.2
"""Most height of the row of a mission, and the least that holds a line of full size."""
STEP: Final = 0.1
"""By how much the height of rows is tried lower."""
APART: Final = 6.0
"""Least room between missions that share a row."""
TWO_LINES: Final = 8.6
"""Height of a row from which it holds two lines."""
LEAST_LANE: Final = 24.0
"""Height of a lane with few missions, where there is room for it."""
NAME_PT: Final = 14.0
WHO_PT: Final = 11.0
STEP_PT: Final = 11.5
HEAD: Final = 30.0
"""Room of a lane's name and of who leads it."""
LINE: Final = 5.4
MM: Final = 25.4 / 72
MOST_PARTNERS: Final = 4
FIXED: Final = {"moon": "#44566c", "mars": "#b5473c", "low-earth-orbit": "#3c8fb8", "small-bodies": "#2f7d46"}
"""Colours of the bodies that most missions go to; the others share the rest."""
YEARS: Final = (1, 2, 5, 10, 20, 50, 100)
MOST_TICKS: Final = 28


@dataclass(frozen=True)
class Axis:
    """Days along a line.

    Attributes
    ----------
    first, last : datetime.date
        Its ends.
    left, right : float
        Where these are, in millimetres.
    """

    first: dt.date
    last: dt.date
    left: float
    right: float

    def at(self, day: dt.date) -> float:
        """Return where a day is, in millimetres; what lies beyond an end stands at it."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.left + (self.right - self.left) * min(max(share, 0.0), 1.0), 2)


@dataclass(frozen=True)
class Spot:
    """Where a mission and its label stand along the years, in millimetres.

    Attributes
    ----------
    x, x2 : float
        Ends of its bar.
    chances : tuple of float or None
        Where 10, 50 and 80 of 100 sampled courses have flown.
    label : float
        Where its label begins, or ends if it does not stand after the bar.
    after : bool
        Whether the label stands after the bar.
    left, right : float
        Ends of all that is drawn of it.
    """

    x: float
    x2: float
    chances: tuple[float | None, ...]
    label: float
    after: bool
    left: float
    right: float


def lanes(portfolio: Portfolio, edition: Edition) -> dict[str, Any]:
    """Return the picture of a poster as the template takes it: lanes, missions, links and years at their places."""
    rows: list[dict[str, int]] = [
        {one.mission: row for row, one in enumerate(scenario.missions)} for scenario in edition.scenarios
    ]
    high = _row_height(rows)
    axis = _axis(portfolio, edition, high)
    if high < LOWEST:
        rows = [_shared_rows(portfolio, scenario, axis) for scenario in edition.scenarios]
        high = _row_height(rows)
    colours = body_colours(edition)
    drawn, y = [], AXIS
    for place, taken in enumerate(rows):
        lane = _lane(portfolio, edition, place, axis, colours, (y, high, _lane_height(taken, high, len(rows))), taken)
        drawn.append(lane)
        y += lane["high"]
    return {
        "wide": WIDE,
        "high": y + AXIS,
        "names": NAMES,
        "undated": axis.right + 8 if _undated(edition) else None,
        "years": [{"x": axis.at(dt.date(year, 1, 1)), "year": year} for year in _ticks(axis)],
        "known": axis.at(edition.portfolio.known_on),
        "two_lines": high >= TWO_LINES,
        "type": min(high / LOWEST, 1.0),
        "lanes": drawn,
    }


def body_colours(edition: Edition) -> dict[str, str]:
    """Return a colour for each body that a mission goes to."""
    bodies = sorted({body for one in edition.scenarios for mission in one.missions for body in mission.bodies})
    spare = iter(ACCENTS * (len(bodies) // len(ACCENTS) + 1))
    return {body: FIXED.get(body) or next(spare) for body in bodies}


def _axis(portfolio: Portfolio, edition: Edition, high: float) -> Axis:
    """Return the years from the first stated day to the last, or the last by which 80 of 100 have flown."""
    days = [edition.portfolio.known_on]
    for mission in (mission for one in edition.scenarios for mission in one.missions):
        days += [day for day in _ends(mission.planned) if day is not None]
        days += [day for day in (mission.p10, mission.p80) if day is not None]
    first, last = dt.date(min(days).year, 1, 1), dt.date(min(max(days).year + 1, 9999), 1, 1)
    return Axis(first, last, NAMES + 6, WIDE - 6 - _beyond(portfolio, edition, high))


def _beyond(portfolio: Portfolio, edition: Edition, high: float) -> float:
    """Return the room at the right for missions without a date."""
    undated = [mission for one in edition.scenarios for mission in one.missions if mission.planned is None]
    return max((MARK + _label_width(one.name, _who(portfolio, one), high) for one in undated), default=0.0)


def _ends(planned: DateRange | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the stated ends of a date."""
    if planned is None:
        return None, None
    return None if planned.opens_early else planned.earliest, None if planned.stays_open else planned.latest


def _undated(edition: Edition) -> bool:
    """Return whether any mission has no date."""
    return any(mission.planned is None for one in edition.scenarios for mission in one.missions)


def _ticks(axis: Axis) -> range:
    """Return the years that are marked."""
    first, last = axis.first.year, axis.last.year
    step = next((step for step in YEARS if (last - first) / step <= MOST_TICKS), YEARS[-1])
    return range(first + -first % step, last + 1, step)


def _row_height(rows: Sequence[Mapping[str, int]]) -> float:
    """Return the height of a mission's row: the most with which all lanes have room in the picture."""
    high = TALLEST
    while high > STEP and sum(_lane_height(taken, high, len(rows)) for taken in rows) > HIGH - 2 * AXIS:
        high -= STEP
    return high


def _lane_height(taken: Mapping[str, int], high: float, lanes_in_all: int) -> float:
    """Return the height of a lane whose missions take some rows."""
    least = min(LEAST_LANE, (HIGH - 2 * AXIS) / lanes_in_all)
    return max(high * (max(taken.values(), default=0) + 1) + 2 * PAD, least)


def _shared_rows(portfolio: Portfolio, scenario: EditionScenario, axis: Axis) -> dict[str, int]:
    """Return the row of each mission of a scenario: the first in which it and its label have room."""
    ends: list[float] = []
    rows: dict[str, int] = {}
    for one in scenario.missions:
        spot = _spot(portfolio, one, axis, LOWEST)
        row = next((row for row, end in enumerate(ends) if end + APART <= spot.left), len(ends))
        ends[row : row + 1] = [spot.right]
        rows[one.mission] = row
    return rows


def _lane(
    portfolio: Portfolio,
    edition: Edition,
    place: int,
    axis: Axis,
    colours: dict[str, str],
    where: tuple[float, float, float],
    taken: Mapping[str, int],
) -> dict[str, Any]:
    """Return one scenario with its missions in their rows; `where` are its top and the heights of a row and of it."""
    scenario, (top, high, whole) = edition.scenarios[place], where
    rows = {mission: top + PAD + high * (row + 0.5) for mission, row in taken.items()}
    ready = {one.mission: one.precursors for one in edition.comparison.scenarios[place].readiness.missions}
    starts = {one.mission: axis.at(one.planned.earliest) for one in scenario.missions if one.planned}
    return {
        "y": top,
        "high": whole,
        "name": scenario.name,
        "says": _says(portfolio, scenario),
        "steps": _steps(scenario, whole),
        "missions": [_mission(portfolio, one, axis, colours, rows[one.mission], high) for one in scenario.missions],
        "links": list(_links(scenario, ready, rows, starts)),
    }


def _says(portfolio: Portfolio, scenario: EditionScenario) -> str:
    """Return who leads the missions of a scenario, and how many there are."""
    leads = dict.fromkeys(portfolio.agency_name(one.lead) for one in scenario.missions)
    shown = list(leads)[: MOST_PARTNERS + 1]
    more = f" and {len(leads) - len(shown)} more" if len(leads) > len(shown) else ""
    return f"{len(scenario.missions)} missions, led by {', '.join(shown)}{more}"


def _steps(scenario: EditionScenario, high: float) -> list[str]:
    """Return the steps of a scenario in as many lines as there is room for below its name."""
    lines = int((high - HEAD) / LINE)
    text = "; ".join(step.rstrip(".") for step in scenario.steps)
    return list(wrapped(text, (NAMES - 16) / MM, STEP_PT, lines=lines)) if text and lines > 0 else []


def _links(
    scenario: EditionScenario, ready: dict[str, tuple[str, ...]], rows: dict[str, float], starts: dict[str, float]
) -> Iterator[dict[str, float]]:
    """Yield lines from missions to those that they prepare, without those that go by way of another."""
    for one in scenario.missions:
        before = [key for key in ready.get(one.mission, ()) if key in rows]
        by_way = {key for other in before for key in ready.get(other, ())}
        for key in before:
            if key not in by_way and key in starts and one.mission in starts:
                yield {"x": starts[key], "y": rows[key], "x2": starts[one.mission], "y2": rows[one.mission]}


def _mission(
    portfolio: Portfolio, one: EditionMission, axis: Axis, colours: dict[str, str], y: float, high: float
) -> dict[str, Any]:
    """Return one mission at its place."""
    spot = _spot(portfolio, one, axis, high)
    return {
        "y": round(y, 2),
        "high": high,
        "x": spot.x,
        "x2": spot.x2,
        "dated": one.planned is not None,
        "open": one.planned is not None and one.planned.stays_open,
        "chances": spot.chances,
        "fill": colours[one.bodies[0]] if one.bodies else "#8a929b",
        "crewed": one.crewed is True,
        "flown": one.flown,
        "stage": one.stage,
        "name": one.name,
        "who": _who(portfolio, one),
        "label": spot.label,
        "after": spot.after,
    }


def _spot(portfolio: Portfolio, one: EditionMission, axis: Axis, high: float) -> Spot:
    """Return where a mission and its label stand: the label after the bar, or before it where that has more room."""
    bar = (axis.at(one.planned.earliest), axis.at(one.planned.latest)) if one.planned else (axis.right + 8,) * 2
    chances = tuple(None if day is None else axis.at(day) for day in (one.p10, one.p50, one.p80))
    stated = [place for place in chances if place is not None]
    left, right = min(*bar, *stated), max(bar[0] + 5, bar[1], *stated)
    wide = _label_width(one.name, _who(portfolio, one), high)
    x2 = max(bar[1], bar[0] + 2.6)
    if right + 3 + wide <= WIDE or left - 3 - wide < NAMES + 2:
        return Spot(bar[0], x2, chances, right + 3, after=True, left=left, right=right + 3 + wide)
    return Spot(bar[0], x2, chances, left - 3, after=False, left=left - 3 - wide, right=right)


def _label_width(name: str, who: str, high: float) -> float:
    """Return how wide the label of a mission is with the sign of its readiness, in millimetres."""
    first, second = text_width(name, NAME_PT, bold=True), text_width(who, WHO_PT)
    return (max(first, second) if high >= TWO_LINES else first + second + 8) * MM + 7


def _who(portfolio: Portfolio, one: EditionMission) -> str:
    """Return who leads a mission, who has a part in it, and when it is planned."""
    names = [portfolio.agency_name(key) for key in one.partners]
    more = f" +{len(names) - MOST_PARTNERS}" if len(names) > MOST_PARTNERS else ""
    partners = f" with {', '.join(names[:MOST_PARTNERS])}{more}" if names else ""
    return f"{one.planned or 'no date stated'} · {portfolio.agency_name(one.lead)}{partners}"
