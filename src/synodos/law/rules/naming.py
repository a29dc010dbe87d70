"""What rules tell apart: the names that they name, the facts that can matter to them, and how many parties at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from synodos.law.rules.dependencies import STRING, Atom, Rule

Pattern = tuple[tuple[int, frozenset[str]], ...]
"""What has to stand at some places of a fact, counted without the activity, for one atom to match it."""
BYSTANDING: Final = {("involved", 1), ("member_state", 2), ("standing", 1)}
"""Places at which a party is named of which no more is told, so that it may be like others."""


def names(rules: Iterable[Rule]) -> frozenset[str]:
    """Return all strings that stand in some rules; to any other name they are blind."""
    return frozenset(string for rule in rules for string in rule.strings)


def strings_of(statements: Iterable[str]) -> frozenset[str]:
    """Return all strings that stand in some statements."""
    return frozenset(match[1:-1] for one in statements for match in STRING.findall(one))


def patterns(rules: Iterable[Rule]) -> Mapping[str, tuple[Pattern, ...]]:
    """Return by predicate what facts must name for some atom of the rules to match them."""
    found: dict[str, dict[Pattern, None]] = defaultdict(dict)
    for rule in rules:
        for atom in rule.body:
            fixed = [(place - 1, frozenset(strings)) for place, strings in atom.strings.items() if place]
            found[atom.name][tuple(fixed)] = None
    return {name: ((),) if () in of else tuple(of) for name, of in found.items()}


def matches(asked: Sequence[Pattern], arguments: Sequence[str]) -> bool:
    """Return whether one of some patterns matches the arguments of a fact."""
    return any(all(arguments[place] in strings for place, strings in pattern) for pattern in asked)


def most_parties(rules: Sequence[Rule]) -> int:
    """Return how many parties of which no more is told than that they take part a rule can speak of at once.

    Notes
    -----
    Rules with at most k variables for such parties cannot count further than k of those that are all alike: two
    sets of facts that differ only in whether there are k or more of them lead to the same (Kolaitis and Vardi, "On the
    expressive power of Datalog: tools and a case study", 1995, for queries in k variables).
    """
    places = _places(rules)
    return max((len(_variables((*_heads(rule), *rule.body), places)) for rule in rules), default=0)


def _places(rules: Sequence[Rule]) -> set[tuple[str, int]]:
    """Return the places at which such a party may stand, in facts and in what rules derive of them."""
    places = set(BYSTANDING)
    while True:
        derived = {
            (atom.name, place)
            for rule in rules
            for atom in _heads(rule)
            for place, variable in atom.variables.items()
            if variable in _variables(rule.body, places)
        }
        if derived <= places:
            return places
        places |= derived


def _heads(rule: Rule) -> Iterator[Atom]:
    """Yield what a rule derives, if it derives one thing."""
    if rule.head is not None:
        yield rule.head


def _variables(atoms: Iterable[Atom], places: set[tuple[str, int]]) -> set[str]:
    """Return the variables that stand at one of some places."""
    return {name for atom in atoms for place, name in atom.variables.items() if (atom.name, place) in places}
