"""What a back-test answers: how many of the cooperations that came were proposed, how early, and how many by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

AgencyTie = Literal["same", "part", "wider"]
TermTie = Literal["same", "narrower", "wider"]
PlaceTie = Literal["same", "narrower", "wider", "any"]
Standing = Literal[
    "found", "agreed already", "agency not in it", "capability not stated", "destination not stated", "missed"
]
STANDINGS: Final[tuple[Standing, ...]] = (
    "found",
    "missed",
    "agreed already",
    "agency not in it",
    "capability not stated",
    "destination not stated",
)
METHODS: Final[Mapping[str, str]] = {
    "ranked": "as ranked",
    "ranked-without-inferred": "as ranked, without inferred requirements",
    "ranked-of-the-time": "as ranked, from texts of the time alone",
    "ranked-wider": "as ranked, larger groups counted too",
    "words": "plain word matching",
    "words-dealt": "chance: pairs of word matching, the rest dealt at random",
    "topics-dealt": "chance: pairs as ranked, the rest dealt at random",
    "any-order": "chance: the same proposals in any order",
    "any-triple": "chance: any two agencies, capability and place",
    "agencies-alone": "agencies alone: as ranked",
    "agencies-alone-words": "agencies alone: plain word matching",
    "agencies-alone-chance": "agencies alone: any two",
}
"""What is laid beside the outcomes, by name; the last three ask for agencies alone, and are no hits."""
GROUPS: Final = ("all", "even", "odd", "findable")
"""Outcomes that are counted together: all, the two halves, and those that the portfolio says enough of."""


@dataclass(frozen=True, slots=True)
class Tie:
    """How a proposal is tied to a cooperation that came.

    Attributes
    ----------
    agencies : str
        `same`, or `part`: two or more of those who came to cooperate, and nobody else. `wider` (all of them, with
        others) is told, and is no hit.
    capability : str
        `same`, `narrower` (below it in the tree) or `wider` (above it, but for the first level of the tree).
    destination : str
        `same`, `narrower`, `wider`, or `any` where no single place is meant.
    """

    agencies: AgencyTie
    capability: TermTie
    destination: PlaceTie


@dataclass(frozen=True, slots=True)
class Recall:
    """How many outcomes a method finds.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    at : int
        Number of proposals looked at.
    found : float
        Outcomes among them; of chance, the exact expectation.
    share : float or None
        The same by the outcomes that there are (recall); None: there are none.
    as_good : float or None
        Of `topics-dealt` and `any-order`: share of random dealings, or orders, that find at least as many as the
        ranking; else None.
    """

    method: str
    at: int
    found: float
    share: float | None
    as_good: float | None = None


@dataclass(frozen=True, slots=True)
class RecallGroup:
    """Recall over some of the outcomes.

    Attributes
    ----------
    name : str
        One of `GROUPS`.
    outcomes : int
        How many there are.
    recalls : tuple of Recall
        By method, then by number of proposals.
    """

    name: str
    outcomes: int
    recalls: tuple[Recall, ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the first proposals are a cooperation that came.

    Attributes
    ----------
    at : int
        Number of proposals looked at.
    came : int
        Those that are one of the outcomes.
    dealt, any_order : float
        How many to expect if capabilities and places are dealt at random, and in any order of the same proposals.
    """

    at: int
    came: int
    dealt: float
    any_order: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Outcomes that a method finds among the first 1, 2, 3, ... proposals, over all outcomes.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    found : tuple of float
        Number found; of chance, the exact expectation.
    """

    method: str
    found: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One cooperation that came or lapsed, and what was said of it.

    Attributes
    ----------
    outcome, title : str
        Which one.
    area : str
        Sort of cooperation.
    half : str
        `even` or `odd`, by the SHA-256 of its id.
    came : str
        `happened` or `lapsed`.
    standing : str
        `found`, or why not: `missed` (the portfolio says enough of it), `agreed already`, `agency not in it`,
        `capability not stated`, `destination not stated`.
    rank : int or None
        Rank of the first proposal that is this cooperation; None: none is.
    proposal : str
        Its id; empty: none.
    score : float or None
        Its score.
    tie : Tie or None
        How the two are tied.
    lacking : tuple of str
        Agencies that the standing is about.
    records : tuple of str
        Records behind it, as `kind:id`.
    rank_by_words, rank_without_inferred, rank_of_the_time : int or None
        Its rank by other methods.
    rank_of_agencies : int or None
        Rank of the first proposal to the same agencies, whatever it is about.
    rank_unlinked : int or None
        Its rank had nothing been agreed yet.
    score_unlinked : float or None
        Its score there.
    """

    outcome: str
    title: str
    area: str
    half: str
    came: str
    standing: Standing
    rank: int | None
    proposal: str
    score: float | None
    tie: Tie | None
    lacking: tuple[str, ...]
    records: tuple[str, ...]
    rank_by_words: int | None
    rank_without_inferred: int | None
    rank_of_the_time: int | None
    rank_of_agencies: int | None
    rank_unlinked: int | None
    score_unlinked: float | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """One of the first proposals, and what came of it.

    Attributes
    ----------
    rank : int
        From 1.
    opportunity : str
        Its id.
    agencies, destinations : tuple of str
        Who, and where.
    topic : str
        Capability, or objective.
    score : float
        Its score.
    came, lapsed : tuple of str
        Outcomes that are this cooperation.
    near : tuple of str
        Outcomes of the same agencies with the same capability elsewhere, or something else at the same place.
    """

    rank: int
    opportunity: str
    agencies: tuple[str, ...]
    destinations: tuple[str, ...]
    topic: str
    score: float
    came: tuple[str, ...]
    lapsed: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """How little it says to name two agencies.

    Attributes
    ----------
    possible : int
        Pairs of agencies that state something.
    proposed, by_words : int
        Pairs that the opportunities name, and that word matching names in as many proposals.
    came : int
        Pairs that cooperated, of those possible.
    """

    possible: int
    proposed: int
    by_words: int
    came: int


