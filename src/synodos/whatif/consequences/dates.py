"""When missions leave before and after a change, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from synodos.language import ENDED, FLYING, Element, Mission, Portfolio, Risk
from synodos.schedule import Finish, default_defaults, network, risk
from synodos.whatif.applying.parts import Parts
from synodos.whatif.applying.supposing import new_record
from synodos.whatif.consequences.answer import Chances, Gap, MissionDates
from synodos.whatif.consequences.missions import gaps_of
from synodos.whatif.consequences.moved import moved_missions
from synodos.whatif.orphans import Orphan

MOST_MISSIONS: Final = 50
"""Missions whose dates are told."""
LATE: Final = 80
"""Percentile that is told beside the median."""


class Runs(NamedTuple):
    """How dates are sampled: the same random numbers before and after."""

    iterations: int
    seed: int


@dataclass(frozen=True)
class Dates:
    """Dates of missions, and what they rest on.

    Attributes
    ----------
    missions : tuple of MissionDates
        Those that the change can move.
    notes : tuple of str
        What the reader has to know.
    evidence : tuple of str
        Records that they rest on.
    """

    missions: tuple[MissionDates, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def mission_dates(before: Portfolio, after: Portfolio, lost: tuple[Orphan, ...], runs: Runs) -> Dates:
    """Return when the missions that a change can move leave before and after it.

    Missions that are still to leave and rest on anything that differs are told, also where their dates stay. Three
    runs draw the same random numbers: the plans as they are, as they would be, and as they are with what is lost
    replaced after the default delay of a replacement.
    """
    every = [key for key in moved_missions(before, after) if _is_ahead(before.missions[key])]
    keys = every[:MOST_MISSIONS]
    if not keys:
        return Dates(notes=("No mission that is still to leave is moved.",))
    told = _Told(_finishes(before, keys, runs), _finishes(after, keys, runs), {})
    replaced = _replaced(before, after, lost)
    if replaced is not None:
        told = told._replace(replaced=_finishes(replaced, keys, runs))
    found = tuple(_of_mission(before, after, key, told) for key in keys)
    notes = _notes(before, found, len(every) - len(keys), default_delay=replaced is not None)
    return Dates(found, notes, _evidence(told, found))


class _Told(NamedTuple):
    """For each mission its launch in each run."""

    before: Mapping[str, Finish]
    after: Mapping[str, Finish]
    replaced: Mapping[str, Finish]


def _is_ahead(mission: Mission) -> bool:
    """Return whether a mission is still to leave."""
    return mission.status not in {*ENDED, *FLYING}


def _finishes(portfolio: Portfolio, missions: Collection[str], runs: Runs) -> dict[str, Finish]:
    """Return the launch of each mission; nothing for one that is given up."""
    scope = [key for key in missions if _is_ahead(portfolio.missions[key])]
    if not scope:
        return {}
    answer = risk(network(portfolio, scope), portfolio, iterations=runs.iterations, seed=runs.seed, only_dates=True)
    launches = [finish for finish in answer.finishes if finish.form == "mission"]
    return {key: one for key in scope for one in launches if f"mission:{key}" in one.records}


def _replaced(before: Portfolio, after: Portfolio, lost: tuple[Orphan, ...]) -> Portfolio | None:
    """Return the plans as they are, with what is lost later by the default delay; None: nothing essential is lost.

    Commitments that stand no more count no more: what they carry is late for certain.
    """
    struck: dict[str, set[str]] = {}
    for orphan in lost:
        if orphan.new and orphan.essential is not False and orphan.provider:
            struck.setdefault(orphan.provider, set()).update(_strikable(before, orphan))
    if not struck:
        return None
    kept = before.without(*(one for key, one in before.commitments.items() if key not in after.commitments))
    for agency, affected in sorted(struck.items()):
        late = new_record(
            kept,
            Risk,
            f"what-if-replaced-{agency}"[:100],
            agency,
            name="What is lost, until something else takes its place",
            affects=tuple(sorted(affected)),
            delay=default_defaults().spread("replacement"),
        )
        kept = kept.replace(late)
    return kept


def _strikable(portfolio: Portfolio, orphan: Orphan) -> tuple[str, ...]:
    """Return what a delay can strike for a requirement: what met it, or the plan where only an agency is named."""
    lost = tuple(key.partition(":")[2] for key in orphan.lost if not key.startswith("offer:"))
    ahead = tuple(key for key in lost if _plan_is_ahead(portfolio, key))
    return ahead or (orphan.plan.partition(":")[2],)


def _plan_is_ahead(portfolio: Portfolio, key: str) -> bool:
    """Return whether an element or a mission is still to come."""
    plan: Element | Mission | None = Parts(portfolio).plans.get(key)
    return plan is not None and plan.status not in FLYING


def _of_mission(before: Portfolio, after: Portfolio, key: str, told: _Told) -> MissionDates:
    """Return the dates of one mission."""
    old, new = before.missions[key], after.missions[key]
    waits_before, waits_after = _essential(gaps_of(before, old)), _essential(gaps_of(after, new))
    fresh = {(gap.plan, gap.capability) for gap in waits_after} - {(gap.plan, gap.capability) for gap in waits_before}
    now = told.before.get(key)
    return MissionDates(
        mission=f"mission:{key}",
        name=old.name,
        planned_before=old.planned,
        planned_after=new.planned if _is_ahead(new) else None,
        before=_chances(now),
        waits_before=waits_before,
        after=None if fresh else _chances(told.after.get(key)),
        waits_after=waits_after,
        if_replaced=_chances(told.replaced.get(key)) if fresh else None,
        next_period=_next_period(now),
    )


def _essential(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Return the gaps without which a mission cannot leave."""
    return tuple(gap for gap in gaps if gap.essential)


