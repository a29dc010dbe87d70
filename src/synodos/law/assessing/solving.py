"""One run of clingo over all profiles: what is so under every reading, and where each reading leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from synodos.law.assessing.profiles import Profiles
from synodos.law.assessing.verdicts import Codes, Readings, Verdict, Verdicts
from synodos.law.types import Outcome

_SAID: Final = {"contestable": "contestable", "hinge_asks": "questions", "hinge_exempts": "exemptions"}
"""What is said of a verdict that hinges on a reading, by predicate and attribute."""


def verdicts(
    text: str,
    found: Profiles,
    chosen: Sequence[int],
    outside: Mapping[str, Sequence[str]],
    held: Mapping[str, Readings],
) -> Verdicts:
    """Return what follows for some profiles.

    Parameters
    ----------
    text : str
        The program.
    found : Profiles
        Every profile.
    chosen : sequence of int
        Numbers of the profiles that `text` is about, in order and without gaps.
    outside : mapping
        `exemptions` and `questions` that may come up.
    held : mapping of str to Readings
        Readings of each bearer that holds some; their outcome is asked beside that of each reading by itself.

    Raises
    ------
    RuntimeError
        If clingo refuses the program; it says where.
    """
    import clingo

    messages: list[str] = []
    control = clingo.Control(["--warn=none"], logger=lambda _code, message: messages.append(message))
    codes = Codes(found, outside["exemptions"], outside["questions"], chosen[0] if chosen else 0)
    try:
        control.add("base", [], text + codes.text(found, chosen))
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join(messages)) from error
    control.configuration.solve.enum_mode = "cautious"  # type: ignore[union-attr] # an option, which clingo does not type
    result = codes.read(_consequences(control, ()))
    _contested(control, result, held)
    return result


def _consequences(control: Any, assumed: Sequence[int]) -> list[int]:  # noqa: ANN401 - clingo comes late
    """Return the numbers that hold in every model."""
    with control.solve(assumptions=assumed, yield_=True) as handle:
        if not handle.get().satisfiable:
            message = "the rules contradict each other: no model is left"
            raise RuntimeError(message)
        for _ in handle:
            pass
        return [symbol.number for symbol in handle.last().symbols(terms=True)]  # what all models have in common


def _contested(control: Any, result: Verdicts, held: Mapping[str, Readings]) -> None:  # noqa: ANN401
    """Add to the verdicts where each reading leads, for those that hinge on one."""
    hinges = list(_hinges(control, result))
    if not hinges:
        return
    for name, attribute in _SAID.items():
        for profile, norm, bearer, said in _atoms(control, name):
            verdict = result[profile].get((norm, bearer))
            if verdict is not None and verdict.status is None and said not in getattr(verdict, attribute):
                getattr(verdict, attribute).append(said)
    literals = _reading_literals(control)
    for question, reading in literals:
        on_it = [one for one in hinges if question in one.verdict.contestable or not one.verdict.contestable]
        _follow(control, [literals[question, reading]], ((question, reading),), on_it)
    for readings in dict.fromkeys(held.values()):
        assumed = [literals[one] for one in readings if one in literals]
        if assumed:
            _follow(control, assumed, readings, [one for one in hinges if held.get(one.bearer) == readings])


@dataclass(frozen=True, slots=True)
class _Hinge:
    """A status that some reading leads to, with its literal."""

    verdict: Verdict
    bearer: str
    status: Outcome
    literal: int


def _hinges(control: Any, result: Verdicts) -> Iterator[_Hinge]:  # noqa: ANN401 - clingo comes late
    """Yield each status that some reading leads to, where not all readings agree."""
    for name, arity in (("status", 4), ("silent", 3)):
        for atom in control.symbolic_atoms.by_signature(name, arity):
            if not atom.is_fact:
                profile, bearer, norm, *status = atom.symbol.arguments
                verdict = result[profile.number].setdefault((norm.string, bearer.string), Verdict())
                if verdict.status is None:
                    outcome: Outcome = status[0].name if status else "not_applicable"
                    yield _Hinge(verdict, bearer.string, outcome, atom.literal)


def _atoms(control: Any, name: str) -> Iterator[tuple[int, str, str, str]]:  # noqa: ANN401 - clingo comes late
    """Yield profile, norm, bearer and what is said of them."""
    for atom in control.symbolic_atoms.by_signature(name, 4):
        profile, bearer, norm, said = atom.symbol.arguments
        yield profile.number, norm.string, bearer.string, str(said).strip('"')


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
