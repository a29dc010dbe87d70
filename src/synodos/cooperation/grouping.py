"""What several agencies have in common: duplications, joint interests and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from synodos.cooperation.candidates import Candidate, Kind
from synodos.cooperation.links import Links
from synodos.cooperation.members import NAN, Member, Members, Topic, aims, cares, provided
from synodos.cooperation.pairing import Market, Pairs, scores
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.cooperation.weights import PARTS
from synodos.cooperation.windows import FIRST, LAST, Window
from synodos.language import Element, Mission, Record


@dataclass(frozen=True, slots=True)
class Common:
    """What agencies have in common.

    Attributes
    ----------
    candidates : list of Candidate
        What to propose.
    agreed : list of (agencies, topic, records)
        What the agencies already do together.
    """

    candidates: list[Candidate]
    agreed: list[tuple[tuple[str, ...], str, tuple[Record, ...]]]


def duplications(market: Market, links: Links) -> Common:
    """Return what two agencies or more provide at one place in the same years, without a link between them."""
    return _common(market, "duplication", provided(market), links)


def joint_interests(market: Market, links: Links) -> Iterator[Common]:
    """Yield what agencies aim at, or care for, at one place in the same years, without a link between them."""
    yield _common(market, "joint-interest", aims(market), links)
    yield _common(market, "joint-interest", cares(market), links)


def gaps(market: Market, pairs: Pairs) -> list[Candidate]:
    """Return what agencies seek and nobody has, one for each capability and place.

    An agency that finds a provider for another need of the same capability and place is left out.
    """
    demand = market.demand
    where = market.fits.place[demand.places, demand.places].tolist()
    topics = [Topic(wanted.capability, place) for wanted, place in zip(demand.requirements, where, strict=True)]
    served = {(demand.records[row].owner, topics[row]) for row in np.flatnonzero(pairs.hit).tolist()}
    found: dict[Topic, list[Member]] = defaultdict(list)
    for row in np.flatnonzero(~pairs.hit).tolist():
        if (demand.records[row].owner, topics[row]) not in served:
            found[topics[row]].append(_seeker(market, row))
    return [_gap(market, topic, members) for topic, members in found.items()]


def _seeker(market: Market, row: int) -> Member:
    """Return what a row of the demand says."""
    demand = market.demand
    window = Window(int(demand.start[row]), int(demand.end[row]), bool(demand.dated[row]))
    return Member(demand.records[row], window, float(demand.support[row]), interest=float(demand.seeking[row]))


def _gap(market: Market, topic: Topic, members: list[Member]) -> Candidate:
    """Return the gap that what its members seek leaves."""
    cared = _cared(market, topic, members)
    agencies = tuple(sorted(cared, key=lambda agency: (-cared[agency], agency)))
    found = _values(market, topic, members, cared)
    found["capability"] = found["readiness"] = 0.0  # nobody has it
    if len(agencies) == 1:
        found["interest-of-provider"] = 0.0  # nobody else is in sight
        found["time"] = 1.0 if any(member.window.stated for member in members) else NAN
        found["destination"] = market.setting.weights.value("destination", "same" if topic.place else "anywhere")
    return _candidate(market, "gap", agencies, topic, members, found)


def _common(market: Market, kind: Kind, members: Members, links: Links) -> Common:
    """Return what members have in common, topic by topic, and what of it is agreed."""
    result = Common([], [])
    for topic, found in members.items():
        if len({member.agency for member in found}) > 1:
            for cluster in _clusters(found):
                _add(market, kind, topic, cluster, links, result)
    return result


def _clusters(members: Sequence[Member]) -> Iterator[list[Member]]:
    """Yield members whose windows hang together and that belong to two agencies or more.

    Those without a date join the largest cluster.
    """
    clusters: list[list[Member]] = []
    end = FIRST - 1
    for member in sorted((one for one in members if one.window.stated), key=lambda one: one.window.start):
        if member.window.start > end:
            clusters.append([])
        clusters[-1].append(member)
        end = max(end, member.window.end)
    clusters.sort(key=lambda cluster: -len({member.agency for member in cluster}))
    undated = [member for member in members if not member.window.stated]
    clusters[:1] = [[*(clusters[0] if clusters else ()), *undated]]
    yield from (cluster for cluster in clusters if len({member.agency for member in cluster}) > 1)


def _add(
    market: Market, kind: Kind, topic: Topic, cluster: list[Member], links: Links, result: Common
) -> None:
    """Add what a cluster stands for to the result: an opportunity of those not all linked, or what is agreed."""
    linked: dict[str, set[str]] = defaultdict(set)
    for member in cluster:
        linked[member.agency].update(links.get((member.record.kind, member.record.id), ()))
    pairs = combinations(sorted(linked), 2)
    loose = [(one, other) for one, other in pairs if one not in linked[other] and other not in linked[one]]
    if not loose:
        result.agreed.append((tuple(sorted(linked)), topic.term, _records(cluster)))
        return
    agencies = tuple(sorted({agency for pair in loose for agency in pair}))
    members = [member for member in cluster if member.agency in agencies]
    found = _values(market, topic, members, _cared(market, topic, members))
    candidate = _candidate(market, kind, agencies, topic, members, found)
    partly = len(loose) < len(agencies) * (len(agencies) - 1) // 2
    result.candidates.append(replace(candidate, linked=partly))


def _records(members: Iterable[Member]) -> tuple[Record, ...]:
    """Return the records of members, once each."""
    return tuple({(member.record.kind, member.record.id): member.record for member in members}.values())


def _cared(market: Market, topic: Topic, members: Iterable[Member]) -> dict[str, float]:
    """Return how much each agency cares: what its records say, or its interests in the capability there."""
    cared = _best(members, lambda member: member.interest)
    if not topic.objective:
        node, slot = market.setting.tree.number[topic.term], market.setting.places.slot_of_place[topic.place]
        for agency, stated in cared.items():
            cared[agency] = _higher(stated, float(market.interests.value[market.setting.agencies[agency], node, slot]))
    return cared


def _values(
    market: Market, topic: Topic, members: Sequence[Member], cared: Mapping[str, float]
) -> dict[str, float]:
    """Return the value of each part for members that have a topic in common."""
    weights = market.setting.weights
    interest = sorted(value for value in cared.values() if value == value)  # noqa: PLR0124 - nan is not itself
    return {
        "capability": weights.value("capability", "broad" if _is_broad(market, topic) else "exact"),
        "destination": _destination(market.setting, topic.place, members),
        "time": _overlap(members),
        "interface": NAN,
        "interest-of-seeker": interest[-1] if interest else NAN,
        "interest-of-provider": interest[0] if len(interest) == len(cared) else NAN,
        "readiness": _second(_best(members, lambda member: member.openness)),
        "cost-avoided": _avoided(market, topic, members),
        "support": min(_best(members, lambda member: member.support).values()),
    }


def _is_broad(market: Market, topic: Topic) -> bool:
    """Return whether a topic is a goal with objectives under it."""
    vocabulary = market.setting.portfolio.vocabularies["exploration-objectives"]
    return topic.objective and bool(vocabulary.children(topic.term))


def _best(members: Iterable[Member], value: Callable[[Member], float]) -> dict[str, float]:
    """Return the highest value that each agency's members have; nan where it is not stated."""
    best: dict[str, float] = {}
    for member in members:
        best[member.agency] = _higher(best.get(member.agency, NAN), value(member))
    return best


