"""Why is an activity critical, or why is it not: what drives it, and what it holds up, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.language import nearest
from synodos.schedule.paths.drag import drags
from synodos.schedule.questions.chains import OPEN_ENDED, Chain, chain_from, chain_to, driver, drivers, last_place
from synodos.schedule.questions.lengths import minutes_per_day
from synodos.schedule.questions.wording import (
    WAITS,
    called,
    days_text,
    elapsed_text,
    finish_day,
    lag_text,
    last_day,
    listed,
    start_day,
)
from synodos.schedule.targets import target_place
from synodos.schedule.types import MINUTES_PER_DAY, CriticalPath

Part = Literal["waits", "is", "holds up"]
"""Where a step stands: what the activity waits for, the activity itself, what it holds up."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step along the chain through an activity.

    Attributes
    ----------
    part : Part
        Where it stands.
    activity : str
        Id of the activity that it is about.
    agency : str
        Id of who does it.
    starts, finishes : int
        Its early dates, in minutes since 1970.
    total_float_days : float
        Its total float in days of its calendar.
    text : str
        The step in one sentence.
    """

    part: Part
    activity: str
    agency: str
    starts: int
    finishes: int
    total_float_days: float
    text: str


@dataclass(frozen=True)
class Why:
    """Why an activity is critical, or is not.

    Attributes
    ----------
    activity, name, agency : str
        Id and name of the activity, and who does it.
    critical, on_longest_path : bool
        As its schedule defines critical, and whether the finish is driven through it.
    total_float_days, free_float_days : float
        In days of its calendar.
    drag_days : float or None
        Elapsed days by which the finish would come earlier, at most, if it took no time; None: not computed, the
        network is too large.
    verdict : str
        The answer in one sentence.
    steps : tuple of Step
        From what starts the chain to the activity, and on to the finish or to the date that bounds it.
    reasons : tuple of str
        Where its float comes from, and what would make it critical, or would not; in sentences.
    records : tuple of str
        Records that the steps rest on, as `kind:id`.
    """

    activity: str
    name: str
    agency: str
    critical: bool
    on_longest_path: bool
    total_float_days: float
    free_float_days: float
    drag_days: float | None
    verdict: str
    steps: tuple[Step, ...]
    reasons: tuple[str, ...]
    records: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The whole answer, a sentence to a line."""
        return "\n".join((self.verdict, *(step.text for step in self.steps), *self.reasons))


def why(path: CriticalPath, activity_id: str) -> Why:
    """Return why an activity is critical, or is not: what drives it, and what it holds up.

    Parameters
    ----------
    path : CriticalPath
        A computed network.
    activity_id : str
        Id of an activity; of milestones that are the same event any one will do. That of a mission stands for its
        launch, that of an element for the last activity that leads to it.

    Raises
    ------
    ValueError
        If the network has no such activity, and the message names the one that looks most like it, or has none at all.
    """
    place = _found(path, activity_id)
    before, after = chain_to(path, place), chain_from(path, place)
    node = path.network.nodes[place]
    chain = (*before.places, *after.places[1:])
    drag = drags(path, [place])[place]
    return Why(
        activity=node.id,
        name=node.name,
        agency=node.agency,
        critical=bool(path.critical[place]),
        on_longest_path=bool(path.on_longest_path[place]),
        total_float_days=path.total_float_days(place),
        free_float_days=path.free_float_days(place),
        drag_days=None if drag is None else drag / MINUTES_PER_DAY,
        verdict=_verdict(path, place, after.places[-1]),
        steps=(*_steps_to(path, before), *_steps_from(path, after)),
        reasons=tuple(_reasons(path, place, after, drag)),
        records=tuple(dict.fromkeys(record for one in chain for record in path.network.nodes[one].records)),
    )


def _found(path: CriticalPath, activity_id: str) -> int:
    """Return the place of an activity, also by the id of a milestone that is the same event, or of what it leads to."""
    network = path.network
    if activity_id in network.place:
        return network.place[activity_id]
    for place, node in enumerate(network.nodes):
        if f"activity:{activity_id}" in node.records:
            return place
    if any(node.leads_to == activity_id for node in network.nodes):
        return target_place(network, activity_id)
    if not network.nodes:
        message = f"schedule.empty: nothing is left to be done or to be seen, so neither is activity {activity_id[:80]}"
        raise ValueError(message)
    near = nearest(activity_id, network.place)
    hint = f"; did you mean {near}?" if near else f"; it has {len(network.nodes):,} others"
    message = f"schedule.unknown-activity: the network has no activity {activity_id[:80]}{hint}"
    raise ValueError(message)


