"""Rows of several sheets, joined: each part is put where it belongs, and in its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from synodos.exchange.workbook.grid import Entry, Found, get, put
from synodos.exchange.workbook.layout import POSITION, VALUE, Table
from synodos.language import Fault, shown


def join(table: Table, holders: Sequence[Entry], rows: Mapping[str, Sequence[Entry]], found: Found) -> None:
    """Put the rows of all parts of `table` where they belong.

    Parameters
    ----------
    table : Table
        What the holders are rows of.
    holders : sequence of Entry
        Rows to which others may belong; their values are added to.
    rows : mapping of str to sequence of Entry
        Rows of each sheet by the full name of its table.
    found : Found
        Where rows are told that belong nowhere, or that cannot be put in order.
    """
    known = _Known(holders)
    for part in table.parts:
        groups: dict[int, tuple[Entry, list[Entry]]] = {}
        for entry in rows.get(part.name, ()):
            holder = known.holder_of(entry, part, found)
            if holder is not None:
                groups.setdefault(id(holder), (holder, []))[1].append(entry)
        for holder, group in groups.values():
            _hang(part, holder, group, found)
        join(part, [entry for _, group in groups.values() for entry in group], rows, found)


class _Known:
    """Finds the row to which another row belongs."""

    def __init__(self, holders: Sequence[Entry]) -> None:
        """Order the rows by what others name them by."""
        self._exact: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
        self._by_first: dict[object, list[Entry]] = defaultdict(list)
        for holder in holders:
            self._exact[holder.identity].append(holder)
            self._by_first[_first(holder.identity)].append(holder)

    def holder_of(self, entry: Entry, part: Table, found: Found) -> Entry | None:
        """Return the one row to which `entry` belongs, or tell why there is none; an empty cell leaves it open."""
        wanted = tuple(entry.keys.get(column.name) for column in part.above)
        among = self._by_first.get(_first(wanted), [])
        fitting = self._exact.get(wanted) or [*islice((one for one in among if _fits(wanted, one.identity)), 2)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            at = wanted.index(None) if None in wanted else 0
            fault = Fault("row.ambiguous", "the row may belong to several", expected="what only one of them has")
        else:
            at = _misfit(wanted, among)
            near = found.nearest(wanted[at], [one.identity[at] for one in among] or self._by_first.keys())
            fault = Fault("row.belongs-nowhere", "the row belongs to nothing that is there",
                          expected="what stands in the row that it belongs to", nearest=near)  # fmt: skip
        _tell(replace(fault, field=part.above[at].name, found=_told(wanted[at])), entry, found)
        return None


def _first(keys: Sequence[Any]) -> object:
    """Return the first of the keys that say where a row belongs; the page, to which most belongs, needs none."""
    return keys[0] if keys else None


def _fits(wanted: Sequence[Any], identity: Sequence[Any]) -> bool:
    """Return whether a row may be meant; what is not given fits everything."""
    return all(key is None or key == own for key, own in zip(wanted, identity, strict=False))


def _misfit(wanted: Sequence[Any], among: Sequence[Entry]) -> int:
    """Return which key is the first that, with those before it, fits none of the rows."""
    tried = range(len(wanted)) if among else ()
    return next((at for at in tried if not any(_fits(wanted[: at + 1], one.identity) for one in among)), 0)


def _hang(part: Table, holder: Entry, group: Sequence[Entry], found: Found) -> None:
    """Put rows that belong to `holder` into its values."""
    if not part.keyed:
        if get(holder.values, part.path) is not None:
            place = holder.place(part.path)
            _tell(Fault("row.list-twice", "the list stands in a cell as well", found=place, expected="one of the two"),
                  group[0], found)  # fmt: skip
        put(holder.values, part.path, _listed(part, holder, part.path, (), group, found))
        return
    keyed: dict[str, Any] = {}
    for key, members in _by_key(part, group, found).items():
        path = f"{part.path}.{key}"
        if part.listed:
            # A row that says no more than its key stands for a list with nothing in it.
            holding = [entry for entry in members if entry.values or len(entry.keys) > 1]
            keyed[key] = _listed(part, holder, path, (key,), holding, found)
        else:
            _attach(members[0], holder, path, (key,))
            keyed[key] = members[0].values
            for again in members[1:]:
                _tell(Fault("row.key-twice", "another row has the same key", field=part.own[0].name, found=_told(key),
                            expected="a key of its own"), again, found)  # fmt: skip
    put(holder.values, part.path, keyed)


def _by_key(part: Table, group: Sequence[Entry], found: Found) -> dict[str, list[Entry]]:
    """Return rows by their keys, and tell which have none."""
    name = part.own[0].name
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        key = entry.keys.get(name)
        if key is None:
            _tell(Fault("row.no-key", "the row has no key", field=name, expected="a key"), entry, found)
        else:
            by_key[key].append(entry)
    return by_key


def _listed(
    part: Table, holder: Entry, path: str, keys: tuple[Any, ...], group: Sequence[Entry], found: Found
) -> list[Any]:
    """Return what rows say, in the order of their positions; those without one stand last, as in the sheet."""
    given = {id(entry): _position(entry, found) for entry in group}
    ordered = sorted(group, key=lambda entry: (given[id(entry)] is None, given[id(entry)] or 0))
    last: int | None = None
    for index, entry in enumerate(ordered):
        position = given[id(entry)]
        if position is None:
            position = (last or 0) + 1
        elif position == last:
            message = "another row that belongs to the same has this position"
            _tell(Fault("row.position-twice", message, field=POSITION, found=_told(position),
                        expected="a position of its own, or none"), entry, found)  # fmt: skip
        last = position
        _attach(entry, holder, f"{path}[{index}]", (*keys, position))
    return [entry.values.get(VALUE) if part.is_list else entry.values for entry in ordered]


def _attach(entry: Entry, holder: Entry, path: str, own: tuple[Any, ...]) -> None:
    """Say that `entry` stands at `path` of `holder`."""
    holder.parts[path] = entry
    entry.identity = (*holder.identity, *own)


def _position(entry: Entry, found: Found) -> int | None:
    """Return the position that a row gives itself."""
    position = entry.keys.get(POSITION)
    if position is None or (isinstance(position, int) and not isinstance(position, bool)):
        return position
    _tell(Fault("row.position", "the position is no whole number", field=POSITION, found=_told(position),
                expected="a whole number, or nothing"), entry, found)  # fmt: skip
    return None


def _told(value: object) -> str:
    """Return a value as a message tells it."""
    return "nothing" if value is None else shown(value)


def _tell(fault: Fault, entry: Entry, found: Found) -> None:
    """Keep a fault of one cell of a row."""
    found.add(fault.at(entry.grid.place(fault.field, entry.row)))
