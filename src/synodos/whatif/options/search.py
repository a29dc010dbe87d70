"""The search for the best combinations: mission by mission, with dominated ones dropped on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from synodos.whatif.options.case import Open
from synodos.whatif.options.combinations import Partial
from synodos.whatif.options.fates import Fate, fates
from synodos.whatif.options.fronting import undominated
from synodos.whatif.options.growing import Growth
from synodos.whatif.options.takeovers import Takeovers, descoping, late_moves
from synodos.whatif.options.timing import later
from synodos.whatif.options.types import Criteria, Move


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found.

    Attributes
    ----------
    combinations : tuple of Partial
        Those that nothing rules out and no other dominates.
    refused : tuple of (Partial, tuple of str)
        Of those that are ruled out, one for each set of reasons.
    alone : tuple of (Partial, tuple of str), or None
        Leads that take over everything themselves, with what rules that out; None where nothing essential is open.
    considered, dropped, cut : int
        Combinations looked at, dominated ones, and those that were dropped because there were too many.
    """

    combinations: tuple[Partial, ...] = ()
    refused: tuple[tuple[Partial, tuple[str, ...]], ...] = ()
    alone: tuple[Partial, tuple[str, ...]] | None = None
    considered: int = 0
    dropped: int = 0
    cut: int = 0