def _verdict(path: CriticalPath, place: int, bound: int) -> str:
    """Return the answer in one sentence."""
    node, name = path.network.nodes[place], called(path.network, place)
    float_days = path.total_float_days(place)
    if node.actual_finish is not None:
        return f"{name} is done: it finished on {_early_day(path, place)}, and what is done holds nothing up."
    if node.type == OPEN_ENDED:
        return f"{name} is a level of effort: it lasts as long as what it accompanies, and drives nothing."
    if float_days < 0:
        return f"{name} is {days_text(-float_days)} too late: {_bound(path, bound)}."
    if path.on_longest_path[place]:
        return f"{name} is on the longest path: {_push(float_days)} the finish, {_finish_day(path)}."
    if path.critical[place]:
        return f"{name} is critical with a total float of {days_text(float_days)}, yet does not drive the last finish."
    return f"{name} is not critical: it can lose {days_text(float_days)}, until {_late_day(path, place)}."


def _push(float_days: float) -> str:
    """Return what it takes on the longest path to move the finish; a wait further on can take up some of it."""
    return (
        "a day lost on it moves"
        if not float_days
        else f"it drives, but can lose {days_text(float_days)} before it moves,"
    )


def _late_day(path: CriticalPath, place: int) -> str:
    """Return the day of the late finish of a node."""
    return last_day(path.network.nodes[place], int(path.late_start[place]), int(path.late_finish[place]))


def _early_day(path: CriticalPath, place: int) -> str:
    """Return the day of the early finish of a node."""
    return last_day(path.network.nodes[place], int(path.early_start[place]), int(path.early_finish[place]))


def _finish_day(path: CriticalPath) -> str:
    """Return the day of the finish of everything, or of the target."""
    last = last_place(path)
    return finish_day(path.finish) if last is None else _early_day(path, last)


def _steps_to(path: CriticalPath, chain: Chain) -> Iterator[Step]:
    """Yield what starts a chain, and each link to the activity at its end."""
    first, *others = chain.places
    part: Part = "waits" if others else "is"
    yield _step(path, first, part, f"{called(path.network, first)} {_opening(path, first)}")
    for place, link in zip(others, chain.links, strict=True):
        part = "is" if place == chain.places[-1] else "waits"
        yield _step(path, place, part, _link_text(path, link))


def _steps_from(path: CriticalPath, chain: Chain) -> Iterator[Step]:
    """Yield each link from an activity to what its late dates come from."""
    for place, link in zip(chain.places[1:], chain.links, strict=True):
        yield _step(path, place, "holds up", _link_text(path, link))


def _step(path: CriticalPath, place: int, part: Part, clause: str) -> Step:
    """Return a step from its clause."""
    node = path.network.nodes[place]
    starts, finishes = int(path.early_start[place]), int(path.early_finish[place])
    return Step(
        part, node.id, node.agency, starts, finishes, path.total_float_days(place), f"{clause}: {_when(path, place)}."
    )


def _opening(path: CriticalPath, place: int) -> str:
    """Return what starts a chain, as the end of a clause."""
    node, held = path.network.nodes[place], path.held_by[place]
    if node.actual_finish is not None:
        return "is done"
    if node.actual_start is not None:
        return "is under way"
    return f"is {_holding(held)}" if held else "waits for nothing"


def _holding(held: str) -> str:
    """Return what holds early dates, other than a link, as the end of a clause."""
    if held == "as late as possible":
        return "put as late as possible"
    return held if held.startswith("ready") else f"held by the {held}"


def _link_text(path: CriticalPath, link: int) -> str:
    """Return what a successor waits for, with the lag, what drives it equally, and its wait for a launch period."""
    edge = path.network.edges[link]
    place, held = edge.successor, path.held_by[edge.successor]
    clause = (
        f"{called(path.network, place)} {WAITS[edge.type]} {called(path.network, edge.predecessor)}"
        f"{lag_text(path.network, edge)}{_equally(path, link)}"
    )
    return f"{clause}, and is then {_holding(held)}" if held and path.network.nodes[place].periods else clause


