"""Plans are given up, or others take their place."""

from __future__ import annotations

from collections.abc import Iterator

from synodos.language import ENDED, FLYING, Element, Mission, Portfolio, Record, Requirement, Step
from synodos.whatif.applying.parts import Parts, Plan, due, in_order, needed, without_some
from synodos.whatif.applying.supposing import Difference, changed, since_of


def cancel(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when plans are given up; those that are over, or done before that day, stay as they are."""
    since = since_of(portfolio, step)
    plans = [_plan(portfolio, key) for key in step.plans]
    return Difference(
        tuple(
            changed(plan, {"status": "cancelled"})
            for plan in plans
            if plan.status not in ENDED and not ((last := due(plan)) and portfolio.known_on <= last < since)
        )
    )


def substitute(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when a plan takes the place of others.

    Whoever names one of those names the other instead, as far as it provides what is required; else the requirement
    loses what met it. Those that have not left the ground are given up.

    Raises
    ------
    ValueError
        If a plan would take its own place, or what should take it will not come (code `change.cannot`).
    """
    new = _plan(portfolio, str(step.replacement))
    if new.id in step.plans or new.status in ENDED:
        what = "is one of them" if new.id in step.plans else f"is {new.status}"
        message = f"change.cannot: `replacement`: {new.id} cannot take the place of {', '.join(step.plans)}: it {what}"
        raise ValueError(message)
    old = [_plan(portfolio, key) for key in step.plans]
    given_up = [changed(plan, {"status": "cancelled"}) for plan in old if plan.status not in {*ENDED, *FLYING}]
    return Difference((*given_up, *_users(portfolio, step, new)))


def _users(portfolio: Portfolio, step: Step, new: Plan) -> Iterator[Record]:
    """Yield the plans that name what is replaced, with the new one instead."""
    for plan in Parts(portfolio).plans.values():
        if plan.id in step.plans:
            continue
        required = in_order(_named_instead(portfolio, plan, one, step, new) for one in needed(plan))
        yield changed(plan, {"requirements" if isinstance(plan, Mission) else "needs": required})


def _named_instead(
    portfolio: Portfolio, plan: Plan, one: Requirement, step: Step, new: Plan
) -> tuple[Requirement, ...]:
    """Return a requirement that names a plan instead of those that it replaces."""
    if not set(one.met_by) & set(step.plans):
        return (one,)
    provides = any(portfolio.capabilities.covers(one.capability, given) for given in new.provides)
    if not provides or new.id == plan.id:
        return without_some(one, tuple(key for key in one.met_by if key not in step.plans))
    named = dict.fromkeys(new.id if old in step.plans else old for old in one.met_by)
    return (one.model_copy(update={"met_by": tuple(named)}),)


def _plan(portfolio: Portfolio, key: str) -> Element | Mission:
    """Return a mission or an element; steps are checked before."""
    return portfolio.missions.get(key) or portfolio.elements[key]