def _chances(finish: Finish | None) -> Chances | None:
    """Return the chances of a launch."""
    if finish is None:
        return None
    return Chances(
        deterministic=finish.deterministic.date(),
        median=_day(finish.percentile(50)),
        p80=_day(finish.percentile(LATE)),
        in_time=finish.in_time,
        periods=finish.periods,
        later=finish.later,
        never=finish.never,
        curve=finish.curve,
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    """Return the day of a moment."""
    return None if moment is None else moment.date()


def _next_period(finish: Finish | None) -> tuple[dt.date, dt.date] | None:
    """Return the launch period after the one that is meant; where none is, after the planned date."""
    if finish is None or not finish.periods:
        return None
    meant = next((one for one in finish.periods if one.intended), None)
    last = meant.closes if meant else (finish.planned or finish.deterministic).date()
    return next(((one.opens, one.closes) for one in finish.periods if one.opens > last), None)


def _notes(
    portfolio: Portfolio, moved: tuple[MissionDates, ...], left_out: int, *, default_delay: bool
) -> tuple[str, ...]:
    """Return what the reader has to know of the dates."""
    notes = []
    stuck = [one.name for one in moved if one.after is None and one.planned_after is not None]
    if stuck:
        notes.append(f"Nothing leads to these launches any more, so they have no date: {', '.join(stuck)}.")
    open_before = [one.name for one in moved if one.waits_before]
    if open_before:
        notes.append(
            "Something essential was met by nobody before the change either; dates hold only if somebody does in time: "
            f"{', '.join(open_before)}."
        )
    if default_delay:
        late = default_defaults().spreads["replacement"]
        spread = late.spread
        days = f"{spread.low:g} to {spread.high:g} days, most likely {spread.likely:g}"
        source = late.source_on(portfolio.known_on)
        notes.append(f"If replaced means: {late.says}: {days}, a default with judgement in it. {source}")
    if left_out:
        notes.append(f"{left_out} more missions could move; the first {MOST_MISSIONS} by their planned date are told.")
    return tuple(notes)


def _evidence(told: _Told, moved: tuple[MissionDates, ...]) -> tuple[str, ...]:
    """Return the records that the dates rest on."""
    finishes = (run[key] for one in moved for run in told if (key := one.mission.partition(":")[2]) in run)
    return tuple(dict.fromkeys(record for finish in finishes for record in finish.records))
