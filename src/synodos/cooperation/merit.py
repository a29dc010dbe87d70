"""How well a need and a supply suit each other, part by part and as a score."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.market import Market
from synodos.cooperation.weights import PARTS, Weights

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
DIGITS = 4
"""Digits after the point to which scores are given, and by which they are ranked."""
STEPS = 10**DIGITS
SHARED, SYSTEM, EXPERTISE = range(3)
"""What a supply is to a need: capacity on offer, a system without stated capacity, or no system."""


def place(market: Market, need: Integers, supply: Integers) -> NDArray[np.int32]:
    """Return the place at which each pair meets."""
    return market.fits.place[market.demand.places[need], market.supply.places[supply]]


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
    weight, unknown = np.array(market.setting.weights.scale).T
    mean: Floats = weight @ np.where(np.isnan(found), unknown[:, None], found)
    return mean.round(DIGITS)


def score(weights: Weights, found: Iterable[float]) -> float:
    """Return the mean of the parts of one opportunity, as `scores` does of many."""
    parts = zip(weights.scale, found, strict=True)
    return round(sum(weight * (unknown if math.isnan(value) else value) for (weight, unknown), value in parts), DIGITS)


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