def _equally(path: CriticalPath, link: int) -> str:
    """Return what drives the successor of a driving link as much as that does, as a part of a clause."""
    edges = path.network.edges
    driving = drivers(path, edges[link].successor)
    others = [called(path.network, edges[other].predecessor) for other in driving if other != link]
    return f", driven equally by {listed(others, most=3)}" if others and link in driving else ""


def _when(path: CriticalPath, place: int) -> str:
    """Return the early dates and the float of a node."""
    starts, finishes = int(path.early_start[place]), int(path.early_finish[place])
    last = _early_day(path, place)
    dates = f"{start_day(starts)} to {last}" if finishes > starts else last
    float_days = path.total_float_days(place)
    return f"{dates}, {f'total float {days_text(float_days)}' if float_days else 'no float'}"


def _reasons(path: CriticalPath, place: int, after: Chain, drag: int | None) -> Iterator[str]:
    """Yield where the float of a node comes from, and what would change the answer."""
    node = path.network.nodes[place]
    if node.actual_finish is not None or node.type == OPEN_ENDED:
        return
    bound = _bound(path, after.places[-1])
    yield f"{bound[0].upper()}{bound[1:]}."
    if path.on_longest_path[place]:
        yield from _relief(path, place, drag)
    if not path.critical[place]:
        yield from _room(path, place, after)


def _relief(path: CriticalPath, place: int, drag: int | None) -> Iterator[str]:
    """Yield by how much a critical activity can bring the finish forward."""
    if drag:
        yield (
            f"Making it shorter brings the finish forward by {elapsed_text(drag)} at most; "
            "then another path, or a date, holds it."
        )
    elif drag == 0 and path.network.nodes[place].remaining:
        yield "Making it shorter alone brings nothing forward: another path is as long, or a date holds the finish."


def _room(path: CriticalPath, place: int, after: Chain) -> Iterator[str]:
    """Yield how much an activity that is not critical can lose before something moves."""
    network = path.network
    rules = network.schedules[network.nodes[place].schedule]
    free, whole = path.free_float_days(place), path.total_float_days(place)
    yield from _origin(path, after)
    if free >= whole:
        yield "All of this float is its own: none of its successors moves before it is used up."
    elif free > 0:
        yield f"It can lose {days_text(free)} before any successor moves."
    else:
        yield "It shares its float: any day that it loses moves a successor at once, though not the finish."
    if rules.longest_path:
        yield f"It becomes critical when the path through it is the longest: if it loses {days_text(whole)}."
        return
    margin = whole - rules.critical_float / minutes_per_day(network, network.nodes[place].calendar)
    yield (
        f"It becomes critical if it loses {days_text(margin)}: by starting later, by taking longer, or because the "
        "critical path becomes shorter by as much."
    )


def _origin(path: CriticalPath, after: Chain) -> Iterator[str]:
    """Yield where float arises: at the first activity further on that something else holds in any case."""
    network = path.network
    for place, link in zip(after.places[1:], after.links, strict=True):
        if link in path.driving[place]:
            continue
        other, held = driver(path, place), path.held_by[place]
        if held:
            cause = f"is {_holding(held)}"
        elif other is not None:
            cause = f"{WAITS[network.edges[other].type]} {called(network, network.edges[other].predecessor)}"
        else:
            return
        yield (f"Its float comes from {called(network, place)}, which {cause} in any case.")
        return


def _bound(path: CriticalPath, place: int) -> str:
    """Return which date the late dates of the last node of a chain come from, as a clause."""
    network, limit = path.network, path.limited_by[place] or ""
    node, name = network.nodes[place], called(network, place)
    late_start, late = int(path.late_start[place]), _late_day(path, place)
    period = next((period for period in node.periods if period.opens <= late_start < period.closes), None)
    if period is not None and limit.startswith("launch period"):
        first, last = period.dates
        return f"{name} has to leave in the launch period from {first} to {last}"
    tie = next((tie for tie in node.ties if tie.why == limit and tie.at is not None), None)
    if tie is not None:
        return (
            f"{name} has to keep a date, {(start_day if 'start' in tie.type else finish_day)(tie.at or 0)} ({tie.why})"
        )
    if network.schedules[node.schedule].finish_by is not None:
        return limit
    if int(path.early_finish[place]) == path.finish:
        return f"the chain ends with {name}, the last to finish, on {late}"
    return f"nothing waits for {name}, which can finish as late as {late}"
