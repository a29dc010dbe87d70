"""What one withdrawal does, and to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from synodos.language import GONE, WITHHELD
from synodos.whatif.applying.parts import needed
from synodos.whatif.exposure.preparing import preparations
from synodos.whatif.exposure.types import Hurt
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.defaults import OptionDefaults
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.leads import LeadTimes
from synodos.whatif.options.takeovers import Takeovers
from synodos.whatif.options.timing import Departure
from synodos.whatif.options.types import Move

DAYS_PER_MONTH: Final = 365.25 / 12


@dataclass(frozen=True, eq=False)
class Withdrawal:
    """One withdrawal and what it does.

    Attributes
    ----------
    case : Case
        Before and after it; one step.
    departures : mapping of str to Departure
        When missions leave without it.
    defaults : OptionDefaults
        Lead times.
    """

    case: Case
    departures: Mapping[str, Departure]
    defaults: OptionDefaults

    def hurts(self, only: str | None) -> Iterator[Hurt]:
        """Yield what it does to each agency that it hurts."""
        for victim in self._victims:
            if only in (None, victim):
                yield self._of(victim)

    @cached_property
    def leaver(self) -> str:
        """Who withdraws."""
        return str(self.case.steps[0].agency)

    @cached_property
    def struck(self) -> Mapping[str, tuple[Open, ...]]:
        """For each mission that goes on what is newly open in it and essential; also where it only waits for such."""
        found: dict[str, tuple[Open, ...]] = {}
        for key in self.case.missions:
            if key in self.case.stopped:
                continue
            lost = tuple(one for one in self.case.open[key] if one.new and one.essential)
            waits = {target for one in needed(self.case.mission(key)) if one.essential for target in one.met_by}
            if lost or waits & (found.keys() | self.case.stopped):
                found[key] = lost
        return found

    @cached_property
    def _victims(self) -> tuple[str, ...]:
        """Agencies that are hurt, in order."""
        found = {self.case.mission(key).owner for key in self.case.missions if key not in self.case.stopped}
        for key in self.case.stopped:
            found |= {part.agency for part in self.case.mission(key).partners}
        return tuple(sorted(found - {self.leaver, WITHHELD}))

    def _of(self, victim: str) -> Hurt:
        """Return what it does to one agency."""
        led = [
            key for key in self.case.missions if self.case.mission(key).owner == victim and key not in self.case.stopped
        ]
        stopped = [key for key in led if key in self.struck]
        degraded = [key for key in led if key not in self.struck]
        stranded = [key for key in self.case.stopped if self._takes_part(key, victim)]
        lost = [one for key in stopped for one in self.struck[key]]
        weak = [f"mission:{one.mission} {one.capability}" for one in lost if not self._is_sure(one)]
        plans = self.case.steps[0].plans
        concerned = (*stopped, *degraded, *sorted(stranded))
        return Hurt(
            leaver=self.leaver,
            victim=victim,
            of=f"mission:{plans[0]}" if plans else "",
            stopped=_keys(stopped),
            degraded=_keys(degraded),
            stranded=_keys(sorted(stranded)),
            goals_lost=self._goals_lost({*stopped, *stranded}),
            months=self._months(stopped),
            never=_keys((*(key for key in stopped if self._delays[key] is None), *sorted(stranded))),
            irreplaceable=tuple(dict.fromkeys(weak)),
            severity=len(stopped) + len(stranded) + self.defaults.share("left-out") * len(degraded),
            preparations=preparations(
                self.case, self._takeovers, self._leads, lost, (self.leaver, victim), sorted(stranded)
            ),
            evidence=tuple(dict.fromkeys((*_keys(concerned), *(key for one in lost for key in one.lost)))),
            unverified=any(self.case.mission(key).rests_on_unverified for key in concerned),
        )

    def _takes_part(self, key: str, agency: str) -> bool:
        """Return whether an agency has a part in a mission that stops."""
        return any(part.agency == agency for part in self.case.mission(key).partners)

    def _goals_lost(self, never: set[str]) -> tuple[str, ...]:
        """Return the common goals that nobody serves any more if some missions never fly."""
        alive = (key for key, one in self.case.after.missions.items() if one.status not in GONE and key not in never)
        kept = frozenset[str]().union(*(self.case.after.missions[key].objectives for key in alive))
        return tuple(sorted(frozenset[str]().union(*(self.case.mission(key).objectives for key in never)) - kept))

    def _months(self, stopped: list[str]) -> float:
        """Return the delay of those missions together, in months, that have a date by which they go on."""
        known = (delay for key in stopped if (delay := self._delays[key]) is not None)
        return round(sum(known) / DAYS_PER_MONTH, 1)

    @cached_property
    def _delays(self) -> Mapping[str, int | None]:
        """Days of delay of each mission that is struck, those that it waits for before it."""
        found: dict[str, int | None] = {}
        days: dict[str, dt.date | None] = dict.fromkeys(self.case.stopped)
        for key, lost in self.struck.items():
            waits = {target for one in needed(self.case.mission(key)) if one.essential for target in one.met_by}
            ready = [move.ready if (move := self._earliest(one)) else None for one in lost]
            ready += [days[target] for target in sorted(waits) if target in days]
            known = [day for day in ready if day is not None]
            days[key] = self._leaves(key, max(known)) if len(known) == len(ready) else None
            found[key] = self._late(key, days[key])
        return found

    def _leaves(self, key: str, ready: dt.date) -> dt.date | None:
        """Return when a mission leaves, or is whole again."""
        departure = self.departures.get(key)
        if departure is None or departure.base is None:
            return max(ready, self.case.after.known_on)
        return departure.leaves(max(departure.base, ready))

    def _late(self, key: str, day: dt.date | None) -> int | None:
        """Return the days by which that is late."""
        departure = self.departures.get(key)
        base = departure.base if departure is not None and departure.base is not None else self.case.after.known_on
        return None if day is None else max(0, (day - base).days)

    def _earliest(self, one: Open) -> Move | None:
        """Return the earliest take-over, also by a development from nothing."""
        able = [move for move in self._able(one) if move.ready is not None]
        return min(able, key=lambda move: move.ready or dt.date.max, default=None)

    def _is_sure(self, one: Open) -> bool:
        """Return whether somebody has something to build on, or a development from nothing is there in time."""
        keep_by = self._leads.keep_by(one) or dt.date.min
        return any(move.record or (move.ready is not None and move.ready <= keep_by) for move in self._able(one))

    def _able(self, one: Open) -> list[Move]:
        """Return the take-overs that nothing rules out."""
        moves = self._takeovers.of(one, self.case.mission(one.mission).owner)
        return [move for move in moves if move.feasible]

    @cached_property
    def _leads(self) -> LeadTimes:
        """How long things take."""
        return LeadTimes(self.case, self.departures, self.defaults)

    @cached_property
    def _takeovers(self) -> Takeovers:
        """Who could take what over."""
        return Takeovers(self.case, self._leads, Figures(self.case))


def _keys(missions: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return missions as evidence names them."""
    return tuple(f"mission:{key}" for key in missions)
