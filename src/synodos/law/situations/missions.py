"""Facts about missions."""

from __future__ import annotations

from collections.abc import Iterator

from synodos.language import FLOWN, FLYING, WITHHELD, DateRange, Mission
from synodos.law.situations.answers import Answer, answer, parties_of, settled
from synodos.law.situations.knowing import agreed, counterparts, funding
from synodos.law.situations.needing import Met, dependences, launch, met, needed, nuclear, propelled
from synodos.law.situations.placing import TO_COME, where
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import Saying, dated, key, merged, stretch, told_all, told_by
from synodos.law.situations.words import words
from synodos.law.types import ALL, Fact, Situation


def mission_situation(setting: Setting, mission: Mission) -> Situation:
    """Return a mission with all that the portfolio says about it."""
    name, places = key(mission), setting.places
    start, course = _dates(setting, mission)
    stated = start if mission.planned is not None or mission.status not in FLOWN else None
    day = stated if places.form(mission.form).flies else course
    told_in = stretch(mission.planned, mission.ends) if mission.planned else None
    meets = met(setting, mission)
    taking_part = (*told_all(mission, _named(mission)), *needed(mission, meets))
    agencies = _agencies(taking_part)
    company = setting.parties.together(agencies, stated)
    answers = (
        *_answers(setting, mission, agencies, day),
        *nuclear(places, mission, meets),
        *_determined(setting, mission, meets, told_in, company.involved),
    )
    others = tuple(parties_of(answers, company.involved, setting.portfolio.states))
    facts = [
        Fact("kind", ("mission",), (name,)),
        *taking_part,
        *where(places, mission),
        *dependences(mission, meets),
        *launch(places, mission, meets),
        *propelled(places, mission, meets),
        *setting.agreements.facts(setting.agreements.covering(mission.id), day),
        *settled(answers, company.involved),
        *others,
    ]
    if mission.crewed is None:
        facts.append(told_by(mission, "crewed", "unstated", "crewed"))
    if mission.status in TO_COME:
        facts.append(told_by(mission, "status", "to_come"))
    involved = company.involved + tuple(dict.fromkeys(fact.arguments[0] for fact in others))
    told = merged(facts) + dated(mission, "planned", "ends") + company.facts
    return Situation(name, mission.name, start, course, told, involved, company.facts)


def _agencies(taking_part: tuple[Fact, ...]) -> tuple[str, ...]:
    """Return who takes part; one that is withheld stands at the end."""
    named = dict.fromkeys(fact.arguments[0] for fact in taking_part if fact.predicate == "participant")
    missing = any(fact.predicate == "unstated" for fact in taking_part)
    return (*named, WITHHELD) if missing else tuple(named)


def _dates(setting: Setting, mission: Mission) -> tuple[DateRange | None, DateRange | None]:
    """Return when a mission begins, and from when to when it takes.

    What flies or flew began on the first date of an open range, and of one that runs to its end: that is its course. A
    facility begins on the first day of its work; one that is at work since a day that is not stated is judged on the
    day of knowledge. What is at work goes on up to the day of knowledge; of other flights without an end only the first
    day is sure, so that the course stays open, or is none where that day is not stated exactly.
    """
    planned = mission.planned
    flies = setting.places.form(mission.form).flies
    if planned is None:
        undated = setting.flown_by_today if flies else setting.today if mission.status == "operating" else None
        at_work = setting.today if mission.status in FLYING else None
        return (undated if mission.status in FLOWN else None), mission.ends or at_work
    if flies:
        start = _first(planned) if mission.status in FLOWN and _is_course(planned, mission.ends) else planned
        return start, _course(setting, mission, start)
    course = stretch(planned, mission.ends) if mission.ends else _course(setting, mission, planned) or planned
    if planned.opens_early:
        return (setting.today if mission.status == "operating" else None), course
    return _first(planned), course


def _course(setting: Setting, mission: Mission, start: DateRange) -> DateRange | None:
    """Return from when to when a mission takes; open, or none, where no end is stated."""
    if mission.ends:
        return stretch(start, mission.ends)
    if start.opens_early:
        return None
    if mission.status in FLYING and start.earliest <= setting.portfolio.known_on:
        return stretch(start, setting.today)
    return stretch(start, None) if start.earliest == start.latest else None


def _is_course(planned: DateRange, ends: DateRange | None) -> bool:
    """Return whether the dates of what flew run from its begin to its end, and not around the day of its begin."""
    return planned.stays_open or (ends is not None and planned.latest >= ends.latest)


def _first(planned: DateRange) -> DateRange:
    """Return the date from which a range runs, as precisely as it is stated."""
    return DateRange(planned.text.partition("..")[0])


def _named(mission: Mission) -> Iterator[Saying]:
    """Yield who is named as the one that leads, as partner, or as operator."""
    if mission.owner == WITHHELD:
        yield "owner", "unstated", ("participants",)
    else:
        yield "owner", "participant", (mission.owner,)
        yield "owner", "lead", (mission.owner,)
    for partner in mission.partners:
        if partner.agency == WITHHELD:
            yield "partners", "unstated", ("participants",)
        elif partner.agency != mission.owner:
            yield "partners", "participant", (partner.agency,)
            yield "partners", "partner", (partner.agency,)
    if mission.operator and mission.operator != WITHHELD:
        yield "operator", "participant", (mission.operator,)
        yield "operator", "operator", (mission.operator,)


def _answers(setting: Setting, mission: Mission, agencies: tuple[str, ...], day: DateRange | None) -> Iterator[Answer]:
    """Yield what records answer about a mission by themselves."""
    if mission.crewed is not None:
        yield answer(told_by(mission, "crewed", "answer", "crewed", ALL, "yes" if mission.crewed else "no"))
    yield from funding(setting, mission, agencies)
    yield from counterparts(setting, mission, agencies)
    yield from agreed(setting, mission, agencies, day)


def _determined(
    setting: Setting, mission: Mission, meets: tuple[Met, ...], course: DateRange | None, involved: tuple[str, ...]
) -> Iterator[Answer]:
    """Yield what was determined about a mission, agreements that cover it, and the elements that it uses."""
    if not setting.determinations:
        return
    covering = setting.agreements.covering(mission.id)
    yield from setting.determinations.answers((mission.id, *(one.id for one in covering)), course, involved)
    used = [one.record for one in meets if one.record is not None]
    able = {*involved, *(record.owner for record in used)}
    for given in setting.determinations.answers([record.id for record in used], course, able):
        if given.question in words().passed_on and given.value == "yes":
            yield given
