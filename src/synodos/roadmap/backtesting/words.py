"""Plain word matching: pairs of records of two agencies that use the same words, as something to be better than."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from synodos.language import Portfolio
from synodos.roadmap.backtesting.likeness import Proposal
from synodos.roadmap.backtesting.statements import Statement, statements

_WORD = re.compile(r"[^\W\d_]{4,}")


def by_words(portfolio: Portfolio, most: int) -> list[Proposal]:
    """Return what word matching proposes: the pairs of records of two agencies whose words are most alike.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    most : int
        How many proposals.

    Notes
    -----
    Words of four letters or more in names, statements and aims and in the labels of capabilities and destinations,
    weighed by their rarity (tf-idf), compared by the cosine of their angle. Words choose no capability and no place:
    each pair is given every one that either record states, which favours it.
    """
    said = statements(portfolio)
    alike = _cosines([_words(portfolio, one) for one in said])
    rows, columns = np.triu_indices(len(said), 1)
    order = np.argsort(-alike[rows, columns], kind="stable")
    found: dict[tuple[frozenset[str], frozenset[str], frozenset[str]], Proposal] = {}
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if len(found) >= most:
            break
        one, other = said[row], said[column]
        if one.agency != other.agency:
            proposal = _proposal(one, other, float(alike[row, column]))
            key = (proposal.agencies, frozenset(proposal.capabilities), frozenset(proposal.destinations))
            found.setdefault(key, proposal)
    return list(found.values())


def _proposal(one: Statement, other: Statement, score: float) -> Proposal:
    """Return what two records propose together."""
    return Proposal(
        f"{one.record}+{other.record}",
        frozenset((one.agency, other.agency)),
        tuple(dict.fromkeys((*one.capabilities, *other.capabilities))),
        tuple(dict.fromkeys((*one.destinations, *other.destinations))),
        score,
    )


def _words(portfolio: Portfolio, one: Statement) -> Counter[str]:
    """Return the words of a record with their numbers."""
    return Counter(_WORD.findall(" ".join(_texts(portfolio, one)).lower()))


def _texts(portfolio: Portfolio, one: Statement) -> Iterator[str]:
    """Yield what a record says in words."""
    yield from one.texts
    yield from (portfolio.capabilities.label(term) for term in one.capabilities)
    yield from (portfolio.destinations.label(term) for term in one.destinations)


def _cosines(texts: list[Counter[str]]) -> NDArray[np.float64]:
    """Return how alike texts are, each with each: the cosine between their words weighed by rarity."""
    known = Counter(word for text in texts for word in text)
    number = {word: place for place, word in enumerate(sorted(known))}
    weight = np.zeros((len(texts), max(len(number), 1)))
    for row, text in enumerate(texts):
        for word, count in text.items():
            weight[row, number[word]] = count * np.log((1 + len(texts)) / (1 + known[word]))
    length = np.linalg.norm(weight, axis=1, keepdims=True)
    unit = np.divide(weight, length, out=np.zeros_like(weight), where=length > 0)
    alike: NDArray[np.float64] = np.round(unit @ unit.T, 12)  # last digits differ from machine to machine
    return alike
