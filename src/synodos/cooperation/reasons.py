"""Why each part of a score has its value."""

from __future__ import annotations

import math

import numpy as np

from synodos.cooperation.candidates import Candidate
from synodos.cooperation.interfaces import judged
from synodos.cooperation.market import Market
from synodos.cooperation.weights import PARTS
from synodos.cooperation.wording import named
from synodos.language import Element, Interest, Mission, Offer, Record

DAYS_A_MONTH = 365.25 / 12
UNSTATED = {
    "capability": "not stated",
    "destination": "no destination is stated",
    "time": "a date is missing",
    "interface": "no interface is stated, on one side or both",
    "interest-of-seeker": "no interest is stated",
    "interest-of-provider": "no interest is stated",
    "readiness": "no status is stated",
    "cost-avoided": "no comparable costs are stated",
    "support": "not stated",
}
"""What is said of a part that is not known."""
DESTINATIONS = {
    "same": "the same place, or one within the other",
    "anywhere": "it serves any destination",
    "same-body": "the same body, another place",
    "elsewhere": "another body",
}
SEEKING = {
    "essential": "essential, and stated as such",
    "stated": "stated as sought",
    "inferred": "inferred from its needs",
    "deferred": "the plan that seeks it is deferred",
}


def reasons(market: Market, candidate: Candidate) -> dict[str, str]:
    """Return for each part of a candidate's score why it has its value."""
    values = dict(zip(PARTS, candidate.values, strict=True))
    found = _of_pair(market, candidate.best, values) if candidate.best else _in_common(market, candidate, values)
    return {part: UNSTATED[part] if math.isnan(value) else found[part] for part, value in values.items()}


def interest_of(market: Market, agency: str, node: int, place: int) -> Interest | None:
    """Return the interest that says how much an agency cares for a capability at a place, or None."""
    slot = market.setting.places.slot_of_place[place]
    position = int(market.interests.record[market.setting.agencies[agency], node, slot])
    return market.interests.records[position] if position >= 0 else None


def word_of(market: Market, table: str, value: float) -> str:
    """Return the first word of a table that has a value."""
    words = market.setting.weights.tables[table].values
    return min(words, key=lambda word: abs(words[word] - value))


def _of_pair(market: Market, best: tuple[int, int], values: dict[str, float]) -> dict[str, str]:
    """Return the reasons of a need and a supply."""
    demand, supply = market.demand, market.supply
    need, given = demand.records[best[0]], supply.records[best[1]]
    wanted = demand.requirements[best[0]].capability
    has = market.setting.tree.ids[supply.node[best[1]]]
    label = market.setting.portfolio.capabilities.label(has)
    return {
        "capability": "exactly what is sought" if has == wanted else f"{label}: one form of what is sought",
        "destination": _destination(market, values["destination"]),
        "time": _time(market, values["time"]),
        "interface": joint(market, best) or "",
        "interest-of-seeker": _seeking(market, best, values["interest-of-seeker"]),
        "interest-of-provider": _offering(market, best, values["interest-of-provider"]),
        "readiness": " and ".join(_readiness(record) for record in (need, given) if _readiness(record)),
        "cost-avoided": _saving(market, market.costs.saved_by_one(float(supply.cost[best[1]])), 2),
        "support": _support(need, given),
    }


def _in_common(market: Market, candidate: Candidate, values: dict[str, float]) -> dict[str, str]:
    """Return the reasons of what agencies have in common."""
    if candidate.kind == "gap":
        alone = "no other agency is in sight" if len(candidate.agencies) == 1 else "the least that one of them cares"
        return {
            **_in_common_at_best(market, candidate, values),
            "capability": "nobody provides it",
            "readiness": "nobody provides it",
            "interest-of-provider": alone,
        }
    return _in_common_at_best(market, candidate, values)


def _in_common_at_best(market: Market, candidate: Candidate, values: dict[str, float]) -> dict[str, str]:
    """Return the reasons of what agencies have in common and somebody has."""
    return {
        "capability": f"all name it; it is {word_of(market, 'capability', values['capability'])}",
        "destination": _destination(market, values["destination"]),
        "time": "the years overlap" if values["time"] else "the years do not overlap",
        "interface": "",
        "interest-of-seeker": "the most that one of them cares",
        "interest-of-provider": "the least that one of them cares",
        "readiness": "how far two of the plans are still open",
        "cost-avoided": "from the plans whose costs are stated, if the dearest were paid for together; "
        f"exponent {market.costs.exponent:g}, uncalibrated",
        "support": _support(*candidate.records),
    }


