"""Which norms apply to the plans of a portfolio, to whom, and what follows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from synodos.language import Portfolio, load
from synodos.law.assessing.aspects import Aspects, aspects
from synodos.law.assessing.classes import COURSE
from synodos.law.assessing.findings import Findings, Held, Ruling, ruling
from synodos.law.assessing.likeness import Likes, likes
from synodos.law.assessing.policies import with_policies
from synodos.law.assessing.profiles import Profiles, profiles
from synodos.law.assessing.program import program
from synodos.law.assessing.solving import verdicts
from synodos.law.assessing.verdicts import Codes, Readings, Verdicts
from synodos.law.catalogue import Catalogue
from synodos.law.catalogue import catalogue as shipped
from synodos.law.later import Later
from synodos.law.registers import state_names
from synodos.law.situations import situations as derived
from synodos.law.types import Assessment, Situation
from synodos.resting import collector_at_rest


def assess(
    portfolio: Portfolio,
    law_known_on: dt.date | None = None,
    scope: str | Iterable[str] | None = None,
    readings: Mapping[str, str] | None = None,
    catalogue: Catalogue | None = None,
) -> Assessment:
    """Return what law says about the plans of a portfolio; it informs, and advises nobody.

    Each activity is judged by the law of its own date, as it was known on one day.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    law_known_on : datetime.date, optional
        State of the catalogue of norms; the default is the portfolio's day of knowledge, no later than the catalogue.
    scope : str or iterable of str, optional
        Kinds of records, records or agencies; the default is all.
    readings : mapping of str to str, optional
        For contested questions the reading to take.
    catalogue : Catalogue, optional
        Norms to judge by, such as those of `with_window`; the default is the catalogue that the package ships.

    Raises
    ------
    KeyError
        If `scope` names nothing of the portfolio, or `readings` no contested question or reading.
    """
    known = with_policies(catalogue or shipped(), portfolio)
    with collector_at_rest():
        return judged(derived(portfolio, known, scope), portfolio, known, law_known_on, readings)


def judged(
    situations: Sequence[Situation],
    portfolio: Portfolio,
    catalogue: Catalogue,
    law_known_on: dt.date | None = None,
    readings: Mapping[str, str] | None = None,
) -> Assessment:
    """Return what the norms of a catalogue say about some situations.

    Parameters
    ----------
    situations : sequence of Situation
        Activities with what is stated about them.
    portfolio : Portfolio
        Who the parties are, and which readings they hold.
    catalogue : Catalogue
        Norms; those of the portfolio's policies among them.
    law_known_on, readings
        As for `assess`.
    """
    law_day = law_known_on or catalogue.law_day(portfolio.known_on)
    chosen = dict(readings or {})
    _check(chosen)
    with collector_at_rest():
        found = profiles(situations, catalogue, portfolio.known_on, law_day)
        of_profile = _rulings(found, catalogue, portfolio, _Positions(portfolio, chosen, law_day))
    follows = _by_day(situations, [of_profile[number] for number in found.of], catalogue)
    makes = Findings(situations, follows, catalogue, law_day, party_names(portfolio))
    return Assessment(makes, Later(makes.open), tuple(situations), law_day, chosen)


def _by_day(
    situations: Sequence[Situation], rulings: Sequence[tuple[Ruling, ...]], catalogue: Catalogue
) -> list[tuple[Ruling, ...]]:
    """Return what follows in each activity by the readings that were declared by its own last day."""
    known: dict[tuple[int, dt.date, dt.date], tuple[Ruling, ...]] = {}
    hinging = {id(of): any(ruling.declared for ruling in of) for of in rulings}
    found = []
    for situation, of in zip(situations, rulings, strict=True):
        if not hinging[id(of)]:
            found.append(of)
            continue
        start = situation.start.latest if situation.start else dt.date.max
        last = situation.course.latest if situation.course else start
        key = id(of), start, last
        if key not in known:
            days = [last if catalogue.norms[ruling.norm].judged == COURSE else start for ruling in of]
            known[key] = tuple([ruling.on(day) for ruling, day in zip(of, days, strict=True)])
        found.append(known[key])
    return found


def _check(readings: Mapping[str, str]) -> None:
    """Raise KeyError if a reading is none of its question."""
    contested = load("contested-questions")
    for question, reading in readings.items():
        if reading not in contested.children(question):
            known = ", ".join(contested.children(question)) or "no readings; it is no contested question"
            message = f"readings: {reading!r} is no reading of {question!r}, which has {known}"
            raise KeyError(message)


def _rulings(found: Profiles, catalogue: Catalogue, portfolio: Portfolio, held: _Positions) -> list[tuple[Ruling, ...]]:
    """Return what follows in each profile: what its aspects lead to, in the order of norms."""
    asked = aspects(found, catalogue, portfolio)
    of_aspect = _of_aspects(asked, catalogue, held)
    place = {norm: number for number, norm in enumerate(catalogue.norms)}
    known: dict[tuple[int, ...], tuple[Ruling, ...]] = {}
    for numbers in asked.of:
        if numbers not in known:
            together = [ruling for number in numbers for ruling in of_aspect[number]]
            known[numbers] = tuple(sorted(together, key=lambda ruling: place[ruling.norm]))
    return [known[numbers] for numbers in asked.of]


def _of_aspects(asked: Aspects, catalogue: Catalogue, held: _Positions) -> list[tuple[Ruling, ...]]:
    """Return what follows in each aspect, as in the one like it."""
    alike = likes(asked)
    held_by = {party: held.of(party) for party in dict.fromkeys(one for of in asked.aspects for one in of.parties)}
    answers = _answers(alike, catalogue, held_by)
    known: dict[tuple[int, str], Ruling | None] = {}
    result: list[tuple[Ruling, ...]] = []
    for aspect, number, stand_for in zip(asked.aspects, alike.of, alike.stand_for, strict=True):
        found = []
        parties = dict(zip(alike.aspects.aspects[number].parties, stand_for, strict=True))
        for (norm, name), verdict in answers.get(number, {}).items():
            for party in parties[name]:
                key = id(verdict), party
                if key not in known:
                    known[key] = ruling(norm, party, verdict, held_by[party], held.holders)
                found.append(known[key])
        place = {party: at for at, party in enumerate(aspect.parties)}
        follows = [one for one in found if one is not None]
        result.append(tuple(sorted(follows, key=lambda one: place[one.bearer])))
    return result


def _answers(alike: Likes, catalogue: Catalogue, held_by: Mapping[str, Sequence[Held]]) -> Verdicts:
    """Return what clingo says of some aspects; several runs are needed only if it cannot count so far."""
    found = alike.aspects
    codes = Codes(found, [key for key in found.windows if catalogue.norms[key].lifts], _questions(catalogue))
    asked = _held(alike, held_by)
    result: Verdicts = {}
    for first in range(0, len(found.aspects), codes.most_aspects):
        chosen = range(first, min(first + codes.most_aspects, len(found.aspects)))
        result |= verdicts(program(found, catalogue, chosen) + codes.text(chosen), codes, asked)
    return result


def _held(alike: Likes, held_by: Mapping[str, Sequence[Held]]) -> dict[tuple[int, str], tuple[Readings, ...]]:
    """Return the readings that those hold at one time or another for whom a party of an aspect stands."""
    own = {party: [one.readings for one in of if one.readings] for party, of in held_by.items()}
    found: dict[tuple[int, str], dict[Readings, None]] = defaultdict(dict)
    for number, stand_for in zip(alike.of, alike.stand_for, strict=True) if any(own.values()) else ():
        for name, parties in zip(alike.aspects.aspects[number].parties, stand_for, strict=True):
            found[number, name].update(dict.fromkeys(readings for party in parties for readings in own[party]))
    return {key: tuple(readings) for key, readings in found.items()}


def _questions(catalogue: Catalogue) -> list[str]:
    """Return the legal questions that norms or their rules ask."""
    asked = {question for norm in catalogue.norms.values() for question in norm.met_when}
    return sorted(asked.union(*(need.answers for need in catalogue.needs.values())))


def party_names(portfolio: Portfolio) -> Callable[[str], str]:
    """Return what names a state or an agency by its id, also a state of which the portfolio has no record."""
    known = state_names()

    def name(party: str) -> str:
        if party in portfolio.agencies:
            return portfolio.agency_name(party)
        state = portfolio.states.get(party)
        return state.name if state is not None else known.get(party, party)

    return name


class _Positions:
    """Which readings of contested questions the parties hold, and since when."""

    def __init__(self, portfolio: Portfolio, chosen: Mapping[str, str], law_known_on: dt.date) -> None:
        """Read the positions that are known."""
        self._portfolio = portfolio
        self._chosen = chosen
        name = party_names(portfolio)
        self._of: dict[str, list[tuple[dt.date, str, str]]] = defaultdict(list)
        holders: dict[str, list[str]] = defaultdict(list)
        for position in portfolio.legal_positions.values():
            question = portfolio.vocabularies["contested-questions"].terms[position.reading].parent
            declared = position.since.earliest if position.since else dt.date.min
            if question is not None and declared <= law_known_on:
                self._of[position.owner].append((declared, question, position.reading))
                since = f" (since {position.since})" if position.since else ""
                holders[position.reading].append(f"{name(position.owner)}{since}")
        self.holders = {reading: tuple(sorted(set(names))) for reading, names in holders.items()}

    def of(self, party: str) -> tuple[Held, ...]:
        """Return by the day on which they begin the readings by which a party is judged: chosen, own, its state's."""
        agency = self._portfolio.agencies.get(party)
        of_state = self._of.get(agency.state, []) if agency is not None and agency.state is not None else []
        own = self._of.get(party, [])
        days = sorted({dt.date.min, *(since for since, _, _ in (*of_state, *own))})
        return tuple(Held(day, self._on(day, of_state, own), frozenset(self._chosen)) for day in days)

    def _on(self, day: dt.date, *declared: Iterable[tuple[dt.date, str, str]]) -> Readings:
        """Return the readings that are held on a day, of each question the last one that was declared."""
        readings = {question: reading for of in declared for since, question, reading in sorted(of) if since <= day}
        return tuple(sorted({**readings, **self._chosen}.items()))
