"""Where plans meet: how well the destinations of a need and of a supply fit, and what place they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.matching import ANYWHERE
from synodos.cooperation.weights import Weights
from synodos.language import Vocabulary

HOLDS_ANYWHERE: Final = 0
"""Code of the destinations of what holds anywhere."""
NOT_STATED: Final = 1
"""Code of destinations that are not stated."""
UNPLACED: Final = 0
"""Code of the place of what has none."""


class Places:
    """Codes for lists of destinations, for the bodies they lie at and for the places by which plans are grouped.

    A body is a root of the destination tree. A place is the same, but for roots in the roadmap's band `other`, which
    stand for bodies far apart: there it is the term just below the root.

    Attributes
    ----------
    terms : dict of str to int
        Number of each destination.
    names : list of str
        Name of each place; that of `UNPLACED` is empty.
    place_of, body_of : list of int
        Place and body of each destination, by its number.
    slot_of_place : array of int64
        One more than the body of each place; 0 for `UNPLACED`.
    lists : list of tuple of str
        Destinations by the code of the list.
    bodies : list of tuple of int
        Bodies at which a list of destinations lies, by its code, or `ANYWHERE` alone.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Give numbers to the terms of the vocabulary."""
        self.vocabulary = vocabulary
        self.terms = {term: number for number, term in enumerate(vocabulary)}
        paths = [vocabulary.ancestors(term) for term in vocabulary]
        roots = dict.fromkeys(path[-1] for path in paths)
        self.root_numbers = {root: number for number, root in enumerate(roots)}
        self.names = ["", *dict.fromkeys(self.name(path) for path in paths)]
        self.place_of = [self.names.index(self.name(path)) for path in paths]
        self.body_of = [self.root_numbers[path[-1]] for path in paths]
        self.slot_of_place = np.zeros(len(self.names), dtype=np.int64)
        for place, body in zip(self.place_of, self.body_of, strict=True):
            self.slot_of_place[place] = body + 1
        self.codes: dict[tuple[str, ...], int] = {(): NOT_STATED}
        self.lists: list[tuple[str, ...]] = [(), ()]
        self.bodies: list[tuple[int, ...]] = [(ANYWHERE,), (ANYWHERE,)]

    def name(self, path: Sequence[str]) -> str:
        """Return the place of the destination whose path to the root this is."""
        spread = self.vocabulary.terms[path[-1]].band == "other"
        return path[-2] if spread and len(path) > 1 else path[-1]

    def code(self, destinations: tuple[str, ...]) -> int:
        """Return the code of a list of destinations; those that the vocabulary does not know are passed over."""
        if destinations not in self.codes:
            known = tuple(term for term in destinations if term in self.terms)
            if known != destinations:
                return self.code(known)
            self.codes[known] = len(self.lists)
            self.lists.append(known)
            self.bodies.append(tuple(dict.fromkeys(self.body_of[self.terms[term]] for term in known)))
        return self.codes[destinations]

    def fits(self, weights: Weights) -> Fits:
        """Return how every list of destinations coded so far fits every other."""
        return _fits(self, weights)


@dataclass(frozen=True, slots=True)
class Fits:
    """How lists of destinations fit, by the codes of the need (row) and of the supply (column).

    Attributes
    ----------
    value : array of float64
        Value of the fit; nan where a destination is not stated.
    place : array of int32
        Place at which they meet: the need's first that fits best, else the supply's first.
    """

    value: NDArray[np.float64]
    place: NDArray[np.int32]


def _fits(places: Places, weights: Weights) -> Fits:
    """Return the fit of all pairs of lists of destinations."""
    lists = [[places.terms[term] for term in terms] for terms in places.lists]
    stands = np.zeros((len(lists), len(places.terms)), dtype=np.float32)
    for row, terms in enumerate(lists):
        stands[row, terms] = 1
    related, together = _relations(places)
    value = weights.tables["destination"].values
    same = stands @ related @ stands.T > 0
    near = stands @ together @ stands.T > 0
    fit = np.where(same, value["same"], np.where(near, value["same-body"], value["elsewhere"]))
    fit[NOT_STATED, :] = fit[:, NOT_STATED] = np.nan
    fit[HOLDS_ANYWHERE, :] = fit[:, HOLDS_ANYWHERE] = value["anywhere"]
    place_of = np.array(places.place_of, dtype=np.int32)
    first = np.array([place_of[terms[0]] if terms else UNPLACED for terms in lists], dtype=np.int32)
    place = np.where(first[:, None] != UNPLACED, first[:, None], first[None, :])
    for relation in (together, related):  # a closer relation, and then an earlier destination, has the last word
        for rank in range(max(map(len, lists)) - 1, -1, -1):
            rows = [row for row, terms in enumerate(lists) if len(terms) > rank]
            ranked = [lists[row][rank] for row in rows]
            hit = relation[ranked] @ stands.T > 0
            place[rows] = np.where(hit, place_of[ranked][:, None], place[rows])
    return Fits(fit, place)


def _relations(places: Places) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return which destinations lie within one another, and which at one body, as matrices of 0 and 1."""
    size = len(places.terms)
    related = np.zeros((size, size), dtype=np.float32)
    for term, number in places.terms.items():
        for above in places.vocabulary.ancestors(term):
            related[number, places.terms[above]] = related[places.terms[above], number] = 1
    body = np.array(places.body_of)
    return related, (body[:, None] == body[None, :]).astype(np.float32)
