"""Who holds the longest path: agencies, agreements and waits, and every handover on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.language import LinkType
from synodos.schedule.questions.chains import OPEN_ENDED, Chain, asked_at, entered_at, left_at, longest_chains
from synodos.schedule.questions.lengths import worked
from synodos.schedule.questions.wording import WAITS, called, entry_day, lag_text
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, CriticalPath

Cause = Literal["work", "lag", "launch period", "date", "calendar"]
"""What takes up a stretch of a path: work of an agency, or a wait that no agency holds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the longest path that one agency or one wait takes up.

    Attributes
    ----------
    cause : Cause
        Work, or what is waited for: a lag, a launch period, a date, or the next working time of a calendar.
    holder : str
        Id of the agency that works; of a wait, what is waited for, in words.
    agreement : str or None
        Agreement under which the work is done.
    activity : str
        Id of the activity that is worked on, or that waits.
    name : str
        Its name.
    starts, ends : int
        Minutes since 1970.
    """

    cause: Cause
    holder: str
    agreement: str | None
    activity: str
    name: str
    starts: int
    ends: int

    @property
    def days(self) -> float:
        """Length in elapsed days."""
        return (self.ends - self.starts) / MINUTES_PER_DAY


Weighted = tuple[float, Stretch]
"""A stretch, and the part that its chain has among those that are equally long."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the longest path that one holder takes up.

    Attributes
    ----------
    cause : Cause
        `work` for an agency or an agreement.
    holder : str
        Id of the agency or agreement, or what is waited for, in words; an empty agreement means none.
    days : float
        Elapsed days on the path.
    fraction : float
        Part of the whole path, 0 to 1.
    activities : tuple of str
        Ids of the activities behind it, in the order of the path.
    """

    cause: Cause
    holder: str
    days: float
    fraction: float
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """A link of the longest path that leads from one agency to another.

    Attributes
    ----------
    giver, receiver : str
        Ids of the two agencies.
    from_activity, to_activity : str
        Ids of the two activities.
    at : int
        Minutes since 1970 at which the receiver's activity takes over.
    link : LinkType
        Which end of the one holds which end of the other.
    agreements : tuple of str
        Agreements under which the two activities are done; empty: none is stated.
    text : str
        The handover in one sentence.
    """

    giver: str
    receiver: str
    from_activity: str
    to_activity: str
    at: int
    link: LinkType
    agreements: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near an agency's work is to holding the finish.

    Attributes
    ----------
    agency : str
        Id of the agency.
    activity : str
        Id of its unfinished activity with the least total float.
    total_float_days : float
        That float, in days of the activity's calendar.
    days_on_path : float
        Elapsed days of the longest path that the agency holds.
    """

    agency: str
    activity: str
    total_float_days: float
    days_on_path: float


@dataclass(frozen=True)
class Holding:
    """Who holds the longest path, from today's work to the finish.

    Where several chains of activities are equally long, the shares count each of them equally, and the handovers are
    those of all; `chain` and `stretches` are those of one.

    Attributes
    ----------
    chain : tuple of str
        Ids of the activities on one longest chain, in order.
    starts, finish : int
        Minutes since 1970: status date or start of the network, and the finish.
    stretches : tuple of Stretch
        What takes up the time, in order, without gap or overlap; where two activities overlap, the later one holds it.
    shares : tuple of Share
        Every agency and every wait on the path, the largest first; the fractions add up to 1.
    agreements : tuple of Share
        The agencies' work on the path by the agreement that it is done under, the largest first.
    handovers : tuple of Handover
        Links from one agency to another, in order.
    nearest : tuple of Nearest
        Every agency with unfinished work, the least float first.
    equally_long : tuple of str
        Ids of activities that drive the finish as well, on other chains of the same length.
    records : tuple of str
        Records that the activities of the chain rest on, as `kind:id`.
    """

    chain: tuple[str, ...]
    starts: int
    finish: int
    stretches: tuple[Stretch, ...]
    shares: tuple[Share, ...]
    agreements: tuple[Share, ...]
    handovers: tuple[Handover, ...]
    nearest: tuple[Nearest, ...]
    equally_long: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def days(self) -> float:
        """Length of the path in elapsed days."""
        return (self.finish - self.starts) / MINUTES_PER_DAY

    @cached_property
    def by_agency(self) -> dict[str, float]:
        """Part of the path that each agency holds, 0 to 1."""
        return {share.holder: share.fraction for share in self.shares if share.cause == "work"}


def who_holds(path: CriticalPath) -> Holding:
    """Return which agency, agreement or wait holds each part of the longest path.

    The path runs from the status date, or where none is stated from the start of the network, to the finish. What is
    done already holds none of it. Time counts in elapsed days, so a weekend within an activity belongs to whoever works
    on it. A stretch between two activities belongs to nobody: it is a lag, a wait for a launch period or for a stated
    date, or the time until the next activity's calendar opens.

    Where several links drive an activity at once, the chain through each counts equally, up to 64 chains.

    Parameters
    ----------
    path : CriticalPath
        A computed network.
    """
    chains = [(part, one, tuple(_stretches(path, one))) for part, one in longest_chains(path)]
    _, chain, stretches = chains[0] if chains else (1.0, Chain((), ()), ())
    nodes = path.network.nodes
    taken_up = [(part, stretch) for part, _, own in chains for stretch in own]
    shares = _shares(taken_up, [(stretch.cause, stretch.holder) for _, stretch in taken_up], taken_up)
    work = [(part, stretch) for part, stretch in taken_up if stretch.cause == "work"]
    on_path = {share.holder: share.days for share in shares if share.cause == "work"}
    others = {place for place, on_it in enumerate(path.on_longest_path) if on_it} - set(chain.places)
    links = {link for _, one, _ in chains for link in one.links}
    return Holding(
        chain=tuple(nodes[place].id for place in chain.places),
        starts=stretches[0].starts if stretches else path.finish,
        finish=path.finish,
        stretches=stretches,
        shares=shares,
        agreements=_shares(work, [("work", stretch.agreement or "") for _, stretch in work], taken_up),
        handovers=tuple(sorted(_handovers(path, links), key=lambda one: (one.at, one.from_activity, one.to_activity))),
        nearest=_nearest(path, on_path),
        equally_long=tuple(nodes[place].id for place in path.order if place in others),
        records=tuple(dict.fromkeys(record for place in chain.places for record in nodes[place].records)),
    )


