"""The dossier: what an officer takes into a meeting on one mission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from synodos.cooperation import Dependence, Dependences, Opportunity, Profile, dependence, opportunities, profile
from synodos.language import Mission, Portfolio
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.sources import sources_section
from synodos.report.answering.tables import without
from synodos.report.answering.wording import counted
from synodos.report.documents.dossier_parts import (
    agreements_table,
    dependence_section,
    lead_sentence,
    opportunities_section,
    partners_section,
    profile_section,
    questions_section,
    requirements_section,
)
from synodos.report.documents.dossier_summary import glance_table
from synodos.report.documents.matter_tables import TO_DO_BY, steps_table
from synodos.report.law.governing import MissionGoverned, mission_governed, mission_sections
from synodos.report.schedule.flying import Flight, flight, flight_sections
from synodos.report.worth.declared import worth_evidence, worth_of_plan
from synodos.roadmap import Ahead, OpenMatter, dates_ahead, open_matters

AT_ONCE: Final = ("when", "confidence", "launch-periods", "law", "needs")
"""Parts of the engines that belong to the first pages; the others follow as an annex."""


ACTIVITIES: Final = "path"
"""Name of the table of activities, which a picture shows on the first pages."""


@dataclass(frozen=True)
class DossierFacts:
    """What the engines say on one mission.

    Attributes
    ----------
    plan : Mission
        The mission.
    opportunities : tuple of Opportunity
        Those that concern it or an element that it uses.
    depends, serves : tuple of Dependence
        What it depends on, and what of others depends on it.
    profile : Profile
        Benefits and risks.
    flies : Flight or str
        When it can fly, or why that cannot be told.
    governed : MissionGoverned
        Law and agreements.
    ahead : tuple of Ahead
        Dates by which something has to be done for it.
    matters : tuple of OpenMatter
        What is open besides.
    """

    plan: Mission
    opportunities: tuple[Opportunity, ...]
    depends: tuple[Dependence, ...]
    serves: tuple[Dependence, ...]
    profile: Profile
    flies: Flight | str
    governed: MissionGoverned
    ahead: tuple[Ahead, ...]
    matters: tuple[OpenMatter, ...]


def dossier_facts(portfolio: Portfolio, mission: str) -> DossierFacts:
    """Return what the engines say on one mission.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    from synodos import law

    plan = portfolio.missions[mission]
    found, governed = dependence(portfolio), mission_governed(portfolio, plan)
    own = {f"mission:{plan.id}"} | {f"element:{key}" for r in plan.requirements for key in r.met_by}
    concerned = {*own, *_standing_behind(portfolio, plan)}
    matters = open_matters(
        portfolio, [mission], assessment=governed.assessment, needs=governed.needs, watched=law.watch(portfolio)
    )
    return DossierFacts(
        plan=plan,
        opportunities=tuple(o for o in opportunities(portfolio).ranked if own.intersection(o.records)),
        depends=tuple(item for item in found.items if item.record == f"mission:{plan.id}"),
        serves=_serves(found, plan),
        profile=profile(portfolio, mission),
        flies=flight(portfolio, mission),
        governed=governed,
        ahead=tuple(one for one in dates_ahead(portfolio, kinds=TO_DO_BY) if one.record in concerned),
        matters=matters,
    )


def _serves(found: Dependences, plan: Mission) -> tuple[Dependence, ...]:
    """Return the needs of other plans that a mission meets."""
    key = f"mission:{plan.id}"
    return tuple(item for item in found.items if item.record != key and item.met_by == key)


def _standing_behind(portfolio: Portfolio, plan: Mission) -> Iterator[str]:
    """Yield the commitments to a mission, and the agreements on it, as `kind:id`."""
    used = {plan.id} | {key for requirement in plan.requirements for key in requirement.met_by}
    yield from (f"commitment:{one.id}" for one in portfolio.commitments.values() if used & set(one.to))
    yield from (f"agreement:{one.id}" for one in portfolio.agreements.values() if used & set(one.covers))


