"""From verdicts on profiles to findings on activities, with what they rest on and what is missing."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate, chain
from operator import eq
from typing import overload

from synodos.law.assessing.classes import COURSE, PLACED
from synodos.law.assessing.evidence import Evidence, SortedNeeds
from synodos.law.assessing.verdicts import Readings, Verdict
from synodos.law.catalogue import Catalogue
from synodos.law.situations.alike import as_told
from synodos.law.types import Certainty, Finding, Outcome, Question, ReadingLeads, Situation, Status
from synodos.law.wording import question_text
from synodos.resting import collector_at_rest


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding as far as it is the same in all activities of a profile.

    Attributes
    ----------
    norm, bearer, status, certainty, exemption, contested, own_reading
        As in `Finding`, before what is unverified is known.
    questions : tuple of str
        Ids of the questions that are open.
    declared : tuple of (datetime.date, Ruling)
        What follows instead from the days on which the bearer declares a reading, in order.
    """

    norm: str
    bearer: str
    status: Status
    certainty: Certainty
    exemption: str | None
    contested: tuple[ReadingLeads, ...]
    own_reading: tuple[str, ...]
    questions: tuple[str, ...]
    declared: tuple[tuple[dt.date, Ruling], ...] = ()

    def on(self, day: dt.date) -> Ruling:
        """Return what follows for an activity whose last day this is: a reading counts from its own day."""
        return ([self] + [ruling for since, ruling in self.declared if since <= day])[-1]


@dataclass(frozen=True, slots=True)
class Held:
    """Readings by which a bearer is judged from some day.

    Attributes
    ----------
    since : datetime.date
        The day.
    readings : Readings
        Those that were chosen for all, and those that it or its state declared.
    chosen : frozenset of str
        Questions whose reading was chosen for all.
    """

    since: dt.date = dt.date.min
    readings: Readings = ()
    chosen: frozenset[str] = frozenset()


def ruling(
    norm: str, bearer: str, verdict: Verdict, held: Sequence[Held], holders: Mapping[str, tuple[str, ...]]
) -> Ruling | None:
    """Return what follows from a verdict; None if the norm does not apply.

    Parameters
    ----------
    norm, bearer : str
        Of what and whom the verdict is.
    verdict : Verdict
        What clingo says.
    held : sequence of Held
        Readings that the bearer holds, or that are chosen for all, by the days from which they are held.
    holders : mapping of str to tuple of str
        Who holds each reading, in words.
    """
    if verdict.status is None:
        by_day = [(one.since, _contested(norm, bearer, verdict, one, holders)) for one in held if verdict.leads]
        follows = [(since, found) for since, found in by_day if found is not None]
        return replace(follows[0][1], declared=tuple(follows[1:])) if follows else None
    if verdict.status == "not_applicable":
        return None
    exemption = verdict.exemptions[0] if verdict.status == "exempt" and verdict.exemptions else None
    asked = tuple(verdict.questions) if verdict.status == "needs_determination" else ()
    return Ruling(norm, bearer, verdict.status, "certain", exemption, (), (), asked)


def _contested(
    norm: str, bearer: str, verdict: Verdict, held: Held, holders: Mapping[str, tuple[str, ...]]
) -> Ruling | None:
    """Return a ruling that hinges on a reading; None if the readings that were chosen for all leave the norm out."""
    own = verdict.leads.get(held.readings)
    if own == "not_applicable" and set(verdict.contestable) <= held.chosen:
        return None
    follows = own is not None and own != "not_applicable"
    readings = [reading for question, reading in held.readings if question in verdict.contestable]
    status: Status = own if own is not None and own != "not_applicable" else "needs_determination"
    return Ruling(
        norm=norm,
        bearer=bearer,
        status=status,
        certainty="contested",
        exemption=verdict.exemptions[0] if status == "exempt" and verdict.exemptions else None,
        contested=tuple(_leads(verdict, holders)),
        own_reading=tuple(readings) if follows else (),
        questions=tuple(verdict.questions) if status == "needs_determination" else (),
    )


def _leads(verdict: Verdict, holders: Mapping[str, tuple[str, ...]]) -> Iterator[ReadingLeads]:
    """Yield where each reading leads, of the questions that tell, alone or beside others; of all if none does."""
    by_question: dict[str, dict[str, Outcome | None]] = defaultdict(dict)
    for readings, status in verdict.leads.items():
        if len(readings) == 1:
            by_question[readings[0][0]][readings[0][1]] = status
    asked = {question: leads for question, leads in by_question.items() if question in verdict.contestable}
    telling = {
        question: leads for question, leads in asked.items() if len({*leads.values()}) > 1 or None in leads.values()
    }
    for question, leads in (telling or asked or by_question).items():
        for reading, status in leads.items():
            yield ReadingLeads(question, reading, status, holders.get(reading, ()))


