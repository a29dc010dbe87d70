"""What several agencies have in common: duplications, joint interests and gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from typing import Final

import numpy as np

from synodos.cooperation.candidates import Candidate
from synodos.cooperation.links import Links
from synodos.cooperation.market import Market
from synodos.cooperation.members import UNSTATED, Member, Members, Said, Topic, aims, cares, provided
from synodos.cooperation.merit import score
from synodos.cooperation.opportunities import Kind
from synodos.cooperation.pairing import Pairs
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.cooperation.weights import PARTS
from synodos.cooperation.windows import FIRST, LAST, Window
from synodos.language import Record

NAN: Final = float("nan")
Sides = Mapping[str, Sequence[Member]]
"""By agency its records that speak of one topic."""
Best = Mapping[str, Said]
"""By agency the best that they say."""


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
    return _common(market, "duplication", provided(market, links))


def joint_interests(market: Market, links: Links) -> Iterator[Common]:
    """Yield what agencies aim at, or care for, at one place in the same years, without a link between them."""
    yield _common(market, "joint-interest", aims(market, links))
    yield _common(market, "joint-interest", cares(market, links))


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
            found[topics[row]].append(_seeker(market, row, topics[row].place))
    return [_gap(market, topic, members) for topic, members in found.items()]


def _seeker(market: Market, row: int, place: int) -> Member:
    """Return what a row of the demand says, as a member at a place."""
    demand, places = market.demand, market.setting.places
    record = demand.records[row]
    window = Window(int(demand.start[row]), int(demand.end[row]), bool(demand.dated[row]))
    said = Said.of(window, float(demand.support[row]), interest=float(demand.seeking[row]))
    stated = places.lists[demand.places[row]]
    there = tuple(term for term in stated if place in (UNPLACED, places.place_of[places.terms[term]]))
    return Member(record, record.owner, window, said, (), there)


def _gap(market: Market, topic: Topic, members: list[Member]) -> Candidate:
    """Return the gap that what its members seek leaves."""
    sides = _sides(members)
    best = _best(sides)
    cared = _cared(market, topic, best)
    agencies = tuple(sorted(cared, key=lambda agency: (-cared[agency], agency)))
    found = _values(market, topic, sides, best)
    found["capability"] = found["readiness"] = 0.0  # nobody has it
    found["time"] = _overlap(members)
    if len(agencies) == 1:
        found["interest-of-provider"] = 0.0  # nobody else is in sight
        found["time"] = 1.0 if best[agencies[0]].dated else NAN
        found["destination"] = market.setting.weights.value("destination", "same" if topic.place else "anywhere")
    return _candidate(market, "gap", agencies, topic, sides, best, found)


def _common(market: Market, kind: Kind, members: Members) -> Common:
    """Return what members have in common, topic by topic, and what of it is agreed."""
    result = Common([], [])
    for topic, found in members.items():
        if len({member.agency for member in found}) > 1:
            for cluster in _clusters(found):
                _add(market, kind, topic, cluster, result)
    return result


def _clusters(members: Sequence[Member]) -> Iterator[list[Member]]:
    """Yield members of two agencies or more whose windows share a day.

    Of stretches with the same agencies the first counts. Those without a date join the largest cluster.
    """
    clusters: list[list[Member]] = []
    running: list[tuple[int, int, Member]] = []  # those at work on one day, the first to end on top
    for order, member in enumerate(sorted((m for m in members if m.window.stated), key=lambda m: m.window.start)):
        if running and running[0][0] < member.window.start:
            _keep(clusters, running)
            while running and running[0][0] < member.window.start:
                heappop(running)
        heappush(running, (member.window.end, order, member))
    _keep(clusters, running)
    clusters.sort(key=lambda cluster: -len({member.agency for member in cluster}))
    undated = [member for member in members if not member.window.stated]
    clusters[:1] = [[*(clusters[0] if clusters else ()), *undated]]
    yield from (cluster for cluster in clusters if len({member.agency for member in cluster}) > 1)


def _keep(clusters: list[list[Member]], running: list[tuple[int, int, Member]]) -> None:
    """Add those at work to the clusters, unless their agencies stand together in one already."""
    agencies = {member.agency for _, _, member in running}
    if not any(agencies <= {member.agency for member in cluster} for cluster in clusters):
        clusters.append([member for _, _, member in sorted(running, key=lambda entry: entry[1])])


def _add(market: Market, kind: Kind, topic: Topic, cluster: list[Member], result: Common) -> None:
    """Add what a cluster stands for to the result: an opportunity of those not all linked, or what is agreed."""
    sides = _sides(cluster)
    linked = {
        frozenset((member.agency, other))
        for member in cluster
        for other in member.linked
        if other in sides and other != member.agency
    }
    links = Counter(chain.from_iterable(linked))
    agencies = tuple(sorted(agency for agency in sides if links[agency] < len(sides) - 1))
    if not agencies:
        result.agreed.append((tuple(sorted(sides)), topic.term, _records(sides)))
        return
    sides = {agency: sides[agency] for agency in agencies}
    best = _best(sides)
    partly = any(pair <= sides.keys() for pair in linked)
    found = _values(market, topic, sides, best)
    result.candidates.append(_candidate(market, kind, agencies, topic, sides, best, found, linked=partly))


def _sides(members: Iterable[Member]) -> Sides:
    """Return members by agency."""
    sides: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        sides[member.agency].append(member)
    return sides


def _best(sides: Sides) -> Best:
    """Return the best that each agency's records say."""
    return {
        agency: Said(*map(max, zip(*(member.said for member in members), strict=True)))
        for agency, members in sides.items()
    }


