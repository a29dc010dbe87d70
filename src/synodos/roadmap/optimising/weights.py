"""A reader's weights, on what missions serve and where they go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from synodos.language import Mission, Portfolio, Vocabulary, nearest

LEAST, MOST = 0.001, 1_000.0
OBJECTIVES: Final = "exploration-objectives"


@dataclass(frozen=True)
class Weights:
    """What a reader weighs, for each objective that missions serve and each destination that they go to.

    Attributes
    ----------
    given : mapping of str to float
        As they were given, by objective or destination.
    of : mapping of str to float
        By objective that a mission serves and destination that one goes to; nothing for what has no weight.
    """

    given: Mapping[str, float]
    of: Mapping[str, float]

    def served_by(self, mission: Mission) -> tuple[str, ...]:
        """Return the objectives and destinations of a mission that have a weight."""
        return tuple(one for one in dict.fromkeys((*mission.objectives, *mission.destinations)) if one in self.of)


def weights_of(portfolio: Portfolio, given: Mapping[str, float]) -> Weights:
    """Return weights for all that missions serve and all places that they go to.

    A weight holds for all below it in the tree, each on its own, and that of a theme for what serves it; what is nearer
    wins.

    Raises
    ------
    ValueError
        If there are none, one is out of range, or what is weighed is no objective and no destination.
    """
    trees = (portfolio.vocabularies[OBJECTIVES], portfolio.destinations)
    known = [*trees[0], *trees[1]]
    if not given:
        message = "optimum.weights: found none, expected a weight for at least one objective or destination"
        raise ValueError(message)
    for key, weight in given.items():
        if key not in known:
            near = nearest(key, known)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"optimum.weights: found {key!r}, expected an objective or a destination{hint}"
            raise ValueError(message)
        if not (math.isfinite(weight) and LEAST <= weight <= MOST):
            message = f"optimum.weights: found {weight:g} for {key}, expected a number from {LEAST:g} to {MOST:,.0f}"
            raise ValueError(message)
    missions = portfolio.missions.values()
    met = dict.fromkeys(key for mission in missions for key in (*mission.objectives, *mission.destinations))
    found = {}
    for key in met:
        above = next((one for tree in trees for one in _wider(tree, key) if one in given), None)
        if above is not None:
            found[key] = given[above]
    return Weights(dict(given), found)


def _wider(tree: Vocabulary, key: str) -> Iterator[str]:
    """Yield a term, those above it, and then the themes that one of these serves."""
    above = tree.ancestors(key)
    yield from above
    yield from (theme for one in above for theme in tree.terms[one].serves)


def label_of(portfolio: Portfolio, key: str) -> str:
    """Return what an objective or a destination is called."""
    tree = portfolio.vocabularies[OBJECTIVES]
    return tree.label(key) if key in tree else portfolio.destinations.label(key)
