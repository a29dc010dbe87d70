"""What is sampled: a plan as arrays, without names or records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ELAPSED = -1
"""The calendar of what runs day and night, 24 hours a day, 7 days a week."""
NOBODY = -1
"""The group of what belongs to no agency."""


class Family(IntEnum):
    """The shape of an uncertain value, with what its parameters mean.

    FIXED: value. TRIANGULAR and PERT (beta with weight 4 on the mode): low, mode, high. UNIFORM: low, high. NORMAL
    (cut at 0): mean and standard deviation before the cut. LOGNORMAL: median, standard deviation of the logarithm,
    shift. WEIBULL: scale, shape, shift. DISCRETE: values and probabilities, held apart.
    """

    FIXED = 0
    TRIANGULAR = 1
    PERT = 2
    UNIFORM = 3
    NORMAL = 4
    LOGNORMAL = 5
    WEIBULL = 6
    DISCRETE = 7


class LinkKind(IntEnum):
    """Which date of the predecessor bounds which date of the successor."""

    FINISH_START = 0
    START_START = 1
    FINISH_FINISH = 2
    START_FINISH = 3


class Effect(IntEnum):
    """What a risk does to the activities it touches when it occurs.

    MULTIPLY: their durations by its value. DELAY: adds its value in days (of the activity's calendar) to each. REMOVE:
    they never finish.
    """

    MULTIPLY = 0
    DELAY = 1
    REMOVE = 2


@dataclass(frozen=True)
class Marginals:
    """One uncertain value per row.

    Attributes
    ----------
    family : int array, shape (n,)
        `Family` of each row.
    parameters : float array, shape (n, 3)
        As `Family` says, padded with zeros; all are in the unit of the value, but for the standard deviation of the
        logarithm and the shape of Weibull, which have none.
    discrete : tuple of (float array, float array), one for each DISCRETE row in order of rows
        Values, and probabilities that sum to 1.
    """

    family: Integers
    parameters: Floats
    discrete: tuple[tuple[Floats, Floats], ...] = ()

    def __len__(self) -> int:
        return len(self.family)

    @classmethod
    def fixed(cls, values: Sequence[float] | Floats) -> Marginals:
        """Return values that are certain."""
        parameters = np.zeros((len(values), 3))
        parameters[:, 0] = values
        return cls(np.zeros(len(values), np.int64), parameters)

    @classmethod
    def of(cls, rows: Sequence[tuple[Any, ...]]) -> Marginals:
        """Return marginals from rows such as `(Family.TRIANGULAR, 8, 10, 15)` or `(Family.DISCRETE, values, shares)`.

        Examples
        --------
        >>> len(Marginals.of([(Family.FIXED, 5), (Family.DISCRETE, (0, 90), (0.8, 0.2))]))
        2
        """
        family = np.array([row[0] for row in rows], np.int64).reshape(-1)
        parameters = np.zeros((len(rows), 3))
        discrete = []
        for position, (shape, *values) in enumerate(rows):
            if shape == Family.DISCRETE:
                discrete.append((np.array(values[0], np.float64), np.array(values[1], np.float64)))
            else:
                parameters[position, : len(values)] = values
        return cls(family, parameters, tuple(discrete))


@dataclass(frozen=True)
class Activities:
    """The activities, each after all its predecessors.

    Attributes
    ----------
    key : uint32 array, shape (n,)
        A stable number for each activity (a hash of its id): random numbers hang on it, so that an activity draws the
        same ones whatever is added to the plan around it.
    planned_days : float array, shape (n,)
        Duration in days of its calendar if all goes to plan; what remains of it, once begun.
    duration : Marginals of n rows
        Duration in days of its calendar, or as a factor of the planned one where `relative`. A certain duration is
        FIXED at the planned one.
    relative : bool array, shape (n,)
        Whether `duration` is a factor.
    calendar : int array, shape (n,)
        Row in the calendars, or `ELAPSED`.
    earliest_start_days : float array, shape (n,)
        Start no earlier than this: the day of knowledge, the status date, a constraint. Finite.
    earliest_finish_days : float array, shape (n,)
        Finish no earlier than this; -inf for no such bound.
    fixed_start_days, fixed_finish_days : float array, shape (n,)
        The date whatever the predecessors say (must start, must finish, actual dates); NaN for none. A fixed start with
        no fixed finish is followed by the duration; a fixed finish leaves the duration without effect on dates.
    group : int array, shape (n,)
        The agency that is answerable for it, or `NOBODY`: for attribution and for the common factor.
    loading : float array, shape (n,)
        Weight of the agency's common factor in the normal score of the duration, in -1 to 1; sqrt(rho) on two
        activities of one agency makes their scores correlate by rho. 0 without a group.
    """

    key: NDArray[np.uint32]
    planned_days: Floats
    duration: Marginals
    relative: NDArray[np.bool_]
    calendar: Integers
    earliest_start_days: Floats
    earliest_finish_days: Floats
    fixed_start_days: Floats
    fixed_finish_days: Floats
    group: Integers
    loading: Floats

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def of(cls, planned_days: Sequence[float] | Floats, **others: object) -> Activities:
        """Return activities in elapsed days from day 0, certain and free, but for the arrays that are given."""
        n = len(planned_days)
        arrays: dict[str, object] = {
            "key": np.arange(1, n + 1, dtype=np.uint32),
            "planned_days": np.array(planned_days, np.float64),
            "duration": Marginals.fixed(planned_days),
            "relative": np.zeros(n, np.bool_),
            "calendar": np.full(n, ELAPSED),
            "earliest_start_days": np.zeros(n),
            "earliest_finish_days": np.full(n, -np.inf),
            "fixed_start_days": np.full(n, np.nan),
            "fixed_finish_days": np.full(n, np.nan),
            "group": np.full(n, NOBODY),
            "loading": np.zeros(n),
            **others,
        }
        return cls(**arrays)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Links:
    """The predecessors of each activity, in rows: those of activity v stand from start[v] to start[v + 1].

    Attributes
    ----------
    start : int array, shape (n + 1,)
    predecessor : int array, shape (m,)
        Always smaller than the successor.
    kind : int array, shape (m,)
        `LinkKind`. An activity that must wait to finish starts later; it is never stretched.
    lag_days : float array, shape (m,)
        Waiting time, negative for a lead, in days of `lag_calendar`.
    lag_calendar : int array, shape (m,)
        Row in the calendars, or `ELAPSED`.
    """

    start: Integers
    predecessor: Integers
    kind: Integers
    lag_days: Floats
    lag_calendar: Integers

    def __len__(self) -> int:
        return len(self.predecessor)

    @classmethod
    def of(cls, activities: int, links: Sequence[tuple[int, int, LinkKind, float, int]]) -> Links:
        """Return rows from (predecessor, successor, kind, lag in days, lag calendar) in any order."""
        table = np.array(links, np.float64).reshape(-1, 5)
        table = table[np.argsort(table[:, 1], kind="stable")]
        counts = np.bincount(table[:, 1].astype(np.int64), minlength=activities)
        start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        predecessor, kind, calendar = (table[:, column].astype(np.int64) for column in (0, 2, 4))
        return cls(start, predecessor, kind, table[:, 3].copy(), calendar)


@dataclass(frozen=True)
class Calendars:
    """Working time, as the work done since the table's begin.

    Attributes
    ----------
    first_day : float
        Where the tables begin, in days from day 0.
    step_days : float
        Days between two entries: 1, or a part of it for shifts and hours. Within a step work is spread evenly.
    work_days : float array, shape (calendars, steps + 1)
        Working days done up to each step; never falls, begins with 0. Beyond either end work goes on at the mean pace
        of the table.
    """

    first_day: float
    step_days: float
    work_days: Floats

    @classmethod
    def none(cls) -> Calendars:
        """Return no calendar at all."""
        return cls(0.0, 1.0, np.zeros((0, 2)))


@dataclass(frozen=True)
class Cluster:
    """Activities whose durations correlate, one with another, as stated.

    Attributes
    ----------
    activity : int array, shape (k,)
        An activity stands in one cluster at most. Where it also loads on its agency's factor, the matrix is that of
        the rest; so give it no loading where the matrix says all.
    correlation : float array, shape (k, k)
        Correlation of the normal scores; see `correlation_faults`.
    """

    activity: Integers
    correlation: Floats


@dataclass(frozen=True)
class Risks:
    """Events and drivers: each occurs or not, and then touches all its activities alike.

    Attributes
    ----------
    key : uint32 array, shape (r,)
        A stable number for each risk.
    probability : float array, shape (r,)
        0 to 1; 1 for a driver whose value alone is uncertain.
    group : int array, shape (r,)
        The agency that is answerable for it, or `NOBODY`.
    effect : int array, shape (r,)
        `Effect`.
    value : Marginals of r rows
        Factor or days; without meaning for REMOVE.
    start : int array, shape (r + 1,)
        The activities of risk i stand from start[i] to start[i + 1]; their durations are touched in order of risks.
    activity : int array
    """

    key: NDArray[np.uint32]
    probability: Floats
    group: Integers
    effect: Integers
    value: Marginals
    start: Integers
    activity: Integers

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def none(cls) -> Risks:
        """Return no risk at all."""
        empty = np.zeros(0, np.int64)
        return cls(
            empty.astype(np.uint32), np.zeros(0), empty, empty, Marginals.fixed([]), np.zeros(1, np.int64), empty
        )


@dataclass(frozen=True)
class LaunchPeriods:
    """When an activity may start: ready after a close, it waits for the next opening, after the last for ever.

    Attributes
    ----------
    activity : int array, shape (l,)
        Each activity once, rising.
    start : int array, shape (l + 1,)
        The periods of activity[i] stand from start[i] to start[i + 1].
    open_days, close_days : float array, shape (p,)
        First and last moment, in days from day 0; sorted, apart from each other.
    """

    activity: Integers
    start: Integers
    open_days: Floats
    close_days: Floats

    def __len__(self) -> int:
        return len(self.activity)

    @classmethod
    def none(cls) -> LaunchPeriods:
        """Return no launch period at all."""
        return cls(np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(0), np.zeros(0))


@dataclass(frozen=True)
class Costs:
    """What activities cost, all in one currency and price year.

    An activity that never starts costs nothing; one that is removed costs what it would have cost.

    Attributes
    ----------
    fixed : float array, shape (n,)
    per_day : float array, shape (n,)
    working : bool array, shape (n,)
        Whether `per_day` counts days of the activity's calendar (its duration) and not elapsed days.
    fixed_factor, per_day_factor : Marginals of n rows
        What the two are multiplied by; FIXED at 1 where certain. One normal score is behind both: where they are spread
        alike they are the same factor.
    """

    fixed: Floats
    per_day: Floats
    working: NDArray[np.bool_]
    fixed_factor: Marginals
    per_day_factor: Marginals


@dataclass(frozen=True)
class Model:
    """A plan with its uncertainty; times are days from the day of knowledge, which is day 0.

    Attributes
    ----------
    activities, links, calendars, risks, launch_periods, clusters, costs
        As described there; costs may be None.
    targets : int array, shape (t,)
        The activities (milestones, missions) whose finish is recorded.
    group_key : uint32 array, shape (g,)
        A stable number for each agency.
    """

    activities: Activities
    links: Links
    targets: Integers
    group_key: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))
    calendars: Calendars = field(default_factory=Calendars.none)
    risks: Risks = field(default_factory=Risks.none)
    launch_periods: LaunchPeriods = field(default_factory=LaunchPeriods.none)
    clusters: tuple[Cluster, ...] = ()
    costs: Costs | None = None
