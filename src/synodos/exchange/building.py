"""From what a file holds to a checked portfolio: the core that all readers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError

from synodos.exchange.limits import MOST_DEPTH, MOST_FAULTS, MOST_PAGE_VALUES, MOST_RECORD_VALUES
from synodos.language import (
    KIND_BY_PLURAL,
    Fault,
    Header,
    History,
    Points,
    Record,
    faults,
    label,
    of_validation,
    references,
    shown,
)

Place = Callable[[str], str]
"""From a path in a record ('' is the record itself) to a file and line, or a sheet and cell."""

PAGE: Final = "portfolio"
"""What messages call the portfolio's own page."""
_NOTHING: Final = ("nothing", "None")
"""What is found where a value is missing, or was left out because it could not be read."""
_MOST_PATH = 160
"""Characters of a path that a message repeats; only a wrong field name can be longer."""
_RESTS_ON: Final[Mapping[str, frozenset[str]]] = {
    "known_on": frozenset({"statement.late"}),
    "compiler": frozenset({"author.not-owner"}),
    "sources": frozenset({"source.unknown"}),
    "vocabularies": frozenset({"term.unknown", "vocabulary.unknown", "requirement.capability"}),
}
"""Faults between records that a wrong field of the page would only bring about."""
_STAND_INS: Final[Mapping[str, str]] = {"id": "portfolio", "title": "Portfolio", "known_on": "2999"}
_NUMBERED = re.compile(r"^(?P<file>.*?)(?:!(?P<column>[A-Z]{1,3})(?P<row>\d+)|:(?P<line>\d+))(?!\S)")


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement, or the portfolio page, as it was read and before it is checked.

    Attributes
    ----------
    kind : str
        Name of the list it stands in, such as `missions`; empty for the portfolio page.
    values : mapping of str to object
        Plain values: text, numbers, booleans, None, lists and dictionaries.
    place : callable
        From a path in the record (`requirements[0].by`; empty: the record itself) to `missions.yaml:41` or
        `missions!C7`. A path that is not there gives the place of what holds it.
    """

    kind: str
    values: Mapping[str, Any]
    place: Place


def build(
    page: Draft | None, drafts: Iterable[Draft], read: Iterable[Fault] = (), *, between: bool = True
) -> tuple[History | None, tuple[Fault, ...]]:
    """Return the history that a page and statements make up, and every fault found in them.

    Parameters
    ----------
    page : Draft or None
        The portfolio page; None where the reader found none (and said so).
    drafts : iterable of Draft
        Every statement, in the order read.
    read : iterable of Fault
        What the reader found wrong already, with its places. A code that starts with `file.` says that
        something could not be read; then a reference that leads nowhere is no fault, for its target may
        stand there.
    between : bool
        Whether statements are checked against each other, too.

    Returns
    -------
    history : History or None
        None if there is any fault that keeps the portfolio from being used.
    faults : tuple of Fault
        In the order of their places. A fault that only follows from another one is left out.
    """
    told = _Told()
    for fault in read:
        told.add_read(fault)
    header, doubtful = _header(page, told)
    built: list[tuple[Record, Place]] = []
    failed: set[tuple[str, str]] = set()
    for draft in drafts:
        record = _record(draft, told)
        if record is not None:
            built.append((record, draft.place))
        else:
            failed.add((KIND_BY_PLURAL[draft.kind].kind, str(draft.values.get("id"))))
    history = History(header, tuple(record for record, _ in built))
    places = [place for _, place in built]
    whole = not any(fault.code.startswith("file.") for fault in told.faults)
    if between:
        for fault, place in _Between(history, places, page, doubtful, failed, whole).findings():
            told.add(fault, place)
    return (history if page is not None and told.sound else None), told.ordered()


class _Told:
    """The faults found so far, up to the number that is told.

    That a value is missing where the reader could not read one is not told: it only follows.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.faults: list[Fault] = []
        self.more = 0
        self.sound = True
        self._unread: set[str] = set()
        self._seen: set[tuple[str, str, str, str]] = set()

    def add_read(self, fault: Fault) -> None:
        """Keep a fault that the reader found and placed."""
        self._unread.add(fault.place)
        self._keep(fault)

    def add(self, fault: Fault, place: Place) -> None:
        """Keep a fault with its place in the file."""
        self.sound = self.sound and fault.severity != "error"
        if len(self.faults) >= MOST_FAULTS:
            self.more += 1  # no place is looked for: finding a line costs time
            return
        placed = replace(fault, place=place(fault.field), field=tidy(fault.field))
        if placed.found not in _NOTHING or placed.place not in self._unread:
            self._keep(placed)

    def _keep(self, fault: Fault) -> None:
        """Keep a fault, once: a wrong default would else be told for every record of its file."""
        self.sound = self.sound and fault.severity != "error"
        what = (fault.place, fault.field, fault.code, fault.found)
        if len(self.faults) >= MOST_FAULTS:
            self.more += 1
        elif not fault.place or what not in self._seen:
            self._seen.add(what)
            self.faults.append(fault)

    def add_misfits(self, error: ValidationError, name: str, model: type[BaseModel], place: Place) -> None:
        """Keep the faults of what does not fit its model."""
        if len(self.faults) >= MOST_FAULTS:
            self.sound = False
            self.more += error.error_count()
            return
        for fault in of_validation(error, name, tuple(model.model_fields)):
            self.add(fault, place)

    def ordered(self) -> tuple[Fault, ...]:
        """Return the faults in the order of their places, and how many more there are."""
        found = sorted(self.faults, key=lambda fault: _place_key(fault.place))
        if self.more:
            severity: Literal["error", "warning"] = "warning" if self.sound else "error"
            found.append(Fault("faults.more", f"and {self.more:,} more faults", severity=severity))
        return tuple(found)


