"""Which missions a change can move."""

from __future__ import annotations

import datetime as dt

from synodos.language import Activity, Commitment, Portfolio, Record, Risk
from synodos.whatif.applying.parts import Parts

MOVING = ("element", "mission", "offer", "commitment", "risk", "activity", "schedule", "calendar")
"""Kinds of records that dates come from."""


def differing(before: Portfolio, after: Portfolio) -> tuple[tuple[Record | None, Record | None], ...]:
    """Return the records that differ, each as it was and as it would be; None where there is none."""
    found: list[tuple[Record | None, Record | None]] = []
    for kind in {**before.tables, **after.tables}:
        old, new = before.tables.get(kind, {}), after.tables.get(kind, {})
        if old is not new:
            found += [(old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]
    return tuple(found)


def moved_missions(before: Portfolio, after: Portfolio) -> tuple[str, ...]:
    """Return the missions, of those before, that rest on anything that differs; by planned date."""
    seeds = {
        key for pair in differing(before, after) for record in pair if record is not None for key in _about(record)
    }
    reached = _users(before, seeds) | _users(after, seeds)
    missions = [one for key, one in before.missions.items() if key in reached]
    missions.sort(key=lambda one: (one.planned.earliest if one.planned else dt.date.max, one.id))
    return tuple(one.id for one in missions)


def _about(record: Record) -> tuple[str, ...]:
    """Return the plans and activities that a record is about."""
    if record.kind not in MOVING:
        return ()
    if isinstance(record, Commitment):
        return record.to
    if isinstance(record, Risk):
        return record.affects
    if isinstance(record, Activity):
        return (record.id, record.leads_to or record.id)
    return (record.id,)


def _users(portfolio: Portfolio, seeds: set[str]) -> set[str]:
    """Return seeds with all plans and activities that rest on them."""
    users = Parts(portfolio).users
    followers: dict[str, set[str]] = {}
    for one in portfolio.activities.values():
        for link in one.after:
            followers.setdefault(link.activity, set()).add(one.id)
        for other in one.same_as:
            followers.setdefault(other, set()).add(one.id)
        if one.leads_to:
            followers.setdefault(one.id, set()).add(one.leads_to)
    pending, seen = list(seeds), set(seeds)
    while pending:
        key = pending.pop()
        fresh = (users.get(key, frozenset()) | followers.get(key, set())) - seen
        seen |= fresh
        pending.extend(fresh)
    return seen
