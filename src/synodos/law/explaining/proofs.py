"""Proof trees: why something holds in one model of the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from clingo import Symbol

    from synodos.law.explaining.rules import Literally, Rule

Bindings = dict[str, Any]
DEEPEST: Final = 6
"""Rules below rules into which a miss is followed."""
MOST_WAYS: Final = 64
"""Ways in which the conditions of a rule hold that are followed at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof.

    Attributes
    ----------
    name : str
        Predicate.
    arguments : tuple of Symbol
        Of what it holds, the profile first where it has one.
    holds : bool
        False for what is not the case, and is a reason for that.
    because : tuple of Step
        Reasons; none for a fact that is given.
    file : str
        File of the rule; empty for a given fact.
    """

    name: str
    arguments: tuple[Any, ...]
    holds: bool
    because: tuple[Step, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Miss:
    """What a rule lacks.

    Attributes
    ----------
    steps : tuple of Step
        Conditions that hold.
    literal : Literally
        The first condition that does not.
    bindings : dict
        What stands for its variables, as far as that follows.
    """

    steps: tuple[Step, ...]
    literal: Literally
    bindings: Bindings


class Model:
    """What holds, by predicate, and the rules by which it follows."""

    def __init__(self, atoms: Iterable[Symbol], rules: Mapping[tuple[str, int], Sequence[Rule]]) -> None:
        """Sort what holds."""
        self._rules = rules
        self._holding: dict[tuple[str, int], dict[tuple[Any, ...], None]] = defaultdict(dict)
        for atom in atoms:
            self._holding[atom.name, len(atom.arguments)][tuple(atom.arguments)] = None

    def holds(self, name: str, arguments: tuple[Any, ...]) -> bool:
        """Return whether an atom holds."""
        return arguments in self._holding.get((name, len(arguments)), ())

    def holding(self, name: str, arity: int) -> Iterable[tuple[Any, ...]]:
        """Return the arguments for which a predicate holds."""
        return self._holding.get((name, arity), ())

    def proof(self, name: str, arguments: tuple[Any, ...], above: frozenset[Any] = frozenset()) -> Step | None:
        """Return why an atom holds; None if it does only because of itself."""
        own = (name, arguments)
        if own in above or not self.holds(name, arguments):
            return None
        follows = False
        for rule in self._rules.get((name, len(arguments)), ()):
            start = _matched(rule.head.terms, arguments, {})
            if start is not None:
                follows = True
                reasons = next(self._reasons(rule.body, start, above | {own}), None)
                if reasons is not None:
                    return Step(name, arguments, holds=True, because=reasons, file=rule.file)
        # What would follow only in a circle is no reason here; what no rule derives is given.
        return None if follows and above else Step(name, arguments, holds=True, because=(), file="")

    def _reasons(
        self, body: Sequence[Literally], bindings: Bindings, above: frozenset[Any]
    ) -> Iterator[tuple[Step, ...]]:
        """Yield the proofs of all conditions of a rule, for each way in which they hold together."""
        if not body:
            yield ()
            return
        first, rest = body[0], body[1:]
        for bound in self._solutions(first, bindings):
            step = self._step(first, bound, above)
            if step is None:
                continue
            for others in self._reasons(rest, bound, above):
                yield (*step, *others)

    def _solutions(self, literal: Literally, bindings: Bindings) -> Iterator[Bindings]:
        """Yield the bindings under which a condition holds."""
        if literal.kind == "comparison":
            left, right = (_value(term, bindings) for term in literal.terms)
            if literal.name == "=" and (left is None or right is None):
                name, value = (literal.terms[0], right) if left is None else (literal.terms[1], left)
                yield {**bindings, name: value}
            elif (left == right) == (literal.name == "="):
                yield bindings
        elif literal.kind == "not":
            if not any(
                _matched(literal.terms, found, bindings) is not None
                for found in self.holding(literal.name, len(literal.terms))
            ):
                yield bindings
        else:
            known = tuple(_value(term, bindings) for term in literal.terms)
            if None not in known:
                if self.holds(literal.name, known):
                    yield bindings
                return
            for found in self.holding(literal.name, len(literal.terms)):
                bound = _matched(literal.terms, found, bindings)
                if bound is not None:
                    yield bound

    def _step(self, literal: Literally, bindings: Bindings, above: frozenset[Any]) -> tuple[Step, ...] | None:
        """Return the proof of one condition; nothing for a comparison, None if it would go in a circle."""
        if literal.kind == "comparison":
            return ()
        arguments = tuple(_value(term, bindings) for term in literal.terms)
        if literal.kind == "not":
            return (Step(literal.name, arguments, holds=False, because=(), file=""),)
        found = self.proof(literal.name, arguments, above)
        return None if found is None else (found,)

    def nearest_miss(self, rule: Rule, given: tuple[Any, ...], depth: int = DEEPEST) -> Miss | None:
        """Return how far the conditions of a rule hold for some arguments, and the first that fails.

        A condition that would follow from others is looked into. None if the rule is not about these arguments at all.
        """
        start = _matched(rule.head.terms, given, {})
        if start is None:
            return None
        ways: list[tuple[tuple[Step, ...], Bindings]] = [((), start)]
        for literal in rule.body:
            further = [
                ((*steps, *step), bound)
                for steps, bindings in ways
                for bound in self._solutions(literal, bindings)
                if (step := self._step(literal, bound, frozenset())) is not None
            ]
            if not further:
                steps, bindings = ways[0]
                return self._deeper(Miss(steps, literal, bindings), depth)
            ways = further[:MOST_WAYS]
        return None

    def _deeper(self, miss: Miss, depth: int) -> Miss:
        """Return the miss below a condition that would follow from others: that of the rule that comes nearest."""
        arguments = tuple(_value(term, miss.bindings) for term in miss.literal.terms)
        rules = self._rules.get((miss.literal.name, len(arguments)), ())
        if depth == 0 or miss.literal.kind != "atom" or None in arguments:
            return miss
        found = [below for rule in rules if (below := self.nearest_miss(rule, arguments, depth - 1))]
        if not found:
            return miss
        nearest = max(found, key=lambda below: len(below.steps))
        return Miss((*miss.steps, *nearest.steps), nearest.literal, nearest.bindings)


def _value(term: Any, bindings: Bindings) -> Any:  # noqa: ANN401 - symbols of clingo come late
    """Return the value of a variable or constant; None if the variable has none yet."""
    return bindings.get(term) if isinstance(term, str) else term


def _matched(terms: Sequence[Any], values: Sequence[Any], bindings: Bindings) -> Bindings | None:
    """Return the bindings under which terms are these values, or None."""
    bound = dict(bindings)
    for term, value in zip(terms, values, strict=True):
        if isinstance(term, str):
            if bound.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return bound
