"""Answers to questions of law: determinations, and what records answer by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from synodos.language import WITHHELD, DateRange, Determination, Portfolio
from synodos.law.situations.telling import told_by
from synodos.law.types import ALL, Fact


class Answer(NamedTuple):
    """One answer: the question, the party or `all`, yes or no, and the fact with its evidence."""

    question: str
    party: str
    value: str
    fact: Fact


def answer(fact: Fact) -> Answer:
    """Return the answer that a fact `answer(question, party, value)` gives."""
    question, party, value = fact.arguments
    return Answer(question, party, value, fact)


class Determinations:
    """The determinations of a portfolio by what they are about."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Sort the determinations by the records that they name; what names a withheld party says nothing."""
        self._about: dict[str, list[Determination]] = defaultdict(list)
        for determination in portfolio.determinations.values():
            if determination.party != WITHHELD:
                for matter in determination.about:
                    self._about[matter].append(determination)

    def __bool__(self) -> bool:
        return bool(self._about)

    def name(self, matter: str) -> bool:
        """Return whether some are about a record."""
        return matter in self._about

    def answers(self, matters: Iterable[str], course: DateRange | None, involved: Container[str]) -> Iterator[Answer]:
        """Yield what was determined about the records, the latest of each owner, for an activity of these dates.

        Who has no part in the activity answers for itself only, as the State does whose launch site is used.
        """
        latest: dict[tuple[str, str, str, str | None], Determination] = {}
        for matter in matters:
            for one in self._about.get(matter, ()):
                place = (matter, one.owner, one.question, one.party)
                if one.owner not in involved and one.owner != one.party:
                    continue
                if _holds(one, course) and (place not in latest or _since(latest[place]) <= _since(one)):
                    latest[place] = one
        for one in latest.values():
            yield answer(told_by(one, "answer", "answer", one.question, one.party or ALL, one.answer))


def _since(determination: Determination) -> str:
    """Return the day from which an answer holds, so that days sort; early where none is stated."""
    return determination.since.earliest.isoformat() if determination.since else ""


def _holds(determination: Determination, course: DateRange | None) -> bool:
    """Return whether an answer holds in the course of an activity."""
    return determination.since is None or course is None or determination.since.earliest <= course.latest


def settled(answers: Iterable[Answer], involved: Iterable[str]) -> Iterator[Fact]:
    """Yield the answers that nothing contradicts; what is contradicted is `disputed_answer`.

    What is said of one party has precedence over what is said of all.
    """
    given: dict[str, dict[str, list[Answer]]] = {}
    for one in answers:
        given.setdefault(one.question, {}).setdefault(one.party, []).append(one)
    for by_party in given.values():
        for party, ones in by_party.items():
            if len(ones) > 1 and len({one.value for one in ones}) > 1:
                yield Fact("disputed_answer", (ones[0].question, party), _records(ones))
            elif party == ALL and len(by_party) > 1:
                yield from _of_all(ones, by_party, involved)
            else:
                yield _joined(ones)


def _of_all(ones: list[Answer], by_party: Mapping[str, list[Answer]], involved: Iterable[str]) -> Iterator[Fact]:
    """Yield an answer for all; one by one for those of whom nothing else is said, if something else is said of any."""
    question, value = ones[0].question, ones[0].value
    fact = _joined(ones)
    if all(one.value == value for others in by_party.values() for one in others):
        yield fact
        return
    for party in involved:
        if party not in by_party:
            yield Fact("answer", (question, party, value), fact.records, fact.unverified)


def _records(answers: list[Answer]) -> tuple[str, ...]:
    """Return the records on which answers rest, each once."""
    return tuple(dict.fromkeys(record for one in answers for record in one.fact.records))


def parties_of(answers: Iterable[Answer], involved: Container[str], states: Container[str]) -> Iterator[Fact]:
    """Yield the States that an answer is about although nobody from them takes part, such as that of a launch site."""
    for one in answers:
        if one.party in states and one.party not in involved:
            yield Fact("involved", (one.party,), one.fact.records, one.fact.unverified)
            yield Fact("state", (one.party,), one.fact.records, one.fact.unverified)


def _joined(answers: list[Answer]) -> Fact:
    """Return one fact for equal answers; it is unverified only if all of them are."""
    if len(answers) == 1:
        return answers[0].fact
    unverified = all(one.fact.unverified for one in answers)
    return Fact("answer", answers[0].fact.arguments, _records(answers), unverified)