def _place_key(place: str) -> tuple[str, int, int, str]:
    """Return what sorts places by file, line or row, and column."""
    match = _NUMBERED.match(place)
    if match is None:
        return place, 0, 0, ""
    column = match["column"] or ""
    return match["file"], int(match["row"] or match["line"]), len(column), column


def tidy(path: str) -> str:
    """Return a path fit to be printed; a wrong field name in it may hold anything."""
    text = path if path.isprintable() else ascii(path)[1:-1]
    return text if len(text) <= _MOST_PATH else text[: _MOST_PATH - 1] + "…"


def _header(page: Draft | None, told: _Told) -> tuple[Header, frozenset[str]]:
    """Return the header, or what can stand in for it, and the fields of it that are not to be relied on."""
    every = frozenset(Header.model_fields)
    if page is None:
        return Header.model_validate(_STAND_INS), every
    excess = _excess(page.values, MOST_PAGE_VALUES)
    if excess is not None:
        told.add(replace(excess, record=PAGE), page.place)
        return Header.model_validate(_STAND_INS), every
    try:
        return Header.model_validate(page.values), frozenset()
    except ValidationError as error:
        told.add_misfits(error, PAGE, Header, page.place)
        places = [item["loc"] for item in error.errors()]
    if () in places:  # a name that is no text spoils the whole page
        return Header.model_validate(_STAND_INS), every
    wrong = frozenset(str(place[0]) for place in places)
    sound = {name: value for name, value in page.values.items() if name not in wrong}
    return Header.model_validate({**_STAND_INS, **sound}), wrong


def _record(draft: Draft, told: _Told) -> Record | None:
    """Return the record that a draft states, or tell what is wrong with it."""
    model = KIND_BY_PLURAL[draft.kind]
    excess = _excess(draft.values, MOST_RECORD_VALUES)
    if excess is not None:
        told.add(replace(excess, record=_name(draft)), draft.place)
        return None
    try:
        return model.model_validate(draft.values)
    except ValidationError as error:
        told.add_misfits(error, _name(draft), model, draft.place)
        return None


def checked(draft: Draft) -> tuple[Record | None, tuple[Fault, ...]]:
    """Return the record that one draft states, and what is wrong with it on its own, in the order of places."""
    told = _Told()
    record = _record(draft, told)
    return record, told.ordered()


def _name(draft: Draft) -> str:
    """Return kind and id of a draft whose id may be anything."""
    kind = KIND_BY_PLURAL[draft.kind].kind
    given = draft.values.get("id")
    if given is None:
        return kind
    plain = isinstance(given, str) and given.isprintable() and len(given) <= _MOST_PATH
    return f"{kind} {given if plain else shown(given)}"


def _excess(values: Mapping[str, Any], most: int) -> Fault | None:
    """Return a fault if `values` are too many, or nested too deep, for checking them to be worth it."""
    level: list[Any] = list(values.values())
    count = depth = 0
    while level:
        count += len(level)
        depth += 1
        if count > most:
            found, limit = f"more than {most:,} values", f"at most {most:,} values in a record"
            return Fault("record.too-large", "the record holds too many values", found=found, expected=limit)
        if depth > MOST_DEPTH:
            found, limit = f"more than {MOST_DEPTH} levels", f"at most {MOST_DEPTH} levels of nesting"
            return Fault("record.too-deep", "the record is nested too deep", found=found, expected=limit)
        inner: list[Any] = []
        for value in level:
            if isinstance(value, list):
                inner += value
            elif isinstance(value, dict):
                inner += value.values()
        level = inner
    return None


@dataclass(frozen=True, slots=True)
class _Between:
    """What decides whether a fault between records stands, and where it stands."""

    history: History
    places: Sequence[Place]
    page: Draft | None
    doubtful: frozenset[str]
    failed: set[tuple[str, str]]
    whole: bool

    def findings(self) -> Iterator[tuple[Fault, Place]]:
        """Yield the faults between records that do not merely follow from another fault."""
        follow = frozenset().union(*(_RESTS_ON.get(name, frozenset()) for name in self.doubtful))
        latest = self._latest()
        for fault in faults(self.history):
            if fault.code in follow or self._target_unread(fault):
                continue
            if fault.chain:
                fault = fault.along(lambda record, field: latest.get(record, _nowhere)(field))  # noqa: PLW2901
            if fault.statement >= 0:
                yield fault, self.places[fault.statement]
            elif fault.record == PAGE:
                yield fault, self.page.place if self.page else _nowhere
            else:
                yield fault, latest.get(fault.record, _nowhere)

    def _latest(self) -> dict[str, Place]:
        """Return the place of the last statement of each record."""
        names = map(label, self.history.statements)
        return dict(zip(names, self.places, strict=True))

    def _target_unread(self, fault: Fault) -> bool:
        """Return whether a fault concerns a target that is there but could not be read or built."""
        if fault.code not in ("reference.unknown", "requirement.capability"):
            return False
        if fault.code == "reference.unknown" and not self.whole:
            return True
        for reference in references(self.history.statements[fault.statement]):
            if reference.path == fault.field and isinstance(reference.mark, Points):
                kinds = reference.mark.kinds
                return ("compiler" in kinds and "compiler" in self.doubtful) or any(
                    (kind, reference.target) in self.failed for kind in kinds
                )
        return False


def _nowhere(_path: str) -> str:
    """Return no place."""
    return ""