@dataclass(frozen=True, slots=True)
class Lapses:
    """What the score said of cooperations that lapsed, had nothing been agreed yet.

    Attributes
    ----------
    lapsed, came : int
        How many of both there are.
    below : float or None
        Share of the pairs of one that lapsed and one that came in which the one that lapsed scores less; equal ones
        count half, and what is not proposed scores least. One half is what chance gives; None: no pair.
    lapsed_proposed, came_proposed : int
        How many of both are proposed at all.
    below_proposed : float or None
        The same share over the pairs of these alone.
    """

    lapsed: int
    came: int
    below: float | None
    lapsed_proposed: int
    came_proposed: int
    below_proposed: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """How good the opportunities were.

    Attributes
    ----------
    outcomes, outcomes_sha256 : str
        The list that they are laid beside, and its hash.
    weights_sha256 : str
        Hash of the weights of the scores.
    listed : int
        Opportunities that there are.
    triples : int
        Possible proposals: two agencies, a capability and a destination, each of which the portfolio states.
    dealings, seed : int
        Random dealings and orders behind `as_good`.
    groups : tuple of RecallGroup
        Recall over all outcomes, over each half, and over those that the portfolio says enough of.
    precisions : tuple of Precision
        How many of the first proposals came.
    curves : tuple of Curve
        Recall at every number of proposals.
    judged : tuple of Judged
        Every outcome: those that came in the order of their ranks, then those that lapsed.
    proposed : tuple of Proposed
        The first proposals, and what came of each.
    pairs : Pairs
        What agencies alone say.
    lapses : Lapses
        What the score said of what lapsed.
    """

    outcomes: str
    outcomes_sha256: str
    weights_sha256: str
    listed: int
    triples: int
    dealings: int
    seed: int
    groups: tuple[RecallGroup, ...]
    precisions: tuple[Precision, ...]
    curves: tuple[Curve, ...]
    judged: tuple[Judged, ...]
    proposed: tuple[Proposed, ...]
    pairs: Pairs
    lapses: Lapses
