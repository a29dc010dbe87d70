"""Which common goals a scenario serves, and when."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.language import Portfolio
from synodos.roadmap.comparing.followed import Followed


@dataclass(frozen=True, slots=True)
class Served:
    """One theme or goal.

    Attributes
    ----------
    goal : str
        Theme or goal: a root of the tree of common objectives.
    years : tuple of (int, int)
        Each year with the missions that first fly in it and serve the goal or an objective below it; of a theme those
        that serve a goal which serves it.
    undated : int
        Missions without a date that serve it.
    missions : tuple of str
        All of them, by id.
    """

    goal: str
    years: tuple[tuple[int, int], ...]
    undated: int
    missions: tuple[str, ...]


def served(followed: Followed) -> tuple[Served, ...]:
    """Return for every theme and goal which missions serve it, by the year in which they fly."""
    tree = followed.portfolio.vocabularies["exploration-objectives"]
    return tuple(_served(followed, goal) for goal in tree.children(None))


def _served(followed: Followed, goal: str) -> Served:
    """Return which missions serve one goal."""
    plans = followed.portfolio
    serving = [
        one
        for one in followed.missions
        if goal in goals_of(plans, one.objectives) or goal in themes_of(plans, one.objectives)
    ]
    years = [one.planned.earliest.year for one in serving if one.planned and not one.planned.opens_early]
    counts = tuple((year, years.count(year)) for year in sorted(set(years)))
    return Served(goal, counts, len(serving) - len(years), tuple(one.id for one in serving))


def goals_of(portfolio: Portfolio, objectives: tuple[str, ...]) -> frozenset[str]:
    """Return the themes and goals (roots) of objectives."""
    tree = portfolio.vocabularies["exploration-objectives"]
    paths = ((one, tree.ancestors(one)) for one in objectives)
    return frozenset(path[-1] if path else one for one, path in paths)


def themes_of(portfolio: Portfolio, objectives: tuple[str, ...]) -> frozenset[str]:
    """Return the themes that objectives, or the goals above them, serve by the reading of the vocabulary."""
    tree = portfolio.vocabularies["exploration-objectives"]
    return frozenset(theme for one in objectives for wider in tree.ancestors(one) for theme in tree.terms[wider].serves)
