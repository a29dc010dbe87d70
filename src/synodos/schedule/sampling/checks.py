"""What is wrong with a model, found before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synodos.schedule.sampling.correlation import correlation_faults
from synodos.schedule.sampling.model import Effect, Family, Floats, Integers, Marginals, Model

SUM = 1e-6
"""How far probabilities may miss 1."""


def checked(model: Model) -> None:
    """Raise ValueError with everything that is wrong with a model; positions are those in its arrays."""
    found = [*_activities(model), *_links(model), *_calendars(model), *_correlation(model), *_risks(model)]
    found += [*_launch_periods(model), *_costs(model)]
    if found:
        message = "\n".join(f"sampling.model: {fault}" for fault in found)
        raise ValueError(message)


def _at(bad: np.typing.NDArray[np.bool_], what: str) -> Iterator[str]:
    """Yield one sentence on the positions that are bad."""
    where = np.flatnonzero(bad)
    if len(where):
        more = f" and {len(where) - 3} more" if len(where) > 3 else ""  # noqa: PLR2004 - three examples
        yield f"{what}, at {', '.join(map(str, where[:3]))}{more}"


def _activities(model: Model) -> Iterator[str]:
    """Yield what is wrong with activities and targets."""
    given, n = model.activities, len(model.activities)
    lengths = {name: len(column) for name, column in vars(given).items()}
    if wrong := [name for name, length in lengths.items() if length != n]:
        yield f"{', '.join(wrong)} of activities must have {n} rows, as their key"
        return
    yield from _at(~(np.isfinite(given.planned_days) & (given.planned_days >= 0)), "a planned duration is not positive")
    yield from _at(~np.isfinite(given.earliest_start_days), "an earliest start is not finite")
    yield from _at(np.isnan(given.earliest_finish_days), "an earliest finish is not a number")
    yield from _at(~(np.abs(given.loading) <= 1), "a loading lies outside -1 to 1")
    yield from _at(given.group >= len(model.group_key), "a group has no key")
    yield from _at(given.calendar >= len(model.calendars.work_days), "a calendar does not exist")
    yield from _marginals(given.duration, "duration")
    yield from _at((model.targets < 0) | (model.targets >= n), "a target is no activity")
    if not len(model.targets):
        yield "there is no target; name at least one"


def _links(model: Model) -> Iterator[str]:
    """Yield what is wrong with links."""
    links, n = model.links, len(model.activities)
    yield from _rows(links.start, n, len(links), "links")
    if len(links.start) == n + 1 and links.start[-1] == len(links):
        successor = np.repeat(np.arange(n), np.diff(links.start))
        yield from _at(
            (links.predecessor >= successor) | (links.predecessor < 0), "a predecessor does not stand before"
        )
    yield from _at(~np.isfinite(links.lag_days), "a lag is not finite")
    yield from _at(links.lag_calendar >= len(model.calendars.work_days), "the calendar of a lag does not exist")


def _rows(start: Integers, rows: int, entries: int, what: str) -> Iterator[str]:
    """Yield what is wrong with the beginnings of rows."""
    if len(start) != rows + 1 or start[0] != 0 or start[-1] != entries or np.any(np.diff(start) < 0):
        yield f"the rows of {what} must begin at 0, never fall, and end at {entries}, in {rows + 1} entries"


def _calendars(model: Model) -> Iterator[str]:
    """Yield what is wrong with calendars."""
    work = model.calendars.work_days
    yield from _at(np.any(np.diff(work, axis=1) < 0, axis=1) | (work[:, 0] != 0), "a calendar undoes work")
    yield from _at(work[:, -1] <= 0, "a calendar has no working time")


def _correlation(model: Model) -> Iterator[str]:
    """Yield what is wrong with correlation matrices."""
    members = np.concatenate([np.zeros(0, np.int64), *(cluster.activity for cluster in model.clusters)])
    if len(np.unique(members)) < len(members):
        yield "an activity stands in two clusters of correlation"
    for cluster in model.clusters:
        yield from correlation_faults(cluster.correlation, [f"activity {one}" for one in cluster.activity])


def _risks(model: Model) -> Iterator[str]:
    """Yield what is wrong with risks."""
    risks = model.risks
    yield from _at(~((risks.probability >= 0) & (risks.probability <= 1)), "a probability of a risk is not 0 to 1")
    yield from _rows(risks.start, len(risks), len(risks.activity), "risks")
    yield from _at((risks.activity < 0) | (risks.activity >= len(model.activities)), "a risk touches no activity")
    yield from _at(~np.isin(risks.effect, list(Effect)), "an effect of a risk is unknown")
    yield from _marginals(risks.value, "value of a risk")


def _launch_periods(model: Model) -> Iterator[str]:
    """Yield what is wrong with launch periods."""
    periods = model.launch_periods
    yield from _rows(periods.start, len(periods), len(periods.open_days), "launch periods")
    yield from _at(~(periods.open_days <= periods.close_days), "a launch period closes before it opens")
    if len(np.unique(periods.activity)) < len(periods.activity) or np.any(np.diff(periods.activity) < 0):
        yield "the activities with launch periods must rise, each once"
    same = np.diff(np.repeat(np.arange(len(periods)), np.diff(periods.start))) == 0
    yield from _at(
        same & (periods.open_days[1:] <= periods.close_days[:-1]), "launch periods overlap or are not sorted"
    )


def _costs(model: Model) -> Iterator[str]:
    """Yield what is wrong with costs."""
    if model.costs:
        yield from _marginals(model.costs.fixed_factor, "factor of a fixed cost")
        yield from _marginals(model.costs.per_day_factor, "factor of a cost per day")


def _marginals(given: Marginals, what: str) -> Iterator[str]:
    """Yield what is wrong with uncertain values."""
    family = given.family
    yield from _at(~np.isin(family, list(Family)), f"a family of a {what} is unknown")
    yield from _at(~np.all(np.isfinite(given.parameters), axis=1), f"a parameter of a {what} is not finite")
    one, two, three = given.parameters.T
    peaked = np.isin(family, (Family.TRIANGULAR, Family.PERT))
    yield from _at(peaked & ~((one <= two) & (two <= three)), f"low, mode and high of a {what} do not rise")
    yield from _at((family == Family.UNIFORM) & (one > two), f"low of a {what} is above high")
    yield from _at((family == Family.NORMAL) & (two < 0), f"the deviation of a {what} is negative")
    stretched = np.isin(family, (Family.LOGNORMAL, Family.WEIBULL))
    yield from _at(stretched & (one <= 0), f"the median or scale of a {what} is not positive")
    yield from _at((family == Family.WEIBULL) & (two <= 0), f"the shape of a Weibull {what} is not positive")
    yield from _at((family == Family.LOGNORMAL) & (two < 0), f"the deviation of a {what} is negative")
    if np.count_nonzero(family == Family.DISCRETE) != len(given.discrete):
        yield f"discrete rows and their values differ in number, in a {what}"
    for position, (values, shares) in enumerate(given.discrete):
        if not _adds_up(values, shares):
            yield f"the probabilities of discrete {what} {position} are negative, or do not sum to 1"


def _adds_up(values: Floats, shares: Floats) -> bool:
    """Return whether values have probabilities that are such."""
    return len(values) == len(shares) > 0 and bool(np.all(shares >= 0)) and abs(float(shares.sum()) - 1.0) <= SUM
