"""Dates, lengths of time, links and agencies in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from synodos.language import LinkType
from synodos.schedule.types import MINUTES_PER_DAY, Edge, Network, Node, moment_of

WAITS: Final[dict[LinkType, str]] = {
    "finish-start": "starts after the finish of",
    "start-start": "starts after the start of",
    "finish-finish": "finishes after the finish of",
    "start-finish": "finishes after the start of",
}
"""What each type of link makes a successor wait for."""


def hindsight_text(sources_to: dt.date) -> str:
    """Return what is told of a source in place of its own words, where it came after the day of knowledge."""
    return f"judgement with hindsight: rests on sources up to {sources_to}, after the day of knowledge"


def start_day(minutes: int) -> str:
    """Return the day of a start."""
    return str(moment_of(minutes).date())


def finish_day(minutes: int) -> str:
    """Return the day of a finish; midnight ends the day before."""
    return str(moment_of(minutes - 1).date())


def last_day(node: Node, start: int, finish: int) -> str:
    """Return the day on which an activity finishes; what takes no time, but for a finish, lies on the day it begins."""
    begins = node.type in {"launch", "start-milestone"} or (node.type != "finish-milestone" and start == finish)
    return start_day(finish) if begins else finish_day(finish)


def entry_day(minutes: int, edge: Edge) -> str:
    """Return the day of the end of the successor that a link holds."""
    return start_day(minutes) if edge.type.endswith("start") else finish_day(minutes)


def days_text(days: float) -> str:
    """Return a number of days in words, with a decimal only where it has one."""
    rounded = round(days, 1)
    number = f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"
    return f"{number} day" if number in {"1", "-1"} else f"{number} days"


def elapsed_text(minutes: int) -> str:
    """Return a length of time, counted by the calendar on the wall, in words."""
    return days_text(minutes / MINUTES_PER_DAY)


def agency_name(network: Network, agency: str) -> str:
    """Return the short name of an agency, or its id where the network knows none."""
    return (network.agencies or {}).get(agency, agency)


def called(network: Network, place: int) -> str:
    """Return the name of an activity in quotes, with who does it."""
    node = network.nodes[place]
    return f'"{node.name}" ({agency_name(network, node.agency)})'


def lag_text(network: Network, edge: Edge) -> str:
    """Return the lag or lead of a link as the end of a sentence, or nothing."""
    if not edge.lag:
        return ""
    per_day = MINUTES_PER_DAY if edge.calendar < 0 else network.calendars[edge.calendar].minutes_per_day
    kind = "lag" if edge.lag > 0 else "lead"
    return f", with a {kind} of {days_text(abs(edge.lag) / per_day)}"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Return names as a list in a sentence, counting those past `most`."""
    found = list(dict.fromkeys(names))
    if len(found) > most:
        found[most - 1 :] = [f"{len(found) - most + 1} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
