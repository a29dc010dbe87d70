"""What can become of each mission: fly on, fly under another lead, fly with another mission, or be given up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from synodos.language import Mission, Requirement
from synodos.whatif.applying.parts import needed
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.providers import linked
from synodos.whatif.options.types import Move

FateSort = Literal["fly", "merge", "cancel"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one mission.

    Attributes
    ----------
    does : FateSort
        It flies, flies with another, or is given up.
    mission : str
        Its id.
    lead : str
        Agency that leads it then.
    into : str
        Mission with which it flies.
    moves : tuple of Move
        Moves about the mission as a whole.
    open : tuple of Open
        What has to be taken over or left out.
    """

    does: FateSort
    mission: str
    lead: str
    into: str = ""
    moves: tuple[Move, ...] = ()
    open: tuple[Open, ...] = ()


def fates(case: Case, figures: Figures, key: str, given_up: Collection[str], joined: Sequence[str]) -> Iterator[Fate]:
    """Yield what can become of a mission.

    Parameters
    ----------
    case : Case
        The missions concerned.
    figures : Figures
        What is stated of money.
    key : str
        The mission.
    given_up : collection of str
        Missions that are given up already.
    joined : sequence of str
        Missions that are to fly with this one, which then flies itself.
    """
    mission = case.mission(key)
    wanted = (*case.open[key], *_induced(case, key, given_up), *_brought_along(case, key, given_up, joined))
    if key not in case.stopped:
        yield Fate("fly", key, mission.owner, open=wanted)
        for target in _hosts(case, key) if not joined else ():
            yield Fate("merge", key, mission.owner, into=target, moves=(_merged(case, mission, target),))
    if key in case.stopped or _is_deserted(case, key):
        for agency in linked(case, key):
            if agency != mission.owner:
                yield Fate("fly", key, agency, moves=(_led_by(case, figures, mission, agency),), open=wanted)
    if not joined:
        yield Fate("cancel", key, mission.owner, moves=(_given_up(case, mission),))


def serves_both(required: Sequence[Requirement], other: Requirement) -> bool:
    """Return whether what a host requires does for a mission that flies along: one launch, as firmly required."""
    return any(one.capability == other.capability and (one.essential or not other.essential) for one in required)


def goals(mission: Mission) -> frozenset[str]:
    """Return the common goals that a mission serves; where none is stated, the mission itself."""
    return frozenset(mission.objectives) or frozenset((f"mission:{mission.id}",))


def _is_deserted(case: Case, key: str) -> bool:
    """Return whether the lead of a mission itself takes away what the mission cannot do without."""
    return any(one.essential and case.took_away(case.mission(key).owner, one) for one in case.open[key])


def _induced(case: Case, key: str, given_up: Collection[str]) -> Iterator[Open]:
    """Yield what a mission required of missions that are given up."""
    known = {one.key for one in case.open[key]}
    for place, requirement in enumerate(needed(case.mission(key))):
        lost = tuple(f"mission:{target}" for target in requirement.met_by if target in given_up)
        if lost and (f"mission:{key}", place) not in known:
            yield Open(key, f"mission:{key}", place, requirement, requirement.essential, new=True, lost=lost, leaver="")


def _brought_along(case: Case, key: str, given_up: Collection[str], joined: Sequence[str]) -> Iterator[Open]:
    """Yield what missions that fly along still lack, but for what the host requires as well: one launch does."""
    own = [one for one in needed(case.mission(key)) if not set(one.met_by) & set(joined)]
    for guest in joined:
        lacking = (*case.open[guest], *_induced(case, guest, given_up))
        yield from (replace(one, mission=key) for one in lacking if not serves_both(own, one.requirement))


def _hosts(case: Case, key: str) -> Iterator[str]:
    """Yield the next mission of the same lead to the same body with which a mission without crew could fly.

    None where a mission between the two in order waits for it.
    """
    order, mission = list(case.missions), case.mission(key)
    if case.flies(key) or mission.crewed:
        return
    for target in order[order.index(key) + 1 :]:
        host = case.mission(target)
        alike = host.owner == mission.owner and not host.crewed and _share(case, mission, host)
        if alike and target not in case.stopped and not case.flies(target):
            yield target
            return
        if any(key in requirement.met_by for requirement in needed(host)):
            return


def _share(case: Case, one: Mission, other: Mission) -> bool:
    """Return whether two missions go to one body."""
    roots = [{(p, *case.after.destinations.ancestors(p))[-1] for p in m.destinations} for m in (one, other)]
    return bool(roots[0] & roots[1])


def _given_up(case: Case, mission: Mission) -> Move:
    """Return the move that gives a mission up."""
    why = "the change stops it" if mission.id in case.stopped else "the other missions go on without it"
    return Move(
        "cancel", f"mission:{mission.id}", "", mission.owner, reasons=(why,), records=(f"mission:{mission.id}",)
    )


def _merged(case: Case, mission: Mission, target: str) -> Move:
    """Return the move that lets a mission fly with another."""
    host = case.mission(target)
    return Move(
        does="merge",
        plan=f"mission:{mission.id}",
        capability="",
        by=mission.owner,
        record=f"mission:{target}",
        reasons=(f"{mission.name} and {host.name} go to one body and have one lead: one launch serves both",),
        obstacles=(
            f"whether one launcher carries both {mission.name} and {host.name} is not stated",
            "one loss would take both",
        ),
        missing=(f"mass of {mission.name} and of {host.name}",),
        records=(f"mission:{mission.id}", f"mission:{target}"),
    )


def _led_by(case: Case, figures: Figures, mission: Mission, agency: str) -> Move:
    """Return the move by which a partner takes the lead of a mission that its lead gives up, and its cost."""
    who, was = case.after.agency_name(agency), case.after.agency_name(mission.owner)
    cost = figures.of_mission(mission)
    gives = "gives it up" if mission.id in case.stopped else "takes away what it cannot do without"
    return Move(
        does="replace",
        plan=f"mission:{mission.id}",
        capability="",
        by=agency,
        cost=figures.money(cost) if cost is not None else None,
        borne_by=agency,
        item=f"lead of {mission.id}",
        missing=(f"cost of {mission.name} to whoever leads it",) if cost is None else (),
        reasons=(f"{who} has a part in {mission.name} and could lead it",),
        obstacles=(f"{who} would have to take the lead from {was}, which {gives}",),
        records=(f"mission:{mission.id}", f"agency:{agency}"),
    )
