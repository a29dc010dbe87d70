"""What is wrong with rules: names that lead nowhere, lost full stops, text, norms that no rule concerns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from synodos.language import Fault, load, nearest, shown
from synodos.law.rules.dependencies import (
    CONDITIONS,
    CORE,
    NORM_PLACE,
    OF_NORMS,
    QUESTIONS,
    READINGS,
    Atom,
    Rule,
    facts_of,
    norms_of_variable,
    parsed,
    unended,
)
from synodos.law.rules.facts import CHOSEN, FACTS, POLICY_FACTS

if TYPE_CHECKING:
    from synodos.law.catalogue import Catalogue

_ANONYMOUS = re.compile(r"(?<![\w@])_(?!\w)")
_TOLD = {"told": 3, "answer": 3}
"""Predicates whose answer is the symbol yes or no, with its place."""


def rule_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Yield what is wrong with the rules of a catalogue."""
    concerned: set[str] = set()
    contestable: dict[str, set[str]] = {}
    everything = [rule for name, text in catalogue.rules.items() if name != CORE for rule in parsed(text)]
    values = facts_of(everything)
    known = _known(catalogue.rules)
    for name, text in catalogue.rules.items():
        for line, words in unended(text):
            expected = "a full stop at the end of each rule"
            yield Fault("rules.unended", "a rule has no end", "", "", shown(words), expected, place=f"{name}.lp:{line}")
        for rule in parsed(text) if name != CORE else ():
            norms = _norms(rule, values)
            concerned |= norms
            if rule.head is not None and rule.head.name == "contestable":
                for norm in norms:
                    contestable.setdefault(norm, set()).update(rule.head.at(READINGS["contestable"]))
            for fault in (*_of_rule(rule, norms, catalogue), *_underived(rule, known)):
                yield fault.at(f"{name}.lp:{rule.line}")
    yield from _unconcerned(catalogue, concerned)
    yield from _undeclared(catalogue, contestable)


def _known(rules: Mapping[str, str]) -> dict[str, set[int]]:
    """Return what a rule may ask for, with its numbers of arguments: facts, what rules derive, what the core uses."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, arity in (*FACTS.items(), *POLICY_FACTS.items(), *CHOSEN.items()):
        found[name].add(arity)
    for file, text in rules.items():
        for rule in parsed(text):
            for atom in (*((rule.head,) if rule.head else ()), *(rule.body if file == CORE else ())):
                found[atom.name].add(atom.arity)
    return found


def _underived(rule: Rule, known: Mapping[str, set[int]]) -> Iterator[Fault]:
    """Yield what a rule asks for that nothing can derive, so that the rule would never apply."""
    label = rule.head.name if rule.head else "a rule"
    for atom in rule.body:
        found = f"{atom.name} with {atom.arity} argument{'s' if atom.arity > 1 else ''}"
        if atom.name not in known:
            near = nearest(atom.name, known)
            expected = "a fact of an activity, or what a rule derives"
            yield Fault(
                "rules.unknown-predicate", "nothing states or derives this", label, atom.name, found, expected, near
            )
        elif atom.arity not in known[atom.name]:
            expected = f"{atom.name} with {' or '.join(str(one) for one in sorted(known[atom.name]))}"
            yield Fault(
                "rules.arguments", "nothing derives this with so many arguments", label, atom.name, found, expected
            )


def _norms(rule: Rule, values: Mapping[tuple[str, int], set[str]]) -> set[str]:
    """Return the norms of which a rule says something."""
    if rule.head is None or rule.head.name not in OF_NORMS:
        return set()
    return set(rule.head.at(NORM_PLACE)) or norms_of_variable(rule, values)


def _of_rule(rule: Rule, norms: set[str], catalogue: Catalogue) -> Iterator[Fault]:
    """Yield what is wrong with one rule by itself."""
    label = rule.head.name if rule.head else "a rule"
    if _ANONYMOUS.search(rule.text):
        yield Fault("rules.anonymous", "a variable has no name", label, "", "_", "a name, so that proofs can show it")
    if rule.head is not None and rule.head.name in CONDITIONS and not norms:
        yield Fault("rules.no-norm", "a rule does not say of which norm", label, "", shown(rule.text), "its id")
    for norm in sorted(norms - catalogue.norms.keys()):
        near = nearest(norm, catalogue.norms)
        yield Fault("rules.unknown-norm", "no such norm", label, "", shown(norm), "a norm of the catalogue", near)
    for atom in (*((rule.head,) if rule.head else ()), *rule.body):
        yield from _of_atom(atom, label)


def _of_atom(atom: Atom, label: str) -> Iterator[Fault]:
    """Yield what is wrong with one atom."""
    questions, contested = load("legal-questions"), load("contested-questions")
    for text in (text for texts in atom.strings.values() for text in texts):
        if " " in text:
            yield Fault("rules.text", "a rule holds text", label, atom.name, shown(text), "an id")
    for question in atom.at(QUESTIONS.get(atom.name, -1)):
        if question not in questions:
            near = nearest(question, questions)
            yield Fault(
                "rules.unknown-question", "no such question", label, atom.name, question, "a legal question", near
            )
    for question in atom.at(READINGS.get(atom.name, -1)):
        known = contested.children(None)
        if question not in known:
            near = nearest(question, known)
            expected = "a contested question"
            yield Fault("rules.unknown-question", f"no such {expected[2:]}", label, atom.name, question, expected, near)
        for reading in atom.at(1) if atom.name == "reading" else ():
            if reading not in contested.children(question):
                near = nearest(reading, contested.children(question))
                yield Fault(
                    "rules.unknown-reading", "no such reading", label, atom.name, reading, "a reading of it", near
                )
    if atom.at(_TOLD.get(atom.name, -1)):
        yield Fault("rules.quoted-answer", "an answer is a symbol", label, atom.name, "a string", "yes or no")


def _unconcerned(catalogue: Catalogue, concerned: set[str]) -> Iterator[Fault]:
    """Yield norms that no rule concerns, but for those that only constitute, and those whose note says why."""
    for key, norm in catalogue.norms.items():
        if key not in concerned and norm.modality != "constitutive" and norm.note is None:
            place = catalogue.places.get(key, "")
            expected = "a rule, or a note that says why there is none"
            yield Fault("norms.no-rule", "no rule concerns this norm", f"norm {key}", "", "", expected, place=place)


def _undeclared(catalogue: Catalogue, contestable: Mapping[str, set[str]]) -> Iterator[Fault]:
    """Yield norms whose rules ask a reading although nothing says that they are contestable on it."""
    for key, need in catalogue.needs.items():
        missing = sorted(need.readings - contestable.get(key, set()))
        if missing and key in catalogue.norms:
            expected = f'contestable(A,B,"{key}","{missing[0]}")'
            place = catalogue.places.get(key, "")
            message = "its rules ask for a reading that it is not contestable on"
            yield Fault(
                "rules.not-contestable", message, f"norm {key}", "", ", ".join(missing), expected, "", place, "warning"
            )
