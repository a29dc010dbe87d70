"""What each bundle of instruments asks of a profile: what differs in nothing that it asks is judged once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from synodos.language import Portfolio
from synodos.law.assessing.binding import binds
from synodos.law.assessing.bundles import Bundle
from synodos.law.assessing.classes import INVOLVED, ONE_DAY
from synodos.law.assessing.profiles import Profile, Profiles, Said
from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import QUESTIONS, TOLD, naming, token
from synodos.law.rules.naming import matches
from synodos.law.rules.reaching import states_anything
from synodos.law.windows import Truth

T = TypeVar("T")
Stands = tuple[tuple[str, int], ...]
"""Class of each party, in order."""
Standing = tuple[tuple[str, str, Truth], ...]
"""What registers say of a party, by register and day, and which instruments name it, with an empty day."""


@dataclass(frozen=True, slots=True, eq=False)
class Aspect:
    """What one bundle asks of a profile.

    Attributes
    ----------
    bundle : Bundle
        The instruments.
    facts, shared : tuple of (str, tuple of str)
        Predicates and arguments for which its rules ask; of the activity, and of those who take part.
    dates : tuple of (str, int)
        Class of days, by what is judged.
    standings, placed : tuple of (str, int)
        Class of what registers say, and of which instruments bind, for each party that they list or bind, and each
        state that is only a place.
    """

    bundle: Bundle
    facts: Said
    shared: Said
    dates: tuple[tuple[str, int], ...]
    standings: tuple[tuple[str, int], ...]
    placed: tuple[tuple[str, int], ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Those that it may bind, in order."""
        return tuple([party for party, _ in self.standings])


@dataclass(frozen=True)
class Aspects:
    """Distinct aspects of some profiles, with what their classes mean.

    Attributes
    ----------
    aspects : tuple of Aspect
        Distinct ones, in order.
    of : sequence of tuple of int
        Aspects of each profile.
    bundles : tuple of Bundle
        All of them.
    windows : mapping of str to int
        Window of each norm that is known.
    in_force : sequence of tuple of (int, Truth)
        For each class of days the windows in force, or perhaps in force.
    standing : sequence of Standing
        For each class of standings what is said.
    """

    aspects: tuple[Aspect, ...]
    of: Sequence[tuple[int, ...]]
    bundles: tuple[Bundle, ...]
    windows: Mapping[str, int]
    in_force: Sequence[tuple[tuple[int, Truth], ...]]
    standing: Sequence[Standing]


def aspects(found: Profiles, catalogue: Catalogue, portfolio: Portfolio, norm: str | None = None) -> Aspects:
    """Return the distinct aspects of some profiles.

    Parameters
    ----------
    found : Profiles
        Profiles, with what their classes mean.
    catalogue : Catalogue
        Norms.
    portfolio : Portfolio
        Says which actors are bodies of which state.
    norm : str, optional
        A norm whose bundle alone is asked, also where it cannot say anything.
    """
    made = _Making(found, catalogue, portfolio)
    numbers: dict[Aspect, int] = {}
    of = []
    for profile in found.profiles:
        made_of = made.of(profile) if norm is None else made.for_norm(profile, norm)
        of.append(tuple([numbers.setdefault(one, len(numbers)) for one in made_of]))
    classes = tuple(made.days), tuple(made.standings)
    return Aspects(tuple(numbers), of, made.bundles, found.windows, *classes)


class _Told(NamedTuple):
    """Facts for which a bundle asks, and what they say and name of that which its rules need."""

    facts: Said
    names: frozenset[str]


Asked = tuple[Bundle, Said, Said]
"""A bundle, with what its rules ask of what is told of an activity, and of those who take part."""


