"""One run of clingo over all aspects: what is so under every reading, and where each reading leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from synodos.law.assessing.verdicts import Codes, Readings, Verdict, Verdicts
from synodos.law.types import Outcome

Held = Mapping[tuple[int, str], Sequence[Readings]]
"""Readings that are held for a bearer in an aspect."""


def verdicts(text: str, codes: Codes, held: Held) -> Verdicts:
    """Return what follows for some aspects.

    Parameters
    ----------
    text : str
        The program, with the numbers by which it tells what follows.
    codes : Codes
        What those numbers stand for.
    held : mapping of (int, str) to sequence of Readings
        Readings that are held for a bearer in an aspect, at one time or another; their outcome is asked beside that of
        each reading by itself.

    Raises
    ------
    RuntimeError
        If clingo refuses the program; it says where.
    """
    import clingo

    messages: list[str] = []
    control = clingo.Control(["--warn=none"], logger=lambda _code, message: messages.append(message))
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join(messages)) from error
    control.configuration.solve.enum_mode = "cautious"  # type: ignore[union-attr] # an option, which clingo does not type
    result = codes.read(_consequences(control))
    _contested(control, result, codes, held)
    return result


def _consequences(control: Any) -> list[int]:  # noqa: ANN401 - clingo comes late
    """Return the numbers that hold in every model."""
    with control.solve(yield_=True) as handle:
        if not handle.get().satisfiable:
            message = "the rules contradict each other: no model is left"
            raise RuntimeError(message)
        for _ in handle:
            pass
        return [symbol.number for symbol in handle.last().symbols(terms=True)]  # what all models have in common


def _contested(control: Any, result: Verdicts, codes: Codes, held: Held) -> None:  # noqa: ANN401
    """Add to the verdicts where each reading leads, for those that hinge on one."""
    hinges = list(_hinges(control, result, codes))
    if not hinges:
        return
    for name in ("on", "said"):
        for number in sorted(_numbers(control, name), key=abs):
            aspect, key, code = codes.split(number)
            verdict = result[aspect].get(key)
            if verdict is not None and verdict.status is None:
                attribute, said = ("contestable", codes.contest(code)) if name == "on" else codes.said(number, code)
                if said not in getattr(verdict, attribute):
                    getattr(verdict, attribute).append(said)
    literals = _reading_literals(control)
    for question, reading in literals:
        on_it = [one for one in hinges if question in one.verdict.contestable]
        _follow(control, [literals[question, reading]], ((question, reading),), on_it)
    for readings in dict.fromkeys(chain.from_iterable(held.values())):
        assumed = [literals[one] for one in readings if one in literals]
        if assumed:
            _follow(control, assumed, readings, [one for one in hinges if readings in held.get(one.bears, ())])


@dataclass(frozen=True, slots=True)
class _Hinge:
    """A status that some reading leads to, with its literal, and who bears it in which aspect."""

    verdict: Verdict
    bears: tuple[int, str]
    status: Outcome
    literal: int


def _hinges(control: Any, result: Verdicts, codes: Codes) -> Iterator[_Hinge]:  # noqa: ANN401 - clingo comes late
    """Yield each status that some reading leads to, where not all readings agree."""
    for atom in control.symbolic_atoms.by_signature("hinge", 1):
        if not atom.is_fact:
            aspect, key, code = codes.split(atom.symbol.arguments[0].number)
            verdict = result[aspect].setdefault(key, Verdict())
            if verdict.status is None:
                yield _Hinge(verdict, (aspect, key[1]), codes.outcome(code), atom.literal)


def _numbers(control: Any, name: str) -> Iterator[int]:  # noqa: ANN401 - clingo comes late
    """Yield the numbers for which a predicate may hold."""
    for atom in control.symbolic_atoms.by_signature(name, 1):
        yield atom.symbol.arguments[0].number


def _reading_literals(control: Any) -> dict[tuple[str, str], int]:  # noqa: ANN401 - clingo comes late
    """Return the literal of each reading that is chosen freely, by its question."""
    found = {}
    for atom in control.symbolic_atoms.by_signature("reading", 2):
        question, reading = atom.symbol.arguments
        found[question.string, reading.string] = atom.literal
    return found


def _follow(control: Any, assumed: Sequence[int], readings: Readings, hinges: Sequence[_Hinge]) -> None:  # noqa: ANN401
    """Note in each verdict where some readings lead."""
    if not hinges:
        return
    with control.solve(assumptions=assumed, yield_=True) as handle:
        for _ in handle:
            pass
        model = handle.last()
        true = [one for one in hinges if model.is_true(one.literal)]
    for one in hinges:
        one.verdict.leads.setdefault(readings, None)
    for one in true:
        one.verdict.leads[readings] = one.status
