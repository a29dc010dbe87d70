"""The delay that each agency causes, and what its float protects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.risk.answer import AgencyDelay, DelayByAgency
from synodos.schedule.risk.changing import Asked, float_spent, mean_until
from synodos.schedule.risk.coalitions import Coalitions, coalitions
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.strikes import Ground, is_open
from synodos.schedule.sampling import Model, Sample
from synodos.schedule.types import MINUTES_PER_DAY, CriticalPath

Floats = NDArray[np.float64]


class _Held(NamedTuple):
    """What one agency's float is, and what it protects."""

    float_days: float | None
    protects_days: float


def delay_by_agency(plan: Plan, path: CriticalPath, built: Model, now: Sample, asked: Asked) -> DelayByAgency:
    """Return the expected delay of the target taken apart by agency.

    Parameters
    ----------
    plan : Plan
    path : CriticalPath
        Towards the target.
    built : Model
        Of the plan.
    now : Sample
        Of the model as it is, with as many iterations as are asked for.
    asked : Asked

    Notes
    -----
    Shares are Shapley values of the game in which a group of agencies is worth the expected finish if only they depart
    from the plan (L. S. Shapley, "A value for n-person games", 1953): the same random numbers serve every group.
    """
    players = _players(plan, asked)
    game = coalitions(built, [plan.groups.index(one) for one in players], asked)
    held = _floats(plan, path, built, mean_until(now, asked.horizon), asked)
    agencies = [_of_agency(plan, game, number, name, held) for number, name in enumerate(players)]
    agencies += [
        AgencyDelay(name, _short(plan, name), 0.0, 0.0, 0.0, None if asked.planned is None else 0.0, *one)
        for name, one in held.items()
        if name not in players
    ]
    planned = min(float(now.planned_finish_days[0]), asked.horizon)
    expected, nobody = game.everybody, game.nobody - planned
    return DelayByAgency(
        planned_to=plan.clock.moment(planned),
        expected=plan.clock.moment(expected),
        delay_days=expected - planned,
        agencies=tuple(sorted(agencies, key=lambda one: (-one.share_days, one.agency))),
        nobody_days=nobody,
        interaction_days=expected - planned - nobody - sum(one.causes_days for one in agencies),
        exact=game.exact,
        iterations=game.iterations,
        horizon=plan.clock.moment(asked.horizon),
        without_date=float(np.mean(~np.isfinite(now.finish_days[0]))),
    )


def _players(plan: Plan, asked: Asked) -> list[str]:
    """Return the agencies whose uncertain work or events can reach the target."""
    ground = Ground(plan.network)
    before = ground.before((asked.place,))
    found = {plan.network.nodes[at].agency for at in before if plan.durations[at].spread is not None}
    for event in plan.events:
        if event.agency and any(at in before for strike in event.strikes for at in strike.places):
            found.add(event.agency)
    return sorted(found)


def _of_agency(plan: Plan, game: Coalitions, number: int, name: str, held: Mapping[str, _Held]) -> AgencyDelay:
    """Return one agency's part."""
    one = held.get(name, _Held(None, 0.0))
    return AgencyDelay(
        agency=name,
        name=_short(plan, name),
        causes_days=game.everybody - game.without[number],
        alone_days=game.alone[number] - game.nobody,
        share_days=game.share[number],
        causes_missing=None if game.in_time is None else game.in_time_without[number] - game.in_time,
        float_days=one.float_days,
        protects_days=one.protects_days,
    )


def _short(plan: Plan, agency: str) -> str:
    """Return the short name of an agency."""
    return (plan.network.agencies or {}).get(agency, agency)


def _floats(plan: Plan, path: CriticalPath, built: Model, now: float, asked: Asked) -> dict[str, _Held]:
    """Return for each agency with open work before the target its least float, and what all its float protects."""
    nodes = plan.network.nodes
    before = Ground(plan.network).before((asked.place,))
    places: dict[str, list[int]] = {}
    for at in sorted(before):
        if is_open(nodes[at]) and nodes[at].type != "level-of-effort" and (at != asked.place or nodes[at].remaining):
            places.setdefault(nodes[at].agency, []).append(at)
    found = {}
    for agency, own in places.items():
        late = [at for at in own if path.late_start[at] > path.early_start[at] and nodes[at].actual_start is None]
        protects = 0.0
        if late:
            spent = asked.sample(float_spent(plan, path, built, late))
            protects = mean_until(spent, asked.horizon) - now
        found[agency] = _Held(_least(path, own), protects)
    return found


def _least(path: CriticalPath, places: Sequence[int]) -> float:
    """Return the least total float of some nodes, in elapsed days."""
    return min(int(path.late_finish[at] - path.early_finish[at]) for at in places) / MINUTES_PER_DAY
