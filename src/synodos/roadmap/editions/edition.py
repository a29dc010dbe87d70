"""An edition: a day of knowledge, scenarios and words, frozen as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from synodos import __version__
from synodos.cooperation import Opportunity, opportunities
from synodos.language import EditionPlan, Portfolio, nearest
from synodos.roadmap.comparing.compare import ASPECTS, Comparison, compare
from synodos.roadmap.comparing.followed import Followed, followed
from synodos.roadmap.editions.asking import EditionInstrument, EditionQuestion, instruments, questions
from synodos.roadmap.editions.gaps import EditionGap, gaps
from synodos.roadmap.editions.missions import EditionMission, missions
from synodos.roadmap.editions.taking_part import EditionAgency, agencies

MOST_OPPORTUNITIES: Final = 20
"""Opportunities that an edition tells, the best first."""
TOLD: Final = ASPECTS[:-1]
"""Aspects in which an edition compares its scenarios: all but `worth`, which may take minutes."""


@dataclass(frozen=True, slots=True)
class FrozenPortfolio:
    """The plans that an edition rests on.

    Attributes
    ----------
    id, title : str
        Which portfolio.
    sha256 : str
        Hash of all that it says to this viewer on this day.
    known_on : datetime.date
        Day of knowledge.
    viewer : str
        Who looks: an agency, `members` or `public`.
    compiler : str
        Who compiled it from public sources; empty: the agencies declared it themselves.
    records, unverified : int
        Records, and those of them that rest on general knowledge.
    """

    id: str
    title: str
    sha256: str
    known_on: dt.date
    viewer: str
    compiler: str
    records: int
    unverified: int


@dataclass(frozen=True, slots=True)
class EditionScenario:
    """One scenario of an edition.

    Attributes
    ----------
    id, name : str
        The scenario.
    builds_on : tuple of str
        Scenarios on which it builds.
    steps, assumptions : tuple of str
        In words, as stated.
    missions : tuple of EditionMission
        In the order in which they are flown.
    """

    id: str
    name: str
    builds_on: tuple[str, ...]
    steps: tuple[str, ...]
    assumptions: tuple[str, ...]
    missions: tuple[EditionMission, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A numbered roadmap, with everything that its documents tell and later editions are compared with.

    Attributes
    ----------
    plan : EditionPlan
        Title, day, scenarios and words.
    synodos : str
        Release that computed it.
    portfolio : FrozenPortfolio
        What it rests on.
    agencies : tuple of EditionAgency
        Members, and who else leads or takes part in a mission, with what each does.
    scenarios : tuple of EditionScenario
        In the order of the plan.
    comparison : Comparison
        The same scenarios side by side: readiness, arrivals, goals, costs, dependence, critical path, law, robustness.
    gaps : tuple of EditionGap
        What missions cannot do without and nobody supplies.
    opportunities : tuple of Opportunity
        The best, at most twenty, of the whole portfolio.
    opportunity_count : int
        How many there are.
    instruments : tuple of EditionInstrument
        What its missions need signed, and nothing in force is known to be.
    questions : tuple of EditionQuestion
        Contested questions on which findings about its missions hinge.
    missing : tuple of str
        Facts that would make it better.
    """

    plan: EditionPlan
    synodos: str
    portfolio: FrozenPortfolio
    agencies: tuple[EditionAgency, ...]
    scenarios: tuple[EditionScenario, ...]
    comparison: Comparison
    gaps: tuple[EditionGap, ...]
    opportunities: tuple[Opportunity, ...]
    opportunity_count: int
    instruments: tuple[EditionInstrument, ...]
    questions: tuple[EditionQuestion, ...]
    missing: tuple[str, ...]


def edition(portfolio: Portfolio, plan: EditionPlan, *, progress: Callable[[int, int], None] | None = None) -> Edition:
    """Return what a plan of an edition freezes.

    Parameters
    ----------
    portfolio : Portfolio
        As known on the plan's day, and as its viewer may see it.
    plan : EditionPlan
        What to freeze.
    progress : callable, optional
        Told how many steps are done, and of how many.

    Raises
    ------
    ValueError
        If the portfolio is of another day or viewer, or lacks a scenario or an author of the plan; or if a scenario
        cannot be followed.
    """
    _check(portfolio, plan)
    portfolio = in_order(portfolio)
    steps = len(plan.scenarios) * len(TOLD)
    told = None if progress is None else lambda done, _: progress(done, steps + 1)
    comparison = compare(
        portfolio, plan.scenarios, aspects=TOLD, iterations=plan.iterations, seed=plan.seed,
        law_known_on=plan.law_known_on.latest if plan.law_known_on else None, progress=told,
    )  # fmt: skip
    plans = [followed(portfolio, key) for key in plan.scenarios]
    scenarios = tuple(_scenario(one, comparison, plan, place) for place, one in enumerate(plans))
    found = opportunities(portfolio)
    if progress is not None:
        progress(steps + 1, steps + 1)
    return Edition(
        plan=plan,
        synodos=__version__,
        portfolio=_frozen(portfolio),
        agencies=agencies(portfolio, plans, plan.authors),
        scenarios=scenarios,
        comparison=comparison,
        gaps=gaps(portfolio, comparison),
        opportunities=found.ranked[:MOST_OPPORTUNITIES],
        opportunity_count=found.total,
        instruments=instruments(plans),
        questions=questions(plans, plan),
        missing=tuple(dict.fromkeys(fact for one in comparison.scenarios for fact in one.readiness.missing)),
    )


def in_order(portfolio: Portfolio) -> Portfolio:
    """Return a portfolio with its records in the order of their ids, whatever order they were read in."""
    return replace(portfolio, tables={kind: dict(sorted(table.items())) for kind, table in portfolio.tables.items()})


def _check(portfolio: Portfolio, plan: EditionPlan) -> None:
    """Refuse a portfolio that is not what the plan is about."""
    if (portfolio.known_on, portfolio.viewer) != (plan.day, plan.viewer):
        found = f"the portfolio is that of {portfolio.known_on} as {portfolio.viewer or 'nobody'} sees it"
        message = f"{found}; expected {plan.day}, as {plan.viewer} sees it"
        raise ValueError(message)
    for name, keys, there in (
        ("scenarios", plan.scenarios, portfolio.scenarios),
        ("authors", plan.authors, portfolio.agencies),
    ):
        unknown = next((key for key in keys if key not in there), None)
        if unknown is not None:
            near = nearest(unknown, there)
            message = f"{name}: there is no {unknown!r} to be seen on {plan.day}"
            raise ValueError(message + (f"; did you mean {near!r}?" if near else ""))


def _frozen(portfolio: Portfolio) -> FrozenPortfolio:
    """Return what an edition says of the portfolio that it rests on."""
    header = portfolio.header
    return FrozenPortfolio(
        id=header.id,
        title=header.title,
        sha256=portfolio.sha256,
        known_on=portfolio.known_on,
        viewer=portfolio.viewer or "",
        compiler=header.compiler.name if header.compiler else "",
        records=len(portfolio),
        unverified=len(portfolio.unverified),
    )


def _scenario(one: Followed, comparison: Comparison, plan: EditionPlan, place: int) -> EditionScenario:
    """Return one scenario with its missions."""
    said = one.said
    return EditionScenario(
        id=said.id,
        name=said.name,
        builds_on=said.builds_on,
        steps=one.stated.scenarios[said.id].steps,
        assumptions=said.assumptions,
        missions=missions(one, comparison.scenarios[place].readiness, plan.iterations, plan.seed),
    )
