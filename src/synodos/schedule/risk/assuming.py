"""Which defaults an answer rests on, and how far: the same study with other values of them."""

from __future__ import annotations

from collections import Counter

from synodos.schedule.risk.answer import OtherDefault, UsedDefault
from synodos.schedule.risk.building import model
from synodos.schedule.risk.changing import Asked, across_agencies
from synodos.schedule.risk.defaults import DefaultSpread, Number, Other
from synodos.schedule.risk.planning import Plan, plan
from synodos.schedule.risk.sampled import dates
from synodos.schedule.risk.spreads import words
from synodos.schedule.sampling import Sample


def used_defaults(given: Plan, *, own_correlation: bool, own_confidence: bool) -> tuple[UsedDefault, ...]:
    """Return every default that an answer rests on, with what it stands in for.

    Parameters
    ----------
    given : Plan
    own_correlation, own_confidence : bool
        Whether the caller gave the correlation within an agency, and the confidence to reach.
    """
    rests: dict[str, list[str]] = {}
    for place, one in enumerate(given.durations):
        if one.default:
            rests.setdefault(one.default, []).append(given.network.nodes[place].id)
    for event in given.events:
        for name in event.defaults:
            rests.setdefault(name, []).append(event.id)
    if not own_correlation:
        agencies = _agencies_of_several(given)
        if agencies:
            rests["correlation"] = agencies
    if given.priced is not None:
        costly = [place for place in given.priced.covers if _grows_by_default(given, place)]
        if costly:
            rests["cost"] = [given.network.nodes[place].id for place in costly]
        if not own_confidence:
            rests["confidence"] = []
    return tuple(_used(given, name, tuple(stands_for)) for name, stands_for in rests.items())


def _agencies_of_several(given: Plan) -> list[str]:
    """Return the agencies that hold more than one uncertain activity."""
    uncertain = (at for at, one in enumerate(given.durations) if one.spread is not None)
    held = Counter(given.network.nodes[at].agency for at in uncertain)
    return sorted(agency for agency, count in held.items() if count > 1)


def _grows_by_default(given: Plan, place: int) -> bool:
    """Return whether the cost of a node is uncertain by default."""
    return given.priced is not None and bool(given.priced.fixed[place]) and not given.network.nodes[place].cost_spread


def _used(given: Plan, name: str, stands_for: tuple[str, ...]) -> UsedDefault:
    """Return one default with what it says."""
    one, today = given.defaults.sourced(name), given.network.known_on
    if isinstance(one, DefaultSpread):
        says = f"{one.says}: {words(one.spread)}"
    elif isinstance(one, Number):
        says = f"{one.says}: {one.value:g}"
    else:
        says = f"chance that a commitment of level {name.partition('.')[2]} is kept: {one.value:g}"
    hindsight = not one.known_by(today)
    return UsedDefault(
        name, says, one.judgement or hindsight, one.source_on(today), stands_for, one.sources_to if hindsight else None
    )


def other_defaults(given: Plan, now: Sample, asked: Asked, used: tuple[UsedDefault, ...]) -> tuple[OtherDefault, ...]:
    """Return how the answer moves with each default that counts; `now` is a sample of the model as it is."""
    counts = {one.name.partition(".")[0] for one in used}
    rows = [other for other in given.defaults.other if other.name in counts]
    if not rows:
        return ()
    first = _row(given, now, asked, ("as shipped", ""))
    return (first, *(_row(given, _with(given, other, asked), asked, (other.name, other.value)) for other in rows))


def _with(given: Plan, other: Other, asked: Asked) -> Sample:
    """Return a sample with another value of a default."""
    defaults = given.defaults.changed(other)
    within = defaults.number("correlation") if other.name == "correlation" else given.within
    built = model(plan(given.path, asked.portfolio, defaults, within), asked.targets)
    return asked.sample(across_agencies(built) if other.across else built)


def _row(given: Plan, sample: Sample, asked: Asked, named: tuple[str, str]) -> OtherDefault:
    """Return one row of the table."""
    found = dates(sample, 0)
    node = given.network.nodes[asked.place]
    chance = None
    if node.intended is not None:
        period = node.periods[node.intended]
        chance = found.share_within(given.clock.days(period.opens), given.clock.days(period.closes))
    return OtherDefault(
        name=named[0],
        value=named[1],
        median=given.clock.moment_or_none(found.quantile(0.5)),
        p70=given.clock.moment_or_none(found.quantile(0.7)),
        in_time=None if asked.planned is None else found.share_by(asked.planned),
        intended_period=chance,
    )
