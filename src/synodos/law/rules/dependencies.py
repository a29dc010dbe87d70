"""What rules name: constants, norms, questions, and the facts on which each norm depends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

from synodos.law.rules.facts import FACTS

CORE: Final = "core"
"""Rules that all norms have in common."""
CONDITIONS: Final = ("concerns", "concerns_if", "violated", "asks", "excuses", "excuses_if", "contestable")
"""Predicates by which rules say something of a norm; its id is the third argument."""
OF_NORMS: Final = (*CONDITIONS, "applies", "bound", "unsure")
REACHING: Final = ("concerns", "concerns_if", "excuses", "excuses_if", "unsure")
"""Predicates without which a norm has no status and no exemption exempts."""
NORM_PLACE: Final = 2
GIVEN: Final = (
    "told",
    "known",
    "answer",
    "reading",
    "norm",
    "date",
    "in_force",
    "standing",
    "party",
    "listed",
    "perhaps_listed",
)
"""Predicates of `core.lp`, and of what Python gives beside the facts of an activity."""
QUESTIONS: Final = {"told": 2, "known": 2, "answer": 1, "concerns_if": 3, "asks": 3, "excuses_if": 3, "unsure": 3}
"""Predicates that name a legal question, with its place."""
TOLD: Final = ("told", "known")
"""What the core derives of answers; both name the question at the same place."""
READINGS: Final = {"reading": 0, "contestable": 3}
"""Predicates that name a contested question, with its place."""

_NAMED: Final[Mapping[str, tuple[str, int]]] = {
    **{name: ("answers", place) for name, place in QUESTIONS.items()},
    **{name: ("readings", place) for name, place in READINGS.items()},
    **dict.fromkeys(("listed", "perhaps_listed"), ("registers", 2)),
    "norm": ("windows", 0),
}
"""What atoms name beside facts, with its place."""
STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A string, quotation marks included."""
_COMMENT = re.compile(r"%[^\n]*")
_MASK = re.compile(r"@(\d+)@")
_END = re.compile(r"(?<!\.)\.(?!\.)")
_JOINED = re.compile(r"(?<=\))\s*\n\s*(?=\w)|(?<=\))[ \t]+(?=(?!not\b)[a-z]\w*\()")
"""Where one atom follows another with nothing between them."""
_ATOM = re.compile(r"(?<![\w@])([a-z]\w*)\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Atom:
    """One atom of a rule.

    Attributes
    ----------
    name : str
        Predicate.
    strings : mapping of int to tuple of str
        Strings among its arguments by place; several where they are pooled.
    variables : mapping of int to str
        Variables among its arguments by place.
    arity : int
        How many arguments it has.
    """

    name: str
    strings: Mapping[int, tuple[str, ...]]
    variables: Mapping[int, str]
    arity: int

    def at(self, place: int) -> tuple[str, ...]:
        """Return the strings that stand at a place."""
        return self.strings.get(place, ())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as far as names go.

    Attributes
    ----------
    head : Atom or None
        What it derives; None for a constraint or a choice.
    body : tuple of Atom
        What it asks, signs left out.
    needed : frozenset of str
        What has to hold for it to derive anything: predicates without a sign; of `kind` also which.
    named : frozenset of str
        What facts and answers have to name for it to derive anything, each as `naming` gives it.
    line : int
        Where it ends.
    text : str
        As it is written, strings masked.
    strings : frozenset of str
        All that stand in it.
    """

    head: Atom | None
    body: tuple[Atom, ...]
    needed: frozenset[str]
    named: frozenset[str]
    line: int
    text: str
    strings: frozenset[str]


def constants(rules: Mapping[str, str], predicate: str, place: int) -> set[str]:
    """Return the strings that stand at a place of a predicate anywhere in the rules."""
    texts = (text for text in rules.values() if f"{predicate}(" in text)
    atoms = (atom for text in texts for rule in parsed(text) for atom in (rule.head, *rule.body) if atom)
    return {string for atom in atoms if atom.name == predicate for string in atom.at(place)}


@lru_cache(maxsize=256)
def parsed(text: str) -> tuple[Rule, ...]:
    """Return the rules of a file, which hold atoms without nested terms."""
    return tuple(rule for rule, _ in statements(text) if rule is not None)


def statements(text: str) -> Iterator[tuple[Rule | None, str]]:
    """Yield each rule of a file with its text, without comments and full stop; None for a directive."""
    masked, strings = _masked(text)
    start = 0
    for end in _END.finditer(masked):
        statement = masked[start : end.start()]
        start = end.end()
        directive = statement.strip().startswith("#")
        rule = None if directive else _rule(statement, masked.count("\n", 0, start) + 1, strings)
        yield rule, _MASK.sub(lambda match: f'"{strings[int(match[1])]}"', statement.strip())


def unended(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of what begins where a rule before it has no full stop, or has none itself."""
    masked, _ = _masked(text)
    start = 0
    for end in (*(match.end() for match in _END.finditer(masked)), None):
        statement = masked[start:end]
        begun = _JOINED.search(statement) or (re.search(r"\S", statement) if end is None else None)
        if begun is not None:
            line = masked.count("\n", 0, start + begun.end()) + 1
            yield line, statement[begun.start() :].strip().split("\n")[0]
        start = end or start


def _masked(text: str) -> tuple[str, list[str]]:
    """Return rules without comments, a number in place of each string, and the strings."""
    strings: list[str] = []

    def mask(match: re.Match[str]) -> str:
        strings.append(match[0][1:-1])
        return f"@{len(strings) - 1}@"

    return _COMMENT.sub("", STRING.sub(mask, _outside_comments(text))), strings


def _outside_comments(text: str) -> str:
    """Return a text without the comments that fill their line, in which quotation marks may stand unpaired."""
    return "\n".join("" if line.lstrip().startswith("%") else line for line in text.split("\n"))


def _rule(statement: str, line: int, strings: Sequence[str]) -> Rule:
    """Return one rule."""
    head, _, body = statement.partition(":-")
    found = [_atom(match, strings) for match in _ATOM.finditer(head)]
    alone = found[0] if len(found) == 1 and "{" not in head else None
    atoms = [(_atom(match, strings), body[: match.start()].rstrip().endswith("not")) for match in _ATOM.finditer(body)]
    sure = [atom for atom, negated in atoms if not negated]
    needed = frozenset(token(atom.name, atom.at(1)) for atom in sure)
    named = frozenset(name for atom in sure if atom.name in (*FACTS, *TOLD) for name in _named(atom))
    every = frozenset(strings[int(number)] for number in _MASK.findall(statement))
    return Rule(alone, tuple(atom for atom, _ in atoms), needed, named, line, statement.strip(), every)


def _named(atom: Atom) -> Iterator[str]:
    """Yield what has to be named for an atom to hold."""
    for place, strings in atom.strings.items():
        if len(strings) == 1:
            yield naming(atom.name, place, strings[0])


def naming(predicate: str, place: int, string: str) -> str:
    """Return what stands for a string at a place of a predicate."""
    return f"{predicate}/{place}={string}"


def token(predicate: str, strings: Sequence[str]) -> str:
    """Return what stands for a predicate where it is asked whether a rule can derive anything."""
    return f"{predicate}:{strings[0]}" if predicate == "kind" and len(strings) == 1 else predicate


def _atom(match: re.Match[str], strings: Sequence[str]) -> Atom:
    """Return an atom with the strings and variables among its arguments."""
    texts: dict[int, tuple[str, ...]] = {}
    variables: dict[int, str] = {}
    for place, term in enumerate(match[2].split(",")):
        masked = _MASK.findall(term)
        if masked:
            texts[place] = tuple(strings[int(number)] for number in masked)
        elif term.strip()[:1].isupper() or term.strip().startswith("_"):
            variables[place] = term.strip()
    return Atom(match[1], texts, variables, match[2].count(",") + 1)


@lru_cache(maxsize=16)
def rules_with_values(
    files: tuple[tuple[str, str], ...],
) -> tuple[tuple[Rule, ...], Mapping[tuple[str, int], set[str]]]:
    """Return the rules of all files but the core, and the strings that their facts list."""
    rules = tuple(rule for name, text in files if name != CORE for rule in parsed(text))
    return rules, facts_of(rules)


def rules_behind(rules: Mapping[str, str], norms: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules on which some norms rest, directly or through others; those of the core are left out."""
    by_node = _by_node(tuple(rules.items()))
    return tuple({id(rule): rule for norm in norms for rule in _behind(norm, by_node)}.values())


@lru_cache(maxsize=16)
def _by_node(files: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], list[Rule]]:
    """Return the rules by what they derive: a predicate, and the norm that it is about."""
    rules, values = rules_with_values(files)
    by_node: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        for node in nodes(rule, values) if rule.head else ():
            by_node[node].append(rule)
    return by_node


def _behind(norm: str, by_node: Mapping[tuple[str, str], Sequence[Rule]]) -> Iterator[Rule]:
    """Yield the rules on which a norm rests; one more than once where it derives several things."""
    pending = [(name, key) for name in OF_NORMS for key in (norm, "")]
    seen = set(pending)
    while pending:
        for rule in by_node.get(pending.pop(), ()):
            yield rule
            new = dict.fromkeys(node for atom in rule.body for node in _asked(atom) if node not in seen)
            seen.update(new)
            pending += new


def binding_by_rule(rules: Mapping[str, str]) -> frozenset[str]:
    """Return the norms of which some rule says by itself that they apply, bind or may apply."""
    return _binding_by_rule(tuple(rules.items()))


@lru_cache(maxsize=16)
def _binding_by_rule(files: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the norms of which some rule says by itself that they apply."""
    rules, values = rules_with_values(files)
    heads = (node for rule in rules if rule.head is not None for node in nodes(rule, values))
    return frozenset(norm for name, norm in heads if name in ("applies", "bound", "unsure"))


@dataclass(frozen=True)
class Needs:
    """What a norm rests on.

    Attributes
    ----------
    facts : frozenset of str
        Predicates of facts.
    answers : frozenset of str
        Legal questions.
    readings : frozenset of str
        Contested questions.
    registers : frozenset of str
        Registers that are asked by name.
    windows : frozenset of str
        Norms whose windows are asked by name.
    norms : frozenset of str
        Other norms, of which it is asked whether they apply.
    """

    facts: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()
    windows: frozenset[str] = frozenset()
    norms: frozenset[str] = frozenset()

    def joined(self, other: Needs) -> Needs:
        """Return what both rest on."""
        return Needs(*(getattr(self, one.name) | getattr(other, one.name) for one in fields(self)))


def needs(rules: Mapping[str, str]) -> Mapping[str, Needs]:
    """Return what each norm rests on, by the rules that concern it, directly or through others."""
    return _needs(tuple(rules.items()))


@lru_cache(maxsize=16)
def _needs(files: tuple[tuple[str, str], ...]) -> dict[str, Needs]:
    """Return what each norm rests on."""
    _, values = rules_with_values(files)
    by_node = _by_node(files)
    derived = {name for name, _ in by_node}
    norms = dict.fromkeys(norm for name, norm in by_node if name in OF_NORMS and norm)
    return {norm: _closed(norm, by_node, derived, values) for norm in norms}


def facts_of(rules: Sequence[Rule]) -> dict[tuple[str, int], set[str]]:
    """Return the strings that the facts of the rules give to each place of a predicate."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for rule in rules:
        if rule.head is not None and not rule.body:
            for place, strings in rule.head.strings.items():
                found[rule.head.name, place].update(strings)
    return found


def nodes(rule: Rule, values: Mapping[tuple[str, int], set[str]]) -> Iterator[tuple[str, str]]:
    """Yield what a rule derives: a predicate, and the norm that it is about; no norm stands for any."""
    assert rule.head is not None  # noqa: S101 - only rules with a head are asked
    if rule.head.name not in OF_NORMS:
        yield rule.head.name, ""
        return
    norms = set(rule.head.at(NORM_PLACE)) or norms_of_variable(rule, values)
    yield from ((rule.head.name, norm) for norm in sorted(norms or {""}))


def norms_of_variable(rule: Rule, values: Mapping[tuple[str, int], set[str]]) -> set[str]:
    """Return the norms that a variable in the head stands for, as facts in the body of its rule list them."""
    return _listed(rule, rule.head.variables.get(NORM_PLACE) if rule.head else None, values)


def _listed(rule: Rule, variable: str | None, values: Mapping[tuple[str, int], set[str]]) -> set[str]:
    """Return what a variable of a rule stands for, as facts in its body list it; nothing where none does."""
    lists = [
        values[atom.name, place]
        for atom in rule.body
        for place, name in atom.variables.items()
        if name == variable and (atom.name, place) in values
    ]
    return set.intersection(*lists) if lists else set()


def _closed(
    norm: str,
    by_node: Mapping[tuple[str, str], Sequence[Rule]],
    derived: set[str],
    values: Mapping[tuple[str, int], set[str]],
) -> Needs:
    """Return all that the rules of a norm ask, directly or through others."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in _behind(norm, by_node):
        for atom in (*((rule.head,) if rule.head else ()), *rule.body):
            if atom.name in _NAMED:
                what, place = _NAMED[atom.name]
                found[what].update(atom.at(place) or _listed(rule, atom.variables.get(place), values))
        for atom in rule.body:
            found["norms"].update(atom.at(NORM_PLACE) if atom.name in OF_NORMS else ())
            if atom.name not in derived and atom.name not in (*OF_NORMS, *GIVEN):
                found["facts"].add(atom.name)
    return Needs(**{what: frozenset(names - {norm}) for what, names in found.items()})


def _asked(atom: Atom) -> Iterator[tuple[str, str]]:
    """Yield what an atom of a body asks for: a predicate, and the norm that it is about."""
    if atom.name not in OF_NORMS:
        yield atom.name, ""
    for norm in atom.at(NORM_PLACE) if atom.name in OF_NORMS else ():
        names = OF_NORMS if atom.name in ("applies", "bound") else (atom.name,)
        yield from ((name, norm) for name in names)
