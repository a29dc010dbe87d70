"""Where one agency seeks what another has: complements and shared assets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.demand import Demand
from synodos.cooperation.market import Market
from synodos.cooperation.matching import Claims, matches
from synodos.cooperation.merit import EXPERTISE, STEPS, Floats, Integers, place, ranks, scores, values
from synodos.cooperation.setting import Setting
from synodos.cooperation.supply import Supply
from synodos.cooperation.windows import FIRST, LAST

Flags = NDArray[np.bool_]
AT_ONCE = 500_000
"""Pairs that are scored together, so that memory stays bounded however many there are."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Needs and supplies that meet, and what becomes of them.

    Attributes
    ----------
    need, supply : array of int64
        Rows of the demand and of the supply: all pairs of two agencies, ordered by need, then by supply.
    agreed : array of bool
        Whether the two already cooperate on one of the records.
    hit : array of bool
        For each row of the demand, whether anybody, its own agency included, has what it seeks.
    own : array of bool
        For each row of the demand, whether its own agency has it.
    """

    need: Integers
    supply: Integers
    agreed: Flags
    hit: Flags
    own: Flags

    @property
    def proposed(self) -> tuple[Integers, Integers]:
        """Rows of demand and supply of the pairs to propose."""
        return self.need[~self.agreed], self.supply[~self.agreed]


@dataclass(frozen=True, slots=True)
class Groups:
    """Pairs of the same two agencies, capability and place, as one row each.

    Attributes
    ----------
    key : array of int64
        What the pairs share.
    need, supply : array of int64
        The pair with the best score.
    score : array of float64
        The best score.
    first, last : array of int64
        First and last day on which one of the pairs could happen; `LAST` and `FIRST` where none is dated.
    rank : array of int64
        What the best pair is: `SHARED`, `SYSTEM` or `EXPERTISE`. The first of these that a group has counts.
    """

    key: Integers
    need: Integers
    supply: Integers
    score: Floats
    first: Integers
    last: Integers
    rank: Integers


def pairs(market: Market) -> Pairs:
    """Return every need with every supply that meets it, at the same body and in nearly the same years."""
    demand, supply = market.demand, market.supply
    near = market.setting.days("tolerance")
    need_row, needs = _claims(market.setting, demand, near)
    supply_row, supplies = _claims(market.setting, supply, 0)
    need, given = matches(market.setting.tree, needs, supplies)
    need, given = _distinct(need_row[need], supply_row[given], len(supply.records))
    hit = np.zeros(len(demand.records), dtype=bool)
    hit[need] = True
    mine = demand.agency[need] == supply.agency[given]
    own = np.zeros_like(hit)
    own[need[mine]] = True
    keep = ~mine & ~(own & demand.inferred)[need]  # who has something is not taken to seek it unless it says so
    need, given = need[keep], given[keep]
    agreed = market.linked_supply[given, demand.agency[need]]
    agreed |= market.linked_demand[need, supply.agency[given]] & (supply.offer[given] == 0)
    return Pairs(need, given, agreed, hit, own)


def _claims(setting: Setting, side: Demand | Supply, near: int) -> tuple[Integers, Claims]:
    """Return the claims of one side, one for each body, widened by `near` days, and the row each comes from."""
    anywhere = setting.places.bodies[0]
    bodies = [
        anywhere if everywhere else setting.places.bodies[code]
        for code, everywhere in zip(side.places.tolist(), side.anywhere.tolist(), strict=True)
    ]
    row = np.repeat(np.arange(len(bodies)), [len(found) for found in bodies])
    body = np.array([body for found in bodies for body in found], dtype=np.int64)
    return row, Claims(side.node[row], body, side.start[row] - near, side.end[row] + near)


def _distinct(need: Integers, supply: Integers, supplies: int) -> tuple[Integers, Integers]:
    """Return pairs once each, though they may meet at several bodies."""
    if not len(need):
        return need, supply
    joined = np.sort(need * supplies + supply, kind="stable")
    first = np.concatenate(([True], joined[1:] != joined[:-1]))
    return np.divmod(joined[first], supplies)


def groups(market: Market, need: Integers, supply: Integers) -> tuple[Groups, Integers]:
    """Return pairs merged by agencies, capability and place, and the key of each pair's group."""
    parts: list[tuple[Groups, Integers]] = []
    begin = 0
    while begin < len(need):
        end = int(np.searchsorted(need, need[min(begin + AT_ONCE, len(need)) - 1], side="right"))  # keep needs whole
        parts.append(_grouped(market, need[begin:end], supply[begin:end]))
        begin = end
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return Groups(none, none, none, np.empty(0), none, none, none), none
    joined = [np.concatenate([getattr(part, name) for part, _ in parts]) for name in Groups.__slots__]
    return _reduced(*joined), np.concatenate([key for _, key in parts])


