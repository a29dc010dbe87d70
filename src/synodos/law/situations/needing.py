"""What a mission requires, who meets it, and what follows for law: who depends on whom, and who launches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from synodos.language import WITHHELD, Mission, Record, Requirement
from synodos.law.situations.answers import Answer, answer
from synodos.law.situations.placing import Places
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import told_by
from synodos.law.types import ALL, Fact


class Met(NamedTuple):
    """A requirement that a source states, and one of those who meet it, with the element or mission that does."""

    requirement: Requirement
    provider: str
    record: Record | None


def met(setting: Setting, mission: Mission) -> tuple[Met, ...]:
    """Return who meets the requirements of a mission; what is inferred from its needs is no statement on anybody."""
    return tuple(
        Met(requirement, provider, record)
        for requirement in mission.requirements
        if requirement.basis == "stated"
        for provider, record in setting.provided(requirement)
    )


def needed(mission: Mission, meets: tuple[Met, ...]) -> Iterator[Fact]:
    """Yield who takes part because the mission fails without it, and that this is not known where it is withheld."""
    for requirement in mission.requirements:
        if requirement.essential and WITHHELD in (*requirement.met_by, requirement.provider):
            yield told_by(mission, "requirements", "unstated", "participants")
    for one in meets:
        if one.requirement.essential and one.provider != mission.owner:
            yield _told(mission, one, "participant")


def dependences(mission: Mission, meets: tuple[Met, ...]) -> Iterator[Fact]:
    """Yield whose elements serve the mission, on whom it depends, and who adds to it."""
    for one in meets:
        if one.record is not None:
            yield _told(mission, one, "owner_of")
        if one.requirement.essential is not None and one.provider != mission.owner:
            yield _told(mission, one, "interdependent" if one.requirement.essential else "enhancement")


def launch(places: Places, mission: Mission, meets: tuple[Met, ...]) -> Iterator[Fact]:
    """Yield who provides the launch, or that nobody is named."""
    found = [_told(mission, one, "launcher_provider") for one in meets if places.is_launch(one.requirement.capability)]
    yield from found
    if not found:
        yield told_by(mission, "requirements", "unstated", "launcher")


def nuclear(places: Places, mission: Mission, meets: tuple[Met, ...]) -> Iterator[Answer]:
    """Yield that a nuclear power source is on board, where a capability says so; never that there is none."""
    if places.is_nuclear(mission.provides):
        yield answer(told_by(mission, "provides", "answer", "nuclear-power-source", ALL, "yes"))
    for one in meets:
        provides: tuple[str, ...] = getattr(one.record, "provides", ())
        if places.is_nuclear((one.requirement.capability,)) or places.is_nuclear(provides):
            also = () if one.record is None else (one.record,)
            fact = told_by(mission, "requirements", "answer", "nuclear-power-source", ALL, "yes", also=also)
            yield answer(fact)


def propelled(places: Places, mission: Mission, meets: tuple[Met, ...]) -> Iterator[Fact]:
    """Yield that nuclear power propels it, where a capability says so."""
    if any(places.is_nuclear_propulsion(one) for one in mission.provides):
        yield told_by(mission, "provides", "nuclear_propulsion")
    for one in meets:
        named = (one.requirement.capability, *getattr(one.record, "provides", ()))
        if any(places.is_nuclear_propulsion(each) for each in named):
            also = () if one.record is None else (one.record,)
            yield told_by(mission, "requirements", "nuclear_propulsion", also=also)


def _told(mission: Mission, one: Met, predicate: str) -> Fact:
    """Return what a requirement says of the one who meets it."""
    also = () if one.record is None else (one.record,)
    return told_by(mission, "requirements", predicate, one.provider, also=also)
