"""What it takes to be ready: schedules, activities with their links and calendars, and what may go wrong."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.marks import (
    ActivityId,
    AgencyId,
    AgreementId,
    CalendarId,
    PlanId,
    ScheduleId,
    Text,
    WorkId,
)
from synodos.language.moments import Hours, Moment
from synodos.language.money import Money
from synodos.language.record import Filled, Part, Record

MOST_DAYS = 100_000.0
"""Longest duration or lag in days that is taken for one: three lifetimes."""
Days = Annotated[float, Field(ge=0, le=MOST_DAYS)]
SignedDays = Annotated[float, Field(ge=-MOST_DAYS, le=MOST_DAYS)]
Probability = Annotated[float, Field(ge=0, le=1)]
Parameter = Annotated[float, Field(ge=0, le=MOST_DAYS)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LinkType = Literal["finish-start", "start-start", "finish-finish", "start-finish"]
ConstraintKind = Literal[
    "start-no-earlier",
    "start-no-later",
    "finish-no-earlier",
    "finish-no-later",
    "must-start",
    "must-finish",
    "as-late-as-possible",
]
SpreadShape = Literal["triangular", "pert", "uniform", "normal", "lognormal", "weibull", "discrete"]
NEEDS = {
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "deviation"),
    "lognormal": ("median", "sigma"),
    "weibull": ("scale", "form"),
    "discrete": ("values", "weights"),
}
"""Parameters that each shape of a spread takes."""
_PARAMETERS = frozenset(name for every in NEEDS.values() for name in every)


class Spread(Part):
    """How uncertain a duration, a delay or a cost is."""

    shape: SpreadShape
    """Family of the distribution; which parameters it takes stands in the glossary."""
    of: Literal["days", "factor"] = "factor"
    """Whether the values are days themselves, or multiply the planned value."""
    low: Parameter | None = None
    """Least value (triangular, pert, uniform)."""
    likely: Parameter | None = None
    """Most likely value (triangular, pert)."""
    high: Parameter | None = None
    """Greatest value (triangular, pert, uniform)."""
    mean: Parameter | None = None
    """Mean of the whole bell curve, of which what lies below zero is then cut off (normal)."""
    deviation: Parameter | None = None
    """Standard deviation (normal)."""
    median: Parameter | None = None
    """Median (lognormal)."""
    sigma: Annotated[float, Field(ge=0, le=5)] | None = None
    """Standard deviation of the natural logarithm (lognormal)."""
    scale: Parameter | None = None
    """Scale, the value that 63 % stay below (weibull)."""
    form: Annotated[float, Field(gt=0, le=100)] | None = None
    """Shape parameter (weibull)."""
    values: tuple[Parameter, ...] = ()
    """Possible values (discrete)."""
    weights: tuple[Annotated[float, Field(gt=0, le=1e6)], ...] = ()
    """Weight of each value (discrete); their sum counts as one."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse a spread that lacks a parameter, has one too many, or whose parameters are out of order."""
        given = {name for name in _PARAMETERS if getattr(self, name) not in (None, ())}
        wanted = set(NEEDS[self.shape])
        if given != wanted:
            message = (
                f"a {self.shape} spread has {', '.join(NEEDS[self.shape])} and nothing else; found {sorted(given)}"
            )
            raise ValueError(message)
        ends = [value for value in (self.low, self.likely, self.high) if value is not None]
        if ends != sorted(ends):
            message = "low, likely and high in this order"
            raise ValueError(message)
        if len(self.values) != len(self.weights):
            message = f"as many weights as values; found {len(self.weights)} and {len(self.values)}"
            raise ValueError(message)
        if (self.shape == "lognormal" and not self.median) or (self.shape == "weibull" and not self.scale):
            message = f"a {self.shape} spread above zero"
            raise ValueError(message)
        return self


