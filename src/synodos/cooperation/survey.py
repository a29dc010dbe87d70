"""The whole way from a portfolio to its ranked opportunities."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.agreed import agreed
from synodos.cooperation.candidates import Candidate, merged
from synodos.cooperation.grouping import duplications, gaps, joint_interests
from synodos.cooperation.links import agreed_links, all_links
from synodos.cooperation.market import Market
from synodos.cooperation.matching import Tree
from synodos.cooperation.merit import DIGITS, SHARED, Integers, ranks, values
from synodos.cooperation.obstacles import obstacles, users
from synodos.cooperation.opportunities import Opportunities, Opportunity, ScorePart
from synodos.cooperation.pairing import Groups, groups, pairs, rows_of
from synodos.cooperation.policies import between, rules
from synodos.cooperation.reasons import interest_of, reasons
from synodos.cooperation.setting import Setting
from synodos.cooperation.weights import PARTS, Weights
from synodos.cooperation.windows import FIRST, LAST
from synodos.cooperation.wording import destinations_of, why
from synodos.language import BANDS, Portfolio, Record
from synodos.resting import collector_at_rest

EXCHANGES = ("complement", "shared-asset")
"""Kinds that are made of a need and a supply."""


def survey(
    portfolio: Portfolio, for_agency: str | None, kind: str | None, most: int | None, weights: Weights
) -> Opportunities:
    """Return the ranked opportunities of a portfolio."""
    with collector_at_rest():
        return _survey(portfolio, for_agency, kind, most, weights)


def _survey(
    portfolio: Portfolio, for_agency: str | None, kind: str | None, most: int | None, weights: Weights
) -> Opportunities:
    """Return the ranked opportunities of a portfolio."""
    links = agreed_links(portfolio)
    market = Market.of(Setting.of(portfolio, weights), links)
    met = pairs(market)
    need, given = met.proposed
    table, key = groups(market, need, given)
    objectives = _tree(portfolio, "exploration-objectives")
    wide = all_links(portfolio, links)
    common = [duplications(market, wide), *joint_interests(market, wide)]
    found = [*gaps(market, met), *(candidate for one in common for candidate in one.candidates)]
    found = merged(found, market.setting.tree, objectives)
    left_out = agreed(market, met, table, common, links)
    if for_agency is not None:
        table = _of_agency(market, table, for_agency)
        found = [candidate for candidate in found if for_agency in candidate.agencies]
        left_out = tuple(one for one in left_out if for_agency in one.agencies)
    if kind is not None:
        table = _rows(
            table, (table.rank == SHARED) == (kind == "shared-asset") if kind in EXCHANGES else table.rank < 0
        )
        found = [candidate for candidate in found if candidate.kind == kind]
    total = len(table.key) + len(found)
    floor = _floor(np.concatenate((table.score, [candidate.score for candidate in found])), most)
    found = [candidate for candidate in found if candidate.score >= floor]
    chosen = np.flatnonzero(table.score >= floor)
    found += _exchanges(market, table, chosen, rows_of(table.key[chosen], key, need, given))
    best = sorted(found, key=lambda candidate: (-candidate.score, candidate.id(market.setting)))[:most]
    return Opportunities(tuple(_worded(market, best)), total, left_out, tuple(_notes(market)))


def _tree(portfolio: Portfolio, name: str) -> Tree:
    """Return a vocabulary as a tree."""
    return Tree.of({term.id: term.parent for term in portfolio.vocabularies[name].terms.values()})


def _of_agency(market: Market, table: Groups, agency: str) -> Groups:
    """Return the groups that concern an agency."""
    code = market.setting.agencies[agency]
    return _rows(table, (market.demand.agency[table.need] == code) | (market.supply.agency[table.supply] == code))


def _rows(table: Groups, chosen: NDArray[np.bool_]) -> Groups:
    """Return the chosen rows of a table."""
    return Groups(*(getattr(table, name)[chosen] for name in Groups.__slots__))


def _floor(scores: NDArray[np.float64], most: int | None) -> float:
    """Return the lowest score that can be among the `most` best."""
    if most is None or most >= len(scores):
        return -math.inf
    if most == 0:
        return math.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _exchanges(
    market: Market, table: Groups, chosen: Integers, rows: Iterable[tuple[Integers, Integers]]
) -> Iterator[Candidate]:
    """Yield complements and shared assets for the chosen rows of the table, given the rows of their pairs."""
    found = values(market, table.need[chosen], table.supply[chosen])
    for position, (row, (needs, supplies)) in enumerate(zip(chosen.tolist(), rows, strict=True)):
        best = int(table.need[row]), int(table.supply[row])
        forth = market.demand.agency[needs] == market.demand.agency[best[0]]
        alike = forth & (ranks(market, needs, supplies) == table.rank[row])
        yield Candidate(
            kind="shared-asset" if table.rank[row] == SHARED else "complement",
            agencies=(market.demand.records[best[0]].owner, market.supply.records[best[1]].owner),
            topic=market.demand.requirements[best[0]].capability,
            objective=False,
            places=(int(table.key[row]) % len(market.setting.places.names),),
            first=int(table.first[row]),
            last=int(table.last[row]),
            score=float(table.score[row]),
            values=found[:, position].tolist(),
            records=_once([*_at(market.demand.records, needs), *_at(market.supply.records, supplies)]),
            best=best,
            seeking=_once(_at(market.demand.records, needs[alike])),
            giving=_once(_at(market.supply.records, supplies[alike])),
            mutual=not forth.all(),
        )


def _at(records: Sequence[Record], rows: Integers) -> list[Record]:
    """Return the records of rows."""
    return [records[row] for row in rows.tolist()]


def _once(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return records once each."""
    return tuple({(record.kind, record.id): record for record in records}.values())


