"""What one agency has to know before it talks to others: what it could gain, what it hangs on, what lies ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from synodos.cooperation import Dependence, Opportunity, dependence, opportunities, partners_of
from synodos.language import ENDED, Portfolio
from synodos.roadmap.ahead import AHEAD_KINDS, Ahead, dates_ahead
from synodos.roadmap.aligning import Alignment, align
from synodos.roadmap.open_matters import OpenMatter, open_matters
from synodos.whatif import Hurt, exposure

KINDS: Final = tuple(kind for kind in AHEAD_KINDS if kind not in ("milestone", "needed"))
"""Dates that a brief tells: what others are needed for shows in what it hangs on."""
YEARS: Final = 5
"""Years that a brief looks ahead unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class AgencyBrief:
    """What one agency has to know.

    Attributes
    ----------
    agency : str
        The agency.
    leads, part_in : tuple of str
        Missions that it leads, and those of others in which it has a part, by id; those that are over left out.
    opportunities : tuple of Opportunity
        Every opportunity that concerns it, the best first.
    depends, relied_on : tuple of Dependence
        Its dependences on others, and those of others on it; essential ones first.
    hurts : tuple of Hurt
        What each other agency would do to it by leaving all that it shares, the gravest first.
    ahead : tuple of Ahead
        Dates that lie ahead of it.
    until : datetime.date
        Last day of these dates.
    matters : tuple of OpenMatter
        What is its turn, or its state's, without such a day.
    alignments : tuple of Alignment
        What each scenario that chooses missions makes of its plans.
    law_known_on : datetime.date
        State of the law.
    """

    agency: str
    leads: tuple[str, ...]
    part_in: tuple[str, ...]
    opportunities: tuple[Opportunity, ...]
    depends: tuple[Dependence, ...]
    relied_on: tuple[Dependence, ...]
    hurts: tuple[Hurt, ...]
    ahead: tuple[Ahead, ...]
    until: dt.date
    matters: tuple[OpenMatter, ...]
    alignments: tuple[Alignment, ...]
    law_known_on: dt.date


def agency_brief(portfolio: Portfolio, agency: str, *, years: int = YEARS) -> AgencyBrief:
    """Return what one agency has to know before it talks to others.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    agency : str
        Its id.
    years : int
        How far to look ahead from the day of knowledge.

    Raises
    ------
    KeyError
        If the portfolio has no such agency.
    ValueError
        If `years` is below 1.
    """
    from synodos import law

    if years < 1:
        message = f"years: found {years}, expected 1 or more"
        raise ValueError(message)
    record = portfolio.agencies[agency]
    flying = [plan for plan in portfolio.missions.values() if plan.status not in ENDED]
    leads = tuple(plan.id for plan in flying if plan.owner == agency)
    part_in = tuple(plan.id for plan in flying if plan.owner != agency and agency in partners_of(portfolio, plan))
    scope = [f"mission:{key}" for key in (*leads, *part_in)]
    assessment = law.assess(portfolio, scope=scope)
    found = dependence(portfolio, agency).items
    until = _after(portfolio.known_on, years)
    return AgencyBrief(
        agency=agency,
        leads=leads,
        part_in=part_in,
        opportunities=opportunities(portfolio, agency).ranked,
        depends=tuple(item for item in found if item.dependent == agency),
        relied_on=tuple(item for item in found if item.on == agency),
        hurts=exposure(portfolio, agency).overall,
        ahead=dates_ahead(portfolio, for_agency=agency, before=until, kinds=KINDS),
        until=until,
        matters=open_matters(
            portfolio,
            (*leads, *part_in),
            assessment=assessment,
            needs=law.instruments(portfolio, scope=scope),
            watched=law.watch(portfolio, for_agency=agency),
            of={agency, *([record.state] if record.state else ())},
        ),
        alignments=tuple(align(portfolio, one.id, agency) for one in portfolio.scenarios.values() if one.missions),
        law_known_on=assessment.law_known_on,
    )


def _after(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; of 29 February the day before, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
