"""What an address asks for: its parameters, read and checked, each refusal in one clear sentence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from synodos.language import DateRange, nearest
from synodos.web.table import day_of

SHOWING: Final = ("on", "format", "table", "figure", "sort", "down", "page", "download")
"""Parameters that every page takes: the day of knowledge, and how its tables and pictures are shown."""
MOST_LISTED: Final = 12
"""Words that a refusal lists; of more it names the nearest."""
MOST_DIGITS: Final = 12
LONGEST: Final = 80
"""Characters of a wrong value that a refusal repeats."""


class Misasked(BadRequest):
    """A parameter of an address that makes no sense: its field, what was found, what was expected."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        self.field, self.found, self.expected = field, found, expected
        told = found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
        super().__init__(f"{field}: found “{told}”; expected {expected}.")


def only(request: HttpRequest, *names: str, several: tuple[str, ...] = ()) -> QueryDict:
    """Return the parameters of an address, of which there are no others than these and those of every page.

    Parameters
    ----------
    request : HttpRequest
        What is asked.
    names : str
        Parameters that the page takes.
    several : tuple of str
        Those that may stand several times.

    Raises
    ------
    Misasked
        If there are others, or one that stands twice.
    """
    known = [*names, *several, *SHOWING]
    for name, values in request.GET.lists():
        if name not in known:
            raise Misasked(field="address", found=f"{name}=", expected=f"one of {', '.join(known)}{_near(name, known)}")
        if len(values) > 1 and name not in several:
            raise Misasked(field=name, found=" and ".join(values), expected="one value")
    return request.GET


def word(asked: Mapping[str, str], field: str, words: Iterable[str], default: str | None = None) -> str | None:
    """Return a parameter that is one of some words; nothing stands for the default.

    Raises
    ------
    Misasked
        If it is none of them.
    """
    found = asked.get(field, "")
    if not found:
        return default
    known = list(words)
    if found not in known:
        raise Misasked(field=field, found=found, expected=_one_of(found, known))
    return found


def chosen_words(asked: QueryDict, field: str, words: Iterable[str]) -> list[str]:
    """Return a parameter that may stand several times, each time as one of some words; in the order of these words.

    Raises
    ------
    Misasked
        If one is none of them.
    """
    known = list(words)
    found = {one for one in asked.getlist(field) if word({field: one}, field, known)}
    return [one for one in known if one in found]


def number(
    asked: Mapping[str, str], field: str, default: int, *, least: int | None = None, most: int | None = None
) -> int:
    """Return a parameter that is a whole number within bounds; nothing stands for the default.

    Raises
    ------
    Misasked
        If it is none, or out of bounds.
    """
    found = asked.get(field, "")
    if not found:
        return default
    expected = f"a whole number{_bounds(least, most)}"
    if not (found.isascii() and found.removeprefix("-").isdigit() and len(found) <= MOST_DIGITS):
        raise Misasked(field=field, found=found, expected=expected)
    value = int(found)
    if (least is not None and value < least) or (most is not None and value > most):
        raise Misasked(field=field, found=found, expected=expected)
    return value


def amount(asked: Mapping[str, str], field: str, default: float, *, least: float, most: float) -> float:
    """Return a parameter that is a number within bounds; nothing stands for the default.

    Raises
    ------
    Misasked
        If it is none, or out of bounds.
    """
    found = asked.get(field, "")
    if not found:
        return default
    expected = f"a number from {least:g} to {most:g}"
    try:
        value = float(found)
    except ValueError:
        raise Misasked(field=field, found=found, expected=expected) from None
    if not math.isfinite(value) or not least <= value <= most:
        raise Misasked(field=field, found=found, expected=expected)
    return value


def day(asked: Mapping[str, str], field: str) -> dt.date | None:
    """Return a parameter that is a day; None where it is not given.

    Raises
    ------
    Misasked
        If it is no day.
    """
    found = asked.get(field, "")
    if not found:
        return None
    try:
        return day_of(found)
    except ValueError:
        raise Misasked(field=field, found=found, expected="a day, as 2011-09-30") from None


def years(asked: Mapping[str, str], field: str) -> DateRange | None:
    """Return a parameter that is a year or a range of years; None where it is not given.

    Raises
    ------
    Misasked
        If it is neither.
    """
    found = asked.get(field, "")
    if not found:
        return None
    try:
        return DateRange(found)
    except ValueError:
        raise Misasked(field=field, found=found, expected="a year or a range, as 2020 or 2020..2025") from None


def _one_of(found: str, words: list[str]) -> str:
    """Return which words are expected: all where they are few, else the nearest."""
    if not words:
        return "nothing, for there is nothing to choose from"
    if len(words) <= MOST_LISTED:
        return f"one of {', '.join(words)}"
    return f"one of {len(words)} words{_near(found, words) or f', such as {words[0]}'}"


def _near(found: str, words: Iterable[str]) -> str:
    """Return the nearest word, if any is near."""
    near = nearest(found, list(words))
    return f" (did you mean {near}?)" if near else ""


def _bounds(least: int | None, most: int | None) -> str:
    """Return bounds in words."""
    if least is not None and most is not None:
        return f" from {least} to {most}"
    return f" of {least} or more" if least is not None else f" of {most} or less" if most is not None else ""
