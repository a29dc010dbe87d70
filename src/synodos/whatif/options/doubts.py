"""What comes late by a change: how late, and for which plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synodos.language import FLYING, Commitment, Element, Portfolio, Spread, Step
from synodos.schedule import default_defaults
from synodos.whatif.applying.slipping import late_with

REPLACEMENT = "replacement"
"""Default of the schedule for the days that a broken commitment costs."""


def late_days(portfolio: Portfolio, steps: Sequence[Step]) -> Mapping[str, int]:
    """Return by how many days elements are late by some steps, in the middle of what is stated of it.

    Parameters
    ----------
    portfolio : Portfolio
        Before the change.
    steps : sequence of Step
        Slips and broken commitments count: a slip makes late what `apply` strikes by it. What has been delivered is
        not late any more.

    Notes
    -----
    A commitment that says nothing else costs what the schedule takes for the replacement of a broken one.
    """
    found: dict[str, int] = {}
    for step in steps:
        for key, days in _of_step(portfolio, step).items():
            element = portfolio.elements.get(key)
            if element is not None and element.status not in FLYING:
                found[key] = found.get(key, 0) + days
    return found


def middle_days(spread: Spread) -> int:
    """Return the middle of a spread of days: its likely value, else its median or mean, else between its ends."""
    for value in (spread.likely, spread.median, spread.mean, spread.scale):
        if value is not None:
            return round(value)
    ends = spread.values or tuple(one for one in (spread.low, spread.high) if one is not None)
    return round((min(ends) + max(ends)) / 2) if ends else 0


def _of_step(portfolio: Portfolio, step: Step) -> Mapping[str, int]:
    """Return by how many days one step makes elements late."""
    if step.does == "slip" and step.delay is not None:
        late = set().union(*late_with(portfolio, step).values())
        return dict.fromkeys(sorted(late), middle_days(step.delay))
    if step.does == "break":
        broken = [portfolio.commitments[key] for key in step.commitments]
        return {plan: _delay(one) for one in broken if one.if_broken != "remove" for plan in _carried(portfolio, one)}
    return {}


def _delay(commitment: Commitment) -> int:
    """Return the days that a broken commitment costs."""
    stated = commitment.replacement_delay
    if stated is None or stated.of != "days":
        stated = default_defaults().spread(REPLACEMENT)
    return middle_days(stated)


def _carried(portfolio: Portfolio, commitment: Commitment) -> Sequence[str]:
    """Return the elements that a commitment carries: its own, and those of its owner that missions of it use."""
    named = [key for key in commitment.to if key in portfolio.elements]
    missions = [portfolio.missions[key] for key in commitment.to if key in portfolio.missions]
    used = (key for mission in missions for one in mission.requirements for key in one.met_by)
    own = (portfolio.elements.get(key) for key in used)
    return (*named, *(one.id for one in own if isinstance(one, Element) and one.owner == commitment.owner))
