"""Games as files: what each group of named players is worth or has to pay, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from synodos.exchange.opening import printable, read_text, refuse
from synodos.language import nearest, shown

BETWEEN: Final = ";"
"""Stands between the members of a group."""
MOST_PLAYERS: Final = 24
"""Players of a game at most: they make 16.8 million groups."""
FORMAT: Final = "synodos-game"
VERSION: Final = 1
_KINDS: Final = {"worth": "worths", "cost": "costs"}
_CSV: Final = "a first line `members,worth` or `members,cost`, and after it `budget` if those are stated"
_JSON: Final = '{"players": ["A", "B"], "worths": {"A": 1, "B": 2, "A;B": 4}}, or "costs", or a list in binary order'
_KEYS: Final = {"format", "version", "players", "worths", "costs", "budgets", "unit"}


@dataclass(frozen=True)
class GameValues:
    """What a file says of a game.

    Attributes
    ----------
    players : tuple of str
        Names; in a table in the order in which they first stand alone.
    values : tuple of float
        One for each of the 2^n groups in binary order: bit i of the place is set where player i is a member.
    kind : {"worths", "costs"}
        What the values are.
    budgets : tuple of float or None
        One a player, if they are stated.
    unit : str
        What values are counted in, if that is stated.
    """

    players: tuple[str, ...]
    values: tuple[float, ...]
    kind: Literal["worths", "costs"]
    budgets: tuple[float, ...] | None = None
    unit: str = ""


def read_game_values(file: Path) -> GameValues:
    """Return the game that a file states.

    Parameters
    ----------
    file : pathlib.Path
        JSON if its name ends so, else a table in CSV: one line a group, members joined by `;`, with its worth or cost,
        and in lines of single players a budget if there is such a column. The group of nobody may be left out.

    Raises
    ------
    PortfolioError
        With one fault, if the file cannot be read, a player or group stands twice, a member is unknown, a group is
        missing, or a value is no finite number.
    """
    name = printable(file.name)
    text = read_text(file, name)
    return _of_json(text, name) if file.suffix.lower() == ".json" else _of_csv(text, name)


def _of_csv(text: str, name: str) -> GameValues:
    """Return the game in a table."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        refuse("game.table", "the table breaks off", f"{name}:{reader.line_num}", str(error), "a table in CSV")
    heading = [cell.lower() for cell in rows[0][1]] if rows else []
    if heading[:1] != ["members"] or heading[1:2] not in (["worth"], ["cost"]) or heading[2:] not in ([], ["budget"]):
        refuse("game.heading", "the table has another heading", f"{name}:1", shown(",".join(heading)), _CSV)
    for line, cells in rows[1:]:
        if len(cells) != len(heading):
            refuse("game.row", "a line has another length", f"{name}:{line}", f"{len(cells)} cells", f"{len(heading)}")
    stated = [(cells[0], cells[1], f"{name}:{line}") for line, cells in rows[1:]]
    single = [(cells, f"{name}:{line}") for line, cells in rows[1:] if cells[0] and BETWEEN not in cells[0]]
    players = _players(dict.fromkeys(cells[0] for cells, _ in single), name)
    values = _by_group(players, ((group, _number(value, at), at) for group, value, at in stated), name)
    budgets = {cells[0]: (cells[2], at) for cells, at in single if len(heading) > 2 and cells[2]}  # noqa: PLR2004 - columns
    return GameValues(players, values, _kind(heading[1]), _budgets(players, budgets, name))


def _of_json(text: str, name: str) -> GameValues:
    """Return the game in a JSON file."""
    given = _parsed(text, name)
    unknown = next((key for key in given if key not in _KEYS), None)
    if unknown is not None:
        near = nearest(unknown, _KEYS)
        refuse("game.key", "there is no such field", name, shown(unknown), near or ", ".join(sorted(_KEYS)))
    if given.get("format", FORMAT) != FORMAT or given.get("version", VERSION) != VERSION:
        found = f"{shown(given.get('format', FORMAT))}, version {shown(given.get('version', VERSION))}"
        refuse("game.version", "this is another format", name, found, f"{FORMAT!r}, version {VERSION}")
    kinds = [key for key in _KINDS.values() if key in given]
    names = given.get("players")
    if len(kinds) != 1 or not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        refuse("game.form", "the file holds no game", name, f"the fields {', '.join(given) or 'none'}", _JSON)
    players, values = _players(names, name), given[kinds[0]]
    budgets, unit = given.get("budgets", {}), given.get("unit", "")
    if not isinstance(budgets, dict) or not isinstance(unit, str):
        refuse("game.form", "budgets are numbers by player, and a unit is a word", name, shown(budgets or unit), _JSON)
    told = _listed(values, players, name) if isinstance(values, list) else _mapped(values, players, name)
    stated = {player: (budget, f"{name}: budgets") for player, budget in budgets.items()}
    kind: Literal["worths", "costs"] = "worths" if kinds == ["worths"] else "costs"
    return GameValues(players, told, kind, _budgets(players, stated, name), unit)