def _higher(one: float, other: float) -> float:
    """Return the higher of two values, of which either may be nan."""
    return other if one != one or other > one else one  # noqa: PLR0124 - nan is not itself


def _second(best: Mapping[str, float]) -> float:
    """Return the second highest value, since it takes two; nan where fewer are stated."""
    stated = sorted(value for value in best.values() if not np.isnan(value))
    return stated[-2] if len(stated) > 1 else NAN


def _destination(setting: Setting, place: int, members: Iterable[Member]) -> float:
    """Return how well the destinations at a place fit: for two agencies the same, or one within the other."""
    stands: dict[str, set[str]] = defaultdict(set)
    for member in members:
        for term in getattr(member.record, "destinations", ()):
            if place == UNPLACED or setting.places.place_of[setting.places.terms.get(term, 0)] == place:
                stands[term].add(member.agency)
    above = setting.portfolio.destinations.ancestors
    together = any(len(set().union(*(stands.get(wide, ()) for wide in above(term)))) > 1 for term in stands)
    otherwise = "anywhere" if place == UNPLACED else "same-body"
    return setting.weights.value("destination", "same" if together else otherwise)


def _overlap(members: Iterable[Member]) -> float:
    """Return 1 if windows of two agencies share a day, 0 if not; nan where fewer than two are dated."""
    ends: dict[str, int] = {}
    for member in sorted((one for one in members if one.window.stated), key=lambda one: one.window.start):
        if any(end >= member.window.start for agency, end in ends.items() if agency != member.agency):
            return 1.0
        ends[member.agency] = max(ends.get(member.agency, FIRST), member.window.end)
    return 0.0 if len(ends) > 1 else NAN


def _avoided(market: Market, topic: Topic, members: Iterable[Member]) -> float:
    """Return the value of what the agencies save by building the dearest of their systems together.

    The cost of a mission is that of its objectives; what it costs to provide one capability, an element says.
    """
    kind = Mission if topic.objective else Element
    dearest = _best((member for member in members if isinstance(member.record, kind)), lambda member: member.cost)
    saved = market.costs.saved([cost for cost in dearest.values() if not np.isnan(cost)])
    return float(market.costs.merit(np.array(saved)))


def _candidate(
    market: Market,
    kind: Kind,
    agencies: tuple[str, ...],
    topic: Topic,
    members: Sequence[Member],
    found: Mapping[str, float],
) -> Candidate:
    """Return the opportunity that members with these values make."""
    values = np.array([found[part] for part in PARTS])
    first, last = _years(members)
    return Candidate(
        kind=kind,
        agencies=agencies,
        topic=topic.term,
        objective=topic.objective,
        places=(topic.place,),
        first=first,
        last=last,
        score=float(scores(market, values[:, None])[0]),
        values=values,
        records=_records(members),
    )


def _years(members: Iterable[Member]) -> tuple[int, int]:
    """Return the days from which to which two agencies, or the only one, are at it; in reverse where none is dated."""
    windows: dict[str, tuple[int, int]] = {}
    for member in members:
        if member.window.stated:
            first, last = windows.get(member.agency, (LAST, FIRST))
            windows[member.agency] = min(first, member.window.start), max(last, member.window.end)
    if not windows:
        return LAST, FIRST
    starts, ends = sorted(first for first, _ in windows.values()), sorted(last for _, last in windows.values())
    first, last = starts[:2][-1], ends[-2:][0]
    return min(first, last), max(first, last)
