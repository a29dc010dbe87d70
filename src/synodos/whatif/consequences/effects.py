"""What a change does to money, objectives, dependence, agreements, law, and the worth of those who remain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from synodos.language import Cost, DateRange, Money
from synodos.law import AgreementState

FindingStatus = Literal["met", "breached", "needs_determination", "exempt"]
"""Where a finding of law stands."""


@dataclass(frozen=True, slots=True)
class CostEffect:
    """An amount that a change moves, and who bears it.

    Attributes
    ----------
    record : str
        What the amount belongs to, as `kind:id`.
    name : str
        Its name.
    sort : str
        `to-replace`: others would have to bear it if they took over what is lost; `stranded`: belongs to what no longer
        serves anything; `withdrawn`: money that stands behind the plans no more; `cut`: budget that is lost.
    bore : str
        Agency that bears it by plan.
    falls_to : tuple of str
        Agencies whose plans would have to bear it; empty: nobody.
    costs : tuple of Cost
        Amounts as stated; empty: none is, and `missing` says so.
    origin : str
        `stated`, `estimate` (by an analogue, with its record), or `none`.
    evidence : tuple of str
        Records that say it.
    """

    record: str
    name: str
    sort: Literal["to-replace", "stranded", "withdrawn", "cut"]
    bore: str
    falls_to: tuple[str, ...]
    costs: tuple[Cost, ...]
    origin: Literal["stated", "estimate", "none"]
    evidence: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether no figure is stated."""
        return not self.costs


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """What a plan takes of a budget in one year.

    Attributes
    ----------
    plan, name : str
        The plan as `kind:id`, and its name.
    amount : Money
        What it takes in the year.
    estimated : bool
        Whether an analogue says so, not the plan.
    spread : bool
        Whether the amount states no period, and is spread evenly up to the date of the plan: an assumption.
    fitted, fits : bool or None
        Whether the budget paid for it before the cut, and pays after it, if plans are paid in order of their dates;
        None: no budget of the year is known.
    """

    plan: str
    name: str
    amount: Money
    estimated: bool
    spread: bool
    fitted: bool | None
    fits: bool | None


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """A year of a budget that is cut.

    Attributes
    ----------
    agency : str
        Whose budget.
    year : int
        Calendar year.
    before, after : Money or None
        What is stated for the year, and what is left of it; None: no budget of the year is stated.
    wanted : Money
        What the agency's own plans take in the year, as far as figures are stated.
    short : Money or None
        How much of that is not paid for; None: no budget of the year is stated.
    plans : tuple of BudgetPlan
        What takes it, in order of their dates.
    missing : tuple of str
        Figures that are not stated.
    """

    agency: str
    year: int
    before: Money | None
    after: Money | None
    wanted: Money
    short: Money | None
    plans: tuple[BudgetPlan, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveEffect:
    """A common goal or objective that missions no longer serve.

    Attributes
    ----------
    objective, label : str
        Term of the vocabulary `exploration-objectives`, or an aim in the words of a mission, and its words.
    lost_with : tuple of str
        Missions that served it before the change and cannot after it, as `mission:id`.
    still_served_by : tuple of str
        Missions that still serve it; none: it is lost.
    agencies : tuple of str
        Agencies that lead the missions that served it.
    """

    objective: str
    label: str
    lost_with: tuple[str, ...]
    still_served_by: tuple[str, ...]
    agencies: tuple[str, ...]

    @property
    def lost(self) -> bool:
        """Whether nobody serves it any more."""
        return not self.still_served_by


@dataclass(frozen=True, slots=True)
class DependenceEffect:
    """How a change shifts who depends on whom.

    Attributes
    ----------
    dependent, on : str
        Agency that depends, and agency on which it depends.
    before, after : int
        Essential requirements that hang on it.
    gone, new : tuple of (str, str)
        Plan as `kind:id` and capability of the dependences, essential or not, that go and that come.
    """

    dependent: str
    on: str
    before: int
    after: int
    gone: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwedUnder:
    """Something that an agreement still requires.

    Attributes
    ----------
    text : str
        What.
    bearer : str
        Agency that has to do it; empty: all parties.
    due : DateRange or None
        When.
    """

    text: str
    bearer: str
    due: DateRange | None


@dataclass(frozen=True, slots=True)
class AgreementEffect:
    """An agreement that a change touches.

    Attributes
    ----------
    agreement, name, instrument : str
        The agreement as `agreement:id`, its name, and its type.
    binding : bool or None
        Whether it binds by its own text; None: not known.
    before, after : AgreementState
        Where it stands on the first day after the change.
    touches : tuple of str
        `ends`, `loses-party`, `under-what-ends` or `covers-what-is-struck`, the hardest first.
    parties_after : tuple of str
        Agencies that are left in it; none where it ends.
    covers : tuple of str
        Plans that it covers and that the change strikes: given up, without a partner, or lacking what was met before.
    withdrawal : str
        `clause`: its text is known to hold one on duration, termination and withdrawal; `none-known`: its clauses are
        recorded and none of them is one; `not-stated`: its clauses are not recorded.
    continuity : bool
        Whether a clause on continuity if a partner leaves is recorded.
    notice : str
        What an obligation says of giving notice; else `not stated`.
    owed : tuple of OwedUnder
        Other obligations, of whoever withdraws or of all parties, that are not stated to be done.
    """

    agreement: str
    name: str
    instrument: str
    binding: bool | None
    before: AgreementState
    after: AgreementState
    touches: tuple[str, ...]
    parties_after: tuple[str, ...]
    covers: tuple[str, ...]
    withdrawal: Literal["clause", "none-known", "not-stated"]
    continuity: bool
    notice: str
    owed: tuple[OwedUnder, ...]


@dataclass(frozen=True, slots=True)
class FindingEffect:
    """A finding of law that appears, disappears or changes.

    Attributes
    ----------
    norm, activity, bearer : str
        What the finding is about; the same three before and after.
    before, after : FindingStatus or None
        Status; None: no finding.
    open_before, open_after : tuple of str
        Questions that are open in it.
    """

    norm: str
    activity: str
    bearer: str
    before: FindingStatus | None
    after: FindingStatus | None
    open_before: tuple[str, ...] = ()
    open_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoalitionEffect:
    """What those who stay are worth together, and how they would share it.

    Attributes
    ----------
    game : str
        `savings` or `programme`.
    currency : str
        Currency of the worths, or what they count.
    price_year : int or None
        Price year of money.
    worth_before, worth_after : float or None
        Of all players before, and of those who remain after; None where figures are missing and none tells anything.
    alone_before, alone_after : tuple of (str, float)
        Worth of each on its own.
    shares_before, shares_after : tuple of (str, float)
        Shapley value of each player.
    missing : tuple of str
        Figures without which these are too low, or cannot be told.
    notes : tuple of str
        What the reader has to know.
    """

    game: str
    currency: str
    price_year: int | None
    worth_before: float | None
    worth_after: float | None
    alone_before: tuple[tuple[str, float], ...]
    alone_after: tuple[tuple[str, float], ...]
    shares_before: tuple[tuple[str, float], ...]
    shares_after: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
