"""What would soften a withdrawal if it were done before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from synodos.whatif.consequences.agreements import CONTINUITY
from synodos.whatif.exposure.types import Preparation, PreparationSort
from synodos.whatif.options.case import Case, Open, stands
from synodos.whatif.options.leads import LeadTimes
from synodos.whatif.options.takeovers import Takeovers
from synodos.whatif.options.types import Move


def preparations(
    case: Case,
    takeovers: Takeovers,
    leads: LeadTimes,
    lost: Iterable[Open],
    parties: tuple[str, str],
    stranded: Iterable[str],
) -> tuple[Preparation, ...]:
    """Return what would soften a withdrawal: other sources of what is lost first, then agreements.

    Parameters
    ----------
    case : Case
        The withdrawal.
    takeovers, leads : Takeovers, LeadTimes
        Who could take over what is lost, and how long that takes.
    lost : iterable of Open
        Essential requirements that it opens.
    parties : (str, str)
        Who leaves, and who is hurt.
    stranded : iterable of str
        Missions of the one that leaves in which the other has a part.
    """
    found: list[Preparation] = []
    missions: dict[str, None] = dict.fromkeys(stranded)
    for one in lost:
        missions[one.mission] = None
        lead = case.mission(one.mission).owner
        able = [move for move in takeovers.of(one, lead) if move.feasible]
        best = {_sort(move, lead): move for move in reversed(able)}
        found += [_source(case, leads, one, move, sort) for sort, move in reversed(best.items())]
    found += [step for key in missions for step in _agreements(case, key, *parties)]
    return tuple(dict.fromkeys(found))


def _sort(move: Move, lead: str) -> PreparationSort:
    """Return what sort of preparation a take-over is."""
    if move.record.startswith("offer:"):
        return "take-up-offer"
    return "own-development" if move.by == lead and not move.record else "second-source"


def _source(case: Case, leads: LeadTimes, one: Open, move: Move, sort: PreparationSort) -> Preparation:
    """Return the preparation of another source."""
    needed = leads.keep_by(one)
    label, who = case.after.capabilities.label(one.capability), case.after.agency_name(move.by)
    name = case.mission(one.mission).name
    in_time = None if needed is None or move.ready is None else move.ready <= needed
    verb = {"take-up-offer": "take up the offer of", "own-development": "own development by"}.get(sort, "prepare")
    record = case.after.provider_record(move.record.partition(":")[2])
    with_what = f" ({record.name})" if record is not None else ""
    when = f"there by {move.ready}" + (
        "" if in_time is None else ", in time" if in_time else ", after the date of the plan"
    )
    text = f"{label} for {name}: {verb} {who}{with_what}; begun now, it is {when}"
    return Preparation(sort, f"mission:{one.mission}", one.capability, move.by, move.ready, in_time, text, move.records)


def _agreements(case: Case, key: str, leaver: str, hurt: str) -> Iterator[Preparation]:
    """Yield what agreements with the agency that could leave lack."""
    mission = case.before.missions[key]
    covering = (
        one for one in case.before.agreements.values() if key in one.covers and {leaver, hurt} <= {*one.parties}
    )
    standing = [one for one in covering if stands(case.before, one)]
    who, plan = case.before.agency_name(leaver), f"mission:{key}"
    binding = [one for one in standing if one.binding]
    if not binding:
        has = "only one that is not known to bind" if standing else "none"
        text = f"conclude an agreement with {who} on {mission.name} that binds; {has} is in force"
        records = (plan, *(f"agreement:{one.id}" for one in standing))
        yield Preparation("conclude-agreement", plan, "", leaver, None, None, text, records)
    elif not any(CONTINUITY in one.clauses for one in binding):
        recorded = any(one.clauses for one in binding)
        state = "none of the recorded texts has it" if recorded else "whether there is one is not recorded"
        text = f"a clause with {who} on what is handed over if it leaves {mission.name}; {state}"
        records = (plan, *(f"agreement:{one.id}" for one in binding))
        yield Preparation("add-clause", plan, "", leaver, None, None, text, records)
