"""Records that differ in nothing that law reads: what is told of one is told of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Final, TypeVar

from synodos.language import Mission, Payment, Record, ResourceUse, Transfer
from synodos.law.later import Later
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import key
from synodos.law.types import Fact, Situation

R = TypeVar("R", Mission, Transfer, Payment, ResourceUse)
UNREAD: Final = frozenset(
    {
        *("id", "name", "stated_by", "release", "as_of", "retracted", "sources", "disputes", "note"),
        *("also_called", "objectives", "aims", "costs", "statement"),
    }
)
"""Fields of which no fact is told."""


class Retold(Later[Fact]):
    """Facts of one activity as they are told of another; made when first looked into.

    Attributes
    ----------
    told : tuple of Fact
        The facts of the first, as one object.
    """

    def __init__(self, told: tuple[Fact, ...], first: str, other: str) -> None:
        """Take the facts of the record `first`, which `other` tells as well."""
        super().__init__(partial(_retold, told, first, other), len(told))
        self.told = told


def as_told(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return facts as the first activity has them of which they are told: one object for all."""
    return facts.told if isinstance(facts, Retold) else facts


def _retold(told: Iterable[Fact], first: str, other: str) -> Iterator[Fact]:
    """Yield facts with one record in place of another."""
    alone, instead = (first,), (other,)
    for fact in told:
        if fact.records == alone:
            yield Fact(fact.predicate, fact.arguments, instead, fact.unverified)
        elif first in fact.records:
            records = tuple([other if one == first else one for one in fact.records])
            yield Fact(fact.predicate, fact.arguments, records, fact.unverified)
        else:
            yield fact


class Alike:
    """What makes situations; of records that say the same the facts are worked out once."""

    def __init__(self, setting: Setting) -> None:
        """Start with none."""
        self._setting = setting
        self._known: dict[object, Situation] = {}

    def situation(self, make: Callable[[Setting, R], Situation], record: R) -> Situation:
        """Return the situation of a record."""
        if self._is_spoken_of(record):
            return make(self._setting, record)
        says = record.kind, _read_from(type(record))(record.__dict__)
        first = self._known.get(says)
        if first is None:
            first = self._known[says] = make(self._setting, record)
            return first
        name = key(record)
        facts = Retold(tuple(first.facts), first.activity, name)
        return Situation(name, record.name, first.start, first.course, facts, first.parties, first.shared)

    def _is_spoken_of(self, record: Record) -> bool:
        """Return whether facts depend on the id of a record: others name it, or it names itself."""
        setting, own = self._setting, record.id
        if own in setting.commitments or setting.determinations.name(own) or setting.agreements.covering(own):
            return True
        return isinstance(record, Mission) and any(own in one.met_by for one in record.requirements)


@cache
def _read_from(kind: type[Record]) -> Callable[[dict[str, object]], tuple[object, ...]]:
    """Return what takes from the fields of a record those of which facts are told."""
    return itemgetter(*(name for name in kind.model_fields if name not in UNREAD))
