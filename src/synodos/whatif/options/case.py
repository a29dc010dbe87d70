"""What a question about options works on: the missions concerned, and what is open in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from synodos.language import (
    ENDED,
    FLYING,
    GONE,
    WITHHELD,
    Agreement,
    Element,
    Mission,
    Portfolio,
    Requirement,
    Step,
)
from synodos.law import state_at
from synodos.whatif.applying.parts import Plan, Provided, key_of, needed
from synodos.whatif.options.doubts import late_days
from synodos.whatif.options.timing import later
from synodos.whatif.orphans import Essential, over_chain, unmet, will_not_come

STANDS: Final = frozenset({"in_force", "in_doubt"})
"""States of an agreement that still binds or might."""


@dataclass(frozen=True, slots=True)
class Open:
    """A requirement that nobody meets, or that is met late.

    Attributes
    ----------
    mission : str
        Mission that it is about, by id.
    holder : str
        Mission or element whose requirement it is, as `kind:id`.
    place : int
        Its place in the requirements of the holder.
    requirement : Requirement
        As it was before the change.
    essential : bool or None
        Over the chain from the mission to it.
    new : bool
        Whether somebody met it before the change.
    lost : tuple of str
        What met it before, as `kind:id`.
    leaver : str
        Agency that met it before, or that is late; empty if nobody did.
    comes : date or None
        When it comes after all, late; None: not at all.
    """

    mission: str
    holder: str
    place: int
    requirement: Requirement
    essential: bool | None
    new: bool
    lost: tuple[str, ...]
    leaver: str
    comes: dt.date | None = None

    @property
    def capability(self) -> str:
        """What is required."""
        return self.requirement.capability

    @property
    def key(self) -> tuple[str, int]:
        """Which requirement it is."""
        return self.holder, self.place


@dataclass(frozen=True)
class Case:
    """A portfolio before and after a change.

    Attributes
    ----------
    before, after : Portfolio
        As its viewer may see it.
    steps : sequence of Step
        What changes.
    """

    before: Portfolio
    after: Portfolio
    steps: Sequence[Step]

    @cached_property
    def missions(self) -> tuple[str, ...]:
        """Missions concerned, providers first.

        Those that the change stops, in which something is newly open or late, or was open before where the change is
        about them; and those that hang on such.
        """
        struck = {key for key, mission in self.before.missions.items() if self._struck(mission)}
        while more := {key for key in self._alive if key not in struck and self._behind(key) & struck}:
            struck |= more
        return self._in_order(struck)

    @cached_property
    def stopped(self) -> frozenset[str]:
        """Missions that the change itself stops."""
        return frozenset(key for key in self._alive if self.after.missions[key].status in GONE)

    @cached_property
    def open(self) -> Mapping[str, tuple[Open, ...]]:
        """For each mission concerned what nobody meets, its own requirements first."""
        return {key: tuple(self._open_of(key)) for key in self.missions}

    def mission(self, key: str) -> Mission:
        """Return a mission as it stands after the change; one that the change stopped as it stood before."""
        return self.before.missions[key] if key in self.stopped else self.after.missions[key]

    def has_left(self, agency: str, plan: str) -> bool:
        """Return whether the change takes an agency out of a mission, or out of everything."""
        return any(
            step.does == "withdraw" and step.agency == agency and (not step.plans or plan in step.plans)
            for step in self.steps
        )

    def took_away(self, agency: str, one: Open) -> bool:
        """Return whether an agency itself withdraws what met a requirement."""
        lost = {key.partition(":")[2] for key in one.lost}
        own = (step for step in self.steps if step.does == "withdraw" and step.agency == agency)
        return any(lost & set(step.plans) for step in own)

    def flies(self, key: str) -> bool:
        """Return whether a mission has left the ground."""
        return self.mission(key).status in FLYING

    def agreements(self, plan: str, *parties: str) -> tuple[Agreement, ...]:
        """Return the agreements that stand and cover a plan, with all these parties."""
        return tuple(one for one in self._standing if plan in one.covers and set(parties) <= set(one.parties))

    @cached_property
    def _standing(self) -> tuple[Agreement, ...]:
        """Agreements that stand on the day after the change."""
        return tuple(one for one in self.after.agreements.values() if stands(self.after, one))

    @cached_property
    def _alive(self) -> tuple[str, ...]:
        """Missions that are not over before the change, by id."""
        return tuple(
            sorted(
                key for key, one in self.before.missions.items() if one.status not in ENDED and one.owner != WITHHELD
            )
        )

    def _struck(self, mission: Mission) -> bool:
        """Return whether the change stops a mission or takes something from it."""
        if mission.id not in self._alive:
            return False
        found = tuple(self._open_of(mission.id))
        return mission.id in self.stopped or any(one.new for one in found) or bool(found and self._is_touched(mission))

    def _is_touched(self, mission: Mission) -> bool:
        """Return whether the change is about a mission: it differs after it, or a commitment to it is broken."""
        broken = (self.before.commitments[key] for step in self.steps for key in step.commitments)
        return self.after.missions[mission.id] != mission or any(mission.id in one.to for one in broken)

    def _behind(self, key: str) -> set[str]:
        """Return the missions that meet essential requirements of a mission."""
        return {target for one in needed(self.mission(key)) if one.essential for target in one.met_by}

    def _in_order(self, keys: set[str]) -> tuple[str, ...]:
        """Return missions with those that others wait for first, otherwise by date and id."""
        left = sorted(keys, key=lambda key: (_first(self.before.missions[key]), key))
        found: list[str] = []
        while left:
            free = next((key for key in left if not self._behind(key) & set(left) - {key}), left[0])
            left.remove(free)
            found.append(free)
        return tuple(found)

    def _open_of(self, key: str) -> Iterator[Open]:
        """Yield what nobody meets of a mission, and of the elements that it cannot do without."""
        holders: list[tuple[Plan, Essential]] = [(self.mission(key), True)]
        seen = {key}
        for holder, over in holders:
            for place, requirement in enumerate(needed(holder)):
                essential = over_chain(over, requirement.essential)
                if unmet(self.after, requirement):
                    yield self._opened(key, holder, place, essential)
                    continue
                late = [target for target in requirement.met_by if target in self._late]
                if late and essential:
                    yield self._delayed(key, holder, place, late)
                    continue
                for target in requirement.met_by:
                    element = self.after.elements.get(target)
                    if element is not None and essential and target not in seen and element.status not in FLYING:
                        seen.add(target)
                        holders.append((element, essential))

    def _opened(self, mission: str, holder: Plan, place: int, essential: Essential) -> Open:
        """Return an open requirement with what met it before."""
        known = self._required_before(holder)
        split = place >= len(known)  # what several met together, and some of them no more
        old = needed(holder)[place] if split else known[place]
        lost = self._lost(holder, known, place, split=split)
        new = split or not unmet(self.before, old)
        return Open(
            mission=mission,
            holder=key_of(holder),
            place=place,
            requirement=old,
            essential=essential,
            new=new,
            lost=tuple(map(key_of, lost)),
            leaver=lost[0].owner if lost else (old.provider or "") if new else "",
        )

    def _delayed(self, mission: str, holder: Plan, place: int, late: Sequence[str]) -> Open:
        """Return an essential requirement that is met late, by the latest of what meets it."""
        today, due = self.after.known_on, self.before.missions[mission].planned
        first = max(today, due.earliest) if due is not None and not due.opens_early else today
        comes = {key: later(_available(self.before.elements[key]) or first, self._late[key]) for key in late}
        last = max(late, key=lambda key: (comes[key], key))
        return Open(
            mission=mission,
            holder=key_of(holder),
            place=place,
            requirement=needed(holder)[place],
            essential=True,
            new=True,
            lost=tuple(f"element:{key}" for key in late),
            leaver=self.before.elements[last].owner,
            comes=comes[last],
        )

    @cached_property
    def _late(self) -> Mapping[str, int]:
        """By how many days elements are late."""
        return late_days(self.before, self.steps)

    def _required_before(self, holder: Plan) -> tuple[Requirement, ...]:
        """Return what a plan required before the change."""
        old = self.before.missions.get(holder.id) or self.before.elements.get(holder.id)
        return needed(old) if old is not None else ()

    def _lost(self, holder: Plan, known: tuple[Requirement, ...], place: int, *, split: bool) -> tuple[Provided, ...]:
        """Return what met a requirement before the change and does not after it."""
        now = needed(holder)
        alike = [one for one in known if split and one.capability == now[place].capability]
        named = [key for one in (alike if split else known[place : place + 1]) for key in one.met_by]
        left = {key for one in (now if split else now[place : place + 1]) for key in one.met_by}
        there = (key for key in named if not will_not_come(self.before, key))
        gone = (key for key in there if key not in left or will_not_come(self.after, key))
        return tuple(filter(None, map(self.before.provider_record, gone)))


def _available(element: Element) -> dt.date | None:
    """Return the first day on which an element can be used, as stated."""
    stated = element.available
    return None if stated is None or stated.opens_early else stated.earliest


def stands(portfolio: Portfolio, agreement: Agreement) -> bool:
    """Return whether an agreement stands on the day of knowledge, as the register has it."""
    return state_at(agreement, portfolio.known_on) in STANDS


def _first(mission: Mission) -> str:
    """Return the planned date as text that sorts; what has none comes last."""
    return mission.planned.text if mission.planned else "9999"
