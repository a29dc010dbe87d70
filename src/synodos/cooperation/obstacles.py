"""What stands in the way of an opportunity: interfaces, rules, offers to others, plans that do not move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from synodos.cooperation.candidates import Candidate
from synodos.cooperation.market import Market
from synodos.cooperation.reasons import joint
from synodos.cooperation.setting import required
from synodos.cooperation.wording import listed, named
from synodos.language import Element, Interest, Mission, Policy, Portfolio, Record

Users = Mapping[str, list[Record]]
"""For an element, a mission or an offer (by id) the records whose requirements it meets."""


def users(portfolio: Portfolio) -> Users:
    """Return for each record that meets requirements whose they are."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record, requirement in required(portfolio):
        for target in requirement.met_by:
            found[target].append(record)
    return found


def obstacles(market: Market, candidate: Candidate, rules: Iterable[Policy], used: Users) -> tuple[str, ...]:
    """Return what stands in the way of a candidate, the rules between its agencies first."""
    found = [f"{'rule' if rule.bears == 'restricts' else 'condition'}: {rule.name}" for rule in rules]
    if candidate.best is not None:
        found += _of_pair(market, candidate.best, used)
    return tuple(found)


def _of_pair(market: Market, best: tuple[int, int], used: Users) -> Iterator[str]:
    """Yield what stands between a need and a supply."""
    need, given = market.demand.records[best[0]], market.supply.records[best[1]]
    yield from _of_interface(market, best)
    if market.supply.elsewhere[market.supply.offer[best[1]], market.demand.agency[best[0]]]:
        yield f"{named(given)} is offered to others, not to {market.setting.portfolio.agency_name(need.owner)}"
    if isinstance(given, Interest):
        yield f"{market.setting.portfolio.agency_name(given.owner)} states expertise, and no system that provides it"
    for record in (need, given):
        if isinstance(record, Element | Mission) and record.status == "deferred":
            yield f"{record.name} is deferred"
    others = [record for record in used.get(given.id, ()) if (record.kind, record.id) != (need.kind, need.id)]
    if others and not market.supply.shared[best[1]]:
        yield f"{named(given)} already serves {listed(map(named, others))}; whether capacity is left is not stated"


def _of_interface(market: Market, best: tuple[int, int]) -> Iterator[str]:
    """Yield what keeps two systems from being joined."""
    given, standard = market.supply.records[best[1]], market.demand.requirements[best[0]].interface
    if standard is None:
        if market.supply.interface[best[1]]:
            yield f"interface not stated for {named(market.demand.records[best[0]])}"
        return
    found = joint(market, best)
    if found is None:
        label = market.setting.portfolio.vocabularies["interface-standards"].label(standard)
        yield f"interface not stated: {named(given)} would have to follow {label}"
    elif not found.startswith("both follow"):
        yield found
