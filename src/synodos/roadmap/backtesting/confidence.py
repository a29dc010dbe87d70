"""What a back-test of dates answers: how often reality fell where the forecast had it, with bounds for what is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from synodos.language import DateRange

Verdict = Literal["yes", "no", "open"]
DATE_GROUPS: Final = ("dated", "even", "odd", "decided", "flown", "not dated")
"""Missions that are counted together.

Those with a date of their own; their two halves; those of them that were approved or in development; those that flew,
which flatters; and those without a date of their own.
"""


@dataclass(frozen=True, slots=True)
class Dated:
    """One mission: what was forecast, and what came.

    Attributes
    ----------
    mission, agency, status : str
        Which one, who leads it, and where it stood on the day of knowledge.
    half : str
        `even` or `odd`, by the SHA-256 of its id.
    fate : str
        `flown`, `cancelled` or `planned`.
    came : DateRange
        When that was, or is planned.
    planned : DateRange or None
        The agency's own date on the day of knowledge.
    p10, p50, p90 : datetime.date or None
        Days by which it has flown in 10, 50 and 90 of 100 iterations; None: never in that many.
    in_time : float or None
        Share of the iterations that fly by the last day of the agency's own date.
    low, high : float
        Bounds of the share of the iterations that fly no later than it did. Of a mission that has not flown only the
        lower one is known: the share that had flown by the last day on which it is known not to have flown.
    within : str
        Whether it flew between P10 and P90: `yes`, `no`, or `open`.
    by_median, by_p90, by_own_date : str
        Whether it flew by P50, by P90, and by the last day of the agency's own date; where it states none, `open`.
    late_days : tuple of (int, int or None) or None
        Days from the last day of its own date to the first and the last day on which it may have flown; the latter
        None where it has not flown. None: it states no date.
    after_median_days : tuple of (int, int or None) or None
        The same from P50.
    """

    mission: str
    agency: str
    status: str
    half: str
    fate: Literal["flown", "cancelled", "planned"]
    came: DateRange
    planned: DateRange | None
    p10: dt.date | None
    p50: dt.date | None
    p90: dt.date | None
    in_time: float | None
    low: float
    high: float
    within: Verdict
    by_median: Verdict
    by_p90: Verdict
    by_own_date: Verdict
    late_days: tuple[int, int | None] | None
    after_median_days: tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number of missions that is known within bounds.

    Attributes
    ----------
    expected : float
        How many it should be if the forecast is right.
    least : int
        How many it is at least: what is open counts as no.
    most : int
        How many it is at most: what is open counts as yes.
    """

    expected: float
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class DateGroup:
    """How forecasts of some missions fared.

    Attributes
    ----------
    name : str
        One of `DATE_GROUPS`.
    missions, flown, cancelled, planned : int
        How many there are, and what became of them.
    within : Bounds
        Between P10 and P90.
    by_median, by_p90 : Bounds
        By P50 and by P90.
    by_own_date : Bounds
        By the last day of the agency's own date; expected is what the forecast gave it.
    error, error_own : tuple of (float, float) or None
        Mean squared error (Brier score) of the forecast's chance to fly by the agency's own date, and of the date
        itself taken as certain: least and most. 0 is best; always saying one half gives 0.25. None: no date.
    """

    name: str
    missions: int
    flown: int
    cancelled: int
    planned: int
    within: Bounds
    by_median: Bounds
    by_p90: Bounds
    by_own_date: Bounds
    error: tuple[float, float] | None
    error_own: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Level:
    """One point of the calibration plot.

    Attributes
    ----------
    confidence : float
        Share of the iterations that have flown by a day.
    least, most : float
        Share of the missions with a date of their own that had flown by that day of theirs.
    """

    confidence: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A default behind the forecasts.

    Attributes
    ----------
    name, says : str
        Its name, and its value in words.
    hindsight_to : datetime.date or None
        Day of its latest source, where that comes after the day of knowledge; None: it was known then.
    """

    name: str
    says: str
    hindsight_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure dates were, and how sure they turned out to be.

    Attributes
    ----------
    outcomes, outcomes_sha256 : str
        The list that they are laid beside, and its hash.
    until : datetime.date
        Day up to which it is known what happened.
    iterations, seed : int
        Of the Monte Carlo forecast.
    missions : tuple of Dated
        Every mission with a forecast and an outcome, in the order of their own dates; those without one last.
    left_out : tuple of (str, str)
        Missions of the list without a forecast, each with the reason.
    groups : tuple of DateGroup
        Counts.
    levels : tuple of Level
        The calibration plot.
    defaults : tuple of RestsOn
        What the forecasts rest on where nothing is stated.
    defaults_only : bool
        Whether no agency gave a spread or a duration.
    """

    outcomes: str
    outcomes_sha256: str
    until: dt.date
    iterations: int
    seed: int
    missions: tuple[Dated, ...]
    left_out: tuple[tuple[str, str], ...]
    groups: tuple[DateGroup, ...]
    levels: tuple[Level, ...]
    defaults: tuple[RestsOn, ...]
    defaults_only: bool
