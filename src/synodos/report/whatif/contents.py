"""What answers on changes hold for programs."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass

from synodos.whatif import Consequences, Move, Options


@dataclass(frozen=True)
class ToldTakeover:
    """Who could take over one requirement that nobody meets.

    Attributes
    ----------
    plan, capability : str
        The requirement.
    moves : tuple of Move
        Every move that takes it over, the best first; those that are ruled out last.
    """

    plan: str
    capability: str
    moves: tuple[Move, ...]


def _told(name: str, value: type, **replaced: object) -> type:
    """Return a class with the fields of a value, but for those that are told otherwise; None leaves one out."""
    hints = typing.get_type_hints(value)
    found = [
        (field.name, replaced.get(field.name, hints[field.name]))
        for field in dataclasses.fields(value)
        if replaced.get(field.name, ...) is not None
    ]
    return dataclasses.make_dataclass(name, found, frozen=True)


ToldConsequences = _told("ToldConsequences", Consequences, after=None)
"""All but the portfolio that a change makes."""
ToldOptions = _told("ToldOptions", Options, replacements=tuple[ToldTakeover, ...])
"""All, with take-overs as a list."""
ToldWhatif = dataclasses.make_dataclass(
    "ToldWhatif", [("consequences", ToldConsequences), ("options", ToldOptions, None)], frozen=True
)
"""What follows from a change, and what can be done then."""
ToldWhatif.__doc__ = "What follows from a change, and what can be done then; `options` only where they were asked for."


def told_whatif(found: Consequences, options: Options | None) -> dict[str, object]:
    """Return what follows and what can be done, as programs get it.

    Parameters
    ----------
    found : Consequences
        What follows.
    options : Options or None
        What can be done; None: not asked for.
    """
    content: dict[str, object] = {"consequences": _of(ToldConsequences, found)}
    if options is not None:
        takeovers = tuple(ToldTakeover(*place, moves) for place, moves in options.replacements.items())
        content["options"] = {**_of(ToldOptions, options), "replacements": takeovers}
    return content


def _of(told: type, value: object) -> dict[str, object]:
    """Return the fields of a value that are told."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(told)}