class _Making:
    """Aspects of one profile after the other; what was found once is kept."""

    def __init__(self, found: Profiles, catalogue: Catalogue, portfolio: Portfolio) -> None:
        """Start with no class."""
        self.bundles = catalogue.bundles
        self.days: dict[tuple[tuple[int, Truth], ...], int] = {(): 0}
        self.standings: dict[Standing, int] = {(): 0}
        self._found, self._catalogue, self._portfolio = found, catalogue, portfolio
        self._windows = [
            frozenset(found.windows[norm] for norm in bundle.windows if norm in found.windows)
            for bundle in self.bundles
        ]
        self._days_of: dict[tuple[int, int], int] = {}
        self._standing_of: dict[tuple[int, str, int], int] = {}
        self._standings_of: dict[tuple[int, int, int, bool], tuple[tuple[str, int], ...]] = {}
        self._matters_to: dict[tuple[str, tuple[str, ...]], tuple[tuple[int, frozenset[str]], ...]] = {}
        self._told_of: dict[int, Mapping[int, _Told]] = {}
        self._untold = [_Told((), bundle.asked & {INVOLVED}) for bundle in self.bundles]
        self._shared_of: dict[tuple[int, int], Said] = {}
        self._states: dict[tuple[int, frozenset[str], frozenset[str]], bool] = {}
        self._involved_of: dict[frozenset[str], Said] = {}
        self._asked_of: dict[tuple[int, int, int], tuple[Asked, ...]] = {}
        self._same: dict[object, object] = {}
        self._known: dict[object, Aspect] = {}

    def of(self, profile: Profile) -> Iterator[Aspect]:
        """Yield the aspects in which a norm may say something: some rule may, it is in force and binds somebody."""
        for bundle, facts, shared in self._asked(profile):
            dates = self._dates(bundle, profile)
            if any(number for _, number in dates):
                standings = self._standing_in(bundle, profile, involved=True)
                if standings:
                    yield self._aspect(bundle, profile, facts, shared, dates, standings)

    def _asked(self, profile: Profile) -> tuple[Asked, ...]:
        """Return the bundles of which some rule may say something by what is told, whatever the days."""
        key = id(profile.facts), id(profile.shared), id(profile.reached)
        found = self._asked_of.get(key)
        if found is None:
            found = self._asked_of[key] = tuple(self._asked_by(profile))
        return found

    def _asked_by(self, profile: Profile) -> Iterator[Asked]:
        """Yield the bundles of which some rule may say something by what is told."""
        for bundle in self.bundles:
            if not profile.reached.isdisjoint(bundle.norms):
                own, shared = self._told(bundle, profile.facts), self._told(bundle, profile.shared)
                if self._states_anything(bundle, own.names, shared.names):
                    yield bundle, own.facts, shared.facts

    def for_norm(self, profile: Profile, norm: str) -> Iterator[Aspect]:
        """Yield the one aspect that holds all that a norm asks."""
        for bundle in self.bundles:
            if norm in bundle.norms:
                facts, shared = (self._told(bundle, said).facts for said in (profile.facts, profile.shared))
                standings = self._standing_in(bundle, profile, involved=True)
                yield self._aspect(bundle, profile, facts, shared, self._dates(bundle, profile), standings)

    def _aspect(
        self,
        bundle: Bundle,
        profile: Profile,
        facts: Said,
        shared: Said,
        dates: tuple[tuple[str, int], ...],
        standings: Stands,
    ) -> Aspect:
        """Return one aspect; all of its sets are kept once, so that their ids tell them."""
        outside = len(profile.standings) > len(profile.involved)
        placed = self._standing_in(bundle, profile, involved=False) if outside else ()
        if INVOLVED in bundle.facts or any(predicate == "answer" for predicate, _ in facts):
            shared = self._with_involved(shared, self._involved(profile.involved))
        key = bundle.number, id(facts), id(shared), dates, id(standings), id(placed)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Aspect(bundle, facts, shared, dates, standings, placed)
        return found

    def _states_anything(self, bundle: Bundle, own: frozenset[str], shared: frozenset[str]) -> bool:
        """Return whether some rule of a bundle may give a norm a status by what is told."""
        key = bundle.number, own, shared
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = bundle.has_criteria or states_anything(bundle.rules, own | shared)
        return found

    def _once(self, said: T) -> T:
        """Return the same as one object."""
        return self._same.setdefault(said, said)  # type: ignore[return-value] # what is equal is of one type

    def _told(self, bundle: Bundle, said: Said) -> _Told:
        """Return the facts for which a bundle asks, but for those of who is involved: in every activity somebody is."""
        found = self._told_of.get(id(said))
        if found is None:
            found = self._told_of[id(said)] = self._sorted(said)
        return found.get(bundle.number, self._untold[bundle.number])

    def _sorted(self, said: Said) -> Mapping[int, _Told]:
        """Return for each bundle the facts for which it asks."""
        facts: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        names: dict[int, set[str]] = defaultdict(set)
        for fact in said:
            matters = self._matters_to.get(fact)
            if matters is None:
                matters = self._matters_to[fact] = tuple(self._matters(*fact))
            for number, named in matters:
                facts[number].append(fact)
                names[number] |= named
        return {
            number: _Told(self._once(tuple(of)), frozenset(names[number] | self._untold[number].names))
            for number, of in facts.items()
        }

    def _matters(self, predicate: str, arguments: tuple[str, ...]) -> Iterator[tuple[int, frozenset[str]]]:
        """Yield the bundles to whose rules a fact can matter, with what it says and names of that which they need."""
        names = _names(predicate, arguments)
        for bundle in self.bundles:
            if predicate == "answer":
                matters = arguments[0] in bundle.answers
            else:
                asked = predicate in bundle.facts and predicate != INVOLVED
                matters = asked and matches(bundle.patterns.get(predicate, ()), arguments)
            if matters:
                yield bundle.number, bundle.asked & names

    def _with_involved(self, shared: Said, involved: Said) -> Said:
        """Return facts of those who take part with who is involved."""
        key = id(shared), id(involved)
        if key not in self._shared_of:
            self._shared_of[key] = self._once(shared + involved)
        return self._shared_of[key]

    def _involved(self, parties: frozenset[str]) -> Said:
        """Return the facts that some parties are involved, which are asked only with an answer."""
        if parties not in self._involved_of:
            self._involved_of[parties] = tuple([(INVOLVED, (party,)) for party in sorted(parties)])
        return self._involved_of[parties]

    def _dates(self, bundle: Bundle, profile: Profile) -> tuple[tuple[str, int], ...]:
        """Return the classes of days, as far as the windows of a bundle tell them apart."""
        found = []
        for judged, number in profile.dates:
            if judged in bundle.judged:
                key = bundle.number, number
                of = self._days_of.get(key)
                if of is None:
                    own, truths = self._windows[bundle.number], self._found.in_force[number]
                    said = tuple([(window, truth) for window, truth in truths.items() if window in own])
                    of = self._days_of[key] = self.days.setdefault(said, len(self.days))
                found.append((judged, of))
        return tuple(found)

    def _standing_in(self, bundle: Bundle, profile: Profile, *, involved: bool) -> Stands:
        """Return who is listed or bound, and the class of it; profiles hold what they share as one object."""
        key = bundle.number, id(profile.standings), id(profile.involved), involved
        if key not in self._standings_of:
            self._standings_of[key] = self._once(tuple(self._standings(bundle, profile, involved=involved)))
        return self._standings_of[key]

    def _standings(self, bundle: Bundle, profile: Profile, *, involved: bool) -> Iterator[tuple[str, int]]:
        """Yield who is listed or bound, and the class of it."""
        known, number_of = self._standing_of, bundle.number
        for party, number in profile.standings:
            if (party in profile.involved) == involved:
                key = number_of, party, number
                of = known.get(key)
                if of is None:
                    of = known[key] = self._new_standing(bundle, party, number)
                if of or (involved and bundle.binds_by_rule):
                    yield party, of

    def _new_standing(self, bundle: Bundle, party: str, number: int) -> int:
        """Return the class of what registers say of a party, and of which instruments of a bundle bind it."""
        days = {ONE_DAY, *bundle.judged}
        said: list[tuple[str, str, Truth]] = [
            (register, day, truth)
            for (register, day), truth in self._found.standing[number].items()
            if register in bundle.registers and day in days
        ]
        for instrument in bundle.instruments:
            whom = self._catalogue.instruments[instrument].binds
            truth = "no" if whom.listed_in else binds(whom, party, self._portfolio)
            if truth != "no":
                said.append((instrument, "", truth))
        return self.standings.setdefault(tuple(said), len(self.standings))


def _names(predicate: str, arguments: tuple[str, ...]) -> set[str]:
    """Return what a fact says, as `token` gives it, and what it names, as `naming` does."""
    told = {token(predicate, arguments)}
    told.update([naming(predicate, place, one) for place, one in enumerate(arguments, start=1)])
    if predicate == "answer":
        told.update([naming(derived, QUESTIONS[derived], arguments[0]) for derived in TOLD])
    return told
