"""Where one agency seeks what another has: complements and shared assets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.costs import Costs
from synodos.cooperation.demand import Demand
from synodos.cooperation.interests import Interests
from synodos.cooperation.interfaces import Joints
from synodos.cooperation.matching import Claims, matches
from synodos.cooperation.places import Fits
from synodos.cooperation.setting import Setting
from synodos.cooperation.supply import Supply
from synodos.cooperation.weights import PARTS
from synodos.cooperation.windows import FIRST, LAST

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
AT_ONCE = 500_000
"""Pairs that are scored together, so that memory stays bounded however many there are."""
DIGITS = 4
"""Digits after the point to which scores are given, and by which they are ranked."""
STEPS = 10**DIGITS
SHARED, SYSTEM, EXPERTISE = range(3)
"""What a supply is to a need: capacity on offer, a system without stated capacity, or no system."""


@dataclass(frozen=True)
class Market:
    """Everything that pairs of a need and a supply are judged by.

    Attributes
    ----------
    setting, demand, supply, interests, costs, fits
        What they are named for.
    joints : Joints
        How interfaces that are sought and given go together.
    linked_demand, linked_supply : array of bool
        Which agencies (columns) are already linked to the record of a row.
    """

    setting: Setting
    demand: Demand
    supply: Supply
    interests: Interests
    costs: Costs
    fits: Fits
    joints: Joints
    linked_demand: Flags
    linked_supply: Flags


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


def place(market: Market, need: Integers, supply: Integers) -> NDArray[np.int32]:
    """Return the place at which each pair meets."""
    return market.fits.place[market.demand.places[need], market.supply.places[supply]]


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
    order, begin = _runs_of(need * len(market.setting.agencies) + market.supply.agency[supply], merit)
    best = order[begin]
    home = np.empty_like(need)
    home[order] = np.repeat(place(market, need[best], supply[best]), np.diff(np.append(begin, len(order))))
    return home


def _merit(rank: Integers, score: Floats) -> Integers:
    """Return what orders pairs of a group: first what the supply is to the need, then the score."""
    merit: Integers = (EXPERTISE - rank) * (STEPS + 1) + np.rint(score * STEPS).astype(np.int64)
    return merit


def _runs_of(key: Integers, merit: Integers) -> tuple[Integers, Integers]:
    """Return the order that sorts pairs by key and falling merit, and where in it each key begins."""
    order = np.argsort((key + 1) * (EXPERTISE + 1) * (STEPS + 1) - merit, kind="stable")
    ordered = key[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


def _reduced(
    key: Integers, need: Integers, supply: Integers, score: Floats, first: Integers, last: Integers, rank: Integers
) -> Groups:
    """Return rows of the same key merged: the best pair, the widest years."""
    order, begin = _runs_of(key, _merit(rank, score))
    best = order[begin]
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


def ranks(market: Market, need: Integers, supply: Integers) -> Integers:
    """Return what each supply is to each need; an offer to others, or one that cannot be joined, is not shared."""
    away = market.supply.elsewhere[market.supply.offer[supply], market.demand.agency[need]]
    clash = market.joints.clash[market.demand.interface[need], market.supply.interface[supply]]
    shared = market.supply.shared[supply] & ~away & ~clash
    return np.where(shared, SHARED, np.where(market.supply.expertise[supply], EXPERTISE, SYSTEM))


def values(market: Market, need: Integers, supply: Integers) -> Floats:
    """Return the value of each part (row) for each pair (column); nan where it is not stated."""
    demand, given, setting = market.demand, market.supply, market.setting
    ours, theirs = demand.agency[need], given.agency[supply]
    slot = setting.places.slot_of_place[place(market, need, supply)]
    interest = market.interests.value
    saved = given.cost[supply] * market.costs.saved_by_one(1.0)
    rows = {
        "capability": _capability(market, need, supply),
        "destination": _destination(market, need, supply),
        "time": _time(market, need, supply),
        "interface": market.joints.value[demand.interface[need], given.interface[supply]],
        "interest-of-seeker": np.fmax(demand.seeking[need], interest[ours, demand.node[need], slot]),
        "interest-of-provider": _offering(market, need, supply, interest[theirs, given.node[supply], slot]),
        "readiness": np.fmin(demand.readiness[need], given.readiness[supply]),
        "cost-avoided": market.costs.merit(saved),
        "support": np.fmin(demand.support[need], given.support[supply]),
    }
    return np.stack([rows[part] for part in PARTS])


def scores(market: Market, found: Floats) -> Floats:
    """Return the mean of the parts (rows) by weight, with stand-ins for what is not stated."""
    parts = [market.setting.weights.parts[name] for name in PARTS]
    weight = np.array([part.weight for part in parts])
    unknown = np.array([part.unknown for part in parts])
    mean: Floats = weight @ np.where(np.isnan(found), unknown[:, None], found) / weight.sum()
    return mean.round(DIGITS)


def _offering(market: Market, need: Integers, supply: Integers, interest: Floats) -> Floats:
    """Return how much the provider cares: its offer, its capacity to share or its interest, whichever says most.

    An offer to others shows that the seeker is not meant, whatever else the provider cares for.
    """
    offer, ours = market.supply.offer[supply], market.demand.agency[need]
    offered = np.fmax(market.supply.offered[offer, ours], market.supply.offering[supply])
    return np.where(market.supply.elsewhere[offer, ours], offered, np.fmax(offered, interest))


def _capability(market: Market, need: Integers, supply: Integers) -> Floats:
    """Return how well the capability fits."""
    exact = market.demand.node[need] == market.supply.node[supply]
    weights = market.setting.weights
    return np.where(exact, weights.value("capability", "exact"), weights.value("capability", "narrower"))


def _destination(market: Market, need: Integers, supply: Integers) -> Floats:
    """Return how well the destination fits; a capability that serves anywhere fits at least as such."""
    fit = market.fits.value[market.demand.places[need], market.supply.places[supply]]
    free = market.demand.anywhere[need] | market.supply.anywhere[supply]
    return np.where(free, np.fmax(fit, market.setting.weights.value("destination", "anywhere")), fit)


def _time(market: Market, need: Integers, supply: Integers) -> Floats:
    """Return 1 where the windows share a day, less the further they lie apart; nan where one is not stated."""
    demand, given = market.demand, market.supply
    apart = np.maximum(demand.start[need] - given.end[supply], given.start[supply] - demand.end[need])
    value = 1 - apart.clip(0) / max(1, market.setting.days("tolerance"))
    return np.where(demand.dated[need] & given.dated[supply], value.clip(0, 1), np.nan)


def rows_of(chosen: Integers, key: Integers, need: Integers, supply: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield for each of the chosen keys the needs and supplies of its pairs, in the order of the keys given."""
    among = np.sort(np.append(chosen, -1))  # no key is negative; so there is always one to compare with
    wanted = np.flatnonzero(among[np.searchsorted(among, key).clip(0, len(chosen))] == key)
    order = wanted[np.argsort(key[wanted], kind="stable")]
    begins, ends = np.searchsorted(key[order], chosen), np.searchsorted(key[order], chosen, side="right")
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        yield need[order[begin:end]], supply[order[begin:end]]
