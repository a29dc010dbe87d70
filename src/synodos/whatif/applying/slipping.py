"""Somebody is later than planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from synodos.language import FLYING, WITHHELD, Activity, Element, Portfolio, Risk, Step
from synodos.whatif.applying.parts import Parts, Plan, due, needed
from synodos.whatif.applying.supposing import Difference, new_record, since_of


def slip(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when work comes later: for each agency that is late one risk that is certain to act.

    Stated dates stay as they are; the delay counts once on every chain of the work that it strikes. An agency is late
    with the elements and activities that it brings to the plans, and with a plan itself where it leads it, or owes
    something for it, and brings no element. Plans that fly, or are done before the day from which it is late, are not
    struck.
    """
    struck = late_with(portfolio, step)
    return Difference(
        tuple(
            new_record(
                portfolio,
                Risk,
                f"what-if-slip-{agency}"[:100],
                agency,
                name=f"Supposed delay of what {portfolio.agency_name(agency)} brings",
                affects=tuple(sorted(affected)),
                delay=step.delay,
            )
            for agency, affected in sorted(struck.items())
            if agency != WITHHELD
        )
    )


def late_with(portfolio: Portfolio, step: Step) -> dict[str, set[str]]:
    """Return for each agency what it is late with by a slip: ids of plans and activities."""
    parts, since = Parts(portfolio), since_of(portfolio, step)
    found: dict[str, set[str]] = defaultdict(set)

    def ahead(plan: Plan) -> bool:
        last = due(plan)
        over = last is not None and portfolio.known_on <= last < since
        return plan.status not in FLYING and not over

    plans = [plan for key in (step.plans or parts.plans) if (plan := parts.plans.get(key)) and ahead(plan)]
    for plan in plans:
        if step.agency is None:
            found[plan.owner].add(plan.id)
        else:
            found[step.agency].update(_brought(parts, plan, step.agency, named=bool(step.plans)))
    return {agency: affected for agency, affected in found.items() if affected}


def _brought(parts: Parts, plan: Plan, agency: str, *, named: bool) -> Iterator[str]:
    """Yield what an agency brings to a plan, down to the elements that it rests on; without plans named, its own."""
    if isinstance(plan, Element) and plan.owner == agency:
        yield plan.id
        return
    if isinstance(plan, Element) and not named:
        return
    below = list(_elements(parts, plan, agency))
    work = _activities(parts.portfolio, agency, {plan.id})
    owes = any(one.provider == agency and not one.met_by for one in needed(plan))
    yield from below
    yield from work
    if not below and not work and (plan.owner == agency or owes):
        yield plan.id


def _elements(parts: Parts, plan: Plan, agency: str) -> Iterator[str]:
    """Yield the elements of an agency, not flying, that a plan names, also over elements of others."""
    pending, seen = [plan], {plan.id}
    while pending:
        for requirement in needed(pending.pop()):
            for target in requirement.met_by:
                below = parts.plans.get(target)
                if not isinstance(below, Element) or below.id in seen or below.status in FLYING:
                    continue
                seen.add(below.id)
                if below.owner == agency:
                    yield below.id  # what comes before it is late with it: the delay counts once
                else:
                    pending.append(below)


def _activities(portfolio: Portfolio, agency: str, plans: Collection[str]) -> tuple[str, ...]:
    """Return the open activities of an agency that lead to plans, of each chain the first."""
    own = {
        one.id
        for one in portfolio.activities.values()
        if (one.performer or one.owner) == agency and one.leads_to in plans and one.actual_finish is None
    }
    return tuple(sorted(key for key in own if own.isdisjoint(_before(portfolio, portfolio.activities[key]))))


def _before(portfolio: Portfolio, activity: Activity) -> Iterable[str]:
    """Return the activities that come before one."""
    pending = [activity]
    seen: set[str] = set()
    while pending:
        fresh = {link.activity for link in pending.pop().after} - seen
        seen |= fresh
        pending.extend(portfolio.activities[key] for key in fresh if key in portfolio.activities)
    return seen
