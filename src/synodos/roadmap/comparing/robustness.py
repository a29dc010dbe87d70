"""How a scenario stands up to a withdrawal of any agency, and to building blocks that come two years late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from synodos.language import FLYING, DateRange, Element
from synodos.roadmap.comparing.followed import Followed
from synodos.roadmap.readiness import Readiness, readiness
from synodos.whatif import exposure

SLIP_YEARS: Final = 2
"""How late building blocks come in the test of a slip."""


@dataclass(frozen=True, slots=True)
class Blow:
    """What one agency can do to a scenario.

    Attributes
    ----------
    agency : str
        Who withdraws, or is late.
    stopped : tuple of str
        Missions of the scenario that cannot fly as things stand if it withdraws from all that it shares, by id.
    late : tuple of str
        Missions of the scenario that would lack something essential on their day if all its building blocks came two
        years late, and do not lack it now, by id.
    """

    agency: str
    stopped: tuple[str, ...]
    late: tuple[str, ...]


def blows(followed: Followed, ready: Readiness) -> tuple[Blow, ...]:
    """Return what the withdrawal and the slip of each agency would do to a scenario, the gravest first.

    Parameters
    ----------
    followed : Followed
        The scenario.
    ready : Readiness
        How ready it is as things stand.
    """
    stopped: dict[str, set[str]] = {}
    for hurt in exposure(followed.own).overall:
        keys = {key.partition(":")[2] for key in (*hurt.stopped, *hurt.stranded)}
        stopped.setdefault(hurt.leaver, set()).update(keys)
    owners = {one.owner for one in followed.elements}
    late = {agency: _late(followed, ready, agency) for agency in owners}
    found = (
        Blow(agency, tuple(sorted(stopped.get(agency, ()))), late.get(agency, ())) for agency in stopped.keys() | owners
    )
    return tuple(
        sorted(
            (one for one in found if one.stopped or one.late),
            key=lambda one: (-len(one.stopped), -len(one.late), one.agency),
        )
    )


def _late(followed: Followed, ready: Readiness, agency: str) -> tuple[str, ...]:
    """Return the missions that are kept waiting if an agency's building blocks come two years late."""
    moved = [_slipped(one) for one in followed.elements if one.owner == agency and one.available is not None]
    if not moved:
        return ()
    later = readiness(followed.stated.replace(*moved), followed.said.id)
    before = {one.mission: one.stage for one in ready.missions}
    return tuple(one.mission for one in later.missions if one.stage == "late" != before[one.mission])


def _slipped(element: Element) -> Element:
    """Return an element that can be used two years later than stated, unless it flies already."""
    stated = element.available
    if stated is None or stated.opens_early or element.status in FLYING | {"completed"}:
        return element
    first = str(stated.earliest.year + SLIP_YEARS)
    until = "" if stated.stays_open else str(stated.latest.year + SLIP_YEARS)
    later = DateRange(first if first == until else f"{first}..{until}")
    return element.model_copy(update={"available": later})
