"""An opportunity before it is put into words, and the merging of those that are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from synodos.cooperation.matching import Tree
from synodos.cooperation.opportunities import Kind
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.language import Record

ANY_PLACE = "any-place"
"""Stands in an id where no place is stated, or the capability serves any."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An opportunity before it is put into words.

    Attributes
    ----------
    kind : str
        Its kind.
    agencies : tuple of str
        Agencies concerned, the one that seeks first where one does.
    topic : str
        Capability, or objective where `objective` says so.
    objective : bool
        Whether the topic is an objective.
    places : tuple of int
        Codes of the places.
    first, last : int
        Days between which it could happen; `first` after `last` where no date is stated.
    score : float
        Mean of the values by weight.
    values : sequence of float
        Value of each part; nan where not stated.
    records : tuple of Record
        Records it rests on: those that seek first.
    best : tuple of int, or None
        Rows of the demand and of the supply whose pair has the best score, where it is made of such pairs.
    seeking, giving : tuple of Record
        Records by which the first agency seeks what the second gives, where it is made of such pairs.
    mutual : bool
        Whether the second agency seeks the same of the first.
    linked : bool
        Whether some of the agencies, though not all, are linked.
    """

    kind: Kind
    agencies: tuple[str, ...]
    topic: str
    objective: bool
    places: tuple[int, ...]
    first: int
    last: int
    score: float
    values: Sequence[float]
    records: tuple[Record, ...]
    best: tuple[int, int] | None = None
    seeking: tuple[Record, ...] = ()
    giving: tuple[Record, ...] = ()
    mutual: bool = False
    linked: bool = False

    def id(self, setting: Setting) -> str:
        """Return a stable name that tells candidates apart."""
        where = "-".join(setting.places.names[place] for place in self.places if place != UNPLACED)
        return "-".join((self.kind, *self.agencies, self.topic, where or ANY_PLACE))


def merged(candidates: Iterable[Candidate], capabilities: Tree, objectives: Tree) -> list[Candidate]:
    """Return candidates without those that nearly repeat another.

    Of those with the same agencies at the same place, one whose topic stands below that of another joins it. Those
    on the same topic that rest on the same records at several places become one.
    """
    kept: list[Candidate] = []
    for found in _families(candidates, lambda one: (one.kind, one.objective, one.agencies, one.places)):
        kept += _under_parents(found, objectives if found[0].objective else capabilities)
    spread = _families(kept, lambda one: (one.kind, one.topic, one.agencies, frozenset(map(_key, one.records))))
    return [_joined(found) for found in spread]


def _families(candidates: Iterable[Candidate], likeness: Callable[[Candidate], Hashable]) -> Iterable[list[Candidate]]:
    """Return candidates that are alike together."""
    families: dict[Hashable, list[Candidate]] = {}
    for one in candidates:
        families.setdefault(likeness(one), []).append(one)
    return families.values()


def _under_parents(found: list[Candidate], tree: Tree) -> list[Candidate]:
    """Return candidates joined to the one with the widest topic at or above theirs."""
    tops: list[list[Candidate]] = []
    for one in sorted(found, key=lambda one: tree.number[one.topic]):  # what stands above comes first
        if tops and tree.number[one.topic] < tree.end[tree.number[tops[-1][0].topic]]:
            tops[-1].append(one)
        else:
            tops.append([one])
    return [_joined(alike) for alike in tops]


def _joined(alike: list[Candidate]) -> Candidate:
    """Return one candidate for several: topic of the first, values of the best, everything that they rest on."""
    if len(alike) == 1:
        return alike[0]
    best = max(alike, key=lambda one: one.score)
    return replace(
        best,
        topic=alike[0].topic,
        places=tuple(sorted({place for one in alike for place in one.places})),
        first=min(one.first for one in alike),
        last=max(one.last for one in alike),
        records=tuple({_key(record): record for record in chain.from_iterable(one.records for one in alike)}.values()),
    )


def _key(record: Record) -> tuple[str, str]:
    """Return what tells records apart."""
    return record.kind, record.id