def _destination(market: Market, value: float) -> str:
    """Return how destinations fit."""
    return "" if math.isnan(value) else DESTINATIONS[word_of(market, "destination", value)]


def _time(market: Market, value: float) -> str:
    """Return how far apart windows lie."""
    if math.isnan(value) or value == 1:
        return "the years overlap"
    return f"about {round((1 - value) * market.setting.days('tolerance') / DAYS_A_MONTH)} months apart"


def joint(market: Market, best: tuple[int, int]) -> str | None:
    """Return how interfaces go together, or None where one side states none."""
    need, given = market.demand.records[best[0]], market.supply.records[best[1]]
    standard = market.demand.requirements[best[0]].interface
    theirs = given.interfaces if isinstance(given, Element | Offer) else ()
    if standard is None or not theirs:
        return None
    own = need.interfaces if isinstance(need, Element) else ()
    word = judged((standard, tuple(side for side in own if side.standard == standard)), theirs)
    label = market.setting.portfolio.vocabularies["interface-standards"].label(standard)
    return {
        "same": f"both follow {label}",
        "revision-not-stated": f"both follow {label}; a revision is not stated",
        "other-revision": f"another revision of {label}",
        "clash": f"{named(given)} does not join by {label}",
    }[word]


def _seeking(market: Market, best: tuple[int, int], value: float) -> str:
    """Return how the need is stated, or the interest that says more."""
    record, wanted = market.demand.records[best[0]], market.demand.requirements[best[0]]
    if value > float(market.demand.seeking[best[0]]):
        place = int(market.fits.place[market.demand.places[best[0]], market.supply.places[best[1]]])
        return _interest(interest_of(market, record.owner, int(market.demand.node[best[0]]), place))
    if isinstance(record, Interest):
        return _interest(record)
    if isinstance(record, Element | Mission) and record.status == "deferred":
        return SEEKING["deferred"]
    return SEEKING["essential" if wanted.essential and wanted.basis == "stated" else wanted.basis]


def _offering(market: Market, best: tuple[int, int], value: float) -> str:
    """Return the offer, the capacity to share, or the interest that says more."""
    record = market.supply.records[best[1]]
    stated = float(
        np.fmax(
            market.supply.offered[market.supply.offer[best[1]], market.demand.agency[best[0]]],
            market.supply.offering[best[1]],
        )
    )
    if not value > stated:
        if isinstance(record, Offer):
            return f"offered: {named(record)}"
        if isinstance(record, Element) and record.capacity_to_share:
            return f"to share: {record.capacity_to_share}"
    place = int(market.fits.place[market.demand.places[best[0]], market.supply.places[best[1]]])
    return _interest(interest_of(market, record.owner, int(market.supply.node[best[1]]), place))


def _interest(interest: Interest | None) -> str:
    """Return an interest and its strength."""
    return "" if interest is None else f"interest in {named(interest)}: {interest.strength or 'strength not stated'}"


def _readiness(record: Record) -> str:
    """Return how far along a record is; nothing where it has no status."""
    if isinstance(record, Mission | Element):
        level = record.readiness if isinstance(record, Element) else None
        return f"{record.name} is {record.status}" + (f" ({level})" if level else "")
    return "expertise, not a system" if isinstance(record, Interest) else ""


def _saving(market: Market, saved: float, partners: int) -> str:
    """Return what one of several partners saves, in the common terms."""
    if math.isnan(saved) or market.costs.terms is None:
        return ""
    currency, year = market.costs.terms
    return (
        f"one of {partners} partners saves about {saved / 1e6:,.0f} million {currency} ({year}); "
        f"exponent {market.costs.exponent:g}, uncalibrated"
    )


def _support(*records: Record) -> str:
    """Return how well records are supported."""
    found = dict.fromkeys(record.confidence for record in records)
    return f"confidence: {', '.join(found)}" + (
        "; some fields unverified" if any(record.unverified_fields for record in records) else ""
    )
