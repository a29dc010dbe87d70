"""What stands of many statements: one for each record, one owner for each id, one content for each source key."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from synodos.language import KIND_BY_NAME
from synodos.ledger.latest import Statement

MOST_KEY: Final = 80
"""Characters of a source's key."""
MARK: Final = 13
"""Characters that stand for a name that is too long."""
Earlier = Callable[[str, str], Sequence[Statement]]
"""For a kind and an id all visible statements."""


class Collision(NamedTuple):
    """Two owners' records with one id: the first keeps it, the other is left out."""

    kind: str
    id: str
    kept_by: str
    left_out: str


@dataclass(frozen=True)
class Standing:
    """What stands.

    Attributes
    ----------
    records : tuple of Statement
        One for each record that is not retracted, by kind and id.
    collisions : tuple of Collision
        Ids that two owners use.
    """

    records: tuple[Statement, ...]
    collisions: tuple[Collision, ...]


def standing(statements: Iterable[Statement], compiler: str | None, earlier: Earlier | None = None) -> Standing:
    """Return what stands on records; only a record's owner and the compiler state it.

    Parameters
    ----------
    statements : iterable of Statement
        For each record at least the last one of every chain.
    compiler : str or None
        Who states records in place of their owners.
    earlier : callable, optional
        Gives all visible statements on an id that two owners use: who used it first keeps it. Where it is not given,
        `statements` are all that there are.
    """
    by_name: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    given = statements if earlier is not None else list(statements)
    for one in _entitled(given, compiler):
        owners = by_name[one.kind, one.id]
        other = owners.get(one.owner)
        if other is None or other.strength() < one.strength():
            owners[one.owner] = one
    records, collisions = [], []
    for (kind, id_), owners in by_name.items():
        owner = next(iter(owners))
        if len(owners) > 1:
            said = given if earlier is None else earlier(kind, id_)
            owner = _first_owner(_entitled((one for one in said if (one.kind, one.id) == (kind, id_)), compiler))
            collisions += [Collision(kind, id_, owner, other) for other in owners if other != owner]
        if not owners[owner].retracts:
            records.append(owners[owner])
    return Standing(tuple(sorted(records, key=_name)), tuple(sorted(collisions)))


def source_keys(
    statements: Iterable[Statement], contents: Mapping[str, object], compiler: str | None
) -> tuple[Mapping[str, Statement], Mapping[str, Mapping[str, str]]]:
    """Return the sources by the key under which they are seen, and by author which of its keys read otherwise.

    Of two texts with one key the compiler's keeps it, or that of the first author in the alphabet; the key of the
    other is joined with its author.
    """
    last: dict[tuple[str, str], Statement] = {}
    for one in statements:
        other = last.get((one.author, one.id))
        if other is None or other.strength() < one.strength():
            last[one.author, one.id] = one
    seen: dict[str, Statement] = {}
    renamed: dict[str, dict[str, str]] = defaultdict(dict)
    taken = {key for _, key in last}
    for author, key in sorted(last, key=lambda name: (name[0] != compiler, name)):
        one, name = last[author, key], key
        if key in seen and contents[seen[key].hash] != contents[one.hash]:
            name = renamed[author][key] = _free_key(key, author, taken)
            taken.add(name)
        seen.setdefault(name, one)
    return {key: seen[key] for key in sorted(seen)}, renamed


def _entitled(statements: Iterable[Statement], compiler: str | None) -> Iterable[Statement]:
    """Return the statements on records by those who may state them."""
    return (one for one in statements if one.kind in KIND_BY_NAME and one.author in (one.owner, compiler))


def _first_owner(statements: Iterable[Statement]) -> str:
    """Return whose statement came first."""
    return min(statements, key=lambda one: (one.known_from, one.author, one.owner)).owner


def _free_key(key: str, author: str, taken: set[str]) -> str:
    """Return a key that names its author, and that no other source has."""
    name = f"{key}-{author}"
    if len(name) > MOST_KEY:
        name = f"{key[: MOST_KEY - MARK]}-{hashlib.sha256(name.encode()).hexdigest()[: MARK - 1]}"
    while name in taken:
        name = f"{name[: MOST_KEY - 2]}-x"
    return name


def _name(one: Statement) -> tuple[str, str]:
    """Return kind and id."""
    return one.kind, one.id
