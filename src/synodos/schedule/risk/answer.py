"""What a study of schedule risk answers: dates with their confidence, and who and what moves them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

PERCENTILES: Final = (10, 25, 50, 70, 80, 90, 95)
"""Percentiles of every finish and of the cost."""


@dataclass(frozen=True)
class PeriodChance:
    """How likely a mission leaves in one launch period.

    Attributes
    ----------
    opens, closes : datetime.date
        First and last day of the period.
    share : float
        Share of the iterations that leave in it.
    intended : bool
        Whether the plan means to use it.
    computed : bool
        Whether the period was computed, and not stated by the mission.
    """

    opens: dt.date
    closes: dt.date
    share: float
    intended: bool
    computed: bool


@dataclass(frozen=True)
class Finish:
    """When one mission or milestone is reached, and how sure that is.

    Shares count all iterations; `later` and `never` are those without a date. A percentile is None where it lies
    among them.

    Attributes
    ----------
    node, name, agency : str
        The node of the network, what it is, and who holds it.
    form : str
        `mission` for the launch of a mission, `milestone`, or `task` (the last one of a network without a milestone).
    records : tuple of str
        Records it rests on, as `kind:id`.
    deterministic : datetime.datetime
        Early finish if everything takes exactly as long as planned.
    planned : datetime.datetime or None
        Last moment of the planned date: its deadline, else its constraint, else the planned date of its mission, else
        the close of the launch period that is meant; None: not stated.
    in_time : float or None
        Share of the iterations that finish by then.
    mean : datetime.datetime or None
        Mean over the iterations that have a date.
    deviation_days : float or None
        Standard deviation over the same.
    percentiles : tuple of (int, datetime.datetime or None)
        For each of `PERCENTILES` the moment by which that share has finished.
    percentile_error_days : float
        Bound on the error that counting by day adds to a percentile; 0 while every iteration is kept one by one.
    periods : tuple of PeriodChance
        Launch periods with their chances; empty: it can leave at any time.
    later : float
        Share that is ready only after the last period that is known.
    never : float
        Share that never happens, because a partner's part is lost for good.
    curve : tuple of (datetime.datetime, float)
        Confidence curve: moment, and share that has finished by then; both rise.
    """

    node: str
    name: str
    agency: str
    form: Literal["mission", "milestone", "task"]
    records: tuple[str, ...]
    deterministic: dt.datetime
    planned: dt.datetime | None
    in_time: float | None
    mean: dt.datetime | None
    deviation_days: float | None
    percentiles: tuple[tuple[int, dt.datetime | None], ...]
    percentile_error_days: float
    periods: tuple[PeriodChance, ...]
    later: float
    never: float
    curve: tuple[tuple[dt.datetime, float], ...]

    def percentile(self, share: int) -> dt.datetime | None:
        """Return the moment by which `share` percent of the iterations have finished, or None if there is none."""
        return dict(self.percentiles)[share]


@dataclass(frozen=True)
class ActivityRisk:
    """What the uncertainty of one activity does to the target.

    Attributes
    ----------
    node, name, agency : str
        The activity and who holds it.
    records : tuple of str
        Records it rests on, as `kind:id`.
    criticality : float
        Criticality index: share of the iterations in which it drives the target (waiting for a launch period included).
    sensitivity : float
        Correlation of its duration with the finish of the target, over the iterations that have a date.
    cruciality : float
        Criticality index times the size of the sensitivity.
    schedule_sensitivity : float
        Schedule sensitivity index: criticality index, times the standard deviation of the duration, by that of the
        finish.
    assumed : bool
        Whether its spread is a default.
    """

    node: str
    name: str
    agency: str
    records: tuple[str, ...]
    criticality: float
    sensitivity: float
    cruciality: float
    schedule_sensitivity: float
    assumed: bool


@dataclass(frozen=True)
class Driver:
    """What one risk, one commitment or one default adds to the expected finish: a bar of the tornado.

    Attributes
    ----------
    id : str
        `risk:ID`, `commitment:ID` or `default:NAME`.
    name : str
        What it is.
    kind : str
        `risk`, `commitment` or `default`.
    agency : str
        Who answers for it; empty for a default.
    probability : float or None
        Chance that it happens; None for a default, which always acts.
    with_it, without_it : datetime.datetime
        Mean finish of the target with it, and had it not been there; iterations without a date count at the
        horizon of the study.
    days : float
        Days between the two; negative where the target comes earlier with it.
    in_time_with, in_time_without : float or None
        Chance to be in time, with it and without it; None where no date is planned.
    assumed : bool
        Whether its probability or size is a default.
    """

    id: str
    name: str
    kind: Literal["risk", "commitment", "default"]
    agency: str
    probability: float | None
    with_it: dt.datetime
    without_it: dt.datetime
    days: float
    in_time_with: float | None
    in_time_without: float | None
    assumed: bool


@dataclass(frozen=True)
class Frontier:
    """Pairs of date and budget that hold with one joint confidence.

    Attributes
    ----------
    confidence : float
        Share of the iterations that meet both.
    points : tuple of (datetime.datetime, float)
        Dates in order, with the least budget that each needs.
    """

    confidence: float
    points: tuple[tuple[dt.datetime, float], ...]


@dataclass(frozen=True)
class JointConfidence:
    """Cost and date together: how often both are kept, over the iterations that are kept one by one.

    Attributes
    ----------
    currency : str
        ISO 4217 code of every amount.
    price_year : int or None
        Year whose prices the amounts are in; None: not stated.
    covers : tuple of str
        Activities whose costs are in it.
    without_cost : tuple of str
        Open activities that state no cost, or none that is comparable; the cost is too low by theirs.
    deterministic_cost : float
        Cost if everything goes to plan.
    mean_cost : float
        Mean over all iterations.
    cost_percentiles : tuple of (int, float)
        For each of `PERCENTILES` the cost that is not passed in that share of the iterations.
    date : datetime.datetime
        Date that is asked for: the caller's, else the planned date of the target, else its deterministic date.
    budget : float
        Budget that is asked for: the caller's, else the deterministic cost.
    joint : float
        Share of the iterations that keep both (joint confidence level).
    by_date, within_budget : float
        Share that keeps the date, and share that keeps the budget.
    confidence_target : float
        Joint confidence that a plan should have; a default unless the caller gave it.
    confidence_source : str
        Where the target comes from.
    scatter : tuple of (datetime.datetime, float)
        A bounded sample of iterations with a date: finish and cost.
    frontiers : tuple of Frontier
        For 50 % and for the target.
    """

    currency: str
    price_year: int | None
    covers: tuple[str, ...]
    without_cost: tuple[str, ...]
    deterministic_cost: float
    mean_cost: float
    cost_percentiles: tuple[tuple[int, float], ...]
    date: dt.datetime
    budget: float
    joint: float
    by_date: float
    within_budget: float
    confidence_target: float
    confidence_source: str
    scatter: tuple[tuple[dt.datetime, float], ...]
    frontiers: tuple[Frontier, ...]


@dataclass(frozen=True)
class AgencyDelay:
    """The delay that one agency causes, and what its float protects.

    Attributes
    ----------
    agency, name : str
        Id and short name.
    causes_days : float
        Expected finish now, minus the expected finish had this agency performed to plan.
    alone_days : float
        Expected delay if it were the only one not to perform to plan.
    share_days : float
        Its fair share of the expected delay (Shapley value): the shares add up to the whole.
    causes_missing : float or None
        By how much the chance to be in time would rise had it performed to plan; None where no date is planned.
    float_days : float or None
        Least total float of its open activities towards the target, in elapsed days: how late it may be before the
        target moves, if all others are in time; None: it holds no open activity that leads to the target.
    protects_days : float
        By how much the expected finish would slip if it spent its float: what its float takes up of everybody's delays.
    """

    agency: str
    name: str
    causes_days: float
    alone_days: float
    share_days: float
    causes_missing: float | None
    float_days: float | None
    protects_days: float


@dataclass(frozen=True)
class DelayByAgency:
    """The expected delay of the target, taken apart by agency.

    "To plan" means: planned durations, no risk that it answers for occurs, its commitments are kept. Iterations
    without a date count at `horizon`.

    Attributes
    ----------
    planned_to : datetime.datetime
        Finish if every agency performs to plan.
    expected : datetime.datetime
        Mean finish as things are.
    delay_days : float
        Days between the two.
    agencies : tuple of AgencyDelay
        Those that cause most first.
    nobody_days : float
        Part of the delay that no agency answers for.
    interaction_days : float
        The delay, less what no agency answers for, less the sum of the delays that each agency causes: what goes only
        if several perform to plan, since they are late at the same time (positive), or counts for each of several,
        since it takes all of them to be late (negative).
    exact : bool
        Whether the shares come from all groups of agencies; else from random orders of them.
    iterations : int
        Iterations behind the shares.
    horizon : datetime.datetime
        Where an iteration without a date is counted.
    without_date : float
        Share of the iterations that are counted there.
    """

    planned_to: dt.datetime
    expected: dt.datetime
    delay_days: float
    agencies: tuple[AgencyDelay, ...]
    nobody_days: float
    interaction_days: float
    exact: bool
    iterations: int
    horizon: dt.datetime
    without_date: float


@dataclass(frozen=True)
class UsedDefault:
    """A default that the answer rests on.

    Attributes
    ----------
    name : str
        Its name in the file of defaults.
    says : str
        Its value, in words.
    judgement : bool
        Whether it, or a part of it, is judgement and not measured.
    source : str
        Where it comes from; of what only came after the day of knowledge no more than that it did.
    for_nodes : tuple of str
        Activities, commitments or agencies that it stands in for, as they are called in the answer.
    hindsight_to : datetime.date or None
        Day of its latest source, where that comes after the day of knowledge; None: it was known then.
    """

    name: str
    says: str
    judgement: bool
    source: str
    for_nodes: tuple[str, ...]
    hindsight_to: dt.date | None = None


@dataclass(frozen=True)
class OtherDefault:
    """What the answer would be with another value of a default.

    Attributes
    ----------
    name : str
        Which default was changed; `as shipped` for the first row.
    value : str
        What it was set to, in words.
    median, p70 : datetime.datetime or None
        P50 and P70 of the target.
    in_time : float or None
        Chance to be in time.
    intended_period : float or None
        Chance of the intended launch period.
    """

    name: str
    value: str
    median: dt.datetime | None
    p70: dt.datetime | None
    in_time: float | None
    intended_period: float | None


@dataclass(frozen=True)
class Sharpening:
    """An activity whose stated duration and spread would make the answer more certain.

    Attributes
    ----------
    node, name, agency : str
        The activity and who would have to state it.
    share : float
        Share of the variance of the target's finish that goes if its duration were certain.
    """

    node: str
    name: str
    agency: str
    share: float


@dataclass(frozen=True)
class Risk:
    """How sure the dates of a network are, and who and what moves them.

    Attributes
    ----------
    known_on : datetime.date
        Day of knowledge.
    target : str
        Node that drivers, shares and indices refer to; the first of `finishes`.
    iterations : int
        Iterations done.
    asked : int
        Iterations asked for; more than `iterations` if the run was interrupted.
    seed : int
        Same seed, same answer.
    finishes : tuple of Finish
        The target, then the other missions and milestones by date.
    activities : tuple of ActivityRisk
        Open activities, the most crucial first.
    drivers : tuple of Driver
        The largest shift of the expected finish first.
    joint : JointConfidence or None
        Cost and date together; None: cost not stated.
    delay : DelayByAgency or None
        The delay that each agency causes; None where it was not asked for, the run was interrupted before, or the
        target has no date to measure it by.
    defaults : tuple of UsedDefault
        Every default that the answer rests on.
    other_defaults : tuple of OtherDefault
        How the answer moves with the defaults; empty where none counts.
    sharpen : tuple of Sharpening
        Durations to ask for, the one that helps most first; empty where all are stated.
    evidence : tuple of str
        Records it rests on, as `kind:id`.
    assumed : tuple of str
        What is not stated but assumed, in sentences.
    notes : tuple of str
        What the reader has to know.
    defaults_only : bool
        Whether no agency gave a spread or a duration: the dates then rest on defaults alone.
    """

    known_on: dt.date
    target: str
    iterations: int
    asked: int
    seed: int
    finishes: tuple[Finish, ...]
    activities: tuple[ActivityRisk, ...]
    drivers: tuple[Driver, ...]
    joint: JointConfidence | None
    delay: DelayByAgency | None
    defaults: tuple[UsedDefault, ...]
    other_defaults: tuple[OtherDefault, ...]
    sharpen: tuple[Sharpening, ...]
    evidence: tuple[str, ...]
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    defaults_only: bool

    @property
    def interrupted(self) -> bool:
        """Whether fewer iterations were done than asked for."""
        return self.iterations < self.asked

    @cached_property
    def finish(self) -> Finish:
        """The finish of the target."""
        return self.finishes[0]
