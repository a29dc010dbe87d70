"""The values that options consist of: moves, dates, steps of agreements, criteria."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from synodos.language import Money

MoveSort = Literal["replace", "absorb", "descope", "wait", "merge", "cancel", "hedge"]
TAKES_OVER: Final[tuple[MoveSort, ...]] = ("replace", "absorb", "hedge")
"""Moves by which an agency brings what was lost."""
CRITERIA: Final = ("date", "cost", "objectives", "dependence", "obstacles")
"""What options are compared by; of each, less is better."""
StepSort = Literal["conclude", "amend", "decide", "licence"]


@dataclass(frozen=True, slots=True)
class AgreementStep:
    """An instrument that an option needs.

    Attributes
    ----------
    does : {"conclude", "amend", "decide", "licence"}
        Conclude a new one, amend one in force, decide within one agency, or obtain a licence for what crosses a border.
    instrument : str
        Type of instrument, or the id of the agreement that is amended; empty if not known.
    parties : tuple of str
        Agencies that have to agree.
    by : datetime.date or None
        Last day on which it has to stand: to be signed, decided or given; None: not known.
    why : str
        Reason in a sentence.
    clauses : tuple of str
        Clauses that the text has to settle and that nothing in force settles.
    records : tuple of str
        Evidence as `kind:id`.
    begin_by : datetime.date or None
        Last day on which it has to be begun to stand on that day; None: not known.
    """

    does: StepSort
    instrument: str
    parties: tuple[str, ...]
    by: dt.date | None
    why: str
    clauses: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    begin_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done about one requirement, or about one mission.

    Attributes
    ----------
    does : MoveSort
        Another agency takes it over (`replace`), the lead or a partner that stays does (`absorb`), it is left out
        (`descope`), the mission leaves later (`wait`), flies with another (`merge`), is given up (`cancel`), or a
        substitute is prepared beside what is late (`hedge`).
    plan : str
        Mission or element, as `kind:id`.
    capability : str
        What was required; empty for a move about the whole mission.
    by : str
        Agency that acts.
    record : str
        What is used, as `kind:id`; empty where it has to be developed.
    proven : bool
        Whether the agency has an element at work, or flown, with this very capability at this destination, and it is
        this, or an offer, that is used; what is planned or in development is not proven.
    ready : datetime.date or None
        When it is there; None: not known, or of no account.
    cost : Money or None
        What it costs whoever acts; None: not stated.
    borne_by : str
        Who bears the cost.
    item : str
        What the cost is about; moves of one agency with the same item share one figure.
    missing : tuple of str
        Figures that would be needed to say what it costs.
    reasons, obstacles, infeasible : tuple of str
        What speaks for it, what stands in the way, and what rules it out.
    agreed_in, built_in : int
        Days from the decision to a text that both can act on, and from there to its use.
    decide_by : datetime.date or None
        Last day on which it can be decided, before what has to be signed for it: of a move of an option so that the
        mission leaves when the option says, else so that it leaves as planned; None: not known, or of no account.
    agreements : tuple of AgreementStep
        What has to be signed or decided.
    records : tuple of str
        Evidence as `kind:id`.
    unverified : bool
        Whether it rests on general knowledge.
    """

    does: MoveSort
    plan: str
    capability: str
    by: str
    record: str = ""
    proven: bool = False
    ready: dt.date | None = None
    cost: Money | None = None
    borne_by: str = ""
    item: str = ""
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    infeasible: tuple[str, ...] = ()
    agreed_in: int = 0
    built_in: int = 0
    decide_by: dt.date | None = None
    agreements: tuple[AgreementStep, ...] = ()
    records: tuple[str, ...] = ()
    unverified: bool = False

    @property
    def feasible(self) -> bool:
        """Whether nothing rules it out."""
        return not self.infeasible


