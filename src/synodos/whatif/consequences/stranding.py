"""What stands, and serves nothing any more."""

from __future__ import annotations

from synodos.language import FLYING, GONE, Portfolio
from synodos.whatif.applying.parts import Parts, Plan, Provided, is_over
from synodos.whatif.orphans import Orphan


def stranded(before: Portfolio, after: Portfolio, lost: tuple[Orphan, ...]) -> tuple[Provided, ...]:
    """Return what agencies bring to plans of others that stop, and that serves nothing else.

    A plan stops if it is given up, or if its own lead takes something essential away from it; one that others left may
    still find somebody to take over. What flies already is at work, and not stranded.
    """
    halted = _halted(before, lost)
    users = Parts(after).users
    found = []
    for key, named in Parts(before).users.items():
        record = after.provider_record(key)
        if record is None or is_over(record) or _flies(record) or not users.get(key, frozenset()) <= halted:
            continue
        stopped = [plan for user in named if (plan := _plan(after, user)) and (plan.status in GONE or user in halted)]
        if any(plan.owner != record.owner for plan in stopped):
            found.append(record)
    return tuple(sorted(found, key=lambda record: (record.kind, record.id)))


def _flies(record: Provided) -> bool:
    """Return whether something has left the ground; an offer has not."""
    return getattr(record, "status", "") in FLYING


def _halted(before: Portfolio, lost: tuple[Orphan, ...]) -> frozenset[str]:
    """Return the plans whose own lead takes something essential away from them."""
    own = (one.plan.partition(":")[2] for one in lost if one.new and one.essential and _is_own(before, one))
    return frozenset(own)


def _is_own(before: Portfolio, orphan: Orphan) -> bool:
    """Return whether the lead of a plan met the requirement itself."""
    plan = _plan(before, orphan.plan.partition(":")[2])
    return plan is not None and plan.owner == orphan.provider


def _plan(portfolio: Portfolio, key: str) -> Plan | None:
    """Return a mission or an element by its id."""
    return portfolio.missions.get(key) or portfolio.elements.get(key)
