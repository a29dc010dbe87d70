"""Scenarios side by side: one value an aspect, each with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from synodos import schedule
from synodos.cooperation import Dependences, dependence
from synodos.language import FLYING, IDLE, Portfolio
from synodos.roadmap.comparing.arrivals import Arrival, arrivals
from synodos.roadmap.comparing.binding import Binding, binding
from synodos.roadmap.comparing.followed import Followed, followed
from synodos.roadmap.comparing.gaining import Gain, gain
from synodos.roadmap.comparing.robustness import Blow, blows
from synodos.roadmap.comparing.serving import Served, served
from synodos.roadmap.comparing.spending import Costs, costs
from synodos.roadmap.readiness import Readiness, readiness
from synodos.schedule import Share

ASPECTS: Final = ("dates", "objectives", "costs", "dependence", "path", "law", "robustness", "worth")
"""What scenarios can be compared by; readiness is always told."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario, aspect by aspect; None where an aspect was not asked for.

    Attributes
    ----------
    id, name : str
        The scenario.
    missions : tuple of str
        Its missions, in order, by id.
    crewed, robotic, not_stated : int
        Missions with people, without people, and of which neither is stated.
    readiness : Readiness
        What its missions need, and what nobody supplies.
    arrivals : tuple of Arrival or None
        First missions to each body, with their chances.
    served : tuple of Served or None
        Themes and goals by year.
    costs : Costs or None
        By agency and year.
    dependences : Dependences or None
        Who depends on whom within it, and single points of failure.
    path : tuple of Share or None
        Who holds the longest path to its last dated mission; empty: no mission is still to fly on a date.
    path_to : str
        That mission, by id; empty: none.
    binding : Binding or None
        Findings of law and instruments.
    blows : tuple of Blow or None
        What each agency can do to it by withdrawing or by being late.
    gain : Gain or None
        What is saved by cooperating; also None where fewer than two agencies take part.
    """

    id: str
    name: str
    missions: tuple[str, ...]
    crewed: int
    robotic: int
    not_stated: int
    readiness: Readiness
    arrivals: tuple[Arrival, ...] | None = None
    served: tuple[Served, ...] | None = None
    costs: Costs | None = None
    dependences: Dependences | None = None
    path: tuple[Share, ...] | None = None
    path_to: str = ""
    binding: Binding | None = None
    blows: tuple[Blow, ...] | None = None
    gain: Gain | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios side by side.

    Attributes
    ----------
    scenarios : tuple of Compared
        In the order asked for.
    aspects : tuple of str
        What they are compared by.
    shared : tuple of str
        Missions that all of them fly, by id.
    """

    scenarios: tuple[Compared, ...]
    aspects: tuple[str, ...]
    shared: tuple[str, ...]


def compare(
    portfolio: Portfolio,
    scenarios: Sequence[str],
    *,
    aspects: Sequence[str] = ASPECTS[:-1],
    iterations: int = 2_000,
    seed: int = 1,
    law_known_on: dt.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Return scenarios side by side; none of them changes the plans, and no score is made of them.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    scenarios : sequence of str
        Ids, any number.
    aspects : sequence of str
        Some of `ASPECTS`; by default all but `worth`, which may take minutes.
    iterations, seed : int
        Of the chances of dates (Monte Carlo); every scenario gets the same.
    law_known_on : datetime.date, optional
        Day of which the law is told; by default the day of knowledge.
    progress : callable, optional
        Told how many aspects are done, and of how many.

    Raises
    ------
    ValueError
        If a scenario is not there or cannot be followed, or an aspect is not known.
    """
    unknown = [one for one in aspects if one not in ASPECTS]
    if unknown or not scenarios:
        found = f"found {', '.join(unknown)}" if unknown else "found no scenario"
        message = f"aspects: expected some of {', '.join(ASPECTS)}, of at least one scenario; {found}"
        raise ValueError(message)
    plans = [followed(portfolio, key) for key in dict.fromkeys(scenarios)]
    steps = _Steps(len(plans) * len(aspects), progress)
    told = tuple(_compared(one, aspects, (iterations, seed), law_known_on, steps) for one in plans)
    shared = set.intersection(*(set(one.missions) for one in told))
    ordered = tuple(key for key in told[0].missions if key in shared)
    return Comparison(told, tuple(one for one in ASPECTS if one in aspects), ordered)


class _Steps:
    """Counts what is done."""

    def __init__(self, total: int, progress: Callable[[int, int], None] | None) -> None:
        """Start with nothing done."""
        self.total, self.progress, self.done = total, progress, 0

    def __call__(self) -> None:
        """Count one more."""
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


def _compared(
    one: Followed, aspects: Sequence[str], sampling: tuple[int, int], law_day: dt.date | None, step: _Steps
) -> Compared:
    """Return one scenario, aspect by aspect."""
    ready = readiness(one.stated, one.said.id)
    crewed = [mission.crewed for mission in one.missions]
    asked: dict[str, Callable[[], dict[str, object]]] = {
        "dates": lambda: {"arrivals": arrivals(one, *sampling)},
        "objectives": lambda: {"served": served(one)},
        "costs": lambda: {"costs": costs(one)},
        "dependence": lambda: {"dependences": dependence(one.own)},
        "path": lambda: dict(zip(("path", "path_to"), _path(one), strict=True)),
        "law": lambda: {"binding": binding(one, law_day)},
        "robustness": lambda: {"blows": blows(one, ready)},
        "worth": lambda: {"gain": gain(one)},
    }
    found: dict[str, object] = {}
    for aspect in aspects:
        found |= asked[aspect]()
        step()
    return Compared(
        id=one.said.id,
        name=one.said.name,
        missions=one.said.missions,
        crewed=crewed.count(True),
        robotic=crewed.count(False),
        not_stated=crewed.count(None),
        readiness=ready,
        **found,  # type: ignore[arg-type] # each aspect names the fields that it fills
    )


def _path(one: Followed) -> tuple[tuple[Share, ...], str]:
    """Return who holds the longest path to the last mission that is still to fly on a date, and which that is."""
    today = one.portfolio.known_on
    dated = [
        (mission.planned.latest, mission.id)
        for mission in one.missions
        if mission.status not in FLYING | IDLE
        and mission.planned
        and not mission.planned.stays_open
        and mission.planned.latest >= today
    ]
    if not dated:
        return (), ""
    last = max(dated)[1]
    found = schedule.critical_path(schedule.network(one.portfolio, [last]), last)
    return schedule.who_holds(found).shares, last
