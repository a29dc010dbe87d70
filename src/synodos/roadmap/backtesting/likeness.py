"""When a proposal is the cooperation that came: the agencies, the capability and the destination are all the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation import Opportunity
from synodos.language import Outcome, Portfolio, Vocabulary
from synodos.roadmap.backtesting.answer import AgencyTie, PlaceTie, TermTie, Tie

Flags = NDArray[np.bool_]
K = TypeVar("K", bound=Hashable)
PARTNERS: Final = 2
"""It takes two."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a method proposes: these agencies, this capability, at this destination.

    Attributes
    ----------
    id : str
        Stable name.
    agencies : frozenset of str
        Who would cooperate.
    capabilities, destinations : tuple of str
        On what, and where; several where the method does not choose.
    score : float
        By which it is ranked.
    """

    id: str
    agencies: frozenset[str]
    capabilities: tuple[str, ...]
    destinations: tuple[str, ...]
    score: float


class Likeness:
    """Ties between proposals and outcomes, by the vocabularies of a portfolio."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Take the trees of a portfolio, its own terms included."""
        self._capabilities = _paths(portfolio.capabilities)
        self._destinations = _paths(portfolio.destinations)
        terms = portfolio.capabilities.terms.values()
        self._areas = frozenset(term.id for term in terms if term.parent is None)
        self._anywhere = frozenset(term.id for term in terms if term.anywhere)

    def tie(self, proposal: Proposal, outcome: Outcome) -> Tie | None:
        """Return how a proposal is tied to an outcome, or None where one of the three differs."""
        agencies = agency_tie(proposal.agencies, outcome.agencies)
        capability = self.capability_tie(proposal.capabilities, outcome.capabilities)
        destination = self.destination_tie(proposal.destinations, proposal.capabilities, outcome.destinations)
        if agencies is None or capability is None or destination is None:
            return None
        return Tie(agencies, capability, destination)

    def capability_tie(self, proposed: Iterable[str], came: Sequence[str]) -> TermTie | None:
        """Return the closest tie of capabilities; the first level of the tree is an area, and names nothing."""
        chosen = [one for one in proposed if one not in self._areas]
        wanted = [one for one in came if one not in self._areas]
        return _closest(self._capabilities, chosen, wanted)

    def destination_tie(
        self, proposed: Sequence[str], capabilities: Iterable[str], came: Sequence[str]
    ) -> PlaceTie | None:
        """Return the closest tie of destinations; what serves anywhere need not name one."""
        if not came:
            return "any"
        if not proposed and self._anywhere.intersection(capabilities):
            return "any"
        return _closest(self._destinations, proposed, came)

    def place_tie(self, stated: Sequence[str], came: Sequence[str]) -> bool:
        """Return whether a statement could be meant for a place: it names one within or around it, or names none."""
        return not stated or not came or _closest(self._destinations, stated, came) is not None

    def serves_anywhere(self, stated: Iterable[str], came: Sequence[str]) -> bool:
        """Return whether a stated capability that is tied to one that came is of use at any place."""
        return self.capability_tie(self._anywhere.intersection(stated), came) is not None


@dataclass(frozen=True, slots=True)
class Ties:
    """Which proposals (rows, as ranked) are tied to which outcomes (columns).

    Attributes
    ----------
    agencies, wider : array of bool
        Whether the agencies are the same or a part; whether they are more.
    capability, destination : array of bool
        Whether the rest is tied.
    """

    agencies: Flags
    wider: Flags
    capability: Flags
    destination: Flags

    @property
    def topic(self) -> Flags:
        """Whether capability and destination are both tied."""
        return self.capability & self.destination

    @property
    def hit(self) -> Flags:
        """Whether all three are tied."""
        return self.agencies & self.topic


def ties(likeness: Likeness, ranked: Sequence[Proposal], outcomes: Sequence[Outcome]) -> Ties:
    """Return which proposals are tied to which outcomes."""
    agencies = _table(ranked, outcomes, lambda one: one.agencies, lambda one, came: agency_tie(one, came.agencies))
    capability = _table(
        ranked,
        outcomes,
        lambda one: one.capabilities,
        lambda one, came: likeness.capability_tie(one, came.capabilities),
    )
    where = _table(
        ranked,
        outcomes,
        lambda one: (one.destinations, one.capabilities),
        lambda one, came: likeness.destination_tie(*one, came.destinations),
    )
    return Ties(
        np.isin(agencies, ("same", "part")),
        agencies == "wider",
        capability != "",
        where != "",
    )


def _table(
    ranked: Sequence[Proposal],
    outcomes: Sequence[Outcome],
    part: Callable[[Proposal], K],
    tie: Callable[[K, Outcome], str | None],
) -> NDArray[np.str_]:
    """Return the tie of one part of each proposal (row) to each outcome (column), empty where there is none.

    Parts repeat, so each is asked for once.
    """
    asked = {key: [tie(key, outcome) or "" for outcome in outcomes] for key in {part(one) for one in ranked}}
    rows = [asked[part(one)] for one in ranked]
    return np.array(rows, dtype="U8").reshape(len(ranked), len(outcomes))


def first_ranks(hit: Flags) -> list[int | None]:
    """Return for each outcome (column) the rank of the first proposal (row) that hits it, from 1; None: none does."""
    return [int(column.argmax()) + 1 if column.any() else None for column in hit.T]


def agency_tie(proposed: frozenset[str], came: Iterable[str]) -> AgencyTie | None:
    """Return how agencies are tied; one agency alone is no cooperation."""
    partners = frozenset(came)
    if proposed == partners:
        return "same"
    if len(proposed) >= PARTNERS and proposed < partners:
        return "part"
    return "wider" if partners < proposed else None


def proposals(ranked: Iterable[Opportunity]) -> list[Proposal]:
    """Return opportunities as proposals; one about an objective names no capability, and hits nothing."""
    return [
        Proposal(
            one.id,
            frozenset(one.agencies),
            (one.capability,) if one.capability else (),
            one.destinations,
            one.score,
        )
        for one in ranked
    ]


def _paths(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Return each term with all above it."""
    return {term: frozenset(vocabulary.ancestors(term)) for term in vocabulary}


def _closest(paths: dict[str, frozenset[str]], ours: Iterable[str], theirs: Sequence[str]) -> TermTie | None:
    """Return the closest tie between two lists of terms."""
    found: set[TermTie] = set()
    for one in ours:
        for other in theirs:
            if one == other:
                return "same"
            if other in paths.get(one, ()):
                found.add("narrower")
            elif one in paths.get(other, ()):
                found.add("wider")
    return "narrower" if "narrower" in found else "wider" if found else None
