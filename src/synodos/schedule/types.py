"""The values that the room works on: a network of activities, and what its critical path says.

Times are whole minutes since the first minute of 1970, on the clock of the schedules. A duration is minutes of
working time on the activity's calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from synodos.language import ComputedDates, ConstraintKind, LinkType, Spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from synodos.schedule.paths.flat import Flat

EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - schedules state times without a zone
MINUTES_PER_DAY: Final = 1440
ELAPSED: Final = -1
"""Calendar index that means every hour of every day."""
NodeType = Literal["task", "start-milestone", "finish-milestone", "level-of-effort", "launch"]


def minutes_of(moment: dt.datetime) -> int:
    """Return a moment as minutes since the first minute of 1970."""
    return int((moment - EPOCH).total_seconds() // 60)


def moment_of(minutes: int) -> dt.datetime:
    """Return minutes since the first minute of 1970 as a moment."""
    return EPOCH + dt.timedelta(minutes=int(minutes))


@dataclass(frozen=True)
class WorkingTime:
    """A calendar, laid out: the stretches of time in which work is done.

    Attributes
    ----------
    id : str
        Id of the calendar record, or `elapsed` for every hour of every day.
    name : str
        Its name.
    opens, closes : ndarray of int64, shape (stretches,)
        First minute of each working stretch, and the minute after its last, in order and without overlap; they cover
        the whole span that the network can reach.
    worked : ndarray of int64, shape (stretches,)
        Minutes of work before each stretch.
    minutes_per_day : int
        Working minutes that one day of a duration counts.
    """

    id: str
    name: str
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    worked: NDArray[np.int64]
    minutes_per_day: int


@dataclass(frozen=True)
class Tie:
    """A date that an activity is tied to, in minutes; `as-late-as-possible` has none."""

    type: ConstraintKind
    at: int | None
    why: str
    """What ties it, in words, such as `constraint of esa-drill` or `launch period 2018-04-08..2018-06-16`."""


@dataclass(frozen=True)
class Period:
    """A stretch of time in which a mission can leave, in minutes; it can leave from `opens` until before `closes`."""

    opens: int
    closes: int
    computed: bool
    """Whether it was computed, and not stated by the mission."""
    c3_km2_s2: float | None = None
    """Least characteristic energy in it, where computed."""

    @property
    def dates(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return moment_of(self.opens).date(), moment_of(self.closes - 1).date()


@dataclass(frozen=True)
class Node:
    """One event or piece of work of a network; milestones that are the same event are one node.

    Attributes
    ----------
    id : str
        Id of the activity; a coarse one has `develop:ELEMENT` or `launch:MISSION`.
    name : str
        What is done.
    agency : str
        Who does it, so who holds this part of a path.
    records : tuple of str
        Records it rests on, as `kind:id`.
    type : NodeType
        Task, milestone, level of effort, or launch.
    duration : int
        Planned working minutes.
    remaining : int
        Working minutes left at the status date; the duration where nothing is reported.
    calendar : int
        Index in the network's calendars, or `ELAPSED`.
    schedule : int
        Index in the network's schedules.
    agreement : str or None
        Agreement under which it is done.
    leads_to : str or None
        Mission or element that it makes ready.
    ties : tuple of Tie
        Constraints.
    deadline : int or None
        Date that it should not pass.
    actual_start, actual_finish : int or None
        Reported progress.
    expected_finish : int or None
        When it is expected to end, which says what is left of it.
    periods : tuple of Period
        Launch periods, in order; empty: any time.
    intended : int or None
        Which of the periods the plan means to use.
    spread : Spread or None
        Stated uncertainty of the remaining duration.
    coarse : bool
        Whether it stands for an element or mission that declares no activities.
    assumed : tuple of str
        What of it is a default and not stated, in words.
    fixed_cost, cost_per_day : tuple of (float, str, int or None) or None
        Amount, currency and price year.
    cost_spread : Spread or None
        Factor on its cost.
    source_dates : ComputedDates or None
        What the program that it was imported from had computed.
    """

    id: str
    name: str
    agency: str
    records: tuple[str, ...]
    type: NodeType = "task"
    duration: int = 0
    remaining: int = 0
    calendar: int = ELAPSED
    schedule: int = 0
    agreement: str | None = None
    leads_to: str | None = None
    ties: tuple[Tie, ...] = ()
    deadline: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    periods: tuple[Period, ...] = ()
    intended: int | None = None
    spread: Spread | None = None
    coarse: bool = False
    assumed: tuple[str, ...] = ()
    fixed_cost: tuple[float, str, int | None] | None = None
    cost_per_day: tuple[float, str, int | None] | None = None
    cost_spread: Spread | None = None
    source_dates: ComputedDates | None = None
    expected_finish: int | None = None


@dataclass(frozen=True)
class Edge:
    """A link between two nodes, by their places in the network."""

    predecessor: int
    successor: int
    type: LinkType = "finish-start"
    lag: int = 0
    """Minutes on `calendar`; negative for a lead."""
    calendar: int = ELAPSED
    essential: bool = True
    """Whether the successor cannot do without the predecessor; a mission can fly without an enhancement."""


@dataclass(frozen=True)
class Rules:
    """What the activities of one schedule share."""

    id: str
    name: str
    starts: int
    status: int | None = None
    """Remaining work starts no earlier."""
    override: bool = False
    """Whether work out of sequence stops waiting for its predecessors (progress override)."""
    finish_by: int | None = None
    critical_float: int = 0
    """Total float in minutes up to which an activity is critical."""
    longest_path: bool = False
    """Whether critical means on the longest path."""


@dataclass(frozen=True)
class Network:
    """Activities, the links between them, and the calendars they are worked on.

    Attributes
    ----------
    known_on : datetime.date
        Day of knowledge.
    nodes : tuple of Node
        In no particular order; edges name them by place.
    edges : tuple of Edge
        Links; they hold no loop.
    calendars : tuple of WorkingTime
        Calendars by index.
    schedules : tuple of Rules
        Schedules by index; at least one.
    agencies : mapping
        Short name of each agency that holds a node.
    notes : tuple of str
        What the reader has to know, such as links that lead to withheld activities.
    """

    known_on: dt.date
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    calendars: tuple[WorkingTime, ...] = ()
    schedules: tuple[Rules, ...] = ()
    agencies: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Place of each node by its id."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    @cached_property
    def flat(self) -> Flat:
        """The network as tables and columns of plain Python, which whoever changes them copies first.

        Raises
        ------
        ValueError
            If activities wait for each other.
        """
        from synodos.schedule.paths.flat import flattened  # which knows what a network is

        return flattened(self)

    @cached_property
    def into(self) -> tuple[tuple[int, ...], ...]:
        """For each node the places in `edges` of the links to it."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for place, edge in enumerate(self.edges):
            found[edge.successor].append(place)
        return tuple(tuple(edges) for edges in found)

    @cached_property
    def out_of(self) -> tuple[tuple[int, ...], ...]:
        """For each node the places in `edges` of the links from it."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for place, edge in enumerate(self.edges):
            found[edge.predecessor].append(place)
        return tuple(tuple(edges) for edges in found)


@dataclass(frozen=True)
class CriticalPath:
    """When everything can and must happen, and what holds the finish.

    Every column has one entry for each node of the network, in its order.

    Attributes
    ----------
    network : Network
        What was computed.
    target : int or None
        Node whose finish counts; None: the last finish of each schedule.
    order : tuple of int
        Nodes in an order in which every predecessor comes first.
    early_start, early_finish, late_start, late_finish : tuple of int
        Minutes since 1970.
    total_float, free_float : tuple of int
        Working minutes on the node's calendar; negative where a tie or launch period cannot be met.
    critical : tuple of bool
        As the node's schedule defines it.
    on_longest_path : tuple of bool
        Whether the finish of the target (or of the last node) is driven through it.
    driving : tuple of tuple of int
        For each node the places in `network.edges` of the links that set its early dates.
    held_by : tuple of (str or None)
        For each node what else than a link sets its early dates (start of the schedule, a tie, status date, actual
        date, a launch period), in words.
    finish : int
        Early finish of the target, or of everything.
    limited_by : tuple of (str or None)
        For each node what sets its late dates in the end, in words (a tie, a launch period, a last finish): the cause
        of its float, and of negative float; None once it has ended.
    notes : tuple of str
        What the reader has to know, such as launches after the last launch period listed.
    """

    network: Network
    target: int | None
    order: tuple[int, ...]
    early_start: tuple[int, ...]
    early_finish: tuple[int, ...]
    late_start: tuple[int, ...]
    late_finish: tuple[int, ...]
    total_float: tuple[int, ...]
    free_float: tuple[int, ...]
    critical: tuple[bool, ...]
    on_longest_path: tuple[bool, ...]
    driving: tuple[tuple[int, ...], ...]
    held_by: tuple[str | None, ...]
    finish: int
    limited_by: tuple[str | None, ...] = ()
    notes: tuple[str, ...] = ()

    def total_float_days(self, place: int) -> float:
        """Return the total float of a node in days of its calendar."""
        return self._days(place, self.total_float[place])

    def free_float_days(self, place: int) -> float:
        """Return the free float of a node in days of its calendar."""
        return self._days(place, self.free_float[place])

    def _days(self, place: int, minutes: int) -> float:
        """Return working minutes of a node as days of its calendar."""
        calendar = self.network.nodes[place].calendar
        per_day = MINUTES_PER_DAY if calendar == ELAPSED else self.network.calendars[calendar].minutes_per_day
        return minutes / per_day