def _certainty(ruling: Ruling, doubtful: tuple[str, ...]) -> Certainty:
    """Return how certain a ruling is in an activity of which some things are general knowledge."""
    return "unverified" if doubtful and ruling.certainty == "certain" else ruling.certainty


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A ruling, with what is the same in all findings that it leads to.

    Attributes
    ----------
    ruling : Ruling
        The ruling.
    asked : tuple of str
        Predicates and answers for which the norm asks, of those that are stated.
    doubts : tuple of str
        What of the law behind it is general knowledge.
    begins : datetime.date or None
        Day from which the norm surely binds, if it watches the course.
    registers : tuple of str
        Registers by whose rows the status is decided, whoever bears it.
    """

    ruling: Ruling
    asked: tuple[str, ...]
    doubts: tuple[str, ...]
    begins: dt.date | None
    registers: tuple[str, ...]


class Findings(Sequence[Finding]):
    """Findings in order of activity, norm and bearer; those on an activity are made when they are first asked for."""

    def __init__(
        self,
        situations: Sequence[Situation],
        rulings: Sequence[tuple[Ruling, ...]],
        catalogue: Catalogue,
        law_known_on: dt.date,
        names: Callable[[str], str],
    ) -> None:
        """Take activities, what follows in each, the norms as known on a day, and what names a party by its id."""
        self.situations = situations
        self.rulings = rulings
        self.catalogue = catalogue
        self.law_known_on = law_known_on
        self.names = cache(names)
        self._needs = SortedNeeds(catalogue)
        self._ends = list(accumulate(len(of) for of in rulings))
        self._made: dict[int, tuple[Finding, ...]] = {}
        self._prepared: dict[tuple[int, frozenset[str]], tuple[_Prepared, ...]] = {}

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, place: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(place, slice):
            return tuple([self[one] for one in range(*place.indices(len(self)))])
        place = range(len(self))[place]
        position = bisect_right(self._ends, place)
        return self._of(position)[place - self._ends[position]]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Finding]:
        with collector_at_rest():
            made = [self._of(position) for position in range(len(self.situations))]
        return chain.from_iterable(made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _of(self, position: int) -> tuple[Finding, ...]:
        """Return the findings on one activity."""
        made = self._made.get(position)
        if made is None:
            situation = self.situations[position]
            evidence = Evidence(situation)
            prepared = self._prepared_of(position, evidence.present)
            made = self._made[position] = tuple([self._finding(situation, one, evidence) for one in prepared])
        return made

    def _prepared_of(self, position: int, present: frozenset[str]) -> tuple[_Prepared, ...]:
        """Return what follows in one activity, with what is the same in others of which as much is told."""
        of = self.rulings[position]
        key = id(of), present
        prepared = self._prepared.get(key)
        if prepared is None:
            prepared = self._prepared[key] = tuple([self._prepare(ruling, present) for ruling in of])
        return prepared

    def _prepare(self, ruling: Ruling, present: frozenset[str]) -> _Prepared:
        """Return a ruling with what is the same in all its findings."""
        norm = self.catalogue.norms[ruling.norm]
        behind = (ruling.norm, *(norm.defined_by if ruling.status == "breached" else ()))
        behind += (ruling.exemption,) if ruling.exemption else ()
        doubts = tuple(dict.fromkeys(doubt for one in behind for doubt in self._unverified_law(one, ruling.bearer)))
        begins = self._begins(ruling.norm, ruling.bearer) if norm.judged == COURSE else None
        deciding = (ruling.norm, ruling.exemption) if ruling.exemption else (ruling.norm,)
        registers = {name for one in deciding if one in self.catalogue.needs for name in self._registers_of(one)}
        return _Prepared(ruling, self._needs.of(ruling.norm, present), doubts, begins, tuple(sorted(registers)))

    def _registers_of(self, norm: str) -> frozenset[str]:
        """Return the registers for which the rules of a norm ask."""
        return self.catalogue.needs[norm].registers

    def _unverified_rows(self, registers: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
        """Return the rows on those who take part, and on the places, that are general knowledge."""
        places = (fact.arguments[-1] for fact in situation.facts if fact.predicate in PLACED)
        parties = dict.fromkeys((*situation.parties, *places))
        rows = (self.catalogue.registers.row(register, party) for register in registers for party in parties)
        return tuple(row.id for row in rows if row is not None and row.confidence == "unverified")

    def _finding(self, situation: Situation, prepared: _Prepared, evidence: Evidence) -> Finding:
        """Return one finding."""
        ruling, begins, course = prepared.ruling, prepared.begins, situation.course
        records, unverified = evidence.of(prepared.asked, ruling.bearer)
        doubtful = self._doubtful(situation, prepared, unverified)
        return Finding(
            ruling.norm,
            situation.activity,
            ruling.bearer,
            ruling.status,
            _certainty(ruling, doubtful),
            ruling.exemption,
            ruling.contested,
            ruling.own_reading,
            tuple([self._question(asked, situation, ruling) for asked in ruling.questions]) if ruling.questions else (),
            records,
            doubtful,
            begins if begins is not None and course is not None and begins > course.earliest else None,
        )

    def _doubtful(self, situation: Situation, prepared: _Prepared, unverified: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a finding rests on that is general knowledge: in the law, in records, in rows of registers."""
        doubtful = (*prepared.doubts, *unverified) if unverified else prepared.doubts
        if prepared.registers:
            doubtful = tuple(dict.fromkeys((*doubtful, *self._unverified_rows(prepared.registers, situation))))
        return doubtful

    def told(self) -> Iterator[tuple[Situation, Ruling, Certainty]]:
        """Yield the activity of each finding, with what it says and how certain that is; no finding is made for it."""
        known: dict[object, list[tuple[Ruling, Certainty]]] = {}
        for position, situation in enumerate(self.situations):
            alike = id(as_told(situation.facts)), situation.parties, id(self.rulings[position])
            if alike not in known:
                known[alike] = list(self._certainties(position, situation))
            for ruling, certainty in known[alike]:
                yield situation, ruling, certainty

    def _certainties(self, position: int, situation: Situation) -> Iterator[tuple[Ruling, Certainty]]:
        """Yield what the findings on one activity say, and how certain that is."""
        verified = not any(fact.unverified for fact in situation.facts)
        evidence = None if verified else Evidence(situation)
        for one in self._prepared_of(position, evidence.present if evidence else frozenset()):
            unverified = evidence.of(one.asked, one.ruling.bearer)[1] if evidence else ()
            yield one.ruling, _certainty(one.ruling, self._doubtful(situation, one, unverified))

    def open(self) -> Iterator[Question]:
        """Yield the open determinations, first what blocks most."""
        blocked: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        texts: dict[tuple[str, str, str], str] = {}
        for situation, of in zip(self.situations, self.rulings, strict=True):
            for ruling in of:
                for asked in ruling.questions:
                    key = asked, situation.activity, ruling.bearer
                    blocked[key].append(ruling.norm)
                    if key not in texts:
                        texts[key] = self._question(asked, situation, ruling).text
        for key in sorted(blocked, key=lambda one: -len(blocked[one])):  # in order of activity where as many wait
            yield Question(*key, texts[key], tuple(blocked[key]))

    def _question(self, asked: str, situation: Situation, ruling: Ruling) -> Question:
        """Return a question in words."""
        words = self.catalogue.norms[ruling.norm].questions.get(asked)
        text = question_text(asked, words, situation.name, self.names(ruling.bearer), self._title(ruling.norm))
        return Question(asked, situation.activity, ruling.bearer, text, (ruling.norm,))

    def _title(self, norm: str) -> str:
        """Return a norm as it is cited."""
        known_on = self.law_known_on
        return f"{self.catalogue.title(norm, known_on)}, {self.catalogue.pinpoint(norm, known_on)}"

    @cached_property
    def _unverified_law(self) -> Callable[[str, str], tuple[str, ...]]:
        """What of the law behind a norm and a bearer is general knowledge: the norm, the row of the register."""

        @cache
        def found(norm: str, bearer: str) -> tuple[str, ...]:
            listed = self.catalogue.instrument(norm).binds.listed_in
            row = self.catalogue.registers.row(listed, bearer) if listed else None
            own = (f"norm:{norm}",) if self.catalogue.is_unverified(norm) else ()
            return (*own, row.id) if row is not None and row.confidence == "unverified" else own

        return found

    @cached_property
    def _begins(self) -> Callable[[str, str], dt.date]:
        """Day from which a norm surely binds a bearer."""

        @cache
        def found(norm: str, bearer: str) -> dt.date:
            window = self.catalogue.stated(norm).as_known(self.law_known_on)
            listed = self.catalogue.instrument(norm).binds.listed_in
            joined = self.catalogue.registers.window(listed, bearer, self.law_known_on) if listed else None
            return max(one.begins_latest for one in (window, joined) if one is not None)

        return found