def topics(market: Market, need: Integers, supply: Integers) -> Integers:
    """Return a number for the two agencies, in either order, and the capability of each pair."""
    ours, theirs = market.demand.agency[need], market.supply.agency[supply]
    both = np.minimum(ours, theirs) * len(market.setting.agencies) + np.maximum(ours, theirs)
    return both * len(market.setting.tree.ids) + market.demand.node[need]


def _grouped(market: Market, need: Integers, supply: Integers) -> tuple[Groups, Integers]:
    """Return a stretch of pairs merged, and their keys."""
    score = scores(market, values(market, need, supply))
    rank = ranks(market, need, supply)
    home = _home(market, need, supply, _merit(rank, score))
    key = topics(market, need, supply) * len(market.setting.places.names) + home
    first, last = _years(market, need, supply)
    return _reduced(key, need, supply, score, first, last, rank), key


def _home(market: Market, need: Integers, supply: Integers, merit: Integers) -> Integers:
    """Return the place of each pair, which is that of the best pair of the same need and provider.

    So a need at several places, and what one agency has for it, make one opportunity.
    """
    order, begin, best = _by_key(need * len(market.setting.agencies) + market.supply.agency[supply], merit)
    home = np.empty_like(need)
    home[order] = np.repeat(place(market, need[best], supply[best]), np.diff(np.append(begin, len(order))))
    return home


def _merit(rank: Integers, score: Floats) -> Integers:
    """Return what orders pairs of a group: first what the supply is to the need, then the score."""
    merit: Integers = (EXPERTISE - rank) * (STEPS + 1) + np.rint(score * STEPS).astype(np.int64)
    return merit


def _by_key(key: Integers, merit: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the order that sorts pairs by key, where in it each key begins, and the best pair of each key.

    Of equally good pairs the first counts, whatever order a machine's sort leaves them in.
    """
    order = np.argsort(key)
    ordered, merits = key[order], merit[order]
    begin = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    most = np.repeat(np.maximum.reduceat(merits, begin), np.diff(np.append(begin, len(order))))
    return order, begin, np.minimum.reduceat(np.where(merits == most, order, len(order)), begin)


def _reduced(
    key: Integers, need: Integers, supply: Integers, score: Floats, first: Integers, last: Integers, rank: Integers
) -> Groups:
    """Return rows of the same key merged: the best pair, the widest years."""
    order, begin, best = _by_key(key, _merit(rank, score))
    return Groups(
        key[best],
        need[best],
        supply[best],
        score[best],
        np.minimum.reduceat(first[order], begin),
        np.maximum.reduceat(last[order], begin),
        rank[best],
    )


def _years(market: Market, need: Integers, supply: Integers) -> tuple[Integers, Integers]:
    """Return the first and last day on which each pair could happen: the days shared, else those of the need."""
    demand, given = market.demand, market.supply
    first = np.maximum(demand.start[need], given.start[supply])
    last = np.minimum(demand.end[need], given.end[supply])
    apart = first > last
    first, last = np.where(apart, demand.start[need], first), np.where(apart, demand.end[need], last)
    undated = ~demand.dated[need] & ~given.dated[supply]
    return np.where(undated, LAST, first), np.where(undated, FIRST, last)


def rows_of(chosen: Integers, key: Integers, need: Integers, supply: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield for each of the chosen keys the needs and supplies of its pairs, in the order of the keys given."""
    among = np.sort(np.append(chosen, -1))  # no key is negative; so there is always one to compare with
    wanted = np.flatnonzero(among[np.searchsorted(among, key).clip(0, len(chosen))] == key)
    order = wanted[np.argsort(key[wanted], kind="stable")]
    begins, ends = np.searchsorted(key[order], chosen), np.searchsorted(key[order], chosen, side="right")
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        yield need[order[begin:end]], supply[order[begin:end]]