class WorkingDay(Part):
    """The working hours of some days of the week."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    """Days of the week."""
    hours: Annotated[tuple[Hours, ...], Field(min_length=1)]
    """Working time of each of these days, in order and without overlap."""


class Exceptional(Part):
    """Days on which other hours are worked than the week says, or none."""

    dates: DateRange
    """The days; for a recurring exception the stretch in which it recurs."""
    hours: tuple[Hours, ...] = ()
    """Working time of these days; empty: no work."""
    recurs: Literal["daily", "weekly", "monthly", "yearly"] | None = None
    """How it recurs; empty: every day of the dates."""
    every: Annotated[int, Field(ge=1, le=1000)] = 1
    """Recurs every so many days, weeks, months or years."""
    weekdays: tuple[Weekday, ...] = ()
    """Days of the week on which it recurs (weekly, or with `ordinal` monthly and yearly)."""
    ordinal: Literal["first", "second", "third", "fourth", "last"] | None = None
    """Which of these weekdays of the month (monthly, yearly)."""
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    """Day of the month (monthly, yearly)."""
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    """Month (yearly)."""
    name: Text | None = None
    """What it is, such as a holiday."""

    @model_validator(mode="after")
    def _regular(self) -> Self:
        """Refuse a recurring exception that does not say on which days."""
        on_day = self.day is not None
        on_weekday = bool(self.weekdays) and self.ordinal is not None
        rule = {
            None: not (self.weekdays or self.ordinal or on_day or self.month),
            "daily": not (self.weekdays or self.ordinal or on_day or self.month),
            "weekly": bool(self.weekdays) and not (self.ordinal or on_day or self.month),
            "monthly": on_day != on_weekday and self.month is None,
            "yearly": on_day != on_weekday and self.month is not None,
        }
        if not rule[self.recurs]:
            message = (
                "the days of a recurring exception: `weekdays` for weekly; `day`, or `ordinal` with `weekdays`, for "
                "monthly and yearly; `month` for yearly; nothing else"
            )
            raise ValueError(message)
        return self


class Calendar(Record):
    """When work is done: the hours of a week, and the days that differ."""

    kind: ClassVar[str] = "calendar"
    plural: ClassVar[str] = "calendars"

    name: Text
    """Its name."""
    week: tuple[WorkingDay, ...] = ()
    """Working hours by day of the week; days not named are free; empty with no parent: every hour of every day."""
    exceptions: tuple[Exceptional, ...] = ()
    """Days that differ; a later entry wins over an earlier one."""
    parent: CalendarId | None = None
    """Calendar whose exceptions, and whose week where none stands here, hold too."""
    hours_per_day: Annotated[float, Field(gt=0, le=24)] | None = None
    """Hours that one day of a duration counts; empty: those of its longest day."""


class Schedule(Record):
    """One network of activities: what they share."""

    kind: ClassVar[str] = "schedule"
    plural: ClassVar[str] = "schedules"

    name: Text
    """Its name."""
    starts: Moment | None = None
    """When the first activity can start; empty: on the day of knowledge."""
    status_date: Moment | None = None
    """Day up to which progress is reported; remaining work starts no earlier."""
    progress: Literal["retained-logic", "progress-override"] = "retained-logic"
    """Whether work that began out of sequence still waits for its predecessors."""
    finish_by: Moment | None = None
    """When it has to be complete; late dates count from there instead of from the early finish."""
    calendar: CalendarId | None = None
    """Calendar of activities that name none; empty: every hour of every day."""
    lag_calendar: Literal["predecessor", "successor", "schedule", "elapsed"] = "successor"
    """Whose working time lags count."""
    critical: Literal["total-float", "longest-path"] = "total-float"
    """What its own tool calls critical."""
    critical_float_days: SignedDays = 0.0
    """Activities with this total float or less are critical, where float decides."""
    file: Text | None = None
    """File it was imported from."""
    tool: Text | None = None
    """Program that wrote the file, with its version."""


class Link(Part):
    """A predecessor that an activity waits for."""

    activity: ActivityId
    """The predecessor."""
    type: LinkType = "finish-start"
    """Which end of the predecessor holds which end of the activity."""
    lag_days: SignedDays = 0.0
    """Time between the two ends; negative for a lead."""
    lag_in: Literal["working", "elapsed"] = "working"
    """Whether the lag counts working time, by the rule of the schedule, or every hour of every day."""


class Constraint(Part):
    """A date that an activity is tied to, whatever its links say."""

    type: ConstraintKind
    """What is tied, and how."""
    on: Moment | None = None
    """The date, none for as late as possible; a day without an hour is its start for starts, its end for finishes."""
    source: Text | None = None
    """Where the date comes from, such as a launch contract."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        """Refuse a dated constraint without a date, and an undated one with it."""
        if (self.on is None) != (self.type == "as-late-as-possible"):
            message = f"{'no date' if self.on else 'a date'} (on) for {self.type}"
            raise ValueError(message)
        return self


class WorkCost(Filled):
    """What an activity costs: a fixed part, and a part that grows with time."""

    fixed: Money | None = None
    """Amount that does not depend on how long it takes."""
    per_day: Money | None = None
    """Amount for each day of its duration, on its calendar."""
    spread: Spread | None = None
    """Factor on both amounts."""


class ComputedDates(Filled):
    """The dates that another program computed, kept for comparison."""

    early_start: Moment | None = None
    """Early start."""
    early_finish: Moment | None = None
    """Early finish."""
    late_start: Moment | None = None
    """Late start."""
    late_finish: Moment | None = None
    """Late finish."""
    total_float_days: SignedDays | None = None
    """Total float in days of the activity's calendar."""
    free_float_days: SignedDays | None = None
    """Free float in days of the activity's calendar."""
    critical: bool | None = None
    """Whether it was shown as critical."""


