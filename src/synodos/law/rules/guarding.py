"""Rules that look only at the instruments for which a profile was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from synodos.law.rules.dependencies import NORM_PLACE, OF_NORMS, REACHING, Rule, statements

GUARDED: Final = (*REACHING, "contestable")
"""Predicates from which everything that is said of a norm begins."""


def guarded(rules: Mapping[str, str], instrument_of: Mapping[str, str]) -> str:
    """Return the rules of all files, each that begins to say something of a norm asking `about(A,I)` first.

    Parameters
    ----------
    rules : mapping of str to str
        Text of the rules by file.
    instrument_of : mapping of str to str
        Instrument of each norm.

    Notes
    -----
    What follows for a profile that is about all instruments is the same with the guards and without them.
    """
    return _guarded(tuple(rules.values()), tuple(sorted(instrument_of.items())))


@lru_cache(maxsize=16)
def _guarded(texts: tuple[str, ...], instrument_of: tuple[tuple[str, str], ...]) -> str:
    """Return the rules of all files with guards."""
    known = dict(instrument_of)
    return "\n".join(line for text in texts for line in _with_guards(text, known))


def _with_guards(text: str, instrument_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the statements of a file."""
    for rule, statement in statements(text):
        head, sign, body = statement.partition(":-")
        guard = _guard(rule, instrument_of) if sign else ""
        yield f"{head}:- {guard}, {body.strip()}." if guard else f"{statement}."


def _guard(rule: Rule | None, instrument_of: Mapping[str, str]) -> str:
    """Return what a rule has to ask of its profile; nothing if it says nothing of a norm, or only what others begin."""
    head = rule.head if rule is not None and not rule.needed & {*OF_NORMS} else None
    if head is None or head.name not in GUARDED or 0 not in head.variables:
        return ""
    profile, instruments = head.variables[0], {instrument_of.get(norm) for norm in head.at(NORM_PLACE)}
    if len(instruments) == 1 and None not in instruments:
        return f'about({profile},"{instruments.pop()}")'
    norm = head.variables.get(NORM_PLACE)
    return f"norm({norm},GuardI,GuardJ,GuardW), about({profile},GuardI)" if norm else ""
