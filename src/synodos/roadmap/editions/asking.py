"""What law asks of an edition: instruments to sign, and questions that it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synodos import law
from synodos.language import EditionPlan
from synodos.roadmap.comparing.followed import Followed


@dataclass(frozen=True, slots=True)
class EditionInstrument:
    """An instrument that a mission needs between its lead and a partner, and that nothing in force is known to be.

    Attributes
    ----------
    mission, lead, partner : str
        Between whom and for what, by id.
    rung : str
        Lightest type of instrument that does.
    verdict : str
        How far what exists meets the need.
    scenarios : tuple of str
        Scenarios that fly the mission.
    """

    mission: str
    lead: str
    partner: str
    rung: str
    verdict: law.Verdict
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionQuestion:
    """A contested question on which findings hinge.

    Attributes
    ----------
    id, label : str
        The question.
    readings : tuple of str
        Its alternative answers, in words.
    missions : tuple of str
        Missions whose findings hinge on it, by id.
    """

    id: str
    label: str
    readings: tuple[str, ...]
    missions: tuple[str, ...]


def instruments(plans: Sequence[Followed]) -> tuple[EditionInstrument, ...]:
    """Return which instruments the missions of an edition need and lack, in the order of the missions."""
    found: dict[tuple[str, str, str, str, law.Verdict], list[str]] = {}
    for one in plans:
        for need in law.instruments(one.portfolio, scope=one.law_scope) if one.law_scope else ():
            if not need.is_met:
                mission = need.cooperation.partition(":")[2]
                key = (mission, need.lead, need.partner, need.rung, need.verdict)
                found.setdefault(key, []).append(one.said.id)
    return tuple(EditionInstrument(*key, tuple(scenarios)) for key, scenarios in found.items())


def questions(plans: Sequence[Followed], plan: EditionPlan) -> tuple[EditionQuestion, ...]:
    """Return the contested questions on which findings about the missions of an edition hinge, the weightiest first."""
    told: dict[str, law.ContestedQuestion] = {}
    missions: dict[str, dict[str, None]] = {}
    day = plan.law_known_on.latest if plan.law_known_on else None
    for one in plans:
        if one.law_scope:
            assessed = law.assess(one.portfolio, day, scope=one.law_scope)
            for question in law.contested(one.portfolio, assessed):
                told[question.id] = question
                keys = (key.partition(":")[2] for key in question.activities)
                missions.setdefault(question.id, {}).update(dict.fromkeys(keys))
    found = (
        EditionQuestion(key, told[key].label, tuple(reading.label for reading in told[key].readings), tuple(keys))
        for key, keys in missions.items()
        if keys
    )
    return tuple(sorted(found, key=lambda question: (-len(question.missions), question.id)))