class Activity(Record):
    """A piece of work with a duration, or a milestone, in the network that leads to a plan."""

    kind: ClassVar[str] = "activity"
    plural: ClassVar[str] = "activities"

    name: Text
    """What is done."""
    schedule: ScheduleId | None = None
    """Network it belongs to; empty: the owner's only one, with nothing shared."""
    wbs: Text | None = None
    """Place in the work breakdown structure, such as `3.2.1`."""
    type: Literal["task", "start-milestone", "finish-milestone", "level-of-effort"] = "task"
    """What sort of node it is; a level of effort lasts as long as what it accompanies and drives nothing."""
    leads_to: PlanId | None = None
    """Mission or element that it makes ready; a mission's launch milestone names the mission."""
    performer: AgencyId | None = None
    """Who does the work; empty: the owner."""
    agreement: AgreementId | None = None
    """Agreement under which it is done."""
    duration_days: Days = 0.0
    """Planned duration in days of its calendar; nothing for a milestone."""
    spread: Spread | None = None
    """Uncertainty of the remaining duration; empty: not stated."""
    calendar: CalendarId | None = None
    """When it is worked on; empty: as its schedule says."""
    after: tuple[Link, ...] = ()
    """What it waits for."""
    constraints: tuple[Constraint, ...] = ()
    """Dates it is tied to."""
    deadline: Moment | None = None
    """Date it should not pass; shown, but it moves nothing."""
    same_as: tuple[ActivityId, ...] = ()
    """Milestones of other schedules that are the same event."""
    actual_start: Moment | None = None
    """When it began."""
    actual_finish: Moment | None = None
    """When it ended."""
    remaining_days: Days | None = None
    """Work left at the status date, in days of its calendar; empty: the whole duration, or nothing once ended."""
    expected_finish: Moment | None = None
    """When a task is expected to end: what is left of it lasts until then; empty: as its durations say."""
    cost: WorkCost | None = None
    """What it costs."""
    computed: ComputedDates | None = None
    """What the program that it was imported from had computed."""


class Correlation(Part):
    """How the durations of two activities move together."""

    activities: Annotated[tuple[ActivityId, ...], Field(min_length=2, max_length=2)]
    """The two activities."""
    coefficient: Annotated[float, Field(ge=-1, le=1)]
    """Rank correlation of their durations."""


class Risk(Record):
    """An uncertain event, or a driver that moves many activities at once."""

    kind: ClassVar[str] = "risk"
    plural: ClassVar[str] = "risks"

    name: Text
    """What may happen."""
    probability: Probability = 1.0
    """Chance that it happens; 1 for a driver that always acts."""
    affects: tuple[WorkId, ...] = ()
    """Activities, elements and missions that it strikes."""
    factor: Spread | None = None
    """What it multiplies the durations with."""
    delay: Spread | None = None
    """What it adds to them, in days."""
    removes: bool = False
    """Whether what it strikes is lost for good."""
    correlations: tuple[Correlation, ...] = ()
    """Pairs of activities that move together, whether anything happens or not."""

    @model_validator(mode="after")
    def _acts(self) -> Self:
        """Refuse a risk that does nothing, and a delay or factor in the wrong measure."""
        if (self.delay and self.delay.of != "days") or (self.factor and self.factor.of != "factor"):
            message = "`delay` is a spread of days and `factor` one of factor"
            raise ValueError(message)
        if self.affects and not (self.factor or self.delay or self.removes):
            message = "what the risk does: a `factor`, a `delay`, or `removes`"
            raise ValueError(message)
        if not (self.affects or self.correlations):
            message = "`affects`: what the risk strikes, or `correlations`"
            raise ValueError(message)
        return self
