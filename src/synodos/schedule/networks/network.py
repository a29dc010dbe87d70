"""The network of a portfolio: declared activities, joined, and coarse ones for the plans that declare none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from synodos.language import Portfolio
from synodos.schedule.networks.drafting import Draft, Wire
from synodos.schedule.networks.expecting import as_expected
from synodos.schedule.networks.explicit import Books, add_activities
from synodos.schedule.networks.hours import Hours
from synodos.schedule.networks.joining import join
from synodos.schedule.networks.loops import without_loops
from synodos.schedule.networks.reach import Stock, reach
from synodos.schedule.types import MINUTES_PER_DAY, Edge, Network, Node, Rules

_YEAR = 366 * MINUTES_PER_DAY
_MOST_YEARS = 400
_OVERRUN = 3


def network(portfolio: Portfolio, scope: Iterable[str] | None = None) -> Network:
    """Return the activities that lead to what is planned, with their links and calendars.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    scope : iterable of str, optional
        Ids of missions, elements, agencies, schedules or activities; they and all that they wait for. None: all that
        is still to come, and every activity.

    Returns
    -------
    Network
        Declared activities; milestones that are the same event are one node. An element or mission that declares
        none has one coarse activity, `develop:ELEMENT` by the element's owner, or `provide:RECORD:CAPABILITY` by the
        agency that owes a capability, leading into `launch:MISSION`. What flies or exists takes no time.

    Raises
    ------
    ValueError
        If the portfolio knows nothing by an id of the scope.
    PortfolioError
        If activities wait for each other (code `schedule.cycle`).

    Notes
    -----
    A coarse activity lasts from the day of knowledge to the date that is stated for it: its own, that of the
    requirement that it meets, or the planned date of the mission. Where none is stated it lasts 87 months, the
    mean from start to launch of NASA's projects launched since 2010, and says so in `assumed`.
    """
    stock = Stock(portfolio)
    found = reach(stock, scope)
    draft = Draft()
    hours = Hours(portfolio, draft)
    books = Books(portfolio, hours)
    add_activities(draft, found.activities, portfolio, hours, books)
    stands_for = join(draft, found.activities)
    if found.plans:
        from synodos.schedule.networks.coarse import Coarse  # most schedules stand for themselves

        Coarse(draft, stock, found.plans, stands_for).add()
    wires = without_loops(draft, portfolio)
    nodes = tuple(draft.nodes.values())
    if not nodes:
        draft.note(
            "Nothing is left to be done or to be seen: what is asked about flies or exists already, will not come, or "
            "is not released to who asks"
        )
    place = {node.id: position for position, node in enumerate(nodes)}
    planned = Network(
        known_on=portfolio.known_on,
        nodes=nodes,
        edges=tuple(_edge(wire, place) for wire in wires),
        calendars=hours.laid_out(_span(nodes, wires, books.rules, hours)),
        schedules=tuple(books.rules),
        agencies={agency: portfolio.agency_name(agency) for agency in sorted({node.agency for node in nodes})},
        notes=draft.notes,
    )
    return as_expected(planned)


def _edge(wire: Wire, place: dict[str, int]) -> Edge:
    """Return the link of a wire, by the places of its nodes."""
    return Edge(place[wire.predecessor], place[wire.successor], wire.type, wire.lag, wire.calendar, wire.essential)


def _span(nodes: Sequence[Node], wires: Iterable[Wire], rules: Iterable[Rules], hours: Hours) -> tuple[int, int]:
    """Return the first and last minute that dates can reach.

    The longest chain of work, thrice as long as planned, and twenty years.
    """
    known = [one for rule in rules for one in (rule.starts, rule.status, rule.finish_by) if one is not None]
    for node in nodes:
        own = (node.actual_start, node.actual_finish, node.deadline, node.expected_finish)
        dates = (*own, *(tie.at for tie in node.ties))
        known += [one for one in dates if one is not None]
        known += [node.periods[-1].closes] if node.periods else []
    longest = round(_longest(nodes, wires, hours))
    ahead = min(_OVERRUN * longest + 20 * _YEAR, _MOST_YEARS * _YEAR)
    return min(known) - min(longest + _YEAR, _MOST_YEARS // 4 * _YEAR), max(known) + ahead


def _longest(nodes: Sequence[Node], wires: Iterable[Wire], hours: Hours) -> float:
    """Return about how many minutes pass on the longest chain of work and lags."""
    after: dict[str, list[Wire]] = defaultdict(list)
    waits: dict[str, int] = dict.fromkeys((node.id for node in nodes), 0)
    for wire in wires:
        after[wire.predecessor].append(wire)
        waits[wire.successor] += 1
    work = {node.id: hours.elapsed(max(node.duration, node.remaining), node.calendar) for node in nodes}
    before = dict.fromkeys(waits, 0.0)
    free = [key for key, count in waits.items() if not count]
    while free:
        key = free.pop()
        for wire in after.get(key, ()):
            before[wire.successor] = max(
                before[wire.successor], before[key] + work[key] + hours.elapsed(abs(wire.lag), wire.calendar)
            )
            waits[wire.successor] -= 1
            if not waits[wire.successor]:
                free.append(wire.successor)
    return max((before[key] + work[key] for key in work), default=0.0)
