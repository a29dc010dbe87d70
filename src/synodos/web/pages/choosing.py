"""The choices of a page: fields of a form that works without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from synodos.language import Portfolio


@dataclass(frozen=True)
class Choice:
    """A field of a form: a list to choose from, or a line to fill in.

    Attributes
    ----------
    name, label : str
        Parameter of the address, and the words before the field.
    value : str
        What is chosen.
    options : tuple of (str, str), optional
        Values and their words; None: a line to fill in.
    hint : str
        Example of what to fill in.
    """

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] | None = None
    hint: str = ""
    type: str = "text"


@dataclass(frozen=True)
class Several:
    """A field of a form from whose values several may be chosen; none chosen: all.

    Attributes
    ----------
    name, label : str
        Parameter of the address, and the words before the field.
    values : tuple of str
        What is chosen.
    boxes : tuple of (str, str)
        Values and their words.
    """

    name: str
    label: str
    values: tuple[str, ...]
    boxes: tuple[tuple[str, str], ...]


def chosen_from(name: str, label: str, value: str | None, options: Iterable[tuple[str, str]], every: str) -> Choice:
    """Return a list to choose from; `every` are the words for choosing nothing."""
    return Choice(name, label, value or "", (("", every), *options))


def agencies(portfolio: Portfolio, ids: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return agencies by their names: those with these ids, or all that are bodies of their own."""
    known = portfolio.agencies if ids is None else {key: None for key in ids if key in portfolio.agencies}
    return tuple(sorted(((key, portfolio.agency_name(key)) for key in known), key=lambda one: one[1].casefold()))


def missions(portfolio: Portfolio) -> tuple[tuple[str, str], ...]:
    """Return missions by their names."""
    found = ((key, mission.name) for key, mission in portfolio.missions.items())
    return tuple(sorted(found, key=lambda one: one[1].casefold()))


def words_of(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return values that read as they are, but for their hyphens."""
    return tuple((value, value.replace("-", " ")) for value in values)


def asked_of(asked: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return what an address asks for, without what it leaves open."""
    return {name: asked[name] for name in names if asked.get(name)}


def tabs(request: HttpRequest, pages: tuple[tuple[str, str], ...]) -> list[tuple[str, str, bool]]:
    """Return the pages that belong together: title, address, and whether it is this one."""
    return [(title, request.table.link(path), request.path == path.partition("?")[0]) for title, path in pages]
