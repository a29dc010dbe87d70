"""Instruments that have to be judged together, and what the norms of each such bundle ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import CORE, Needs, Rule, binding_by_rule, parsed, rules_behind
from synodos.law.rules.naming import Pattern, most_parties, names, patterns, strings_of
from synodos.law.types import ALL

OF_POLICIES: Final = Needs(frozenset({"kind", "cooperation", "participant"}))
"""What the criteria of recorded policies rest on: they share their rules."""
ANSWERED: Final = ("yes", "no", ALL)
"""What answers say, and of all parties."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Instruments of which no norm asks whether one of another bundle applies.

    Attributes
    ----------
    number : int
        Place among the bundles.
    instruments, norms : tuple of str
        In the order of the catalogue.
    facts, answers, registers : frozenset of str
        Predicates of facts, legal questions, and registers that its rules ask for, or that say whom it binds.
    windows : frozenset of str
        Norms whose windows are asked.
    judged : frozenset of str
        By which days its norms are judged.
    binds_by_rule : bool
        Whether a rule says of somebody that a norm applies or may apply whom its instrument need not bind.
    rules : tuple of Rule
        All on which its norms rest beside those of the core.
    asked : frozenset of str
        What these rules need to derive anything, as `token` and `naming` give it.
    has_criteria : bool
        Whether some of its norms are criteria of recorded policies, for which the core has the rules.
    patterns : mapping of str to tuple of Pattern
        What facts must name to matter to its rules, by predicate.
    named : frozenset of str
        Names that its rules tell from others.
    most_parties : int
        How many parties that are all alike its rules can speak of at once.
    """

    number: int
    instruments: tuple[str, ...]
    norms: tuple[str, ...]
    facts: frozenset[str]
    answers: frozenset[str]
    registers: frozenset[str]
    windows: frozenset[str]
    judged: frozenset[str]
    binds_by_rule: bool
    rules: tuple[Rule, ...]
    asked: frozenset[str]
    has_criteria: bool
    patterns: Mapping[str, tuple[Pattern, ...]]
    named: frozenset[str]
    most_parties: int


def bundles(catalogue: Catalogue) -> tuple[Bundle, ...]:
    """Return the bundles of a catalogue, in the order of their first instruments."""
    together = _together(catalogue)
    members: dict[str, list[str]] = {}
    for instrument in catalogue.instruments:
        members.setdefault(together[instrument], []).append(instrument)
    return tuple(_bundle(number, catalogue, of) for number, of in enumerate(members.values()))


def _together(catalogue: Catalogue) -> Mapping[str, str]:
    """Return for each instrument the one that stands for its bundle."""
    stands_for = {instrument: instrument for instrument in catalogue.instruments}

    def first(instrument: str) -> str:
        while stands_for[instrument] != instrument:
            instrument = stands_for[instrument]
        return instrument

    for norm, record in catalogue.norms.items():
        for other in (*needs_of(catalogue, norm).norms, *record.lifts):
            if other in catalogue.norms:
                stands_for[first(catalogue.instrument_of[other])] = first(catalogue.instrument_of[norm])
    return {instrument: first(instrument) for instrument in stands_for}


def needs_of(catalogue: Catalogue, norm: str) -> Needs:
    """Return what a norm asks, by its rules and for its answers."""
    found = catalogue.needs.get(norm, OF_POLICIES if is_criterion(catalogue, norm) else Needs())
    return found.joined(Needs(answers=frozenset(catalogue.norms[norm].met_when)))


def is_criterion(catalogue: Catalogue, norm: str) -> bool:
    """Return whether a norm is a criterion of a recorded policy: no file holds a rule or a reason for having none."""
    record = catalogue.norms[norm]
    return norm not in catalogue.needs and record.modality != "constitutive" and record.note is None


def _bundle(number: int, catalogue: Catalogue, instruments: Iterable[str]) -> Bundle:
    """Return the bundle of some instruments."""
    of = tuple(instruments)
    norms = tuple(norm for norm in catalogue.norms if catalogue.instrument_of[norm] in of)
    asked = Needs()
    for norm in norms:
        asked = asked.joined(needs_of(catalogue, norm))
    windows = asked.windows.union(norms)
    listed = {catalogue.instruments[one].binds.listed_in for one in of}
    rules = rules_behind(catalogue.rules, norms)
    every = (*rules, *parsed(catalogue.rules[CORE]))
    return Bundle(
        number,
        of,
        norms,
        asked.facts,
        asked.answers,
        asked.registers.union(one for one in listed if one is not None),
        windows,
        frozenset(catalogue.norms[norm].judged for norm in windows if norm in catalogue.norms),
        binds_by_rule=not binding_by_rule(catalogue.rules).isdisjoint(norms),
        rules=rules,
        asked=frozenset(name for rule in rules for name in rule.needed | rule.named),
        has_criteria=any(is_criterion(catalogue, norm) for norm in norms),
        patterns=patterns(every),
        named=names(every).union(ANSWERED, asked.answers, strings_of(catalogue.facts)),
        most_parties=max(1, most_parties(every)),
    )
