"""What came back from a form, as the fields of a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from synodos.exchange import read_record
from synodos.language import Field, fields
from synodos.web.agency.forming import LISTED, RAW
from synodos.web.agency.texts import lines, single

_PLACE: Final = re.compile(r"\[(\d{1,5})\]")


def posted_values(asked: Sequence[Field], given: Mapping[str, str], dropped: str = "") -> dict[str, Any]:
    """Return the fields that a form gave; what was left empty is left out.

    Parameters
    ----------
    asked : sequence of Field
        Fields that the form asked for.
    given : mapping
        What stands in each input, by its name.
    dropped : str
        Path of an item that is taken out of its list.
    """
    reader = _Reader(given, dropped)
    values = {one.name: reader.field(one, one.name) for one in asked}
    known = {name: value for name, value in values.items() if value is not None}
    unknown = [name.removeprefix(RAW) for name in given if name.startswith(RAW)]
    extra = {name: reader.raw(name) for name in unknown if name not in values and "." not in name}
    return {**known, **{name: value for name, value in extra.items() if value is not None}}


class _Reader:
    """Reads inputs by the path of each."""

    def __init__(self, given: Mapping[str, str], dropped: str) -> None:
        """Take the inputs, and find the places of every list once."""
        self.given, self.dropped = given, dropped
        self.places: dict[str, set[int]] = {}
        for name in given:
            for match in _PLACE.finditer(name):
                self.places.setdefault(name[: match.start()].removeprefix(RAW), set()).add(int(match[1]))

    def field(self, one: Field, path: str) -> Any:
        """Return the value of a field; None where nothing is given."""
        if f"{RAW}{path}" in self.given:
            return self.raw(path)
        if one.many and one.words:
            return self._release(one, path)
        if one.many:
            return self._many(one, path) or None
        return self._item(one, path)

    def raw(self, path: str) -> Any:
        """Return what stands in an input as YAML; text that is none is kept as text."""
        text = lines(self.given[f"{RAW}{path}"])
        values, _place, found = read_record(text, path)
        if found or len(values) != 1:
            return text.strip() or None
        return next(iter(values.values()))

    def _item(self, one: Field, path: str) -> Any:
        """Return one value or part."""
        if one.part is None:
            return single(one, self.given.get(path, ""))
        inner = {below.name: self.field(below, f"{path}.{below.name}") for below in fields(one.part)}
        return {name: value for name, value in inner.items() if value is not None} or None

    def _many(self, one: Field, path: str) -> list[Any]:
        """Return the items of a list that are given."""
        at = (f"{path}[{place}]" for place in sorted(self.places.get(path, ())))
        items = (self._item(one, place) for place in at if place != self.dropped)
        return [item for item in items if item is not None]

    def _release(self, one: Field, path: str) -> Any:
        """Return a release: a word, or agencies; naming agencies is enough to mean them."""
        word = self.given.get(path, "").strip()
        if word == LISTED or (not word and self._many(one, path)):
            return self._many(one, path)
        return word or None