def _stretches(path: CriticalPath, chain: Chain) -> Iterator[Stretch]:
    """Yield what takes up the time of a chain, in order."""
    found: list[Stretch] = []
    begins = _begins(path, chain.places[0])
    until = int(path.early_finish[chain.places[-1]])
    for place, link in zip(reversed(chain.places), (*reversed(chain.links), None), strict=True):
        edge = None if link is None else path.network.edges[link]
        entered = max(entered_at(path, edge) if edge else int(path.early_start[place]), begins)
        left = max(left_at(path, edge) if edge else begins, begins)
        found.append(_work(path, place, entered, until))
        until = min(until, entered)
        lag_ends = min(max(asked_at(path, edge), left), until) if edge and path.network.nodes[place].periods else left
        waits = ((lag_ends, until), (left, lag_ends))
        found += [_wait(path, place, link, starts, ends) for starts, ends in waits if ends > starts]
        until = min(until, left)
    return (stretch for stretch in reversed(found) if stretch.ends > stretch.starts)


def _begins(path: CriticalPath, place: int) -> int:
    """Return the moment from which the path that starts with a node counts."""
    rules = path.network.schedules[path.network.nodes[place].schedule]
    return rules.status if rules.status is not None else min(rules.starts, int(path.early_start[place]))


def _work(path: CriticalPath, place: int, starts: int, ends: int) -> Stretch:
    """Return the stretch in which a node is worked on."""
    node = path.network.nodes[place]
    return Stretch("work", node.agency, node.agreement, node.id, node.name, starts, ends)


def _wait(path: CriticalPath, place: int, link: int | None, starts: int, ends: int) -> Stretch:
    """Return the stretch in which a node waits for something else than work."""
    node = path.network.nodes[place]
    cause, what = _reason(path, place, link, starts, ends)
    return Stretch(cause, what, None, node.id, node.name, starts, ends)


def _reason(path: CriticalPath, place: int, link: int | None, starts: int, ends: int) -> tuple[Cause, str]:
    """Return what a node waits for between two moments."""
    node = path.network.nodes[place]
    held = path.held_by[place]
    if held and any(starts <= period.opens <= ends < period.closes for period in node.periods):
        return "launch period", held
    if link is not None and path.network.edges[link].lag > 0:
        return "lag", "lag"
    if held and worked(path.network, node.calendar, starts, ends) > 0:
        return "date", held
    calendar = "" if node.calendar == ELAPSED else path.network.calendars[node.calendar].name
    return "calendar", f"calendar {calendar}".rstrip()


def _shares(
    taken_up: Sequence[Weighted], holders: Sequence[tuple[Cause, str]], whole: Sequence[Weighted]
) -> tuple[Share, ...]:
    """Return the days of each holder of stretches, and their part of the whole."""
    held: dict[tuple[Cause, str], list[Weighted]] = defaultdict(list)
    for one, holder in zip(taken_up, holders, strict=True):
        held[holder].append(one)
    length = _days(whole)
    found = [
        Share(cause, holder, _days(own), _days(own) / length, tuple(dict.fromkeys(one.activity for _, one in own)))
        for (cause, holder), own in held.items()
    ]
    return tuple(sorted(found, key=lambda share: (-share.days, share.cause, share.holder)))


def _days(taken_up: Iterable[Weighted]) -> float:
    """Return the elapsed days of stretches, each as far as its chain counts."""
    return sum(part * one.days for part, one in taken_up)


def _handovers(path: CriticalPath, links: Iterable[int]) -> Iterator[Handover]:
    """Yield those of some links that lead from one agency to another."""
    nodes = path.network.nodes
    for link in links:
        edge = path.network.edges[link]
        giver, receiver = nodes[edge.predecessor], nodes[edge.successor]
        if giver.agency == receiver.agency:
            continue
        agreements = tuple(dict.fromkeys(node.agreement for node in (giver, receiver) if node.agreement))
        at = entered_at(path, edge)
        yield Handover(
            giver.agency,
            receiver.agency,
            giver.id,
            receiver.id,
            at,
            edge.type,
            agreements,
            f"{called(path.network, edge.successor)} {WAITS[edge.type]} {called(path.network, edge.predecessor)}"
            f"{lag_text(path.network, edge)}: {entry_day(at, edge)}.",
        )


def _nearest(path: CriticalPath, on_path: Mapping[str, float]) -> tuple[Nearest, ...]:
    """Return for each agency its unfinished activity with the least total float."""
    found: dict[str, Nearest] = {}
    for place, node in enumerate(path.network.nodes):
        if node.actual_finish is None and node.type != OPEN_ENDED:
            one = Nearest(node.agency, node.id, path.total_float_days(place), on_path.get(node.agency, 0.0))
            found[node.agency] = min(one, found.get(node.agency, one), key=_rank)
    return tuple(sorted(found.values(), key=_rank))


def _rank(near: Nearest) -> tuple[float, float, str, str]:
    """Return the place of an agency among the others: the least float first, then the most of the path."""
    return (near.total_float_days, -near.days_on_path, near.agency, near.activity)
