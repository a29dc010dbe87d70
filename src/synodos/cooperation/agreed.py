"""Cooperations that are agreed already, and so are recognised and not proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from synodos.cooperation.demand import is_open, seeks
from synodos.cooperation.grouping import Common
from synodos.cooperation.links import Links
from synodos.cooperation.market import Market
from synodos.cooperation.opportunities import Agreed
from synodos.cooperation.pairing import Groups, Pairs, topics
from synodos.cooperation.setting import Setting, required
from synodos.language import WITHHELD, Offer, Portfolio, Record

Found = tuple[tuple[str, ...], str, str, tuple[Record, ...]]
"""Agencies, topic, reason and records of one cooperation."""


def agreed(
    market: Market, pairs: Pairs, proposed: Groups, common: Iterable[Common], links: Links
) -> tuple[Agreed, ...]:
    """Return the cooperations that were left out, one for each set of agencies and topic, in their order."""
    portfolio = market.setting.portfolio
    found: dict[tuple[tuple[str, ...], str], tuple[str, dict[str, None]]] = {}
    every = [*_met(market.setting), *_taken(portfolio), *_linked(market, pairs, proposed, links)]
    every += [
        (agencies, topic, "they are linked through these records", records)
        for one in common
        for agencies, topic, records in one.agreed
    ]
    for agencies, topic, reason, records in every:
        if WITHHELD not in agencies:
            _, evidence = found.setdefault((tuple(sorted(agencies)), topic), (reason, {}))
            evidence.update(dict.fromkeys(f"{record.kind}:{record.id}" for record in records))
    return tuple(
        Agreed(agencies, topic, reason, tuple(evidence))
        for (agencies, topic), (reason, evidence) in sorted(found.items(), key=lambda item: item[0])
    )


def _met(setting: Setting) -> Iterator[Found]:
    """Yield the requirements that another agency meets."""
    for record, requirement in required(setting.portfolio):
        if not seeks(record) or is_open(requirement, setting.gone):
            continue
        for target in filter(None, map(setting.portfolio.provider_record, requirement.met_by)):
            if target.owner != record.owner:
                yield (record.owner, target.owner), requirement.capability, "a requirement is met", (record, target)
        if requirement.provider and requirement.provider != record.owner and not requirement.met_by:
            yield (record.owner, requirement.provider), requirement.capability, "a requirement is met", (record,)


def _taken(portfolio: Portfolio) -> Iterator[Found]:
    """Yield the offers and the standing needs that are agreed."""
    for need in portfolio.needs.values():
        if need.standing == "agreed" and need.candidates:
            for requirement in need.seeks:
                yield (need.owner, *need.candidates), requirement.capability, "the need is agreed", (need,)
    for offer in portfolio.offers.values():
        if offer.standing == "agreed":
            for agency in offer.taken_by:
                for capability in offer.provides:
                    yield (offer.owner, agency), capability, "the offer is taken up", (offer,)


def _linked(market: Market, pairs: Pairs, proposed: Groups, links: Links) -> Iterator[Found]:
    """Yield the pairs of a need and a supply between agencies that already cooperate on one of the records.

    Those that are proposed on other records are left to the proposal.
    """
    places = len(market.setting.places.names)
    need, supply = pairs.need[pairs.agreed], pairs.supply[pairs.agreed]
    key = topics(market, need, supply)
    order = np.argsort(key, kind="stable")
    first = order[np.diff(key[order], prepend=-1) > 0]
    known = set((proposed.key // places).tolist())
    for topic, row, column in zip(key[first].tolist(), need[first].tolist(), supply[first].tolist(), strict=True):
        if topic in known:
            continue
        ours, theirs = market.demand.records[row], market.supply.records[column]
        yield (
            (ours.owner, theirs.owner),
            market.demand.requirements[row].capability,
            _reason(links, ours, theirs),
            (ours, theirs),
        )


def _reason(links: Links, ours: Record, theirs: Record) -> str:
    """Return what links two agencies through their records."""
    if isinstance(theirs, Offer):
        return "the offer is taken up"
    of_need = links.get((ours.kind, ours.id), {}).get(theirs.owner)
    return of_need or links.get((theirs.kind, theirs.id), {}).get(ours.owner, "")
