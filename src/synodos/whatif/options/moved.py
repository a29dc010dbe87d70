"""The portfolio as it would stand with an option's moves made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from synodos.language import (
    Activity,
    Commitment,
    Constraint,
    DateRange,
    Element,
    Link,
    Mission,
    Participation,
    Portfolio,
    Record,
    Requirement,
    Transfer,
)
from synodos.whatif.applying.parts import Plan, needed
from synodos.whatif.applying.supposing import Difference, changed, new_record, with_difference
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.combinations import Partial
from synodos.whatif.options.fates import serves_both
from synodos.whatif.options.providers import LAUNCHES
from synodos.whatif.options.timing import later
from synodos.whatif.options.types import TAKES_OVER, Move


def with_moves(case: Case, chosen: Partial) -> Portfolio:
    """Return the portfolio after the change with the moves of a combination made.

    What is taken over becomes an element of whoever takes it over, ready on the day of the move, that meets the
    requirement, with a commitment to it as firm as an agreement; what crosses between two agencies for it becomes a
    transfer. What is left out is no longer required; missions given up are cancelled; of two that fly together the
    host requires and serves what both did.
    """
    plans = {**_flying(case, chosen), **_given_up(case, chosen)}
    added: list[Record] = []
    changes: dict[str, dict[int, Requirement | None]] = defaultdict(dict)
    for one, move in chosen.settled:
        if move.does == "wait":
            continue
        record = _brought(case, one, move) if move.does in TAKES_OVER else None
        changes[one.holder][one.place] = _met(one, record) if record is not None else None
        if record is not None:
            added += [record, *_beside(case, one, move, record, chosen)]
    for holder, updates in changes.items():
        plan = _holder(case, plans, holder)
        plans[holder] = _with_requirements(plan, updates)
    for guest, host in chosen.merged.items():
        plans |= _joined(plans, f"mission:{guest}", f"mission:{host}")
        plans = {key: _met_by_host(plan, guest, host) for key, plan in plans.items()}
    for move in chosen.moves:
        if move.does == "wait" and not move.capability:
            plans[move.plan] = changed(plans[move.plan], {"planned": DateRange(f"{move.ready}")})
    written = [_with_partners(plan, added) for plan in plans.values()]
    return with_difference(case.after, Difference((*written, *added)), "the moves of an option are made")


def _flying(case: Case, chosen: Partial) -> dict[str, Plan]:
    """Return the missions that fly, each under its lead."""
    kept = [key for key in case.missions if key not in chosen.given_up]
    return {f"mission:{key}": changed(case.mission(key), {"owner": chosen.leads[key]}) for key in kept}


def _given_up(case: Case, chosen: Partial) -> dict[str, Plan]:
    """Return the missions that are given up."""
    return {f"mission:{key}": changed(case.mission(key), {"status": "cancelled"}) for key in sorted(chosen.given_up)}


def _brought(case: Case, one: Open, move: Move) -> Element:
    """Return the element by which a requirement is met."""
    mission = case.mission(one.mission)
    label = case.after.capabilities.label(one.capability)
    ready = move.ready or case.after.known_on
    return new_record(
        case.after,
        Element,
        f"what-if-{one.capability}-{one.holder.partition(':')[2]}-{one.place}"[:100].rstrip("-"),
        move.by,
        name=f"{label} by {case.after.agency_name(move.by)} for {mission.name}",
        status="planned",
        destinations=mission.destinations,
        provides=(one.capability,),
        available=f"{ready}..",
    )


def _met(one: Open, element: Element) -> Requirement:
    """Return a requirement that is met by what stayed and by an element."""
    lost = {key.partition(":")[2] for key in one.lost}
    kept = tuple(key for key in one.requirement.met_by if key not in lost) if one.lost else ()
    return one.requirement.model_copy(update={"met_by": (*kept, element.id), "provider": None})


def _beside(case: Case, one: Open, move: Move, element: Element, chosen: Partial) -> Iterator[Record]:
    """Yield what comes with an element of another agency: its commitment, and what crosses between both."""
    lead = chosen.leads[one.mission]
    yield from _work(case, move, element, lead)
    if move.by == lead:
        return
    name = f"{element.name}: commitment as by an agreement"
    yield new_record(
        case.after,
        Commitment,
        f"{element.id}-commitment",
        move.by,
        name=name,
        to=(element.id,),
        level="agreed",
        with_agencies=(lead,),
    )
    launch = case.after.capabilities.covers(LAUNCHES, one.capability)
    giver, receiver = (lead, move.by) if launch else (move.by, lead)
    day = chosen.dates.get(one.mission)
    yield new_record(
        case.after,
        Transfer,
        f"{element.id}-transfer",
        giver,
        name=f"{'Spacecraft handed over for launch' if launch else 'Handover'}: {element.name}",
        from_agency=giver,
        to_agency=receiver,
        what="hardware",
        plans=(element.id, one.mission),
        **({"when": f"..{day}"} if day is not None and day > dt.date.min else {}),
    )


def _work(case: Case, move: Move, element: Element, lead: str) -> Iterator[Record]:
    """Yield the activities by which an element comes about: an agreement or decision, then the work on it."""
    deciding = "Decision on" if move.by == lead else "Agreement on"
    agreeing = new_record(
        case.after,
        Activity,
        f"{element.id}-agreed",
        lead,
        name=f"{deciding} {element.name}",
        leads_to=element.id,
        duration_days=float(move.agreed_in),
    )
    days = (element.available.earliest - case.after.known_on).days if element.available else 0
    held = (
        Constraint(type="finish-no-earlier", on=f"{later(element.available.earliest, -1)}")
        if element.available
        else None
    )
    work = new_record(
        case.after,
        Activity,
        f"{element.id}-work",
        move.by,
        name=f"Work on {element.name}",
        leads_to=element.id,
        duration_days=float(move.built_in),
        after=(Link(activity=agreeing.id),),
        **({"constraints": (held,)} if held is not None and days > move.agreed_in + move.built_in else {}),
    )
    yield from (agreeing, work)


def _holder(case: Case, plans: Mapping[str, Plan], holder: str) -> Plan:
    """Return the plan whose requirement it is, as it stands so far."""
    if holder in plans:
        return plans[holder]
    return case.after.elements[holder.partition(":")[2]]


def _with_requirements(plan: Plan, updates: Mapping[int, Requirement | None]) -> Plan:
    """Return a plan with some requirements in place of others; those that are None are left out."""
    now = (updates.get(place, old) for place, old in enumerate(needed(plan)))
    field = "requirements" if isinstance(plan, Mission) else "needs"
    return changed(plan, {field: tuple(one for one in now if one is not None)})


def _joined(plans: Mapping[str, Plan], guest: str, host: str) -> dict[str, Plan]:
    """Return two missions that fly together: the host with all that both require and serve, and the guest."""
    mine, theirs = plans[host], plans[guest]
    if not (isinstance(mine, Mission) and isinstance(theirs, Mission)):
        return {}
    required = [one for one in mine.requirements if theirs.id not in one.met_by]
    required += [one for one in theirs.requirements if not serves_both(required, one)]
    merged = changed(
        mine,
        {
            "planned": _later_of(mine, theirs),
            "requirements": tuple(required),
            "provides": tuple(dict.fromkeys((*mine.provides, *theirs.provides))),
            "destinations": tuple(dict.fromkeys((*mine.destinations, *theirs.destinations))),
            "objectives": tuple(dict.fromkeys((*mine.objectives, *theirs.objectives))),
        },
    )
    return {host: merged, guest: changed(theirs, {"status": "cancelled"})}


def _met_by_host(plan: Plan, guest: str, host: str) -> Plan:
    """Return a plan in which the host meets what a mission met that now flies with it."""
    updates = {
        place: one.model_copy(update={"met_by": tuple(host if key == guest else key for key in one.met_by)})
        for place, one in enumerate(needed(plan))
        if guest in one.met_by
    }
    return _with_requirements(plan, updates) if updates and plan.id != host else plan


def _later_of(one: Mission, other: Mission) -> DateRange | None:
    """Return the planned date of the mission that is planned later."""
    if one.planned is None or other.planned is None:
        return one.planned or other.planned
    return max(one.planned, other.planned, key=lambda planned: planned.earliest)


def _with_partners(plan: Plan, added: Sequence[Record]) -> Plan:
    """Return a plan with those who newly bring something to it as partners."""
    ids = {target for one in needed(plan) for target in one.met_by}
    known = {part.agency for part in plan.partners} | {plan.owner}
    fresh = dict.fromkeys(one.owner for one in added if one.id in ids and one.owner not in known)
    kept = tuple(part for part in plan.partners if part.agency != plan.owner)
    return changed(plan, {"partners": (*kept, *(Participation(agency=agency) for agency in fresh))})
