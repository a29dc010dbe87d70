"""What follows from a change, part by part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.language import DateRange, Portfolio
from synodos.schedule import PeriodChance
from synodos.whatif.consequences.effects import (
    AgreementEffect,
    BudgetYear,
    CoalitionEffect,
    CostEffect,
    DependenceEffect,
    FindingEffect,
    ObjectiveEffect,
)
from synodos.whatif.orphans import Orphan

Standing = Literal["whole", "lacking", "in-doubt", "stopped", "cancelled"]
"""How a mission stands: all is met; something is not that it can do without; something is not of which it is not known;
something essential is not; it is given up."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement that nobody meets, as a mission feels it.

    Attributes
    ----------
    plan : str
        The mission itself, or what it rests on, as `kind:id`.
    capability : str
        What is required there.
    essential : bool or None
        Whether the mission fails without it, over the whole chain; None: not known.
    via : tuple of str
        What leads from the mission to the plan, as `kind:id`.
    own : bool or None
        Whether the plan itself fails without it; None: not known.
    """

    plan: str
    capability: str
    essential: bool | None
    via: tuple[str, ...] = ()
    own: bool | None = None


@dataclass(frozen=True, slots=True)
class MissionEffect:
    """How a mission stands before and after a change.

    Attributes
    ----------
    mission, name, agency : str
        The mission as `mission:id`, its name, and who leads it.
    before, after : Standing
        How it stands.
    gaps : tuple of Gap
        What nobody meets after the change, essential ones first.
    new_gaps : tuple of Gap
        Those among them that were not there before.
    """

    mission: str
    name: str
    agency: str
    before: Standing
    after: Standing
    gaps: tuple[Gap, ...]
    new_gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """When a mission leaves, and how sure that is.

    Attributes
    ----------
    deterministic : datetime.date
        If everything takes exactly as long as planned.
    median, p80 : datetime.date or None
        Days by which half and four fifths of the iterations have left; None where they lie among those without a date.
    in_time : float or None
        Share that leaves by the planned date; None: no date is planned. A planned month may end before the launch
        period that is meant does, or begin with its last days: then the chance of the period says more.
    periods : tuple of PeriodChance
        Launch periods with their chances; empty: it can leave at any time.
    later, never : float
        Share that is ready only after the last known period, and share that never leaves.
    curve : tuple of (datetime.datetime, float)
        Confidence curve: moment, and share that has left by then.
    """

    deterministic: dt.date
    median: dt.date | None
    p80: dt.date | None
    in_time: float | None
    periods: tuple[PeriodChance, ...]
    later: float
    never: float
    curve: tuple[tuple[dt.datetime, float], ...]

    @property
    def meant(self) -> PeriodChance | None:
        """The launch period that the plan means; None: it means none, or can leave at any time."""
        return next((one for one in self.periods if one.intended), None)


@dataclass(frozen=True, slots=True)
class MissionDates:
    """When a mission leaves before and after a change.

    Attributes
    ----------
    mission, name : str
        The mission as `mission:id`, and its name.
    planned_before, planned_after : DateRange or None
        Planned date as stated, and as supposed.
    before : Chances or None
        None where nothing is left to be done for it.
    waits_before : tuple of Gap
        Essential requirements that nobody met before the change: `before` holds only if somebody does in time.
    after : Chances or None
        None where the mission is given up, or has no network that leads to its launch: something essential that the
        change takes away is met by nobody.
    waits_after : tuple of Gap
        Essential requirements that nobody meets after the change.
    if_replaced : Chances or None
        If somebody else brought what the change takes away, later by the default delay of a replacement; None: nothing
        has to be replaced.
    next_period : tuple of (datetime.date, datetime.date) or None
        Launch period after the one that the plan meant before the change; None: none is known, or it can leave on any
        day.
    """

    mission: str
    name: str
    planned_before: DateRange | None
    planned_after: DateRange | None
    before: Chances | None
    waits_before: tuple[Gap, ...]
    after: Chances | None
    waits_after: tuple[Gap, ...]
    if_replaced: Chances | None
    next_period: tuple[dt.date, dt.date] | None

    @property
    def moves(self) -> bool:
        """Whether anything of its dates differs."""
        was = (self.before, self.planned_before, self.waits_before)
        return was != (self.after, self.planned_after, self.waits_after)

    @property
    def can_leave(self) -> bool:
        """Whether it can leave without anybody taking over anything."""
        return self.after is not None and not self.waits_after


@dataclass(frozen=True)
class Consequences:
    """Everything that follows from a change.

    Parts that were not asked for are empty; `asked` says which were.

    Attributes
    ----------
    change : str
        The change in words.
    known_on : datetime.date
        Day of knowledge.
    asked : tuple of str
        Parts that were computed, of `PARTS`.
    after : Portfolio
        The portfolio as it would stand.
    orphans : tuple of Orphan
        Requirements that nobody meets.
    stranded : tuple of str
        What agencies bring to plans of others that stop, by their lead's doing, and that serves nothing else, as
        `kind:id`.
    missions : tuple of MissionEffect
        Missions whose standing or gaps change, or that the change touches; the worst struck first.
    dates : tuple of MissionDates
        Dates and confidence of the missions to come that rest on anything that differs.
    costs : tuple of CostEffect
        Amounts that move, and who bears them.
    budgets : tuple of BudgetYear
        Years of budgets that are cut, against what the agency's own plans take; told with the costs.
    objectives : tuple of ObjectiveEffect
        Objectives that missions no longer serve; those that are lost first.
    dependences : tuple of DependenceEffect
        Pairs of agencies between which dependence shifts.
    agreements : tuple of AgreementEffect
        Agreements that it touches.
    findings : tuple of FindingEffect
        Findings of law that appear, disappear or change.
    coalition : CoalitionEffect or None
        Worth and shares of those who remain; None: not asked for, or it cannot be told.
    unseen : tuple of str
        Plans of which something essential, or not known to be less, is met by what the viewer may not see, as
        `kind:id`: whether the change takes it away cannot be told.
    notes : tuple of str
        What the reader has to know.
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    """

    change: str
    known_on: dt.date
    asked: tuple[str, ...]
    after: Portfolio
    orphans: tuple[Orphan, ...]
    stranded: tuple[str, ...] = ()
    missions: tuple[MissionEffect, ...] = ()
    dates: tuple[MissionDates, ...] = ()
    costs: tuple[CostEffect, ...] = ()
    budgets: tuple[BudgetYear, ...] = ()
    objectives: tuple[ObjectiveEffect, ...] = ()
    dependences: tuple[DependenceEffect, ...] = ()
    agreements: tuple[AgreementEffect, ...] = ()
    findings: tuple[FindingEffect, ...] = ()
    coalition: CoalitionEffect | None = None
    unseen: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @cached_property
    def orphaned_essential(self) -> tuple[Orphan, ...]:
        """Orphans without which their plan fails."""
        return tuple(one for one in self.orphans if one.essential)

    @property
    def rests_on_unverified(self) -> bool:
        """Whether an orphan rests on general knowledge."""
        return any(one.unverified for one in self.orphans)
