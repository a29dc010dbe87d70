"""What a network takes in: the plans and activities that are asked about, and all that they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from synodos.language import Activity, Portfolio, nearest, requirements, shown

if TYPE_CHECKING:
    from synodos.language import Element, Mission

    Plans = Mapping[str, Element | Mission]

FLOWN = frozenset({"launched", "operating", "completed"})
"""Statuses of what flies or exists already."""
GONE = frozenset({"cancelled", "lost"})
"""Statuses of what will not come."""


@dataclass(frozen=True)
class Stock:
    """The records of a portfolio that a network is made of, and how they hang together."""

    portfolio: Portfolio

    @cached_property
    def activities(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return self.portfolio.activities

    @cached_property
    def plans(self) -> Plans:
        """Elements and missions by id."""
        return {**self.portfolio.elements, **self.portfolio.missions}

    @cached_property
    def leading_to(self) -> Mapping[str, Sequence[Activity]]:
        """Activities by the element or mission that they lead to."""
        found: dict[str, list[Activity]] = defaultdict(list)
        for _, activity in sorted(self.activities.items()):
            if activity.leads_to is not None:
                found[activity.leads_to].append(activity)
        return found

    @cached_property
    def same_event(self) -> Mapping[str, Sequence[str]]:
        """For each activity those that one of both calls the same event."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.activities.values():
            for other in activity.same_as:
                found[activity.id].append(other)
                found[other].append(activity.id)
        return found


@dataclass(frozen=True)
class Reach:
    """What a network holds, by id, in the order of the ids."""

    plans: Plans
    activities: Mapping[str, Activity]


def reach(stock: Stock, scope: Iterable[str] | None) -> Reach:
    """Return the plans and activities of a scope, with everything that they wait for.

    Raises
    ------
    ValueError
        If the portfolio has no mission, element, agency, schedule or activity of a given id.
    """
    plans, activities = _everything(stock) if scope is None else _named(stock, scope)
    pending = [*((True, key) for key in plans), *((False, key) for key in activities)]
    seen = set(pending)
    while pending:
        is_plan, key = pending.pop()
        for found in _behind_plan(stock, key) if is_plan else _behind_activity(stock, key):
            if found not in seen:
                seen.add(found)
                pending.append(found)
    return Reach(
        {key: stock.plans[key] for is_plan, key in sorted(seen) if is_plan and key in stock.plans},
        {key: stock.activities[key] for is_plan, key in sorted(seen) if not is_plan and key in stock.activities},
    )


def _everything(stock: Stock) -> tuple[list[str], list[str]]:
    """Return all that is still to come, and every activity."""
    coming = [key for key, plan in stock.plans.items() if plan.status not in FLOWN | GONE]
    return coming, list(stock.activities)


def _named(stock: Stock, scope: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the plans and activities that ids name: their own, those of an agency, those of a schedule."""
    portfolio = stock.portfolio
    plans: list[str] = []
    activities: list[str] = []
    for name in (scope,) if isinstance(scope, str) else scope:
        known = name in stock.plans or name in stock.activities
        plans += [name] if name in stock.plans else []
        activities += [name] if name in stock.activities else []
        if name in portfolio.agencies:
            known = True
            plans += [
                key for key, plan in stock.plans.items() if plan.owner == name and plan.status not in FLOWN | GONE
            ]
            activities += [key for key, one in stock.activities.items() if (one.performer or one.owner) == name]
        if name in portfolio.schedules:
            known = True
            activities += [key for key, one in stock.activities.items() if one.schedule == name]
        if not known:
            _refuse(stock, name)
    return plans, activities


def _refuse(stock: Stock, name: str) -> None:
    """Raise the error of an id that names nothing."""
    portfolio = stock.portfolio
    near = nearest(name, [*stock.plans, *portfolio.agencies, *portfolio.schedules, *stock.activities])
    message = f"scope.unknown: no mission, element, agency, schedule or activity has this id: {shown(name)}" + (
        f"; nearest: {near}" if near else ""
    )
    raise ValueError(message)


def _behind_plan(stock: Stock, key: str) -> Iterator[tuple[bool, str]]:
    """Yield what a plan rests on: its activities, and what meets its requirements."""
    plan = stock.plans.get(key)
    if plan is None or plan.status in FLOWN | GONE:
        return
    yield from ((False, activity.id) for activity in stock.leading_to.get(key, ()))
    for _, requirement in requirements(plan):
        yield from ((True, target) for target in requirement.met_by)


def _behind_activity(stock: Stock, key: str) -> Iterator[tuple[bool, str]]:
    """Yield what an activity waits for, and the event that it is one with."""
    activity = stock.activities.get(key)
    if activity is None:
        return
    yield from ((False, link.activity) for link in activity.after)
    yield from ((False, other) for other in stock.same_event.get(key, ()))
    goal = activity.leads_to
    if goal is not None and goal in stock.portfolio.missions and activity.type.endswith("milestone"):
        yield (True, goal)
