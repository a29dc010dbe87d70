"""The values that exposure consists of: who hurts whom, how much, and what would soften it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

PreparationSort = Literal["take-up-offer", "second-source", "own-development", "conclude-agreement", "add-clause"]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Something that would soften a withdrawal, if it is done before.

    Attributes
    ----------
    does : PreparationSort
        An open offer is taken up, another provider is prepared, the lead develops it itself, an agreement is concluded
        with the agency that could leave, or a clause is added to it.
    mission, capability : str
        What it is for, as `mission:id`, and what is at risk; empty where it is about the whole mission.
    by : str
        Agency that would bring it.
    ready : datetime.date or None
        When it would be there if it is begun on the day of knowledge; None: of no account.
    in_time : bool or None
        Whether that is before the mission leaves; None: not known.
    text : str
        In a sentence.
    records : tuple of str
        Evidence as `kind:id`.
    """

    does: PreparationSort
    mission: str
    capability: str
    by: str
    ready: dt.date | None
    in_time: bool | None
    text: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hurt:
    """What the withdrawal of one agency does to another.

    Attributes
    ----------
    leaver, victim : str
        Agency that withdraws, and agency that is hurt.
    of : str
        Mission from which it withdraws, as `mission:id`; empty: from all that it shares with others.
    stopped : tuple of str
        Missions led by the victim that cannot fly as things stand, as `mission:id`.
    degraded : tuple of str
        Missions led by the victim that fly, but lose a capability.
    stranded : tuple of str
        Missions led by the leaver that stop, and in which the victim has a part.
    goals_lost : tuple of str
        Common goals that no mission serves any more if the stopped and stranded ones never fly.
    months : float
        Months of delay, together, of the stopped missions that go on, if what is lost is taken over at once by whoever
        has it earliest, also by a development from nothing.
    never : tuple of str
        Missions that have no date any more, as `mission:id`: they are stranded, nobody could even develop what they
        lack, or they could leave only after the last launch period that is known.
    irreplaceable : tuple of str
        What nobody can be counted on for, as `mission:id capability`: nobody states something that provides it or
        expertise in it, and a development from nothing comes after the date of the plan.
    severity : float
        Missions stopped and stranded, and a share for each that is degraded.
    preparations : tuple of Preparation
        What would soften it.
    evidence : tuple of str
        Records as `kind:id`.
    unverified : bool
        Whether it rests on general knowledge.
    """

    leaver: str
    victim: str
    of: str
    stopped: tuple[str, ...]
    degraded: tuple[str, ...]
    stranded: tuple[str, ...]
    goals_lost: tuple[str, ...]
    months: float
    never: tuple[str, ...]
    irreplaceable: tuple[str, ...]
    severity: float
    preparations: tuple[Preparation, ...]
    evidence: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True)
class Exposure:
    """The answer to the question who can hurt whom by leaving.

    Attributes
    ----------
    leavers, victims : tuple of str
        Rows and columns of the matrix: those who hurt most first, and those who are hurt most first.
    overall : tuple of Hurt
        Each agency that withdraws from all that it shares, by whom it hurts; the worst first.
    single : tuple of Hurt
        Each agency that withdraws from one mission, likewise.
    tried : int
        Withdrawals that were tried.
    assumptions : tuple of str
        Lead times that stand in for what is not stated.
    notes : tuple of str
        What the reader has to know.
    """

    leavers: tuple[str, ...]
    victims: tuple[str, ...]
    overall: tuple[Hurt, ...]
    single: tuple[Hurt, ...]
    tried: int
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]

    def of(self, leaver: str, victim: str) -> Hurt | None:
        """Return what the full withdrawal of one agency does to another; None if nothing."""
        return next((one for one in self.overall if (one.leaver, one.victim) == (leaver, victim)), None)

    @property
    def matrix(self) -> Sequence[Sequence[float]]:
        """Severity by leaver (row) and victim (column)."""
        found = {(one.leaver, one.victim): one.severity for one in self.overall}
        return tuple(tuple(found.get((row, column), 0.0) for column in self.victims) for row in self.leavers)
