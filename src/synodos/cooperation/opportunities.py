"""Where agencies could cooperate: ranked opportunities, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from synodos.cooperation.weights import Weights, default_weights

if TYPE_CHECKING:
    from synodos.language import Portfolio

Kind = Literal["gap", "duplication", "complement", "shared-asset", "joint-interest"]
OPPORTUNITY_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score.

    Attributes
    ----------
    name : str
        Which part.
    value : float or None
        From 0 (worst) to 1 (best); None where it is not stated, and the weights' value for the unknown counts.
    weight : float
        How much it counts.
    reason : str
        Why it has its value.
    """

    name: str
    value: float | None
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A cooperation that nobody has agreed yet.

    Attributes
    ----------
    kind : str
        `gap` (sought, and provided by nobody), `duplication` (provided twice), `complement` (sought by one, provided
        by another), `shared-asset` (sought by one, on offer or with capacity to share at another) or `joint-interest`
        (pursued by several without a link).
    id : str
        Stable name.
    agencies : tuple of str
        Agencies concerned; first the one that seeks, where one does.
    capability, objective : str or None
        What it is about.
    destinations : tuple of str
        Destinations that the records state there; empty: not stated, or any.
    bands : tuple of str
        Bands of the roadmap in which they lie.
    years : tuple of (int or None, int or None), or None
        First and last year in which it could happen, an open end as None; None where no date is stated.
    score : float
        Mean of the parts by weight, from 0 to 1.
    parts : tuple of ScorePart
        What the score is made of; of merged opportunities, those of the best.
    obstacles : tuple of str
        What stands in the way, law apart.
    records : tuple of str
        Evidence as `kind:id`: what seeks, what provides, then interests and rules.
    unverified : bool
        Whether a record among them rests on general knowledge.
    why : str
        One sentence that says why it is an opportunity.
    """

    kind: Kind
    id: str
    agencies: tuple[str, ...]
    capability: str | None
    objective: str | None
    destinations: tuple[str, ...]
    bands: tuple[str, ...]
    years: tuple[int | None, int | None] | None
    score: float
    parts: tuple[ScorePart, ...]
    obstacles: tuple[str, ...]
    records: tuple[str, ...]
    unverified: bool
    why: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A cooperation that is agreed, and so is not proposed.

    Attributes
    ----------
    agencies : tuple of str
        Agencies concerned.
    topic : str
        Capability or objective.
    reason : str
        What shows that it is agreed.
    records : tuple of str
        Evidence as `kind:id`.
    """

    agencies: tuple[str, ...]
    topic: str
    reason: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opportunities:
    """The answer to the question where to cooperate.

    Attributes
    ----------
    ranked : tuple of Opportunity
        The best first; of equal scores, in the order of their ids.
    total : int
        How many there are, though fewer may be listed.
    agreed : tuple of Agreed
        What was left out because it is agreed already.
    notes : tuple of str
        What a reader has to know of how the answer came about.
    """

    ranked: tuple[Opportunity, ...]
    total: int
    agreed: tuple[Agreed, ...]
    notes: tuple[str, ...]


def opportunities(
    portfolio: Portfolio,
    for_agency: str | None = None,
    most: int | None = None,
    weights: Weights | None = None,
    *,
    kind: str | None = None,
) -> Opportunities:
    """Return where agencies could cooperate, the best opportunity first.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    for_agency : str, optional
        Agency that has to be concerned; default: any.
    most : int, optional
        How many to list; default: all.
    weights : Weights, optional
        What decides on the scores; default: those that the package ships.
    kind : str, optional
        One of `OPPORTUNITY_KINDS`; default: all.

    Raises
    ------
    KeyError
        If the portfolio has no agency `for_agency`.
    ValueError
        If `most` is negative, or there is no such kind.

    Notes
    -----
    A requirement that nobody meets is a gap; with a provider of another agency, a complement, or a shared asset if
    capacity stands on offer. Two providers of one capability at one place in overlapping years are a duplication.
    Agencies that pursue one objective at one place in overlapping years without a link have a joint interest.
    Windows are widened by the tolerance of the weights; a date that is missing is taken as always.
    """
    if for_agency is not None and for_agency not in portfolio.agencies:
        raise KeyError(for_agency)
    if most is not None and most < 0:
        message = f"most: expected 0 or more, found {most}"
        raise ValueError(message)
    if kind is not None and kind not in OPPORTUNITY_KINDS:
        message = f"kind: expected one of {', '.join(OPPORTUNITY_KINDS)}, found {kind!r}"
        raise ValueError(message)
    from synodos.cooperation.survey import survey  # NumPy is slow to import, so only here

    return survey(portfolio, for_agency, kind, most, weights or default_weights())