def _parsed(text: str, name: str) -> dict[str, Any]:
    """Return JSON as a mapping whose names all stand once."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for place, key in enumerate(keys) if key in keys[:place])
            refuse("game.twice", "a name stands twice in one place", name, shown(twice), "each name once")
        return found

    try:
        given = json.loads(text, object_pairs_hook=once)
    except RecursionError:
        refuse("game.json", "the file is no JSON that holds a game", name, "too many levels", _JSON)
    except ValueError as error:
        refuse("game.json", "the file is no JSON", name, str(error), _JSON)
    if not isinstance(given, dict):
        refuse("game.form", "the file holds no game", name, shown(given), _JSON)
    return given


def _kind(word: str) -> Literal["worths", "costs"]:
    """Return what a column holds."""
    return "worths" if word == "worth" else "costs"


def _listed(values: Sequence[object], players: Sequence[str], name: str) -> tuple[float, ...]:
    """Return values that stand in binary order."""
    count = 1 << len(players)
    if len(values) != count:
        found, expected = f"{len(values)} values", f"{count}: one for each group of {len(players)} players"
        refuse("game.count", "there are too few or too many values", name, found, expected)
    numbers = tuple(_number(value, f"{name}: place {place}") for place, value in enumerate(values))
    return _without_nobody(numbers, f"{name}: place 0")


def _mapped(values: object, players: Sequence[str], name: str) -> tuple[float, ...]:
    """Return values that stand by the members of their group."""
    if not isinstance(values, dict):
        refuse("game.form", "values stand neither by group nor in a list", name, shown(values), _JSON)
    stated = ((group, _number(value, f"{name}: {group}"), f"{name}: {group}") for group, value in values.items())
    return _by_group(players, stated, name)


def _players(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Return players, or refuse them."""
    found = tuple(names)
    if not 1 <= len(found) <= MOST_PLAYERS:
        expected = f"1 to {MOST_PLAYERS} players, each with a line or field of its own"
        refuse("game.players", "the file states no player, or too many", name, f"{len(found)} players", expected)
    for place, player in enumerate(found):
        if not player.strip() or BETWEEN in player or player != player.strip():
            expected = f"a name without {BETWEEN!r} and spaces at its ends"
            refuse("game.player", "this is no name of a player", name, shown(player), expected)
        if player in found[:place]:
            refuse("game.twice", "a player stands twice", name, shown(player), "each player once")
    return found


def _by_group(players: Sequence[str], stated: Iterable[tuple[str, float, str]], name: str) -> tuple[float, ...]:
    """Return one value for each group, in binary order."""
    bits = {player: 1 << bit for bit, player in enumerate(players)}
    values: list[float | None] = [None] * (1 << len(players))
    values[0] = 0.0
    seen = set()
    for group, value, at in stated:
        place = _place(group, bits, at)
        if place in seen:
            refuse("game.twice", "a group stands twice", at, shown(group), "each group once")
        seen.add(place)
        values[place] = value
    missing = [place for place, value in enumerate(values) if value is None]
    if missing:
        first = BETWEEN.join(player for player in players if missing[0] & bits[player])
        found = f"nothing for {shown(first)}" + (f" and {len(missing) - 1} more" if len(missing) > 1 else "")
        expected = f"{len(values) - 1} groups of {len(players)} players"
        refuse("game.missing", "a group has no value", name, found, expected)
    return _without_nobody(tuple(value for value in values if value is not None), name)


def _place(group: str, bits: Mapping[str, int], at: str) -> int:
    """Return the place of a group in binary order."""
    place = 0
    for member in (part.strip() for part in group.split(BETWEEN)) if group.strip() else ():
        if member not in bits:
            near = nearest(member, bits)
            expected = f"one of {', '.join(bits)}" + (f"; nearest: {near}" if near else "")
            refuse("game.member", "a member is no player", at, shown(member), expected)
        if place & bits[member]:
            refuse("game.twice", "a member stands twice in a group", at, shown(group), "each member once")
        place |= bits[member]
    return place


def _without_nobody(values: tuple[float, ...], at: str) -> tuple[float, ...]:
    """Return values, the first of which, that of nobody, has to be 0."""
    if values[0] != 0:
        refuse("game.nobody", "the group of nobody has a value", at, f"{values[0]:g}", "0")
    return values


def _budgets(players: Sequence[str], stated: Mapping[str, tuple[object, str]], name: str) -> tuple[float, ...] | None:
    """Return budgets in the order of the players, None if there are none."""
    if not stated:
        return None
    wrong = next((player for player in [*stated, *players] if (player in stated) != (player in players)), None)
    if wrong is not None:
        refuse("game.budget", "budgets are stated for other players", name, shown(wrong), "one for each player")
    found = tuple(_number(*stated[player]) for player in players)
    low = next((value for value in found if value < 0), None)
    if low is not None:
        refuse("game.budget", "a budget is below 0", name, f"{low:g}", "amounts of 0 and above")
    return found


def _number(value: object, at: str) -> float:
    """Return a finite number."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        refuse("game.value", "a value is no finite number", at, shown(value), "a number such as 12.5")
    return number
