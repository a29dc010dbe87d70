"""The paths that come next: what drives the finish as soon as it loses a little float."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synodos.schedule.questions.chains import OPEN_ENDED, chain_from, chain_to
from synodos.schedule.questions.lengths import minutes_per_day, worked
from synodos.schedule.types import CriticalPath


@dataclass(frozen=True, slots=True)
class NearPath:
    """A chain of activities that has little float.

    Attributes
    ----------
    activities : tuple of str
        Ids, from what starts the chain to what its late dates come from.
    own : tuple of str
        Those of them that are on no path with less float: where the path runs apart.
    total_float_days : float
        Least total float of `own`, in days of the activity's calendar: what the path can lose before it is critical.
    holders : tuple of (str, float)
        Agencies with the days of work that they hold on it, each in days of the activities' calendars, the most first.
    """

    activities: tuple[str, ...]
    own: tuple[str, ...]
    total_float_days: float
    holders: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class NearCritical:
    """The paths within a margin of the critical one.

    Attributes
    ----------
    margin_days : float
        The margin.
    paths : tuple of NearPath
        The least float first.
    more : int
        Further paths within the margin that are not listed.
    """

    margin_days: float
    paths: tuple[NearPath, ...]
    more: int


def near_critical(path: CriticalPath, margin_days: float, most: int = 20) -> NearCritical:
    """Return the paths that become critical if they lose no more than a margin.

    Every path has at least one activity that is on no path with less float. So there are never more paths than
    activities, and paths that only combine known parts anew are left out. Critical activities themselves, and what is
    done, start no path.

    Parameters
    ----------
    path : CriticalPath
        A computed network.
    margin_days : float
        Most total float, in days of each activity's calendar.
    most : int
        Most paths to list.

    Raises
    ------
    ValueError
        If the margin or `most` is negative.
    """
    if margin_days < 0 or most < 0:
        message = f"schedule.margin: expected 0 or more days and paths, found {margin_days} and {most}"
        raise ValueError(message)
    found = list(_paths(path, margin_days, most))
    return NearCritical(margin_days, tuple(one for one in found[:most] if one), max(0, len(found) - most))


def _paths(path: CriticalPath, margin_days: float, most: int) -> Iterator[NearPath | None]:
    """Yield the paths within a margin, the least float first; None in place of those past `most`."""
    nodes = path.network.nodes
    seen = {place for place in path.order if path.critical[place] or path.on_longest_path[place]}
    near = [
        place
        for place in path.order
        if place not in seen and nodes[place].actual_finish is None and nodes[place].type != OPEN_ENDED
    ]
    near.sort(key=lambda place: (path.total_float_days(place), int(path.early_start[place]), nodes[place].id))
    listed = 0
    for place in near:
        if place in seen:
            continue
        if path.total_float_days(place) > margin_days:
            return
        places = (*chain_to(path, place).places[:-1], *chain_from(path, place).places)
        yield _near(path, places, seen) if listed < most else None
        listed += 1
        seen.update(places)


def _near(path: CriticalPath, places: tuple[int, ...], seen: set[int]) -> NearPath:
    """Return a path, given what is on the paths before it."""
    nodes = path.network.nodes
    own = [place for place in places if place not in seen]
    held: dict[str, float] = {}
    for place in places:
        held[nodes[place].agency] = held.get(nodes[place].agency, 0.0) + _days_of_work(path, place)
    return NearPath(
        tuple(nodes[place].id for place in places),
        tuple(nodes[place].id for place in own),
        min(path.total_float_days(place) for place in own),
        tuple(sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _days_of_work(path: CriticalPath, place: int) -> float:
    """Return the working time of a node between its early dates, in days of its calendar."""
    network = path.network
    calendar = network.nodes[place].calendar
    span = int(path.early_start[place]), int(path.early_finish[place])
    return worked(network, calendar, *span) / minutes_per_day(network, calendar)
