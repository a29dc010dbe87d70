"""The whole way from a portfolio and what came after it to a back-test."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from synodos.cooperation import Opportunities, Weights, default_weights, opportunities
from synodos.language import Outcome, Outcomes, Portfolio
from synodos.roadmap.backtesting.answer import (
    GROUPS,
    METHODS,
    Backtest,
    Curve,
    Judged,
    Lapses,
    Pairs,
    Precision,
    Proposed,
    Recall,
    RecallGroup,
)
from synodos.roadmap.backtesting.chance import Reach, any_order, as_good, counted, drawn, topics_dealt
from synodos.roadmap.backtesting.finding import FINDABLE, shortfall
from synodos.roadmap.backtesting.likeness import (
    PARTNERS,
    Flags,
    Likeness,
    Proposal,
    Ties,
    first_ranks,
    proposals,
    ties,
)
from synodos.roadmap.backtesting.statements import (
    Statement,
    of_the_time,
    statements,
    unlinked,
    without_inferred,
)
from synodos.roadmap.backtesting.words import by_words

AT: Final = (10, 20, 50)
"""Numbers of proposals looked at."""
SHOWN: Final = 50
"""Proposals that are told one by one."""


def study(portfolio: Portfolio, outcomes: Outcomes, weights: Weights | None, dealings: int, seed: int) -> Backtest:
    """Return the back-test of a portfolio; `backtest` says what of."""
    weights = weights or default_weights()
    lists = _lists(portfolio, weights)
    likeness, rows = Likeness(portfolio), outcomes.outcomes
    found = {name: ties(likeness, ranked, rows) for name, ranked in lists.proposals.items()}
    came = np.array([one.came == "happened" for one in rows], dtype=bool)
    judged = _judged(portfolio, likeness, lists, found, rows)
    said = statements(portfolio)
    universe = _universe(likeness, said, rows)
    reaches = _reaches(found, universe, lists.found.total)
    findable = np.array([one.standing in FINDABLE for one in judged], dtype=bool)
    odd = np.array([one.half == "odd" for one in rows], dtype=bool)
    chosen = dict(zip(GROUPS, (came, came & ~odd, came & odd, came & findable), strict=True))
    return Backtest(
        outcomes=outcomes.id,
        outcomes_sha256=_digest(outcomes.model_dump_json()),
        weights_sha256=_digest(weights.model_dump_json()),
        listed=lists.found.total,
        triples=universe.triples,
        dealings=dealings,
        seed=seed,
        groups=tuple(_group(name, reaches, found["ranked"], one, dealings, seed) for name, one in chosen.items()),
        precisions=_precisions(found["ranked"], came),
        curves=tuple(Curve(name, tuple(reach[:, came].sum(axis=1).tolist())) for name, reach in reaches.items()),
        judged=tuple(sorted(judged, key=lambda one: (one.came == "lapsed", one.rank or math.inf))),
        proposed=_proposed(lists.found, found["ranked"], rows),
        pairs=_pairs(lists, universe, rows),
        lapses=_lapses(judged),
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    """What is proposed, method by method."""

    found: Opportunities
    proposals: Mapping[str, list[Proposal]]


def _lists(portfolio: Portfolio, weights: Weights) -> _Lists:
    """Return the ranked proposals of every method."""
    found = opportunities(portfolio, weights=weights)
    others = {
        "ranked-without-inferred": without_inferred(portfolio),
        "ranked-of-the-time": of_the_time(portfolio),
        "unlinked": unlinked(portfolio),
    }
    listed = {name: proposals(opportunities(plans, weights=weights).ranked) for name, plans in others.items()}
    return _Lists(found, {"ranked": proposals(found.ranked), **listed, "words": by_words(portfolio, found.total)})


@dataclass(frozen=True, slots=True)
class _Universe:
    """All proposals that the portfolio's own words allow.

    Attributes
    ----------
    agencies : frozenset of str
        Agencies that state something.
    triples : int
        Proposals.
    good, pairs : list of int
        For each outcome the proposals that are it, and its pairs of agencies.
    """

    agencies: frozenset[str]
    triples: int
    good: list[int]
    pairs: list[int]


def _universe(likeness: Likeness, said: Sequence[Statement], outcomes: Sequence[Outcome]) -> _Universe:
    """Return every pair of agencies with every capability and every destination that is stated."""
    agencies = frozenset(one.agency for one in said)
    capabilities = {term for one in said for term in one.capabilities}
    destinations = {term for one in said for term in one.destinations}
    known = [math.comb(len(agencies.intersection(outcome.agencies)), PARTNERS) for outcome in outcomes]
    good = [
        pairs
        * sum(likeness.capability_tie((term,), outcome.capabilities) is not None for term in capabilities)
        * sum(likeness.place_tie((term,), outcome.destinations) for term in destinations)
        for pairs, outcome in zip(known, outcomes, strict=True)
    ]
    triples = math.comb(len(agencies), PARTNERS) * len(capabilities) * len(destinations)
    return _Universe(agencies, triples, good, known)


def _reaches(found: Mapping[str, Ties], universe: _Universe, listed: int) -> dict[str, Reach]:
    """Return what every method finds among the first 1, 2, 3, ... proposals, as far as opportunities reach."""
    ranked, words = found["ranked"], found["words"]
    possible = math.comb(len(universe.agencies), PARTNERS)
    reaches = {
        "ranked": counted(ranked.hit),
        "ranked-without-inferred": counted(found["ranked-without-inferred"].hit),
        "ranked-of-the-time": counted(found["ranked-of-the-time"].hit),
        "ranked-wider": counted((ranked.agencies | ranked.wider) & ranked.topic),
        "words": counted(words.hit),
        "words-dealt": topics_dealt(words.agencies, words.topic),
        "topics-dealt": topics_dealt(ranked.agencies, ranked.topic),
        "any-order": any_order(ranked.hit),
        "any-triple": drawn(universe.triples, universe.good, listed),
        "agencies-alone": counted(ranked.agencies),
        "agencies-alone-words": counted(words.agencies),
        "agencies-alone-chance": drawn(possible, universe.pairs, listed),
    }
    return {name: _long(reaches[name], listed) for name in METHODS}


def _long(reach: Reach, rows: int) -> Reach:
    """Return what is found among that many proposals; a shorter list finds nothing more at its end."""
    last = reach[-1:] if len(reach) else np.zeros((1, reach.shape[1]))
    return np.concatenate((reach, np.repeat(last, max(rows - len(reach), 0), axis=0)))[:rows]


def _group(
    name: str, reaches: Mapping[str, Reach], ranked: Ties, chosen: Flags, dealings: int, seed: int
) -> RecallGroup:
    """Return recall over the chosen outcomes."""
    listed = len(ranked.agencies)
    at = _looked_at(listed)
    anybody = np.ones_like(ranked.hit)
    luck = {
        "topics-dealt": as_good(ranked.agencies, ranked.topic, chosen, at, dealings=dealings, seed=seed),
        "any-order": as_good(anybody, ranked.hit, chosen, at, dealings=dealings, seed=seed),
    }
    size = int(chosen.sum())
    recalls: list[Recall] = []
    for method, reach in reaches.items():
        for count in at if listed else ():
            many = float(reach[count - 1, chosen].sum())
            share = many / size if size else None
            recalls.append(Recall(method, count, many, share, luck[method][count] if method in luck else None))
    return RecallGroup(name, size, tuple(recalls))


def _looked_at(listed: int) -> tuple[int, ...]:
    """Return the numbers of proposals looked at: those that are usual, and all."""
    return (*(count for count in AT if count < listed), listed)


def _precisions(ranked: Ties, came: Flags) -> tuple[Precision, ...]:
    """Return how many of the first proposals came, and how many would by chance."""
    listed = len(ranked.agencies)
    if not listed:
        return ()
    who, what = ranked.agencies[:, came].astype(np.float64), ranked.topic[:, came].astype(np.float64)
    hit = np.logical_or.reduce(ranked.hit[:, came], axis=1)
    dealt = (who @ what.T > 0).mean(axis=1)  # of all topics that a row may be dealt, those that make it an outcome
    return tuple(
        Precision(at, int(hit[:at].sum()), float(dealt[:at].sum()), float(hit.mean() * at)) for at in _looked_at(listed)
    )


def _judged(
    portfolio: Portfolio,
    likeness: Likeness,
    lists: _Lists,
    found: Mapping[str, Ties],
    outcomes: Sequence[Outcome],
) -> list[Judged]:
    """Return what was said of every outcome."""
    ranks = {name: first_ranks(one.hit) for name, one in found.items()}
    pairs, said = first_ranks(found["ranked"].agencies), statements(portfolio)
    judged: list[Judged] = []
    for place, outcome in enumerate(outcomes):
        rank, free = ranks["ranked"][place], ranks["unlinked"][place]
        hit = lists.proposals["ranked"][rank - 1] if rank else None
        short = None if hit else shortfall(portfolio, likeness, said, lists.found.agreed, outcome)
        judged.append(
            Judged(
                outcome=outcome.id,
                title=outcome.title,
                area=outcome.area,
                half=outcome.half,
                came=outcome.came,
                standing=short.standing if short else "found",
                rank=rank,
                proposal=hit.id if hit else "",
                score=hit.score if hit else None,
                tie=likeness.tie(hit, outcome) if hit else None,
                lacking=short.agencies if short else (),
                records=short.records if short else lists.found.ranked[(rank or 1) - 1].records,
                rank_by_words=ranks["words"][place],
                rank_without_inferred=ranks["ranked-without-inferred"][place],
                rank_of_the_time=ranks["ranked-of-the-time"][place],
                rank_of_agencies=pairs[place],
                rank_unlinked=free,
                score_unlinked=lists.proposals["unlinked"][free - 1].score if free else None,
            )
        )
    return judged


def _proposed(found: Opportunities, tied: Ties, outcomes: Sequence[Outcome]) -> tuple[Proposed, ...]:
    """Return the first proposals with what came of them."""
    came = np.array([one.came == "happened" for one in outcomes], dtype=bool)
    near = tied.agencies & (tied.capability ^ tied.destination)
    return tuple(
        Proposed(
            rank=row + 1,
            opportunity=one.id,
            agencies=one.agencies,
            destinations=one.destinations,
            topic=one.capability or one.objective or "",
            score=one.score,
            came=_names(outcomes, tied.hit[row] & came),
            lapsed=_names(outcomes, tied.hit[row] & ~came),
            near=_names(outcomes, near[row] & came),
        )
        for row, one in enumerate(found.ranked[:SHOWN])
    )


def _names(outcomes: Sequence[Outcome], chosen: Flags) -> tuple[str, ...]:
    """Return the ids of the chosen outcomes."""
    return tuple(outcome.id for outcome, hit in zip(outcomes, chosen.tolist(), strict=True) if hit)


def _pairs(lists: _Lists, universe: _Universe, outcomes: Sequence[Outcome]) -> Pairs:
    """Return how many pairs of agencies are named."""

    def named(groups: Iterable[Iterable[str]]) -> int:
        stated = [sorted(universe.agencies.intersection(group)) for group in groups]
        return len({(one, other) for group in stated for one in group for other in group if one < other})

    return Pairs(
        possible=math.comb(len(universe.agencies), PARTNERS),
        proposed=named(one.agencies for one in lists.proposals["ranked"]),
        by_words=named(one.agencies for one in lists.proposals["words"]),
        came=named(one.agencies for one in outcomes if one.came == "happened"),
    )


def _lapses(judged: Sequence[Judged]) -> Lapses:
    """Return how often what lapsed scores less than what came."""
    lapsed = [one.score_unlinked for one in judged if one.came == "lapsed"]
    came = [one.score_unlinked for one in judged if one.came == "happened"]
    lapsed_stated = [score for score in lapsed if score is not None]
    came_stated = [score for score in came if score is not None]
    return Lapses(
        lapsed=len(lapsed),
        came=len(came),
        below=_below([score or 0.0 for score in lapsed], [score or 0.0 for score in came]),
        lapsed_proposed=len(lapsed_stated),
        came_proposed=len(came_stated),
        below_proposed=_below(lapsed_stated, came_stated),
    )


def _below(lower: Sequence[float], higher: Sequence[float]) -> float | None:
    """Return how often one of the first is less than one of the second; equal ones count half."""
    pairs = [(one, other) for one in lower for other in higher]
    less = sum((one < other) + (one == other) / 2 for one, other in pairs)
    return less / len(pairs) if pairs else None


def _digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
