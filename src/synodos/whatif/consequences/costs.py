"""Amounts that a change moves, and who bears them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from synodos.language import GONE, Change, Cost, Element, Mission, Portfolio, Step
from synodos.whatif.applying.cutting import reaches
from synodos.whatif.applying.parts import Provided
from synodos.whatif.consequences.effects import CostEffect
from synodos.whatif.orphans import Orphan

ORDER = ("to-replace", "withdrawn", "stranded", "cut")
"""Sorts of amounts, as they are listed."""


def cost_effects(
    before: Portfolio, after: Portfolio, lost: tuple[Orphan, ...], stranded: Sequence[Provided], steps: Sequence[Step]
) -> tuple[CostEffect, ...]:
    """Return the amounts that a change moves, as stated or estimated; nothing is added up, since bases differ."""
    found = [
        *_to_replace(before, lost, {str(step.agency) for step in steps if step.does == "withdraw"}),
        *_withdrawn(before, after),
        *(_of_record(before, one, "stranded", ()) for one in stranded),
        *(effect for step in steps if step.does == "cut" for effect in _cut(before, step)),
    ]
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.sort), one.record)))


def steps_of(change: Change | Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps of a change."""
    return change.happens if isinstance(change, Change) else tuple(change)


def figures(
    portfolio: Portfolio, plan: str
) -> tuple[tuple[Cost, ...], Literal["stated", "estimate", "none"], tuple[str, ...]]:
    """Return what a mission or an element costs, where that comes from, and the records that say it.

    Its own costs count, else estimates by an analogue that any agency gave.
    """
    record = portfolio.elements.get(plan) or portfolio.missions.get(plan)
    if record is not None and record.costs:
        return record.costs, "stated", (f"{record.kind}:{record.id}",)
    given = [one for one in portfolio.estimates.values() if one.plan == plan and one.costs]
    costs = tuple(cost for one in given for cost in one.costs)
    return costs, "estimate" if costs else "none", tuple(f"estimate:{one.id}" for one in given)


def _to_replace(before: Portfolio, lost: tuple[Orphan, ...], leavers: Collection[str]) -> Iterator[CostEffect]:
    """Yield what would have to be borne if what is lost were taken over: not by those who leave it."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for orphan in lost:
        if not orphan.new:
            continue
        kind, _, key = orphan.plan.partition(":")
        owner = before.tables[kind][key].owner
        for record in orphan.lost:
            bearers[record].add(owner)
        if not orphan.lost:
            yield CostEffect(
                record=orphan.plan,
                name=before.capabilities.terms[orphan.capability].label,
                sort="to-replace",
                bore=orphan.provider,
                falls_to=(owner,),
                costs=(),
                origin="none",
                evidence=(orphan.plan,),
            )
    for key, owners in bearers.items():
        lost_one = before.provider_record(key.partition(":")[2])
        if lost_one is not None:
            yield _of_record(
                before, lost_one, "to-replace", tuple(sorted(owners - {lost_one.owner}.intersection(leavers)))
            )


def _of_record(
    portfolio: Portfolio, record: Provided, sort: Literal["to-replace", "stranded"], falls_to: tuple[str, ...]
) -> CostEffect:
    """Return what an element, a mission or an offer costs, and who bears it."""
    key = f"{record.kind}:{record.id}"
    costs, origin, evidence = (
        figures(portfolio, record.id) if isinstance(record, Element | Mission) else ((), "none", ())
    )
    return CostEffect(key, record.name, sort, record.owner, falls_to, costs, origin, evidence or (key,))


def _withdrawn(before: Portfolio, after: Portfolio) -> Iterator[CostEffect]:
    """Yield money that stands behind plans no more, or behind fewer of them."""
    for key, old in before.commitments.items():
        new = after.commitments.get(key)
        left = [plan for plan in old.to if new is None or plan not in new.to]
        if not left:
            continue
        owners = {plan.owner for name in left if (plan := _standing(after, name)) is not None}
        record = f"commitment:{key}"
        yield CostEffect(
            record=record,
            name=old.name,
            sort="withdrawn",
            bore=old.owner,
            falls_to=tuple(sorted(owners - {old.owner})),
            costs=old.funding,
            origin="stated" if old.funding else "none",
            evidence=(record,),
        )


def _standing(portfolio: Portfolio, key: str) -> Element | Mission | None:
    """Return a plan that is not given up."""
    plan = portfolio.elements.get(key) or portfolio.missions.get(key)
    return None if plan is None or plan.status in GONE else plan


def _cut(before: Portfolio, step: Step) -> Iterator[CostEffect]:
    """Yield the cuts of a step; one that finds no stated money says so by its origin."""
    agency = str(step.agency)
    for cost in step.cuts:
        yield CostEffect(
            record=f"agency:{agency}",
            name=f"Budget of {before.agency_name(agency)}",
            sort="cut",
            bore=agency,
            falls_to=(),
            costs=(cost,),
            origin="stated" if reaches(before, agency, cost) else "none",
            evidence=(f"agency:{agency}",),
        )