class Search:
    """Searches the combinations of a case."""

    def __init__(self, growth: Growth, takeovers: Takeovers) -> None:
        """Take how combinations grow, and who could take what over."""
        self._growth = growth
        self._case = growth.case
        self._takeovers = takeovers
        self._most = round(growth.defaults.search["moves"].value)
        self._width = self._widest()
        self._refused: dict[tuple[str, ...], Partial] = {}
        self._considered = self._dropped = self._cut = 0

    def run(self, progress: Callable[[int], object] | None = None) -> Found:
        """Return the combinations that nothing rules out and no other dominates; tell how many missions are done."""
        found = [Partial()]
        for place, key in enumerate(self._case.missions):
            ahead = self._growth.ahead(place)
            found = self._pruned((step for partial in found for step in self._of_mission(partial, key)), ahead)
            if progress is not None:
                progress(place + 1)
        ended = [self._growth.ended(partial) for partial in found]
        kept = [ended[place] for place in undominated([partial.criteria for partial in ended])]
        refused = tuple((partial, reasons) for reasons, partial in self._refused.items())
        dropped = self._dropped + len(ended) - len(kept)
        return Found(tuple(kept), refused, self._alone(), self._considered, dropped, self._cut)

    def _widest(self) -> int:
        """Return how many combinations are kept after each step, so that about as many as allowed are looked at."""
        steps = sum(len(self._case.open[key]) + 1 for key in self._case.missions)
        search = self._growth.defaults.search
        return max(
            round(search["fewest"].value), round(search["combinations"].value / max(1, steps * (self._most + 1)))
        )

    def _of_mission(self, partial: Partial, key: str) -> Iterator[Partial]:
        """Yield a combination with everything that can become of one more mission."""
        joined = [guest for guest, host in partial.merged.items() if host == key]
        for fate in fates(self._case, self._growth.figures, key, partial.given_up, joined):
            begun = self._growth.begun(partial, fate)
            if fate.does == "fly":
                yield from self._flown(begun, fate, joined)
            else:
                self._considered += 1
                yield self._growth.not_flown(begun, fate)

    def _flown(self, partial: Partial, fate: Fate, joined: Sequence[str]) -> Iterator[Partial]:
        """Yield combinations in which a mission flies, with everything that it lacks taken over or left out."""
        found = [partial]
        for one in fate.open:
            choices = self._choices(one, fate, partial.given_up, joined)
            if not choices:
                self._refuse(partial, one, fate)
                return
            found = self._pruned(
                (self._taken(before, one, move, fate) for before in found for move in choices), frozenset()
            )
        for combined in found:
            left = self._growth.departed(combined, fate.mission, joined)
            if left is None:
                self._refused.setdefault((self._never(fate.mission),), combined)
            elif self._is_affordable(left):
                yield left

    def _taken(self, partial: Partial, one: Open, move: Move, fate: Fate) -> Partial:
        """Return a combination with one more requirement settled."""
        self._considered += 1
        return self._growth.taken(partial, one, move, fate.lead)

    def _choices(self, one: Open, fate: Fate, gone: frozenset[str], joined: Sequence[str]) -> tuple[Move, ...]:
        """Return the moves for one requirement: the best that take it over, and leaving it out."""
        every = self._takeovers.of(one, fate.lead, without=gone)
        left_out = descoping(self._case, one)
        able = [move for move in every if move.feasible][: self._most]
        able += late_moves(self._case, one, tuple(able))
        known = (*able, *((left_out,) if left_out is not None else ()))
        if not joined:
            return known
        days = self._growth.defaults.days("merging")
        return tuple(_put_off(move, days) for move in known)

    def _refuse(self, partial: Partial, one: Open, fate: Fate) -> None:
        """Keep a combination in which nobody can meet what a mission cannot do without."""
        label = self._case.after.capabilities.label(one.capability)
        lead = self._case.after.agency_name(fate.lead)
        why = dict.fromkeys(text for move in self._takeovers.of(one, fate.lead) for text in move.infeasible)
        head = f"nobody can be counted on for {label} of {self._case.mission(one.mission).name} under {lead}"
        self._refused.setdefault((head, *why), partial)

    def _is_affordable(self, partial: Partial) -> bool:
        """Return whether no ceiling rules a combination out; one that is ruled out is kept among those refused."""
        reasons = self._growth.budgets.broken(partial.moves)
        if reasons:
            self._refused.setdefault(reasons, partial)
        return not reasons

    def _alone(self) -> tuple[Partial, tuple[str, ...]] | None:
        """Return the combination in which leads take over all that is essential themselves, and leave out the rest.

        Missions that the change stops stay given up.
        """
        flying = (key for key in self._case.missions if key not in self._case.stopped)
        if not any(one.essential for key in flying for one in self._case.open[key]):
            return None
        partial = Partial()
        for key in self._case.missions:
            every = list(fates(self._case, self._growth.figures, key, partial.given_up, ()))
            flown = key not in self._case.stopped
            fate = next(one for one in every if one.does == ("fly" if flown else "cancel"))
            begun = self._growth.begun(partial, fate)
            if not flown:
                partial = self._growth.not_flown(begun, fate)
                continue
            for one in fate.open:
                move = self._own(one, fate.lead, partial.given_up)
                begun = self._growth.taken(begun, one, move, fate.lead)
            left = self._growth.departed(begun, key, ())
            if left is None:
                return begun, (self._never(key),)
            partial = left
        ruled_out = dict.fromkeys(text for move in partial.moves for text in move.infeasible)
        return self._growth.ended(partial), (*ruled_out, *self._growth.budgets.broken(partial.moves))

    def _never(self, key: str) -> str:
        """Return that a mission has no launch period left."""
        return f"{self._case.mission(key).name} could leave only after the last launch period that is known"

    def _own(self, one: Open, lead: str, gone: frozenset[str]) -> Move:
        """Return the move by which a lead settles a requirement itself."""
        left_out = descoping(self._case, one)
        every = self._takeovers.of(one, lead, without=gone)
        own = (move for move in (*every, *late_moves(self._case, one, ())) if move.by == lead)
        return left_out or next(own)

    def _pruned(self, partials: Iterable[Partial], ahead: frozenset[str]) -> list[Partial]:
        """Return combinations without those that another of the same sort dominates, and not too many."""
        groups: dict[tuple[object, ...], list[Partial]] = defaultdict(list)
        for partial in partials:
            groups[partial.sort(ahead)].append(partial)
        found = [one for group in groups.values() for one in self._kept(group, ahead)]
        if len(found) > self._width:
            found.sort(key=lambda one: _rough(one.criteria))
            self._cut += len(found) - self._width
        return found[: self._width]

    def _kept(self, group: list[Partial], ahead: frozenset[str]) -> list[Partial]:
        """Return the partial combinations of a group that no other dominates; of equal ones the first."""
        kept: list[Partial] = []
        for one in sorted(group, key=lambda partial: _rough(partial.criteria)):
            if not any(other.dominates(one, ahead) for other in kept):
                kept = [*(other for other in kept if not one.dominates(other, ahead)), one]
        self._dropped += len(group) - len(kept)
        return kept


def _put_off(move: Move, days: int) -> Move:
    """Return a move of which what it brings is there some days later, since missions are made to fly together."""
    if move.ready is None:
        return move
    ready = later(move.ready, days)
    kept = tuple(text for text in move.reasons if not text.startswith(f"there by {move.ready}"))
    why = f"there by {ready}, {days} days of it to let the missions fly together"
    return replace(move, ready=ready, reasons=(*kept, why))


def _rough(criteria: Criteria) -> tuple[float, ...]:
    """Return by what combinations are kept where there are too many: what is flown first, then when."""
    return (
        criteria.objectives,
        criteria.date,
        criteria.cost,
        len(criteria.unknown_costs),
        criteria.obstacles,
        criteria.dependence,
    )
