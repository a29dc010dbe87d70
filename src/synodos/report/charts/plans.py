"""Missions and elements as the roadmap shows them: band, dates, label, and every fact of its tooltip."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from synodos.language import BANDS, GONE, DateRange, Element, Mission, Portfolio
from synodos.report.answering.tables import Cell, Table
from synodos.report.charts.layout import Entry
from synodos.report.charts.look import shortened, text_width
from synodos.report.charts.timeline import Frame, span

Plan = Mission | Element

BAND_TITLES: Final = {
    "earth": "Earth",
    "leo": "Low Earth orbit and ISS",
    "lunar-vicinity": "Lunar vicinity",
    "lunar-surface": "Lunar surface",
    "asteroids": "Asteroids",
    "mars-vicinity": "Mars vicinity",
    "mars-surface": "Mars surface",
    "other": "Elsewhere, or not stated",
}
OVER: Final = GONE | {"deferred"}
"""Statuses of plans that will not happen as they stand; they are drawn pale and crossed."""
BRIEF_DAYS: Final = 31
"""A date stated to the month or the day is drawn as a point, a longer stretch as a bar."""
MOST_NAMED: Final = 3
LEAST_NAME: Final = 60.0
"""Room in pixels that a name keeps in a label, however long the rest."""
COLUMNS: Final = {
    "kind": "kind",
    "id": "id",
    "name": "name",
    "lead": "lead",
    "partners": "partners",
    "band": "shown at",
    "destinations": "destinations",
    "when": "date",
    "ends": "ends",
    "people": "crew",
    "status": "status",
    "confidence": "confidence",
    "doubts": "unverified",
    "sources": "sources",
}
WIDE: Final = ("id", "destinations", "ends", "crew", "unverified", "sources")


def plans(portfolio: Portfolio, only: Collection[str] | None = None) -> Iterator[Plan]:
    """Yield every mission and every element, or those among `only` (`kind:id`)."""
    missions, elements = portfolio.missions.values(), portfolio.elements.values()
    yield from (plan for plan in missions if only is None or key(plan) in only)
    yield from (plan for plan in elements if only is None or key(plan) in only)


def key(plan: Plan) -> str:
    """Return the name of a plan in the picture, as `kind:id`."""
    return f"{plan.kind}:{plan.id}"


def date_of(plan: Plan) -> DateRange | None:
    """Return when a mission is planned or an element can be used."""
    return plan.planned if isinstance(plan, Mission) else plan.available


def end_date_of(plan: Plan) -> DateRange | None:
    """Return when a mission ends."""
    return plan.ends if isinstance(plan, Mission) else None


def bands_of(portfolio: Portfolio, plan: Plan) -> tuple[str, ...]:
    """Return the bands of a plan's destinations, the outermost first.

    `other` counts as the outermost only where there is no other band: it is no place on the way to Mars.
    """
    terms = portfolio.destinations.terms
    found = {terms[place].band or "other" for place in plan.destinations if place in terms}
    return tuple(sorted(found, key=lambda band: -1 if band == "other" else BANDS.index(band), reverse=True))


def entry(portfolio: Portfolio, plan: Plan, frame: Frame, room: float) -> Entry:
    """Return what the layout places for a plan, with a label of at most `room` pixels."""
    when, ends = date_of(plan), end_date_of(plan)
    band = BANDS.index((bands_of(portfolio, plan) or ("other",))[0])
    if when is None:
        return Entry(key(plan), band, plan_label(portfolio, plan, room))
    start, stop = span(when)
    until = None
    if ends is not None and not ends.opens_early and ends.latest > when.latest:
        until = span(ends)[1]
    brief = (when.latest - when.earliest).days < BRIEF_DAYS
    outside = start >= frame.years.last + 1 or stop <= frame.years.first
    label = plan_label(portfolio, plan, room, when.text if outside else "")
    return Entry(key(plan), band, label, start, stop, until, brief)


def plan_label(portfolio: Portfolio, plan: Plan, room: float, more: str = "") -> str:
    """Return name, agencies, what became of a plan that is over, and `more`, in at most `room` pixels.

    What stands in brackets in a name gives way first, then the end of the name; the agencies stand last to go.
    """
    said = (team(portfolio, plan), plan.status if plan.status in OVER else "", more)
    tail = shortened("".join(f" · {part}" for part in said if part), room - LEAST_NAME)
    name = plan.name
    if text_width(name + tail) > room:
        name = _without_brackets(name)
    return shortened(name, room - text_width(tail)) + tail


def _without_brackets(name: str) -> str:
    """Return a name without what stands in its first pair of brackets, unless that is all."""
    before, bracket, inside = name.partition(" (")
    return before + inside.partition(")")[2] if bracket and before else name


def team(portfolio: Portfolio, plan: Plan) -> str:
    """Return the lead agency and its partners, all or the first two and how many more."""
    partners = partners_of(portfolio, plan)
    if len(partners) > MOST_NAMED:
        partners = (*partners[:2], f"{len(partners) - 2} more")
    return " + ".join((portfolio.agency_name(plan.owner), *partners))


def partners_of(portfolio: Portfolio, plan: Plan) -> tuple[str, ...]:
    """Return the short names of a plan's partners, each once."""
    others = dict.fromkeys(part.agency for part in plan.partners if part.agency != plan.owner)
    return tuple(portfolio.agency_name(agency) for agency in others)


def roadmap_table(portfolio: Portfolio, only: Collection[str] | None = None) -> Table:
    """Return the rows behind the roadmap picture: one for each mission and each element, or those among `only`."""
    rows = tuple(_row(portfolio, plan) for plan in plans(portfolio, only))
    return Table("roadmap", "Missions and elements by destination and date", tuple(COLUMNS.values()), rows, WIDE)


def facts(portfolio: Portfolio, plan: Plan) -> dict[str, Cell]:
    """Return all that a row, or a tooltip, says of a plan; None where it is not stated."""
    when, ends = date_of(plan), end_date_of(plan)
    bands = bands_of(portfolio, plan)
    return {
        "kind": plan.kind,
        "id": plan.id,
        "name": plan.name,
        "lead": portfolio.agency_name(plan.owner),
        "partners": ", ".join(partners_of(portfolio, plan)) or None,
        "band": " · ".join(BAND_TITLES[band] for band in bands) or None,
        "destinations": "; ".join(portfolio.destinations.label(place) for place in plan.destinations) or None,
        "when": when.text if when else None,
        "ends": ends.text if ends else None,
        "people": None if plan.crewed is None else "crewed" if plan.crewed else "robotic",
        "status": plan.status,
        "confidence": plan.confidence,
        "doubts": doubts(plan),
        "sources": ", ".join(plan.sources),
    }


def doubts(plan: Plan) -> str:
    """Return what of a plan rests on general knowledge."""
    if plan.confidence == "unverified":
        return "all"
    return ", ".join(plan.unverified_fields) or "nothing"


def _row(portfolio: Portfolio, plan: Plan) -> tuple[Cell, ...]:
    """Return the row of a plan."""
    return tuple(facts(portfolio, plan).values())
