"""What a paper was agreed on, and whether it can still be computed from what is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from synodos.language import DateRange, Paper, PinnedFigure, Pins, Portfolio
from synodos.law import ContestedQuestion, contested


@dataclass(frozen=True, slots=True)
class PinDifference:
    """Something that a paper was agreed on and that the portfolio at hand has otherwise.

    Attributes
    ----------
    what : {"known_on", "portfolio_sha256", "scenario"}
        The pin.
    pinned, found : str
        What the paper says, and what there is; empty where there is nothing.
    """

    what: Literal["known_on", "portfolio_sha256", "scenario"]
    pinned: str
    found: str


def pins_of(
    then: Portfolio, *, scenario: str | None = None, edition: str | None = None, figures: tuple[PinnedFigure, ...] = ()
) -> Pins:
    """Return the pins of a paper that is agreed on a portfolio.

    Parameters
    ----------
    then : Portfolio
        The portfolio of a day before the paper is stated: one that holds the paper has another hash.
    scenario, edition : str, optional
        The scenario that the paper rests on, and the roadmap edition that it is about, by id.
    figures : tuple of PinnedFigure
        Figures that it states.

    Raises
    ------
    ValueError
        If the portfolio has no such scenario.
    """
    if scenario is not None and scenario not in then.scenarios:
        message = f"scenario: expected the id of a scenario of {then.header.id}, found {scenario!r}"
        raise ValueError(message)
    return Pins(
        known_on=DateRange(then.known_on.isoformat()),
        portfolio_sha256=then.sha256,
        scenario=scenario,
        edition=edition,
        figures=figures,
    )


def pin_differences(paper: Paper, then: Portfolio) -> tuple[PinDifference, ...]:
    """Return where the portfolio of the pinned day, as the paper's authors saw it, differs from what was pinned.

    Parameters
    ----------
    paper : Paper
        The paper; one without pins differs in nothing.
    then : Portfolio
        The portfolio of the pinned day, such as ``history.known_on(paper.pins.known_on.latest, viewer)``.
    """
    pins = paper.pins
    if pins is None:
        return ()
    found: list[PinDifference] = []
    if pins.known_on.latest != then.known_on:
        found.append(PinDifference("known_on", pins.known_on.text, then.known_on.isoformat()))
    if pins.portfolio_sha256 != then.sha256:
        found.append(PinDifference("portfolio_sha256", pins.portfolio_sha256, then.sha256))
    if pins.scenario is not None and pins.scenario not in then.scenarios:
        found.append(PinDifference("scenario", pins.scenario, ""))
    return tuple(found)


def common_understanding(portfolio: Portfolio, paper: str) -> ContestedQuestion:
    """Return the contested question on which a paper proposes a common understanding, with who holds which reading.

    Raises
    ------
    ValueError
        If the portfolio has no such paper, or the paper names no contested question.
    """
    found = portfolio.papers.get(paper)
    if found is None or found.contested is None:
        message = f"paper: expected the id of a paper with a contested question, found {paper!r}"
        raise ValueError(message)
    return next(one for one in contested(portfolio) if one.id == found.contested)
