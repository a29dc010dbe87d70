"""Whether what agencies take over fits what they may still spend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.ceilings import Ceiling, Ceilings
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.types import TAKES_OVER, Move


@dataclass(frozen=True, slots=True)
class Load:
    """What one agency takes over for the missions of one ceiling.

    Attributes
    ----------
    ceiling : Ceiling
        What it may spend.
    known : float
        What is stated, in the terms of the answer.
    missing : tuple of str
        Figures that are not stated.
    """

    ceiling: Ceiling
    known: float
    missing: tuple[str, ...]


class Budgets:
    """The ceilings of a case, held against combinations of moves."""

    def __init__(self, case: Case, figures: Figures) -> None:
        """Take the case and its figures."""
        self._case = case
        self._figures = figures
        self._limits = Ceilings(case, figures)
        self._by_holder: Mapping[tuple[str, str], list[Open]] = self._opened()
        self._ceilings: dict[tuple[str, str], tuple[Ceiling, ...]] = {}

    def is_limited(self, agency: str, mission: str) -> bool:
        """Return whether an agency has stated a ceiling for a mission."""
        return any(True for _ in self._of(agency, (mission,)))

    def broken(self, moves: Sequence[Move]) -> tuple[str, ...]:
        """Return which firm ceilings some moves break, in words."""
        return tuple(self._over(load) for load in self._loads(moves) if self._breaks(load))

    def not_shown(self, moves: Sequence[Move]) -> tuple[str, ...]:
        """Return for which agencies it cannot be shown that they can pay what they take over, and what would decide."""
        return tuple(dict.fromkeys(filter(None, map(self._doubt, self._loads(moves)))))

    def _doubt(self, load: Load) -> str:
        """Return why it cannot be shown that a load fits; empty where it can, or where it does not fit."""
        if self._breaks(load):
            return ""
        if self._is_over(load):
            return f"{self._over(load)}, unless what is assumed is otherwise or there is more than is stated"
        wanted = "; ".join(self._wanted(load))
        return f"it cannot be shown that it fits: {load.ceiling.says}; to be stated: {wanted}" if wanted else ""

    def whole(self, moves: Sequence[Move]) -> Mapping[tuple[str, str], float]:
        """Return by agency and item the figures of what several requirements share, where one agency takes them all."""
        by = {(move.plan, move.capability): move for move in moves if move.does in TAKES_OVER}
        found: dict[tuple[str, str], float] = {}
        for item in dict.fromkeys(move.item for move in by.values() if move.cost is None and move.item):
            group = [by.get((one.holder, one.capability)) for one in self._figures.shared(item)]
            takers = {move.borne_by if move is not None and move.item == item else "" for move in group}
            if len(group) > 1 and len(takers) == 1 and "" not in takers:
                found[takers.pop(), item] = self._figures.amount_of(item)
        return found

    def mission_of(self, move: Move) -> str:
        """Return the mission that a move is about."""
        found = self._by_holder.get((move.plan, move.capability))
        return found[0].mission if found else move.plan.partition(":")[2]

    def _loads(self, moves: Sequence[Move]) -> Iterator[Load]:
        """Yield what each agency takes over, by ceiling."""
        taken = [(self.mission_of(move), move) for move in moves if move.does in TAKES_OVER]
        whole = self.whole(moves)
        for agency in sorted({move.borne_by for _, move in taken}):
            for ceiling in self._of(agency, [key for key, move in taken if move.borne_by == agency]):
                mine = [(key, move) for key, move in taken if move.borne_by == agency and key in ceiling.plans]
                led = {key: move.cost.amount for key, move in mine if not move.capability and move.cost is not None}
                mine = [(key, move) for key, move in mine if key not in led]  # the cost of a mission holds its parts'
                stated = {move.item: move.cost.amount for _, move in mine if move.cost is not None}
                shared = {move.item: whole[agency, move.item] for _, move in mine if (agency, move.item) in whole}
                lacking = [(key, move) for key, move in mine if move.cost is None and move.item not in shared]
                missing = tuple(dict.fromkeys(self._figure_wanted(key, move) for key, move in lacking))
                yield Load(ceiling, sum({**stated, **shared}.values()) + sum(led.values()), missing)

    def _of(self, agency: str, missions: Iterable[str]) -> Iterator[Ceiling]:
        """Yield the ceilings of an agency for missions, each once."""
        seen: set[str] = set()
        for mission in missions:
            if (agency, mission) not in self._ceilings:
                self._ceilings[agency, mission] = self._limits.of(agency, mission)
            for ceiling in self._ceilings[agency, mission]:
                if ceiling.record not in seen:
                    seen.add(ceiling.record)
                    yield ceiling

    def _breaks(self, load: Load) -> bool:
        """Return whether what is stated, and nothing that is assumed, passes a firm ceiling."""
        ceiling = load.ceiling
        alone = ceiling.limit is not None and load.known > ceiling.limit
        return ceiling.firm and (alone or (ceiling.sure and self._is_over(load)))

    def _is_over(self, load: Load) -> bool:
        """Return whether what is stated or assumed passes the ceiling."""
        limit, spent = load.ceiling.limit, load.ceiling.spoken_for
        return limit is not None and load.known > 0 and load.known + (spent or 0.0) > limit

    def _over(self, load: Load) -> str:
        """Return in words by how much a ceiling is passed."""
        limit, spent = load.ceiling.limit or 0.0, load.ceiling.spoken_for or 0.0
        told = self._figures.told
        return (
            f"{load.ceiling.says}; what it would take over costs at least {told(load.known)}, "
            f"{told(load.known + spent - limit)} too much"
        )

    def _wanted(self, load: Load) -> tuple[str, ...]:
        """Return the figures that would decide whether a load fits."""
        own = ("what its own part costs",) if load.ceiling.spoken_for is None else ()
        terms = self._figures.terms
        into = f"{terms[0]} of {terms[1]}" if terms is not None else "one currency and price year"
        limit = (f"rates that turn it into {into}",) if load.ceiling.limit is None else ()
        return (*load.missing, *own, *limit) if load.missing or limit else own

    def _figure_wanted(self, mission: str, move: Move) -> str:
        """Return the figure that is missing for a move."""
        label = self._case.after.capabilities.label(move.capability)
        return move.missing[0] if move.missing else f"cost of {label} for {self._case.mission(mission).name} by itself"

    def _opened(self) -> Mapping[tuple[str, str], list[Open]]:
        """Return what is open by holder and capability."""
        found: dict[tuple[str, str], list[Open]] = defaultdict(list)
        for opened in self._case.open.values():
            for one in opened:
                found[one.holder, one.capability].append(one)
        return found
