"""The whole way from a portfolio and what flew after it to a calibration."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from synodos import schedule
from synodos.language import ENDED, FLYING, DateOutcome, Mission, Outcomes, Portfolio
from synodos.roadmap.backtesting.confidence import (
    Bounds,
    Calibration,
    Dated,
    DateGroup,
    Level,
    RestsOn,
    Verdict,
)
from synodos.roadmap.finishes import mission_finishes
from synodos.schedule import Finish, Risk

DECIDED: Final = frozenset({"approved", "in-development"})
LEVELS: Final = tuple(place / 20 for place in range(21))
"""Confidences of the calibration plot."""
DAY: Final = dt.timedelta(days=1)


def calibrate(portfolio: Portfolio, outcomes: Outcomes, iterations: int, seed: int) -> Calibration:
    """Return how forecasts fared; `calibration` says of what."""
    left_out = {row.mission: why for row in outcomes.dates if (why := _why_not(portfolio, row.mission))}
    asked = [row for row in outcomes.dates if row.mission not in left_out]
    found = _risk(portfolio, sorted(row.mission for row in asked), iterations, seed) if asked else None
    finishes = mission_finishes(found) if found else {}
    dated: list[Dated] = []
    for row in asked:
        if row.mission in finishes:
            dated.append(_dated(portfolio.missions[row.mission], finishes[row.mission], row, outcomes))
        else:
            left_out[row.mission] = "the network has no launch of it"
    dated.sort(key=lambda one: (one.planned.latest if one.planned else dt.date.max, one.mission))
    groups = _groups(dated, finishes)
    return Calibration(
        outcomes=outcomes.id,
        outcomes_sha256=hashlib.sha256(outcomes.model_dump_json().encode()).hexdigest(),
        until=outcomes.known_on.latest,
        iterations=iterations,
        seed=seed,
        missions=tuple(dated),
        left_out=tuple(sorted(left_out.items())),
        groups=groups,
        levels=_levels([one for one in dated if one.planned]),
        defaults=tuple(RestsOn(one.name, one.says, one.hindsight_to) for one in found.defaults) if found else (),
        defaults_only=bool(found and found.defaults_only),
    )


def _why_not(portfolio: Portfolio, key: str) -> str:
    """Return why there is nothing to forecast of a mission, or nothing."""
    mission = portfolio.missions.get(key)
    if mission is None:
        return "it is not in the portfolio"
    if mission.status in FLYING | ENDED:
        return f"it was {mission.status} on the day of knowledge"
    return ""


def _risk(portfolio: Portfolio, missions: list[str], iterations: int, seed: int) -> Risk:
    """Return the forecasts of missions, all sampled together."""
    network = schedule.network(portfolio, missions)
    return schedule.risk(network, portfolio, iterations=iterations, seed=seed, only_dates=True)


def _dated(mission: Mission, finish: Finish, row: DateOutcome, outcomes: Outcomes) -> Dated:
    """Return what was forecast of a mission, and what came."""
    own = mission.planned if mission.planned and not mission.planned.stays_open else None
    p10, p50, p90 = (_day(finish, share) for share in (10, 50, 90))
    first, last = _flight(row, outcomes)
    before, after = _reached(finish, first - DAY), _reached(finish, last) if last else 1.0
    return Dated(
        mission=mission.id,
        agency=mission.owner,
        status=mission.status,
        half=row.half,
        fate=row.fate,
        came=row.flown or row.cancelled or row.planned or outcomes.known_on,
        planned=own,
        p10=p10,
        p50=p50,
        p90=p90,
        in_time=finish.in_time if own else None,
        low=before,
        high=after,
        within=_within(first, last, p10, p90),
        by_median=_by(first, last, p50),
        by_p90=_by(first, last, p90),
        by_own_date=_by(first, last, own.latest) if own else "open",
        late_days=_apart(first, last, own.latest) if own else None,
        after_median_days=_apart(first, last, p50) if p50 else None,
    )


def _flight(row: DateOutcome, outcomes: Outcomes) -> tuple[dt.date, dt.date | None]:
    """Return the first and the last day on which a mission may have flown, or would have; None: no end is known.

    What was given up had not flown by then; what is still planned has not flown by the day of the list.
    """
    if row.flown:
        return row.flown.earliest, row.flown.latest
    known = row.cancelled.earliest if row.cancelled else outcomes.known_on.latest
    return known + DAY, None


def _day(finish: Finish, share: int) -> dt.date | None:
    """Return the day of a percentile."""
    moment = finish.percentile(share)
    return moment.date() if moment else None


def _reached(finish: Finish, day: dt.date) -> float:
    """Return the share of the iterations that have flown by the end of a day, to half a point in a hundred.

    Between two points of the curve it rises evenly.
    """
    moments = [moment for moment, _ in finish.curve]
    shares = [share for _, share in finish.curve]
    until = dt.datetime.combine(day, dt.time.max)
    place = bisect_right(moments, until)
    if place == 0:
        return 0.0
    if place == len(moments):
        return shares[-1]
    span = (moments[place] - moments[place - 1]).total_seconds()
    part = (until - moments[place - 1]).total_seconds() / span
    return shares[place - 1] + part * (shares[place] - shares[place - 1])


def _within(first: dt.date, last: dt.date | None, low: dt.date | None, high: dt.date | None) -> Verdict:
    """Return whether a flight lies between two days; a day that never comes lies after all others."""
    if low is None or (high is not None and first > high) or (last is not None and last < low):
        return "no"
    if last is not None and first >= low and (high is None or last <= high):
        return "yes"
    return "open"


def _by(first: dt.date, last: dt.date | None, day: dt.date | None) -> Verdict:
    """Return whether a flight was no later than a day; one that never comes is later than all."""
    if day is not None and first > day:
        return "no"
    if last is not None and (day is None or last <= day):
        return "yes"
    return "open"


def _apart(first: dt.date, last: dt.date | None, day: dt.date) -> tuple[int, int | None]:
    """Return the days from a day to a flight."""
    return (first - day).days, (last - day).days if last else None


def _groups(dated: Sequence[Dated], finishes: dict[str, Finish]) -> tuple[DateGroup, ...]:
    """Return counts, group by group."""
    own = [one for one in dated if one.planned]
    groups = {
        "dated": own,
        "even": [one for one in own if one.half == "even"],
        "odd": [one for one in own if one.half == "odd"],
        "decided": [one for one in own if one.status in DECIDED],
        "flown": [one for one in own if one.fate == "flown"],
        "not dated": [one for one in dated if not one.planned],
    }
    return tuple(_group(name, missions, finishes) for name, missions in groups.items())


def _group(name: str, missions: Sequence[Dated], finishes: dict[str, Finish]) -> DateGroup:
    """Return the counts of some missions."""
    fates = [one.fate for one in missions]
    inside = sum(_share_between(finishes[one.mission], one.p10, one.p90) for one in missions)
    median = sum(_share_by(finishes[one.mission], one.p50) for one in missions)
    late = sum(_share_by(finishes[one.mission], one.p90) for one in missions)
    return DateGroup(
        name=name,
        missions=len(missions),
        flown=fates.count("flown"),
        cancelled=fates.count("cancelled"),
        planned=fates.count("planned"),
        within=_bounds(inside, [one.within for one in missions]),
        by_median=_bounds(median, [one.by_median for one in missions]),
        by_p90=_bounds(late, [one.by_p90 for one in missions]),
        by_own_date=_bounds(sum(one.in_time or 0.0 for one in missions), [one.by_own_date for one in missions]),
        error=_error(missions, lambda one: one.in_time),
        error_own=_error(missions, lambda one: 1.0 if one.in_time is not None else None),
    )


def _bounds(expected: float, verdicts: Sequence[Verdict]) -> Bounds:
    """Return how many verdicts are yes, at least and at most."""
    sure = verdicts.count("yes")
    return Bounds(expected, sure, sure + verdicts.count("open"))


def _share_by(finish: Finish, day: dt.date | None) -> float:
    """Return the share of the iterations that fly by a day; launch periods make it more than the percentile says."""
    return finish.curve[-1][1] if day is None and finish.curve else _reached(finish, day) if day else 0.0


def _share_between(finish: Finish, low: dt.date | None, high: dt.date | None) -> float:
    """Return the share of the iterations that fly between two days, both included."""
    if low is None:
        return 0.0
    return _share_by(finish, high) - _reached(finish, low - DAY)


def _error(missions: Sequence[Dated], chance: Callable[[Dated], float | None]) -> tuple[float, float] | None:
    """Return the least and the most mean squared error of chances to fly by the agency's own date."""
    least: list[float] = []
    most: list[float] = []
    for one in missions:
        said = chance(one)
        if said is not None:
            errors = {"yes": [(1 - said) ** 2], "no": [said**2], "open": [said**2, (1 - said) ** 2]}[one.by_own_date]
            least.append(min(errors))
            most.append(max(errors))
    return (sum(least) / len(least), sum(most) / len(most)) if least else None


def _levels(missions: Sequence[Dated]) -> tuple[Level, ...]:
    """Return the calibration plot: at each confidence the share of the missions that had flown by then.

    A mission counts at least from the upper bound of its place in its forecast on, and at most from the lower one.
    """
    if not missions:
        return ()
    sure = sorted(one.high if one.fate == "flown" else 2.0 for one in missions)  # what has not flown is never sure
    may = sorted(one.low for one in missions)
    return tuple(
        Level(level, bisect_right(sure, level) / len(missions), bisect_right(may, level) / len(missions))
        for level in LEVELS
    )