def _is_doubtful(market: Market, candidate: Candidate) -> bool:
    """Return whether what a candidate is about is a term that rests on general knowledge."""
    name = "exploration-objectives" if candidate.objective else "capabilities"
    term = market.setting.portfolio.vocabularies[name].terms.get(candidate.topic)
    return term is not None and term.confidence == "unverified"


def _worded(market: Market, found: Sequence[Candidate]) -> Iterator[Opportunity]:
    """Yield candidates as opportunities."""
    used, hindering = users(market.setting.portfolio), rules(market.setting.portfolio)
    for candidate in found:
        applying = between(hindering, candidate.agencies)
        evidence = _once([*candidate.records, *_interests(market, candidate), *applying])
        stated = destinations_of(market.setting, candidate)
        yield Opportunity(
            kind=candidate.kind,
            id=candidate.id(market.setting),
            agencies=candidate.agencies,
            capability=None if candidate.objective else candidate.topic,
            objective=candidate.topic if candidate.objective else None,
            destinations=stated,
            bands=_bands(market.setting, stated),
            years=_years(candidate),
            score=candidate.score,
            parts=_parts(market, candidate),
            obstacles=obstacles(market, candidate, applying, used),
            records=tuple(f"{record.kind}:{record.id}" for record in evidence),
            unverified=_is_doubtful(market, candidate) or any(record.rests_on_unverified for record in evidence),
            why=why(market.setting, candidate),
        )


def _interests(market: Market, candidate: Candidate) -> Iterator[Record]:
    """Yield the interests that a candidate's score rests on."""
    if candidate.objective:
        return
    for agency in candidate.agencies:
        node = market.setting.tree.number[candidate.topic]
        if candidate.best is not None and agency == candidate.agencies[1]:
            node = int(market.supply.node[candidate.best[1]])
        found = interest_of(market, agency, node, candidate.places[0])
        if found is not None:
            yield found


def _bands(setting: Setting, destinations: Sequence[str]) -> tuple[str, ...]:
    """Return the bands of destinations, from the Earth outwards."""
    terms = setting.portfolio.destinations.terms
    at = {terms[destination].band for destination in destinations}
    return tuple(band for band in BANDS if band in at)


def _parts(market: Market, candidate: Candidate) -> tuple[ScorePart, ...]:
    """Return the parts of a candidate's score with their reasons."""
    weights = market.setting.weights.parts
    texts = reasons(market, candidate)
    return tuple(
        ScorePart(name, None if math.isnan(value) else round(value, DIGITS), weights[name].weight, texts[name])
        for name, value in zip(PARTS, candidate.values, strict=True)
    )


def _years(candidate: Candidate) -> tuple[int | None, int | None] | None:
    """Return the years of a candidate; an end that is open, and years of which none is stated, as None."""
    if candidate.first > candidate.last:
        return None
    return (
        None if candidate.first <= FIRST else dt.date.fromordinal(candidate.first).year,
        None if candidate.last >= LAST else dt.date.fromordinal(candidate.last).year,
    )


def _notes(market: Market) -> Iterator[str]:
    """Yield what a reader has to know of how the answer came about."""
    demand, costs = market.demand, market.costs
    undated = int((~demand.dated).sum())
    if undated:
        yield f"{undated} of {len(demand.records)} open requirements state no date; they were taken to stand always."
    if demand.passed:
        yield f"{demand.passed} open requirements were left out because their date has passed."
    if demand.flown:
        yield f"{demand.flown} requirements without a provider were left out because the mission already flies."
    years = market.setting.days("tolerance") / 365.25
    yield f"Plans that miss each other by up to {years:.1f} years are shown, with a lower score."
    if costs.terms is not None:
        yield (
            f"Costs avoided assume that n partners pay n to the power {costs.exponent:g} times the cost of one; that "
            "exponent is uncalibrated."
        )
    if costs.left_out:
        yield f"The costs of {costs.left_out} plans are stated in terms that cannot be compared."
