"""Which durations move together: stated correlations, and the common factor of each agency."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.language import Portfolio
from synodos.schedule.sampling import correlation_faults
from synodos.schedule.types import Network

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Together:
    """Activities whose correlations are stated.

    Attributes
    ----------
    places : tuple of int
        Places of the nodes in the network.
    correlation : ndarray, shape (k, k)
        Correlation of the normal scores that is left beside the common factor of their agencies.
    shares_factor : bool
        Whether they load on their agency's factor too; otherwise the matrix says all.
    """

    places: tuple[int, ...]
    correlation: Floats
    shares_factor: bool


def together(network: Network, portfolio: Portfolio, uncertain: Sequence[bool], within: float) -> tuple[Together, ...]:
    """Return the groups of nodes that stated correlations join.

    Parameters
    ----------
    network : Network
    portfolio : Portfolio
        Its risks state the correlations.
    uncertain : sequence of bool
        For each node whether its duration varies at all; pairs with one that does not are left out.
    within : float
        Correlation within an agency, for pairs that state none.

    Raises
    ------
    ValueError
        If a pair is stated twice with two values, or no durations can correlate as stated (code `risk.correlation`);
        the message names the entries.
    """
    stated, said = _stated(network, portfolio, uncertain)
    return tuple(_group(network, places, stated, said, within) for places in _joined(stated))


Pairs = dict[tuple[int, int], float]


def _stated(
    network: Network, portfolio: Portfolio, uncertain: Sequence[bool]
) -> tuple[Pairs, dict[tuple[int, int], str]]:
    """Return the rank correlation of each pair of places, and the record that states it."""
    stated: Pairs = {}
    said: dict[tuple[int, int], str] = {}
    for record in portfolio.risks.values():
        for entry in record.correlations:
            places = [network.place.get(activity) for activity in entry.activities]
            if None in places or not all(uncertain[place] for place in places if place is not None):
                continue
            first, second = sorted(place for place in places if place is not None)
            pair = first, second
            if first == second or stated.get(pair, entry.coefficient) != entry.coefficient:
                one, other = (network.nodes[place].id for place in pair)
                also = f" and {stated[pair]:g} (risk:{said[pair]})" if pair in stated else ""
                message = (
                    f"risk.correlation: {one} and {other} correlate by {entry.coefficient:g} (risk:{record.id}){also}. "
                    "State one value for each pair of two activities."
                )
                raise ValueError(message)
            stated[pair], said[pair] = entry.coefficient, record.id
    return stated, said


def _joined(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that pairs join, each in order."""
    group: dict[int, set[int]] = {}
    for first, second in pairs:
        merged = group.get(first, {first}) | group.get(second, {second})
        group.update(dict.fromkeys(merged, merged))
    found = {id(members): members for members in group.values()}
    return sorted(sorted(members) for members in found.values())


def _group(
    network: Network,
    places: list[int],
    stated: Pairs,
    said: Mapping[tuple[int, int], str],
    within: float,
) -> Together:
    """Return one group with its matrix, beside the agencies' factors where that can be."""
    position = {place: index for index, place in enumerate(places)}
    matrix, given = np.eye(len(places)), np.eye(len(places), dtype=np.bool_)
    for (first, second), coefficient in stated.items():
        if first in position and second in position:
            one, other = position[first], position[second]
            matrix[one, other] = matrix[other, one] = _of_scores(coefficient)
            given[one, other] = given[other, one] = True
    labels = [network.nodes[place].id for place in places]
    if correlation_faults(matrix, labels):
        records = sorted({said[pair] for pair in stated if pair[0] in position})
        told = [
            f"{labels[position[first]]} and {labels[position[second]]} by {coefficient:g}"
            for (first, second), coefficient in stated.items()
            if first in position
        ]
        message = (
            f"risk.correlation: no durations can correlate as stated: {', '.join(told)}. They are stated in "
            f"{', '.join(f'risk:{one}' for one in records)}."
        )
        raise ValueError(message)
    rest = _beside_factors(matrix, given, [network.nodes[place].agency for place in places], within)
    if correlation_faults(rest, labels):
        return Together(tuple(places), matrix, shares_factor=False)
    return Together(tuple(places), rest, shares_factor=True)


def _of_scores(rank: float) -> float:
    """Return the correlation of normal scores whose ranks correlate so (Pearson 1907)."""
    return 2 * math.sin(math.pi * rank / 6)


def _beside_factors(matrix: Floats, given: Flags, agencies: Sequence[str], within: float) -> Floats:
    """Return the correlation that is left beside common factors; unstated pairs keep that of their agency."""
    if within >= 1:
        return np.full_like(matrix, 2.0)  # no correlation matrix: nothing is left beside a factor that is all
    same = np.array([[one == other for other in agencies] for one in agencies])
    left = np.where(given, (matrix - np.where(same, within, 0.0)) / (1 - within), 0.0)
    np.fill_diagonal(left, 1.0)
    return np.asarray(left)