@dataclass(frozen=True, slots=True)
class MissionDate:
    """When a mission leaves under an option.

    Attributes
    ----------
    mission : str
        As `mission:id`.
    before, after : datetime.date or None
        Day without the change and under the option; None: not flown, or no date is known.
    period : tuple of (date, date) or None
        Launch period in which it leaves; None where it leaves on any day.
    intended : bool or None
        Whether it is the period that the plan meant; None without periods.
    chance : float or None
        Chance to leave in the period, or by the date, that the plan meant; None: not computed.
    chance_in_period : float or None
        Chance to leave in `period`; None: not computed, or there is no period.
    """

    mission: str
    before: dt.date | None
    after: dt.date | None
    period: tuple[dt.date, dt.date] | None = None
    intended: bool | None = None
    chance: float | None = None
    chance_in_period: float | None = None

    @property
    def delay_days(self) -> int | None:
        """Days later than without the change; None where one of both is not known."""
        return None if self.before is None or self.after is None else (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class Criteria:
    """How good an option is; of everything, less is better.

    Attributes
    ----------
    date : float
        Days of delay, summed over the missions; one that is given up counts as late beyond measure.
    cost : float
        Stated cost, whoever bears it, in the terms of the answer.
    unknown_costs : frozenset of str
        What somebody would have to pay for, at a cost that is not stated for it by itself.
    objectives : float
        Objectives lost, and a share for each capability that is left out.
    dependence : int
        Essential requirements newly met by another agency than the lead.
    obstacles : int
        What stands in the way.
    """

    date: float
    cost: float
    unknown_costs: frozenset[str]
    objectives: float
    dependence: int
    obstacles: int

    def dominates(self, other: Criteria) -> bool:
        """Return whether this is no worse in anything and better in something.

        Of costs that are not stated, some are less only if they are some of the other's.
        """
        return (
            self.date <= other.date
            and self.obstacles <= other.obstacles
            and self.objectives <= other.objectives
            and self.dependence <= other.dependence
            and self.cost <= other.cost
            and self.unknown_costs <= other.unknown_costs
            and self != other
        )


@dataclass(frozen=True, slots=True)
class Option:
    """A way to go on.

    Attributes
    ----------
    id : str
        Stable name: its moves in short.
    moves : tuple of Move
        What is done, mission by mission.
    feasible : bool
        Whether no essential requirement of a mission that still flies stays open and nothing rules it out.
    infeasible_because : tuple of str
        What rules it out.
    dates : tuple of MissionDate
        Missions concerned, also those given up.
    cost : Money or None
        Stated cost of the moves; None where none is stated.
    borne_by : mapping of str to Money
        Who bears it.
    missing : tuple of str
        Figures that are missing.
    objectives_kept, objectives_lost : tuple of str
        Common goals (and `mission:id` of missions that state none) still served, and no longer.
    capabilities_lost : tuple of str
        What is left out, as `mission:id capability`.
    dependence : tuple of (str, int)
        Agencies on which the missions hang after it, with the number of essential requirements.
    obstacles : tuple of str
        What stands in the way.
    law : tuple of str
        Findings of law that appear and are in conflict or need a determination.
    agreements : tuple of AgreementStep
        What has to be signed or decided, the earliest first.
    decide_by : datetime.date or None
        Earliest of the days by which its moves have to be decided.
    reasons : tuple of str
        What speaks for it.
    criteria : Criteria
        By which it is compared.
    score : float or None
        From 0 (best) to 1, by the weights; only the order of options of one question means something. None for one
        that is not on the front.
    rank : int
        Place on the front, from 1; 0 for an option that is not on it.
    evidence : tuple of str
        Records as `kind:id`.
    unverified : bool
        Whether it rests on general knowledge.
    """

    id: str
    moves: tuple[Move, ...]
    feasible: bool
    infeasible_because: tuple[str, ...]
    dates: tuple[MissionDate, ...]
    cost: Money | None
    borne_by: Mapping[str, Money]
    missing: tuple[str, ...]
    objectives_kept: tuple[str, ...]
    objectives_lost: tuple[str, ...]
    capabilities_lost: tuple[str, ...]
    dependence: tuple[tuple[str, int], ...]
    obstacles: tuple[str, ...]
    law: tuple[str, ...]
    agreements: tuple[AgreementStep, ...]
    decide_by: dt.date | None
    reasons: tuple[str, ...]
    criteria: Criteria
    score: float | None = None
    rank: int = 0
    evidence: tuple[str, ...] = ()
    unverified: bool = False

    def date(self, mission: str) -> MissionDate | None:
        """Return when a mission (`mission:id`) leaves; None where it is not concerned."""
        return next((one for one in self.dates if one.mission == mission), None)


@dataclass(frozen=True)
class Options:
    """The answer to the question what to do after a change.

    Attributes
    ----------
    change : str
        The change in words.
    missions : tuple of str
        Missions that are looked at, as `mission:id`.
    orphans : tuple of (str, str, bool or None)
        Open requirements: plan, capability, whether it is essential.
    ranked : tuple of Option
        The Pareto front, best first.
    infeasible : tuple of Option
        What was looked at and cannot be, with the reasons; of several with the same reasons the first.
    alone : Option or None
        What it would be if the agencies that lead took everything over themselves, whether that can be or not; None
        where nothing that is essential is open.
    replacements : mapping of (str, str) to tuple of Move
        For each open requirement every move that takes it over, the best first; those that are ruled out last.
    considered : int
        Combinations that were looked at.
    dropped : int
        Combinations that others dominate.
    cut : int
        Combinations that were dropped unseen because there were too many; 0: the search is complete.
    terms : tuple of (str, int) or None
        Currency and price year of all amounts; None where no amount is stated.
    weights : mapping of str to float
        Weight of each criterion.
    assumptions : tuple of str
        Lead times and other values that stand in for what is not stated, each with its source as of the day.
    notes : tuple of str
        What the reader has to know.
    evidence : tuple of str
        Records that the answer rests on.
    """

    change: str
    missions: tuple[str, ...]
    orphans: tuple[tuple[str, str, bool | None], ...]
    ranked: tuple[Option, ...]
    infeasible: tuple[Option, ...]
    alone: Option | None
    replacements: Mapping[tuple[str, str], tuple[Move, ...]]
    considered: int
    dropped: int
    cut: int
    terms: tuple[str, int] | None
    weights: Mapping[str, float]
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = field(default=())
