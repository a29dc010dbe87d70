"""What nobody meets any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from synodos.language import GONE, WITHHELD, DateRange, Mission, Portfolio, Requirement
from synodos.whatif.applying.parts import Parts, Plan, Provided, key_of, needed

Essential = bool | None
"""Whether something cannot be done without; None: not known."""
Place = tuple[str, str, int]
"""Id of a plan, a capability that it requires, and the how manieth requirement of it that is."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A requirement of a plan that nobody meets.

    Attributes
    ----------
    plan : str
        The mission or element, as `kind:id`.
    capability : str
        What is required.
    essential : bool or None
        Whether the plan fails without it; None: not known.
    lost : tuple of str
        What met it before the change, as `kind:id`; empty where only an agency was named, or nobody met it.
    provider : str
        Agency that met it before; empty: nobody did.
    new : bool
        Whether the change caused it; False: nobody met it before either.
    needed_by : DateRange or None
        When it has to be there; None: not stated.
    unverified : bool
        Whether any of this rests on general knowledge.
    """

    plan: str
    capability: str
    essential: bool | None
    lost: tuple[str, ...]
    provider: str
    new: bool
    needed_by: DateRange | None
    unverified: bool


def orphans(portfolio: Portfolio, after: Portfolio) -> tuple[Orphan, ...]:
    """Return the requirements that nobody meets after a change.

    Parameters
    ----------
    portfolio : Portfolio
        Before the change.
    after : Portfolio
        After it; plans that are over or stopped there require nothing.

    Returns
    -------
    tuple of Orphan
        Those that the change caused, and those that were open before of the plans that it touches and of all that
        these rest on. New ones first, then essential ones.
    """
    before = {place: requirement for plan in Parts(portfolio).plans.values() for place, requirement in places(plan)}
    plans = Parts(after).plans
    found = [one for plan in plans.values() for one in _of_plan(portfolio, after, plan, before)]
    touched = {key for key, plan in plans.items() if _record(portfolio, key) != plan}
    touched |= {one.plan.partition(":")[2] for one in found if one.new}
    reached = _with_all_behind(plans, touched)
    return tuple(sorted((one for one in found if one.plan.partition(":")[2] in reached), key=_rank))


def unmet(portfolio: Portfolio, requirement: Requirement) -> bool:
    """Return whether nobody meets a requirement: nobody is named, or one of those named together will not come."""
    if requirement.met_by:
        return any(will_not_come(portfolio, target) for target in requirement.met_by)
    return requirement.provider is None


def over_chain(first: Essential, second: Essential) -> Essential:
    """Return whether a chain of two is essential: if both are; not known if one is not known and none fails."""
    if False in (first, second):
        return False
    return None if None in (first, second) else True


def will_not_come(portfolio: Portfolio, target: str) -> bool:
    """Return whether what is named for a requirement will not come; what the viewer may not know is taken to come."""
    record = portfolio.provider_record(target)
    return record is not None and target != WITHHELD and _gone(record)


def places(plan: Plan) -> Iterator[tuple[Place, Requirement]]:
    """Yield the requirements of a plan, each with its place in it."""
    seen: Counter[str] = Counter()
    for requirement in needed(plan):
        yield (plan.id, requirement.capability, seen[requirement.capability]), requirement
        seen[requirement.capability] += 1


def _gone(record: Provided) -> bool:
    """Return whether a record meets nothing: it is cancelled, lost or withdrawn."""
    return record.standing == "withdrawn" if not hasattr(record, "status") else record.status in GONE


def _of_plan(
    portfolio: Portfolio, after: Portfolio, plan: Plan, before: Mapping[Place, Requirement]
) -> Iterator[Orphan]:
    """Yield the orphans of one plan."""
    named = {target for requirement in needed(plan) for target in requirement.met_by}
    for place, requirement in places(plan):
        if not unmet(after, requirement):
            continue
        old, left = before.get(place), set(requirement.met_by)
        if old is None:
            old, left = _parted(before, place, named), named
        lost = _lost(portfolio, after, old, left)
        due = plan.planned if isinstance(plan, Mission) else plan.available
        yield Orphan(
            plan=key_of(plan),
            capability=requirement.capability,
            essential=requirement.essential,
            lost=tuple(map(key_of, lost)),
            provider=_provider(old, lost),
            new=old is not None and not unmet(portfolio, old),
            needed_by=requirement.by or due,
            unverified=plan.rests_on_unverified or any(record.rests_on_unverified for record in lost),
        )


def _parted(before: Mapping[Place, Requirement], place: Place, named: Collection[str]) -> Requirement | None:
    """Return the requirement of which one is the part that was lost: something that it named is named no more."""
    plan, capability, number = place
    earlier = (before.get((plan, capability, one)) for one in range(number))
    return next((one for one in earlier if one is not None and set(one.met_by) - set(named)), None)


def _lost(portfolio: Portfolio, after: Portfolio, old: Requirement | None, left: Collection[str]) -> list[Provided]:
    """Return what met a requirement before the change and does not after it."""
    named = () if old is None else tuple(key for key in old.met_by if not will_not_come(portfolio, key))
    gone = [key for key in named if key not in left or will_not_come(after, key)]
    return [record for record in map(portfolio.provider_record, gone) if record is not None]


def _provider(old: Requirement | None, lost: list[Provided]) -> str:
    """Return the agency that met a requirement; nobody where it was open."""
    if lost:
        return lost[0].owner
    return (old.provider or "") if old is not None and not old.met_by else ""


def _record(portfolio: Portfolio, key: str) -> Plan | None:
    """Return a plan by its id."""
    return portfolio.missions.get(key) or portfolio.elements.get(key)


def _with_all_behind(plans: Mapping[str, Plan], touched: set[str]) -> set[str]:
    """Return plans with all that they rest on."""
    pending, seen = list(touched), set(touched)
    while pending:
        plan = plans.get(pending.pop())
        fresh = {target for one in (needed(plan) if plan else ()) for target in one.met_by} - seen
        seen |= fresh
        pending.extend(fresh)
    return seen


def _rank(orphan: Orphan) -> tuple[object, ...]:
    """Return the place of an orphan in the list."""
    urgency = {True: 0, None: 1, False: 2}[orphan.essential]
    return (not orphan.new, urgency, orphan.plan, orphan.capability, orphan.lost)
