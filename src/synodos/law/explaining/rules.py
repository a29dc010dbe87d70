"""The rules as clingo itself parses them, ready to be matched against what holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Literally:
    """One condition of a rule.

    Attributes
    ----------
    name : str
        Predicate; the sign (such as `!=`) of a comparison.
    terms : tuple of str or Symbol
        Variables by name, constants as symbols.
    kind : {"atom", "not", "comparison"}
        Whether it holds, does not hold, or compares.
    """

    name: str
    terms: tuple[Any, ...]
    kind: Literal["atom", "not", "comparison"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its head, and the conditions in the order in which they stand.

    Attributes
    ----------
    head : Literally
        What follows.
    body : tuple of Literally
        From what.
    file : str
        Name of the file, without its ending.
    """

    head: Literally
    body: tuple[Literally, ...]
    file: str


def rules_by_head(files: Mapping[str, str]) -> Mapping[tuple[str, int], Sequence[Rule]]:
    """Return the rules of all files by predicate and arity of what they derive; choices are left out."""
    return _by_head(tuple(files.items()))


@lru_cache(maxsize=8)
def _by_head(files: tuple[tuple[str, str], ...]) -> dict[tuple[str, int], list[Rule]]:
    """Return the rules of all files by what they derive."""
    from clingo.ast import ASTType, parse_string

    found: dict[tuple[str, int], list[Rule]] = defaultdict(list)
    for name, text in files:
        statements: list[Any] = []
        parse_string(text, statements.append)
        for statement in statements:
            if statement.ast_type == ASTType.Rule and statement.head.ast_type == ASTType.Literal:
                rule = _rule(statement, name)
                if rule is not None:
                    found[rule.head.name, len(rule.head.terms)].append(rule)
    return found


def _rule(statement: Any, file: str) -> Rule | None:  # noqa: ANN401 - nodes of clingo have no types
    """Return a rule; None for facts that pool several terms, and for constraints."""
    head = _literal(statement.head)
    body = [_literal(one) for one in statement.body]
    return Rule(head, tuple(one for one in body if one), file) if head and all(body) else None


def _literal(node: Any) -> Literally | None:  # noqa: ANN401 - nodes of clingo have no types
    """Return a condition; None if it is none of those that the norms use."""
    from clingo.ast import ASTType, ComparisonOperator, Sign

    atom = node.atom
    if atom.ast_type == ASTType.Comparison:
        guard = atom.guards[0]
        signs = {ComparisonOperator.NotEqual: "!=", ComparisonOperator.Equal: "="}
        return Literally(signs[guard.comparison], (_term(atom.term), _term(guard.term)), "comparison")
    if atom.ast_type != ASTType.SymbolicAtom or atom.symbol.ast_type != ASTType.Function:
        return None
    terms = tuple(_term(term) for term in atom.symbol.arguments)
    return Literally(atom.symbol.name, terms, "atom" if node.sign == Sign.NoSign else "not")


def _term(node: Any) -> Any:  # noqa: ANN401 - nodes of clingo have no types
    """Return a variable by its name, or a constant as a symbol."""
    from clingo import Function
    from clingo.ast import ASTType

    if node.ast_type == ASTType.Variable:
        return str(node.name)
    return node.symbol if node.ast_type == ASTType.SymbolicTerm else Function(node.name, [])
