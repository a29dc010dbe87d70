"""Steps of a proof in sentences, with what they rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from synodos.language import DateRange, Portfolio, load
from synodos.law.catalogue import CORE, Catalogue
from synodos.law.explaining.proofs import Miss, Step
from synodos.law.types import Situation
from synodos.law.windows import NEVER
from synodos.law.wording import status_words

if TYPE_CHECKING:
    from synodos.law.registers import Row

BINDING = ("bound", "unclear")
"""Steps whose reasons are told from windows and registers, and not from the program's numbers for them."""

VOCABULARIES = ("legal-questions", "contested-questions", "destinations", "instrument-types")
"""Vocabularies whose terms may stand in a fact."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an explanation.

    Attributes
    ----------
    text : str
        The sentence.
    citation : str
        Norm that it applies, as it is cited; empty for a fact.
    records : tuple of str
        Records and rows of registers that say it, as `kind:id`.
    unverified : bool
        Whether it rests on general knowledge.
    because : tuple of Reason
        Its own reasons.
    """

    text: str
    citation: str
    records: tuple[str, ...]
    unverified: bool
    because: tuple[Reason, ...]


@cache
def wording() -> dict[str, Any]:
    """Return the sentences by predicate."""
    text = files("synodos.law.explaining").joinpath("wording.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


class Sentences:
    """Words for the steps of the proofs about one activity."""

    def __init__(
        self,
        portfolio: Portfolio,
        catalogue: Catalogue,
        situation: Situation,
        law_known_on: dt.date,
        name: Callable[[str], str],
    ) -> None:
        """Take what gives names to parties, norms and records."""
        self._portfolio = portfolio
        self._catalogue = catalogue
        self._situation = situation
        self._law_known_on = law_known_on
        self._name = name
        self._explained: set[tuple[str, tuple[Any, ...]]] = set()
        self._said = {(fact.predicate, fact.arguments): fact for fact in situation.facts}

    def reasons(self, steps: Iterable[Step]) -> tuple[Reason, ...]:
        """Return steps in sentences; what was explained once is only named when it comes up again."""
        self._explained = set()
        return self._reasons(steps)

    def _reasons(self, steps: Iterable[Step]) -> tuple[Reason, ...]:
        """Return steps in sentences, each once; those without a sentence give way to their own reasons."""
        found: dict[str, Reason] = {}
        for reason in (reason for step in steps for reason in self._told(step)):
            found.setdefault(reason.text, reason)
        return tuple(found.values())

    def _told(self, step: Step) -> Iterator[Reason]:
        """Yield the sentence of a step, or those of its reasons."""
        values = [_plain(argument) for argument in step.arguments]
        norm = values[2] if len(values) > 2 and values[2] in self._catalogue.norms else ""  # noqa: PLR2004 - its place
        template = self._template(step, norm)
        if template is None:
            yield from self._reasons(step.because)
            return
        words = [
            self._asked(values, value) or self._word(step.name, place, value) for place, value in enumerate(values)
        ]
        said = self._said.get((step.name, tuple(values[1:])))
        yield Reason(
            text=_ended(template.format(*words)),
            citation=self.citation(norm) if norm and step.holds else "",
            records=said.records if said else (),
            unverified=said.unverified if said else bool(norm) and self._catalogue.is_unverified(norm),
            because=self._because(step, values),
        )

    def _template(self, step: Step, norm: str) -> str | None:
        """Return the sentence of a step, if it has one; what binds nobody in law is addressed to somebody."""
        kind = "holds" if step.holds else "absent"
        own = {} if not norm or self._catalogue.instrument(norm).is_law else wording()["no_law"][kind]
        found = own.get(step.name) or wording()[kind].get(step.name)
        return None if found is None else str(found)

    def _because(self, step: Step, values: list[str]) -> tuple[Reason, ...]:
        """Return the reasons of a step, unless they were given before."""
        own = (step.name, step.arguments)
        if own in self._explained:
            return ()
        self._explained.add(own)
        if step.name in BINDING and step.file == CORE:
            return tuple(self.binding(values[1], values[2]))
        return self._reasons(step.because)

    def citation(self, norm_id: str) -> str:
        """Return a norm as it is cited: work, pinpoint and day, as `work#pinpoint@day`."""
        work = self._catalogue.instrument(norm_id).work
        pinpoint = self._catalogue.pinpoint(norm_id, self._law_known_on)
        day = self._situation.start.earliest if self._situation.start else None
        at = f"@{day}" if day and day != dt.date.min else ""
        return f"{work}#{pinpoint}{at}"

    def _word(self, predicate: str, place: int, value: str) -> str:
        """Return an argument in words."""
        if place == 0:
            return self._situation.name
        if predicate == "status" and place == 3:  # noqa: PLR2004 - the status stands last
            return status_words(value)  # type: ignore[arg-type] # one of the statuses
        if predicate == "violated" and place == 3:  # noqa: PLR2004 - the reason stands last
            return str(wording()["reasons"].get(value) or f"the answer to “{_label(value)}”")
        asked = wording()["asked"].get(value)
        return str(asked or _label(value) or self.party(value))

    def _asked(self, values: Sequence[str], value: str) -> str:
        """Return a question in the words of a norm that the step is about, if it has some of its own."""
        norms = (self._catalogue.norms[one] for one in values[2:] if one in self._catalogue.norms)
        return next((norm.questions[value] for norm in norms if value in norm.questions), "")

    def party(self, value: str) -> str:
        """Return the name of a party or an agreement, or a word as it stands."""
        if value in self._portfolio.agreements:
            return self._portfolio.agreements[value].name
        if value in self._portfolio.agencies or value in self._portfolio.states:
            return self._name(value)
        return self._name(value) if value in self._situation.parties else value.replace("_", " ")

    def binding(self, party: str, norm_id: str) -> Iterator[Reason]:
        """Yield since when a norm is in force, and why it binds a party or not."""
        norm, instrument = self._catalogue.norms[norm_id], self._catalogue.instrument(norm_id)
        yield Reason(
            f"{self._in_force(norm_id)}; {self._situation.name} is judged by {self._when(norm.judged)}.",
            self.citation(norm_id),
            (f"norm:{norm_id}",),
            self._catalogue.is_unverified(norm_id),
            (),
        )
        listed = instrument.binds.listed_in
        if listed is not None:
            row = self._catalogue.registers.row(listed, party)
            yield Reason(
                self._listed(party, listed, row),
                "",
                (row.id,) if row else (),
                row is not None and row.confidence == "unverified",
                (),
            )
        else:
            said = f"It is addressed to: {norm.bearer}."
            yield Reason(said, "", (f"norm:{norm_id}",), unverified=False, because=())

    def silent(self, party: str, norm_id: str) -> str:
        """Return that a norm which is about an activity does not bind a party, or is not addressed to it."""
        words = wording()["silent"]["law" if self._catalogue.instrument(norm_id).is_law else "no_law"]
        return str(words).format(self.party(party), norm_id)

    def _in_force(self, norm_id: str) -> str:
        """Return since when and until when a norm is in force, as that was known."""
        stated, known_on = self._catalogue.stated(norm_id), self._law_known_on
        if stated.as_known(known_on) is None:
            return f"It was not law or not known on {known_on}, the state of the law that is asked for"
        ends = stated.end_as_known(known_on)
        until = f" until {ends}" if ends else ""
        unknown = "; what came then was not found" if ends and stated.afterwards == "unknown" else ""
        return f"It is in force from {stated.begins}{until}{unknown}"

    def missing(self, norm_id: str, miss: Miss) -> Reason:
        """Return what would have to be stated for a norm to be about an activity."""
        lacks = self._compared(miss) if miss.literal.kind == "comparison" else self._lacking(miss)
        return Reason(
            f"{norm_id} would be about it, but {lacks}.",
            self.citation(norm_id),
            (),
            self._catalogue.is_unverified(norm_id),
            self.reasons(miss.steps),
        )

    def _lacking(self, miss: Miss) -> str:
        """Return in words what is not stated and does not follow, or what is and should not."""
        literal = miss.literal
        template = wording()["holds"].get(literal.name)
        values = [miss.bindings.get(term) if isinstance(term, str) else term for term in literal.terms]
        words = [
            "somebody" if value is None else self._word(literal.name, place, _plain(value))
            for place, value in enumerate(values)
        ]
        if literal.name == "reading":
            return str(wording()["lacking"]["reading"]).format(words[1])
        sentence = (
            template.format(*words) if template else f"{literal.name.replace('_', ' ')} ({', '.join(words[1:])})."
        )
        return str(wording()["lacking"]["absent" if literal.kind == "not" else "holds"]).format(sentence.rstrip("."))

    def _compared(self, miss: Miss) -> str:
        """Return in words what would have to be the same, or another."""
        literal = miss.literal
        values = [miss.bindings.get(term) if isinstance(term, str) else term for term in literal.terms]
        one, other = ("somebody" if value is None else self._word("", 1, _plain(value)) for value in values)
        words = wording()["compared"]["same" if literal.name == "=" else "another"]
        return str(words).format(one, other)

    def _when(self, judged: str) -> str:
        """Return the days by which the activity is judged; where none are stated for its course, those of its start."""
        course = self._situation.course if judged == "course" else None
        when = course or self._situation.start
        of = "its course" if course else "its start"
        return f"{of}, {_days(when)}" if when else f"{of}, of which no date is stated"

    def _listed(self, party: str, register: str, row: Row | None) -> str:
        """Return what a register says of a party, as that was known."""
        name, registers = self.party(party), self._catalogue.registers
        title = registers.registers[register].title
        if row is None:
            return f"The register “{title}” has no row on {name}."
        window = registers.window(register, party, self._law_known_on)
        if row.status == "party" and window is None:
            return f"In the register “{title}” nothing was known of {name} on {self._law_known_on}."
        states = {
            "party": f"{name} is listed since {row.since or 'a day that was not found'}",
            "signed": f"{name} signed only",
            "none": f"{name} is listed as no party",
            "unknown": f"what {name} is was not found",
        }
        until = f", until {row.until}" if row.until and window and window.ends_earliest != NEVER else ""
        return f"In the register “{title}” {states[row.status]}{until} ({row.source})."


def _days(when: DateRange) -> str:
    """Return days in words."""
    first, last = when.text.partition("..")[0], when.text.rpartition("..")[2]
    if when.opens_early:
        return f"up to {last}"
    if when.stays_open:
        return f"from {first} on"
    return first if first == last else f"{first} to {last}"


def _ended(sentence: str) -> str:
    """Return a sentence with its full stop, unless it ends in a question."""
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


def _label(value: str) -> str:
    """Return the label of a question, reading, place or type of instrument; nothing if it is none."""
    for vocabulary in VOCABULARIES:
        if value in load(vocabulary):
            return load(vocabulary).label(value)
    return ""


def _plain(symbol: Any) -> str:  # noqa: ANN401 - symbols of clingo come late
    """Return the text of a symbol."""
    text = str(symbol)
    return symbol.string if text.startswith('"') else text