def dossier_evidence(portfolio: Portfolio, facts: DossierFacts) -> tuple[str, ...]:
    """Return the records that a dossier states facts of, as `kind:id`; opportunities name their own."""
    plan = facts.plan
    parts = (portfolio.provider_record(key) for r in plan.requirements for key in r.met_by)
    used = {plan.id} | {key for requirement in plan.requirements for key in requirement.met_by}
    return tuple(
        dict.fromkeys(
            [
                f"mission:{plan.id}",
                *(f"{part.kind}:{part.id}" for part in parts if part),
                *(key for item in (*facts.depends, *facts.serves) for key in item.evidence),
                *_standing_behind(portfolio, plan),
                *worth_evidence(portfolio, used),
                *facts.profile.evidence,
                *(key for one in facts.ahead for key in one.evidence),
                *(key for one in facts.matters for key in one.evidence),
                *(f"scenario:{one.id}" for one in portfolio.scenarios.values() if plan.id in one.missions),
            ]
        )
    )


def dossier(portfolio: Portfolio, facts: DossierFacts, *, drawn: bool) -> Document:
    """Return the dossier of one mission: what a meeting needs first, then an annex of details.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    facts : DossierFacts
        What the engines say (`dossier_facts`).
    drawn : bool
        Whether it has pictures.
    """
    plan = facts.plan
    used = {plan.id} | {key for requirement in plan.requirements for key in requirement.met_by}
    engines = [
        *flight_sections(portfolio, facts.flies, drawn=drawn),
        *mission_sections(portfolio, facts.governed),
    ]
    steps = _steps_section(portfolio, facts)
    return Document(
        title=f"{plan.name}: cooperation dossier",
        lead=lead_sentence(portfolio, plan),
        header=header_line(portfolio),
        sections=(
            Section("glance", "At a glance", tables=(glance_table(portfolio, facts),)),
            steps,
            partners_section(portfolio, plan),
            requirements_section(portfolio, plan),
            dependence_section(portfolio, facts.depends, facts.serves),
            *_at_once(portfolio, facts, engines),
            opportunities_section(portfolio, facts.opportunities),
            questions_section(portfolio, plan, facts.profile),
            *_annexed(engines),
            profile_section(facts.profile),
            *worth_of_plan(portfolio, used),
            sources_section(portfolio, dossier_evidence(portfolio, facts)),
        ),
    )


def _steps_section(portfolio: Portfolio, facts: DossierFacts) -> Section:
    """Return what is to be done next."""
    day = facts.governed.assessment.law_known_on
    key = f"mission:{facts.plan.id}"
    table = steps_table(portfolio, facts.ahead, facts.matters, day, known={key})
    count = counted(len(table.rows), "step")
    first = f"{count} {'is' if len(table.rows) == 1 else 'are'} open on what is stated." if table.rows else ""
    return Section("steps", "Next steps", (first or "Nothing is open on what is stated.",), tables=(table,))


def _at_once(portfolio: Portfolio, facts: DossierFacts, parts: Sequence[Section]) -> Iterator[Section]:
    """Yield what a meeting needs of the engines' parts, with the agreements that exist beside those that are needed."""
    for one in parts:
        if one.anchor == "needs":
            tables = (agreements_table(portfolio, facts.plan), *one.tables)
            yield replace(one, title="Agreements and instruments", tables=tables)
        elif one.anchor == "law":
            yield replace(one, tables=tuple(without(table, ("in", "findings")) for table in one.tables))
        elif one.anchor in AT_ONCE:
            yield replace(one, tables=tuple(table for table in one.tables if table.name != ACTIVITIES))


def _annexed(parts: Sequence[Section]) -> Iterator[Section]:
    """Yield the engines' parts that follow as an annex, the activities behind the dates first."""
    for one in parts:
        if one.anchor not in AT_ONCE:
            yield one
        elif any(table.name == ACTIVITIES for table in one.tables):
            tables = tuple(table for table in one.tables if table.name == ACTIVITIES)
            yield Section("activities", "What leads to the date", tables=tables)
