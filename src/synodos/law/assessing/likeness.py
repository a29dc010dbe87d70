"""Aspects that differ only in names to which their rules are blind, or in how many bystanders are alike, are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from synodos.law.assessing.aspects import Aspect, Aspects, Stands
from synodos.law.assessing.profiles import Said
from synodos.law.rules.naming import BYSTANDING

Told = tuple[object, ...]
"""The facts that name a party: predicates, places of the party, and arguments."""
Together = tuple[tuple[str, ...], ...]
"""For each party of an aspect with placeholders the parties for which it stands."""


@dataclass(frozen=True)
class Likes:
    """Aspects with placeholders for names, and for whom these stand.

    Attributes
    ----------
    aspects : Aspects
        Distinct ones.
    of : tuple of int
        For each aspect as it was asked the one that is like it.
    stand_for : tuple of Together
        For each aspect as it was asked the parties for which each party of the one like it stands, in its order.
    """

    aspects: Aspects
    of: tuple[int, ...]
    stand_for: tuple[Together, ...]


def likes(found: Aspects) -> Likes:
    """Return the aspects that differ in more than names, with what follows in one following in all like it.

    Notes
    -----
    What rules derive does not change if a name that they do not hold is put in place of another throughout. Of parties
    that are alike, and of which no more is told than that they take part, it is enough to keep as many as a rule can
    speak of at once; see `rules.naming.most_parties`.
    """
    numbers: dict[object, int] = {}
    distinct: list[Aspect] = []
    of, stand_for = [], []
    making = _Making()
    for aspect in found.aspects:
        like, dates = making.like(aspect), aspect.dates
        key = aspect.bundle.number, like.facts, like.shared, dates, like.standings, like.placed
        number = numbers.setdefault(key, len(distinct))
        if number == len(distinct):
            distinct.append(Aspect(aspect.bundle, like.facts, like.shared, dates, like.standings, like.placed))
        of.append(number)
        stand_for.append(like.parties)
    return Likes(replace(found, aspects=tuple(distinct), of=()), tuple(of), tuple(stand_for))


@dataclass(frozen=True, slots=True)
class _Worked:
    """An aspect with placeholders, its days left out, and for whom its parties stand."""

    facts: Said
    shared: Said
    standings: Stands
    placed: Stands
    parties: Together


class _Company:
    """What facts of those who take part say of each: of whom no more is told than that, and by what all are ordered."""

    def __init__(self, shared: Said, kept: frozenset[str]) -> None:
        """Look through the facts; names that the rules hold are told apart."""
        self.told = _told(shared, kept)
        self.alike: dict[str, object] = {}
        more = {one for predicate, of in shared for at, one in enumerate(of, 1) if (predicate, at) not in BYSTANDING}
        for party in self.told.keys() - more - kept:
            beside = [
                (predicate, tuple([one for one in of if one != party])) for predicate, of in shared if party in of
            ]
            self.alike[party] = tuple(beside)


def _told(said: Said, kept: frozenset[str]) -> dict[str, Told]:
    """Return what some facts say of each whom they name, with no names but those that the rules hold."""
    found: dict[str, list[Told]] = defaultdict(list)
    for predicate, arguments in said:
        masked = tuple([one if one in kept else "" for one in arguments])
        for place, one in enumerate(arguments):
            found[one].append((predicate, place, masked))
    return {one: tuple(sorted(told)) for one, told in found.items()}


class _Making:
    """Aspects with placeholders; what differs in days alone is looked at once, and each company."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._seen: dict[tuple[int, ...], _Worked] = {}
        self._companies: dict[tuple[int, int], _Company] = {}
        self._owns: dict[tuple[int, int], dict[str, Told]] = {}

    def like(self, aspect: Aspect) -> _Worked:
        """Return an aspect with placeholders; aspects hold what they share as one object, so that its id tells it."""
        key = aspect.bundle.number, id(aspect.facts), id(aspect.shared), id(aspect.standings), id(aspect.placed)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._new(aspect)
        return found

    def _new(self, aspect: Aspect) -> _Worked:
        """Return an aspect in which placeholders stand for names, and few for all parties that are alike."""
        bundle, number_of = aspect.bundle, dict(aspect.standings)
        company, own = self._company(aspect), self._own(aspect)
        groups: dict[object, list[str]] = defaultdict(list)
        for party, number in aspect.standings:
            alike = company.alike.get(party) if party not in own else None
            groups[party if alike is None else (number, alike)].append(party)

        def rank(of: Sequence[str]) -> Told:
            party = of[0]
            name = party if party in bundle.named else ""
            return name, number_of[party], company.told.get(party, ()), own.get(party, ())

        ordered = sorted(groups.values(), key=rank)
        parties = tuple([one for of in ordered for one in _standing_for(of, bundle.most_parties)])
        left_out = frozenset([party for of in parties for party in of[1:]])
        names = _Names(bundle.named)
        return _Worked(
            standings=tuple([(names[of[0]], number_of[of[0]]) for of in parties]),
            placed=tuple([(names[party], number) for party, number in aspect.placed]),
            shared=names.told(aspect.shared, left_out),
            facts=names.told(aspect.facts, left_out),
            parties=parties,
        )

    def _own(self, aspect: Aspect) -> dict[str, Told]:
        """Return what the facts of the activity itself say of each whom they name."""
        key = aspect.bundle.number, id(aspect.facts)
        found = self._owns.get(key)
        if found is None:
            found = self._owns[key] = _told(aspect.facts, aspect.bundle.named)
        return found

    def _company(self, aspect: Aspect) -> _Company:
        """Return what facts of those who take part say of each."""
        key = aspect.bundle.number, id(aspect.shared)
        found = self._companies.get(key)
        if found is None:
            found = self._companies[key] = _Company(aspect.shared, aspect.bundle.named)
        return found


def _standing_for(alike: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """Return parties that are alike as so many as rules can speak of at once; the last stands for all the others."""
    if len(alike) <= most:
        return [(party,) for party in alike]
    return [*((party,) for party in alike[: most - 1]), tuple(alike[most - 1 :])]


class _Names(dict[str, str]):
    """Placeholders for names, in the order in which they are met; names that the rules hold stay."""

    def __init__(self, kept: frozenset[str]) -> None:
        """Start with none."""
        super().__init__()
        self._kept = kept

    def __missing__(self, name: str) -> str:
        """Return a name that rules hold, or a new placeholder, which no name of a record can be."""
        self[name] = name if name in self._kept else f"#{len(self)}"
        return self[name]

    def told(self, said: Said, left_out: frozenset[str]) -> Said:
        """Return facts in order, with placeholders, but for those that name somebody who is left out."""
        told = [one for one in said if left_out.isdisjoint(one[1])] if left_out else said
        return tuple(sorted([(predicate, tuple([self[one] for one in arguments])) for predicate, arguments in told]))
