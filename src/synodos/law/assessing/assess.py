"""Which norms apply to the plans of a portfolio, to whom, and what follows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from synodos.language import Portfolio, load
from synodos.law.assessing.findings import Findings, Held, Later, Ruling, rulings
from synodos.law.assessing.policies import with_policies
from synodos.law.assessing.profiles import Profiles, profiles
from synodos.law.assessing.program import program
from synodos.law.assessing.solving import verdicts
from synodos.law.assessing.verdicts import Codes, Verdicts
from synodos.law.catalogue import Catalogue
from synodos.law.catalogue import catalogue as shipped
from synodos.law.registers import state_names
from synodos.law.situations import situations as derived
from synodos.law.types import Assessment, Situation


def assess(
    portfolio: Portfolio,
    law_known_on: dt.date | None = None,
    scope: str | Iterable[str] | None = None,
    readings: Mapping[str, str] | None = None,
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

    Raises
    ------
    KeyError
        If `scope` names nothing of the portfolio, or `readings` no contested question or reading.
    """
    known = with_policies(shipped(), portfolio)
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
    found = profiles(situations, catalogue, portfolio.known_on, law_day)
    held = _Positions(portfolio, chosen, law_day)
    of_profile = _rulings(found, catalogue, portfolio, held)
    follows = [of_profile[number] for number in found.of]
    makes = Findings(situations, follows, catalogue, law_day, party_names(portfolio))
    return Assessment(makes, Later(makes.open), tuple(situations), law_day, chosen)


def _check(readings: Mapping[str, str]) -> None:
    """Raise KeyError if a reading is none of its question."""
    contested = load("contested-questions")
    for question, reading in readings.items():
        if reading not in contested.children(question):
            known = ", ".join(contested.children(question)) or "no readings; it is no contested question"
            message = f"readings: {reading!r} is no reading of {question!r}, which has {known}"
            raise KeyError(message)


def _rulings(
    found: Profiles, catalogue: Catalogue, portfolio: Portfolio, held: _Positions
) -> dict[int, tuple[Ruling, ...]]:
    """Return what follows in each profile."""
    outside = {
        "exemptions": [key for key in found.windows if catalogue.norms[key].lifts],
        "questions": _questions(catalogue),
    }
    at_once = Codes(found, outside["exemptions"], outside["questions"], 0).most_profiles
    parties = sorted({party for profile in found.profiles for party in profile.parties})
    judged_by = {party: held.of(party) for party in parties}
    asked = {party: one.readings for party, one in judged_by.items() if one.readings}
    known: dict[object, Ruling] = {}
    result: dict[int, tuple[Ruling, ...]] = {}
    for first in range(0, len(found.profiles), at_once):
        chosen = range(first, min(first + at_once, len(found.profiles)))
        text = program(found, catalogue, portfolio, chosen)
        answers: Verdicts = verdicts(text, found, chosen, outside, asked)
        for number in chosen:
            result[number] = rulings(answers.get(number, {}), judged_by, held.holders, known)
    return result


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
    """Which readings of contested questions the parties hold."""

    def __init__(self, portfolio: Portfolio, chosen: Mapping[str, str], law_known_on: dt.date) -> None:
        """Read the positions that are known."""
        self._portfolio = portfolio
        self._chosen = chosen
        name = party_names(portfolio)
        self._of: dict[str, dict[str, str]] = defaultdict(dict)
        holders: dict[str, list[str]] = defaultdict(list)
        for position in portfolio.legal_positions.values():
            question = portfolio.vocabularies["contested-questions"].terms[position.reading].parent
            if question is not None and (position.since is None or position.since.earliest <= law_known_on):
                self._of[position.owner][question] = position.reading
                holders[position.reading].append(name(position.owner))
        self.holders = {reading: tuple(sorted(set(names))) for reading, names in holders.items()}

    def of(self, party: str) -> Held:
        """Return the readings by which a party is judged: chosen ones, its own, those of its state."""
        agency = self._portfolio.agencies.get(party)
        of_state = self._of.get(agency.state, {}) if agency is not None and agency.state is not None else {}
        readings = {**of_state, **self._of.get(party, {}), **self._chosen}
        return Held(tuple(sorted(readings.items())), frozenset(self._chosen))