def _records(sides: Sides) -> tuple[Record, ...]:
    """Return the records of members, once each."""
    records = (member.record for member in chain.from_iterable(sides.values()))
    return tuple({id(record): record for record in records}.values())


def _cared(market: Market, topic: Topic, best: Best) -> dict[str, float]:
    """Return how much each agency cares: what its records say, or its interests in the capability there."""
    cared = {agency: said.interest for agency, said in best.items()}
    if not topic.objective:
        node, slot = market.setting.tree.number[topic.term], market.setting.places.slot_of_place[topic.place]
        stated, codes = market.interests.value[:, node, slot].tolist(), market.setting.agencies
        return {agency: max(value, stated[codes[agency]]) for agency, value in cared.items()}  # max passes over nan
    return cared


def _values(market: Market, topic: Topic, sides: Sides, best: Best) -> dict[str, float]:
    """Return the value of each part for agencies that have a topic in common; nan where it is not stated."""
    weights = market.setting.weights
    interest = sorted(_cared(market, topic, best).values())
    openness = sorted(said.openness for said in best.values())
    dated = sum(said.dated for said in best.values())
    found = {
        "capability": weights.value("capability", "broad" if _is_broad(market, topic) else "exact"),
        "destination": _destination(market.setting, topic.place, sides),
        "time": 1.0 if dated > 1 else UNSTATED,  # they were put together because their windows share a day
        "interface": UNSTATED,
        "interest-of-seeker": interest[-1],
        "interest-of-provider": interest[0],
        "readiness": openness[-2] if len(best) > 1 else UNSTATED,  # it takes two
        "cost-avoided": _avoided(market, best),
        "support": min(said.support for said in best.values()),
    }
    return {part: NAN if value == UNSTATED else value for part, value in found.items()}


def _is_broad(market: Market, topic: Topic) -> bool:
    """Return whether a topic is a goal with objectives under it."""
    vocabulary = market.setting.portfolio.vocabularies["exploration-objectives"]
    return topic.objective and bool(vocabulary.children(topic.term))


def _destination(setting: Setting, place: int, sides: Sides) -> float:
    """Return how well the destinations at a place fit: for two agencies the same, or one within the other."""
    otherwise = "anywhere" if place == UNPLACED else "same-body"
    return setting.weights.value("destination", "same" if _is_together(setting, sides) else otherwise)


def _is_together(setting: Setting, sides: Sides) -> bool:
    """Return whether two agencies state the same destination, or one within the other's."""
    stands: dict[str, str] = {}
    for agency, members in sides.items():
        for term in chain.from_iterable(member.destinations for member in members):
            if stands.setdefault(term, agency) != agency:
                return True
    above = setting.portfolio.destinations.ancestors
    return any(stands.get(wide, agency) != agency for term, agency in stands.items() for wide in above(term))


def _overlap(members: Iterable[Member]) -> float:
    """Return 1 if windows of two agencies share a day, 0 if not; nan where fewer than two are dated."""
    dated = sorted((member for member in members if member.window.stated), key=lambda one: one.window.start)
    ends: dict[str, int] = {}
    for member in dated:
        if any(end >= member.window.start for agency, end in ends.items() if agency != member.agency):
            return 1.0
        ends[member.agency] = max(ends.get(member.agency, FIRST), member.window.end)
    return 0.0 if len(ends) > 1 else NAN


def _avoided(market: Market, best: Best) -> float:
    """Return the value of what the agencies save by building the dearest of their systems together."""
    known = [said.cost for said in best.values() if said.cost != UNSTATED]
    if len(known) < 2 or not market.costs.comparable:  # noqa: PLR2004 - a partnership has two sides
        return UNSTATED
    return float(market.costs.merit(np.array(market.costs.saved(known))))


def _candidate(  # noqa: PLR0913 - all that a candidate is made of
    market: Market,
    kind: Kind,
    agencies: tuple[str, ...],
    topic: Topic,
    sides: Sides,
    best: Best,
    found: Mapping[str, float],
    *,
    linked: bool = False,
) -> Candidate:
    """Return the opportunity that agencies with these values have."""
    first, last = _years(best)
    values = [found[part] for part in PARTS]
    return Candidate(
        kind=kind,
        agencies=agencies,
        topic=topic.term,
        objective=topic.objective,
        places=(topic.place,),
        first=first,
        last=last,
        score=score(market.setting.weights, values),
        values=values,
        records=_records(sides),
        linked=linked,
    )


def _years(best: Best) -> tuple[int, int]:
    """Return the days from which to which two agencies, or the only one, are at it; in reverse where none is dated."""
    starts = sorted(-said.early for said in best.values() if said.dated)
    ends = sorted(said.last for said in best.values() if said.dated)
    if not starts:
        return LAST, FIRST
    first, last = starts[:2][-1], ends[-2:][0]
    return min(first, last), max(first, last)
