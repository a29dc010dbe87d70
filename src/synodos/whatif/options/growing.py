"""How a combination of moves grows: one more requirement settled, one more mission that leaves or does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from synodos.language import GONE
from synodos.whatif.applying.parts import needed
from synodos.whatif.options.budgets import Budgets
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.combinations import NEVER, Partial
from synodos.whatif.options.defaults import OptionDefaults
from synodos.whatif.options.fates import Fate, goals
from synodos.whatif.options.figures import Figures, named
from synodos.whatif.options.timing import Departure, later
from synodos.whatif.options.types import Criteria, Move

GIVEN_UP_DAYS: Final = 100_000.0
"""Delay that stands for never in comparisons: later than any launch. In the order it counts as the latest departure."""


@dataclass(frozen=True, eq=False)
class Growth:
    """Lets combinations of a case grow.

    Attributes
    ----------
    case : Case
        The missions concerned.
    before, free : mapping of str to Departure
        When they leave before the change, and when after it each could leave by itself: what is open does not hold it,
        nor do the other missions.
    figures : Figures
        What is stated of money.
    budgets : Budgets
        Ceilings.
    defaults : OptionDefaults
        Lead times and shares.
    """

    case: Case
    before: Mapping[str, Departure]
    free: Mapping[str, Departure]
    figures: Figures
    budgets: Budgets
    defaults: OptionDefaults

    def begun(self, partial: Partial, fate: Fate) -> Partial:
        """Return a combination with the moves about a mission as a whole."""
        criteria = self._begun(partial.criteria, fate)
        leads = {**partial.leads, fate.mission: fate.lead}
        ready = max(self._held_until(partial, fate.mission), self.free[fate.mission].base or NEVER)
        moves = (*partial.moves, *fate.moves)
        return replace(partial, moves=moves, criteria=criteria, leads=leads, ready=ready)

    def _begun(self, old: Criteria, fate: Fate) -> Criteria:
        """Return the criteria with the moves about a mission as a whole; a new lead bears the cost of the mission."""
        count = old.obstacles + sum(len(move.obstacles) for move in fate.moves)
        stated = sum(move.cost.amount for move in fate.moves if move.cost is not None)
        led = [move.item for move in fate.moves if move.does == "replace" and move.cost is None]
        return replace(old, cost=old.cost + stated, unknown_costs=old.unknown_costs | set(led), obstacles=count)

    def not_flown(self, partial: Partial, fate: Fate) -> Partial:
        """Return a combination in which a mission does not leave by itself."""
        dates = {**partial.dates, fate.mission: None}
        if fate.does == "merge":
            return replace(partial, dates=dates, merged={**partial.merged, fate.mission: fate.into}, ready=NEVER)
        old = partial.criteria
        late = old.date + GIVEN_UP_DAYS
        lost = old.objectives + len(self._own_goals(fate.mission))
        return replace(partial, dates=dates, criteria=replace(old, date=late, objectives=lost), ready=NEVER)

    def taken(self, partial: Partial, one: Open, move: Move, lead: str) -> Partial:
        """Return a combination with one more requirement settled; what is taken over is waited for."""
        criteria = self._counted(partial.criteria, one, move, lead)
        settled = (*partial.settled, (one, move))
        more = replace(partial, moves=(*partial.moves, move), settled=settled, criteria=criteria)
        if move.does not in ("descope", "wait") and self.budgets.is_limited(
            move.borne_by, self.budgets.mission_of(move)
        ):
            load = (move.borne_by, move.item, move.cost.amount if move.cost is not None else 0.0)
            more = replace(more, limited=more.limited | {load})
        if move.ready is None:
            return more
        return replace(more, ready=max(partial.ready, move.ready))

    def departed(self, partial: Partial, key: str, joined: Sequence[str]) -> Partial | None:
        """Return a combination in which a mission leaves with all that it takes along; None after the last period."""
        departure = self.free[key]
        if departure.base is None:
            return self._at_work(partial, key)
        day = departure.leaves(self._ready(partial, departure.base, joined))
        if day is None:
            return None
        delay = sum(self._delay(one, day) for one in (key, *joined))
        criteria = replace(partial.criteria, date=partial.criteria.date + delay)
        dates = {**partial.dates, **dict.fromkeys((key, *joined), day)}
        left = replace(partial, dates=dates, criteria=criteria, ready=NEVER)
        planned = self.before[key]
        if planned.keep_by is not None and day > planned.keep_by:
            wait = self._waiting(key, planned, day, partial.leads[key])
            left = replace(left, moves=(*left.moves, wait), criteria=self._waited(criteria, key, wait))
        return left

    def ahead(self, place: int) -> frozenset[str]:
        """Return the missions on which those after a place in the order turn.

        Those that they wait for or could carry, and those whose goals no other mission serves but one of them.
        """
        return self._ahead[place]

    @cached_property
    def _ahead(self) -> Mapping[int, frozenset[str]]:
        """Missions that count after each place."""
        order = self.case.missions
        last = {key: place for place, key in enumerate(order)}
        for place, key in enumerate(order):
            for target in self._before_in_order(key, order[:place]):
                last[target] = max(last[target], place)
        return {place: frozenset(key for key in order if last[key] > place) for place in range(len(order))}

    def _before_in_order(self, key: str, earlier: Sequence[str]) -> set[str]:
        """Return the earlier missions on which what becomes of a mission turns."""
        waits = {target for one in needed(self.case.mission(key)) for target in one.met_by}
        own = goals(self.case.mission(key)) - self._served
        shared = {other for other in earlier if own & goals(self.case.mission(other))}
        return (waits & set(earlier)) | shared

    @cache  # noqa: B019 - it lives as long as one question
    def _own_goals(self, key: str) -> frozenset[str]:
        """Return the goals that only one mission serves."""
        others = (goals(self.case.mission(other)) for other in self.case.missions if other != key)
        return goals(self.case.mission(key)) - self._served - frozenset[str]().union(*others)

    @cached_property
    def _served(self) -> frozenset[str]:
        """Goals that missions serve which the question does not concern."""
        others = (one for key, one in self.case.after.missions.items() if key not in self.case.missions)
        return frozenset[str]().union(*(goals(one) for one in others if one.status not in GONE))

    def delays(self, partials: Sequence[Partial]) -> tuple[float, ...]:
        """Return the days of delay of complete combinations, for the order.

        A mission that is given up counts as late as where it leaves last among the combinations.
        """
        latest = {key: max((self._late(one, key) for one in partials), default=0) for key in self.case.missions}
        return tuple(
            float(sum(latest[key] if one.dates[key] is None else self._late(one, key) for key in self.case.missions))
            for one in partials
        )

    def _late(self, partial: Partial, key: str) -> int:
        """Return the days by which a mission leaves later, or is whole again; none where it is given up."""
        day = partial.dates[key]
        if day is None:
            return 0
        return (day - self.case.after.known_on).days if self.case.flies(key) else self._delay(key, day)

    def ended(self, partial: Partial) -> Partial:
        """Return a complete combination with all that counts only at the end."""
        old = partial.criteria
        count = old.obstacles + len(self.budgets.not_shown(partial.moves))
        counted = frozenset[str]().union(*map(self._own_goals, partial.given_up))
        lost = old.objectives + len(self.goals_lost(partial) - counted)
        return replace(partial, criteria=replace(old, objectives=lost, obstacles=count))

    def goals_lost(self, partial: Partial) -> frozenset[str]:
        """Return the goals that missions which are given up served, and no other serves."""
        kept = (goals(self.case.mission(key)) for key in self.case.missions if key not in partial.given_up)
        lost = (goals(self.case.mission(key)) for key in partial.given_up)
        return frozenset[str]().union(*lost) - frozenset[str]().union(*kept) - self._served

    def _held_until(self, partial: Partial, key: str) -> dt.date:
        """Return until when missions that it, or what flies with it, waits for hold it."""
        along = (key, *(guest for guest, host in partial.merged.items() if host == key))
        required = (one for mission in along for one in needed(self.case.mission(mission)) if one.essential)
        days = (partial.dates.get(target) for one in required for target in one.met_by)
        return max((day for day in days if day is not None), default=NEVER)

    def _ready(self, partial: Partial, base: dt.date, joined: Sequence[str]) -> dt.date:
        """Return when a mission and those that fly with it are ready."""
        days = [base, partial.ready]
        if joined:
            days.append(later(self.case.after.known_on, self.defaults.days("merging")))
        guests = (self.free[key].base for key in joined)
        return max(*days, *(day for day in guests if day is not None))

    def _at_work(self, partial: Partial, key: str) -> Partial:
        """Return a combination in which a mission that flies goes on; the gap until all is there counts as delay."""
        today = self.case.after.known_on
        there = max(today, partial.ready)
        criteria = replace(partial.criteria, date=partial.criteria.date + (there - today).days)
        return replace(partial, dates={**partial.dates, key: there}, criteria=criteria, ready=NEVER)

    def _counted(self, old: Criteria, one: Open, move: Move, lead: str) -> Criteria:
        """Return the criteria with one more move."""
        count = old.obstacles + len(move.obstacles)
        if move.does == "wait":
            return replace(old, obstacles=count)
        if move.does == "descope":
            return replace(old, objectives=old.objectives + self.defaults.share("left-out"), obstacles=count)
        depends = old.dependence + (one.essential is True and move.by != lead)
        stated = move.cost.amount if move.cost is not None else 0.0
        unknown = old.unknown_costs if move.cost is not None else old.unknown_costs | {named(one)}
        return replace(old, cost=old.cost + stated, unknown_costs=unknown, dependence=depends, obstacles=count)

    def _delay(self, key: str, day: dt.date) -> int:
        """Return the days by which a mission leaves later than without the change; never less than none."""
        planned = self.before.get(key)
        return max(0, (day - planned.base).days) if planned is not None and planned.base is not None else 0

    def _waiting(self, key: str, departure: Departure, day: dt.date, lead: str) -> Move:
        """Return the move by which whoever leads a mission then lets it leave later."""
        mission, period = self.case.mission(key), departure.period(day)
        into = f"in the launch period {period[0]} to {period[1]}" if period else f"on {day}"
        cost = self.figures.of_mission(mission) if period else None
        wanted = f"cost of {mission.name}, of which a missed launch period takes a share"
        return Move(
            does="wait",
            plan=f"mission:{key}",
            capability="",
            by=lead,
            ready=day,
            cost=self.figures.money(self.defaults.share("missed-period") * cost) if cost is not None else None,
            borne_by=lead,
            missing=(wanted,) if period and cost is None else (),
            reasons=(f"{mission.name} leaves {into}, not by {departure.keep_by}",),
            records=(f"mission:{key}",),
        )

    def _waited(self, old: Criteria, key: str, wait: Move) -> Criteria:
        """Return the criteria with the cost of waiting."""
        if wait.cost is not None:
            return replace(old, cost=old.cost + wait.cost.amount)
        more = frozenset((f"missed launch period of {key}",)) if wait.missing else frozenset()
        return replace(old, unknown_costs=old.unknown_costs | more)
