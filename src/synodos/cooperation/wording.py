"""Opportunities in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synodos.cooperation.candidates import Candidate
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.language import Element, Interest, Mission, Offer, Record

MOST_NAMES = 3
"""Records or agencies that a sentence names before it counts the rest."""


def why(setting: Setting, candidate: Candidate) -> str:
    """Return one sentence that says why a candidate is an opportunity."""
    topic = f"{topic_label(setting, candidate)}{_where(setting, candidate)}"
    if candidate.kind == "gap":
        return _gap(setting, candidate, topic)
    if candidate.kind == "duplication":
        return f"{_each(setting, candidate)} each provide {topic}{_when(candidate)}{_linked(candidate)}."
    if candidate.kind == "joint-interest":
        return f"{_each(setting, candidate)} pursue {topic}{_when(candidate)}{_linked(candidate)}."
    return _exchange(setting, candidate, topic)


def topic_label(setting: Setting, candidate: Candidate) -> str:
    """Return what a candidate is about, in words."""
    vocabularies = setting.portfolio.vocabularies
    name = "exploration-objectives" if candidate.objective else "capabilities"
    label = vocabularies[name].label(candidate.topic)
    return f'the objective "{label}"' if candidate.objective else label


def destinations_of(setting: Setting, candidate: Candidate) -> tuple[str, ...]:
    """Return the destinations at the candidate's places that its records state, in the order of the vocabulary."""
    places = setting.places
    at = {
        term
        for record in candidate.records
        for term in getattr(record, "destinations", ())
        if term in places.terms and places.place_of[places.terms[term]] in candidate.places
    }
    return tuple(sorted(at, key=places.terms.__getitem__))


def named(record: Record) -> str:
    """Return the name of a record; what is no plan with a name of its own stands in quotes."""
    name = str(getattr(record, "name", record.id))
    return name if isinstance(record, Element | Mission) else f'"{name}"'


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """Return names as a list in a sentence."""
    found = list(dict.fromkeys(names))
    if len(found) > most:
        found[most - 1 :] = [f"{len(found) - most + 1} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def of_agency(records: Sequence[Record], agency: str) -> list[str]:
    """Return the names of an agency's records."""
    return [named(record) for record in records if record.owner == agency]


def _where(setting: Setting, candidate: Candidate) -> str:
    """Return the places of a candidate in brackets."""
    stated = destinations_of(setting, candidate)
    vocabulary = setting.portfolio.destinations
    if len(stated) == 1:
        return f" ({vocabulary.label(stated[0])})"
    labels = [vocabulary.label(setting.places.names[place]) for place in candidate.places if place != UNPLACED]
    return f" ({listed(labels, most=9)})" if labels else ""


def _when(candidate: Candidate) -> str:
    """Return that the years are the same, or that a date is missing."""
    return " in the same years" if candidate.first <= candidate.last else " (no date is stated)"


def _linked(candidate: Candidate) -> str:
    """Return whether any of the agencies are linked."""
    return ", and not all of them are linked" if candidate.linked else ", with no link between them on record"


def _each(setting: Setting, candidate: Candidate) -> str:
    """Return agencies with the names of their records."""
    names = [
        f"{setting.portfolio.agency_name(agency)} ({listed(of_agency(candidate.records, agency))})"
        for agency in candidate.agencies
    ]
    return listed(names, most=2 * MOST_NAMES)


def _gap(setting: Setting, candidate: Candidate, topic: str) -> str:
    """Return what is sought and nobody has."""
    first, *others = candidate.agencies
    sentence = f"{setting.portfolio.agency_name(first)} seeks {topic} for {listed(of_agency(candidate.records, first))}"
    if others:
        more = (
            f"{setting.portfolio.agency_name(agency)} for {listed(of_agency(candidate.records, agency))}"
            for agency in others
        )
        sentence += f", and so does {listed(more)}"
    return f"{sentence}; no plan provides it there."


def _exchange(setting: Setting, candidate: Candidate, topic: str) -> str:
    """Return who seeks and who has."""
    seeker, provider = (setting.portfolio.agency_name(agency) for agency in candidate.agencies)
    given = listed(map(named, candidate.giving))
    if candidate.kind == "complement":
        expertise = isinstance(candidate.giving[0], Interest)
        has = f"would bring it to {given}" if expertise else f"provides it with {given}"
    elif any(isinstance(record, Offer) for record in candidate.giving):
        has = f"offers it in {given}"
    else:
        has = f"has capacity to share in {given}"
    also = "; so it is the other way round" if candidate.mutual else ""
    return f"{seeker} seeks {topic} for {listed(map(named, candidate.seeking))}; {provider} {has}{also}."
