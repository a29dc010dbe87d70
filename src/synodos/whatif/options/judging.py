"""A combination of moves, judged by the engines: dates and chances, dependence, law, instruments, cost."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from synodos.cooperation import dependence
from synodos.language import Money, Portfolio
from synodos.schedule import Finish, network, risk
from synodos.whatif.options.case import Case
from synodos.whatif.options.combinations import Partial
from synodos.whatif.options.fates import goals
from synodos.whatif.options.growing import Growth
from synodos.whatif.options.moved import with_moves
from synodos.whatif.options.signing import found_by_law, known_findings, steps
from synodos.whatif.options.timing import Departure, later
from synodos.whatif.options.types import TAKES_OVER, MissionDate, Move, Option


@dataclass(frozen=True)
class Judge:
    """Makes options of combinations.

    Attributes
    ----------
    growth : Growth
        The case, with what is stated of dates and money.
    iterations, seed : int
        Of the chances; no iterations: chances are not computed.
    """

    growth: Growth
    iterations: int
    seed: int

    def option(self, chosen: Partial, refused: tuple[str, ...] = (), *, fully: bool = True) -> Option:
        """Return a combination as an option; `fully` with what the engines say of it."""
        moved = with_moves(self._case, chosen) if fully else self._case.after
        kept = [key for key in self._case.missions if key not in chosen.given_up]
        whole = self.growth.budgets.whole(chosen.moves)
        settled = tuple(self._dated(self._priced(move, whole), chosen) for move in chosen.moves)
        pairs = [(one, self._dated(self._priced(move, whole), chosen)) for one, move in chosen.settled]
        signed = steps(self._case, chosen, pairs, moved) if fully else ()
        days = [move.decide_by for move in settled if move.decide_by is not None]
        obstacles = tuple(dict.fromkeys(text for move in settled for text in move.obstacles))
        return Option(
            id=_named(settled),
            moves=settled,
            feasible=not refused,
            infeasible_because=refused,
            dates=self._dates(chosen, moved, fully=fully),
            cost=self._total(settled),
            borne_by=self._borne(settled),
            missing=tuple(dict.fromkeys(text for move in settled for text in move.missing)),
            objectives_kept=tuple(sorted(set().union(*(goals(self._case.mission(key)) for key in kept)))),
            objectives_lost=tuple(sorted(self.growth.goals_lost(chosen))),
            capabilities_lost=tuple(
                f"{m.plan.partition(':')[2]} {m.capability}" for m in settled if m.does == "descope"
            ),
            dependence=self._dependence(moved, kept) if fully else (),
            obstacles=(*obstacles, *self.growth.budgets.not_shown(settled)),
            law=found_by_law(self._case, moved, chosen, self._known) if fully else (),
            agreements=signed,
            decide_by=min(days, default=None),
            reasons=tuple(dict.fromkeys(text for move in settled for text in move.reasons)),
            criteria=chosen.criteria,
            evidence=tuple(dict.fromkeys(key for move in settled for key in move.records)),
            unverified=any(move.unverified for move in settled),
        )

    @property
    def _case(self) -> Case:
        """The missions concerned."""
        return self.growth.case

    @cached_property
    def _known(self) -> frozenset[tuple[str, str, str]]:
        """Findings that are open already before the change."""
        return known_findings(self._case.before, self._case.missions)

    def _dates(self, chosen: Partial, moved: Portfolio, *, fully: bool) -> tuple[MissionDate, ...]:
        """Return when the missions leave."""
        flying = [key for key in self._case.missions if chosen.dates.get(key) and key not in chosen.merged]
        chances = self._chances(moved, flying) if fully and self.iterations else {}
        return tuple(self._date(key, chosen, chances) for key in self._case.missions)

    def _date(self, key: str, chosen: Partial, chances: Mapping[str, Finish]) -> MissionDate:
        """Return when one mission leaves."""
        departure, day = self.growth.before.get(key), chosen.dates.get(key)
        flown = chosen.merged.get(key, key)
        period = departure.period(day) if departure else None
        meant = departure.period(departure.base) if departure else None
        finish = chances.get(flown) if day is not None else None
        return MissionDate(
            mission=f"mission:{key}",
            before=departure.base if departure else None,
            after=day,
            period=period,
            intended=None if meant is None or day is None else period == meant,
            chance=_chance(finish, meant, departure) if finish is not None and flown == key else None,
            chance_in_period=_share(finish, period) if finish is not None else None,
        )

    def _chances(self, moved: Portfolio, flying: list[str]) -> Mapping[str, Finish]:
        """Return how sure the departure of each mission is."""
        ahead = [key for key in flying if not self._case.flies(key)]
        if not ahead:
            return {}
        planned = network(moved, ahead)
        study = risk(planned, moved, iterations=self.iterations, seed=self.seed, only_dates=True)
        return {finish.node.removeprefix("launch:"): finish for finish in study.finishes}

    def _dependence(self, moved: Portfolio, kept: list[str]) -> tuple[tuple[str, int], ...]:
        """Return on whom the missions hang, most first."""
        records = {f"mission:{key}" for key in kept}
        counted = Counter(one.on for one in dependence(moved).items if one.essential and one.record in records)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def _priced(self, move: Move, whole: Mapping[tuple[str, str], float]) -> Move:
        """Return a move with the figure that it shares with others, where one agency takes all of them over."""
        amount = whole.get((move.borne_by, move.item)) if move.cost is None else None
        if amount is None:
            return move
        return replace(move, cost=self.growth.figures.money(amount), missing=())

    def _dated(self, move: Move, chosen: Partial) -> Move:
        """Return a move with the last day of its decision for the departure that the option means."""
        if move.does not in TAKES_OVER or not move.capability:
            return move
        mission = self.growth.budgets.mission_of(move)
        departure, day = self.growth.before.get(mission), chosen.dates.get(mission)
        if day is None:
            return replace(move, decide_by=None)
        period = departure.period(day) if departure is not None else None
        late = departure.keep_by if departure is not None and departure.keep_by is not None else day
        keep_by = period[1] if period else max(day, late)
        sign_by = later(keep_by, -move.built_in)
        decide_by = later(sign_by, -move.agreed_in)
        steps = tuple(replace(step, by=sign_by, begin_by=decide_by) for step in move.agreements)
        return replace(move, decide_by=decide_by, agreements=steps)

    def _total(self, moves: tuple[Move, ...]) -> Money | None:
        """Return the stated cost of moves; None where none is stated."""
        amounts = _by_item(moves)
        return self.growth.figures.money(sum(amounts.values())) if amounts else None

    def _borne(self, moves: tuple[Move, ...]) -> Mapping[str, Money]:
        """Return who bears what of the stated cost."""
        totals: dict[str, float] = defaultdict(float)
        for (agency, *_), amount in _by_item(moves).items():
            totals[agency] += amount
        made: Callable[[float], Money | None] = self.growth.figures.money
        return {agency: money for agency, total in sorted(totals.items()) if (money := made(total)) is not None}


def _chance(finish: Finish, meant: tuple[dt.date, dt.date] | None, planned: Departure | None) -> float | None:
    """Return the chance to leave in the launch period that was meant, or by the planned date."""
    if meant is not None:
        return _share(finish, meant) or 0.0
    if planned is None or planned.keep_by is None:
        return None
    return max((share for moment, share in finish.curve if moment.date() <= planned.keep_by), default=0.0)


def _share(finish: Finish, period: tuple[dt.date, dt.date] | None) -> float | None:
    """Return the chance to leave in a launch period."""
    return next((one.share for one in finish.periods if (one.opens, one.closes) == period), None)


def _by_item(moves: tuple[Move, ...]) -> dict[tuple[str, ...], float]:
    """Return stated amounts by who bears them and for what; one thing that serves a plan twice counts once."""
    return {
        (move.borne_by, move.item or f"{move.does} {move.plan}"): move.cost.amount
        for move in moves
        if move.cost is not None
    }


def _named(moves: tuple[Move, ...]) -> str:
    """Return the name of an option: its moves in short."""
    words = (
        "-".join(filter(None, (move.does, move.plan.partition(":")[2], move.capability, move.by))) for move in moves
    )
    return "; ".join(words)
