"""Which records speak of one capability or objective at one place: providers, aims and interests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from synodos.cooperation.links import Links
from synodos.cooperation.market import Market
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.cooperation.windows import ALWAYS, FIRST, LAST, Window, stated_window
from synodos.language import Element, Interest, Mission, Objective, Record

UNSTATED: Final = -1.0
"""Stands for what a member does not state; lower than any value, so the highest of several is found simply."""


class Topic(NamedTuple):
    """A capability, or an objective, at the place with this code."""

    term: str
    place: int
    objective: bool = False


class Said(NamedTuple):
    """What one record says, each in such a way that the most counts; so the best of several is found column by column.

    Attributes
    ----------
    interest : float
        How much the record itself says that its owner cares.
    openness : float
        How open a plan is to be joined with others.
    cost : float
        Comparable cost.
    support : float
        How well the record is supported.
    dated : bool
        Whether a date is stated.
    last : int
        Last day.
    early : int
        The first day, less than zero: the earlier, the higher.
    """

    interest: float
    openness: float
    cost: float
    support: float
    dated: bool
    last: int
    early: int

    @classmethod
    def of(
        cls,
        window: Window,
        support: float,
        *,
        interest: float = UNSTATED,
        openness: float = UNSTATED,
        cost: float = UNSTATED,
    ) -> Said:
        """Return what a record says of itself; days count only where a date is stated."""
        days = (window.end, -window.start) if window.stated else (FIRST, -LAST)
        return cls(interest, openness, cost, support, window.stated, *days)


class Member(NamedTuple):
    """A record that speaks of a topic.

    Attributes
    ----------
    record : Record
        The record.
    agency : str
        Its owner.
    window : Window
        When.
    said : Said
        What it says.
    linked : iterable of str
        Agencies linked to its owner through it.
    destinations : tuple of str
        The destinations at the topic's place that it states.
    """

    record: Record
    agency: str
    window: Window
    said: Said
    linked: Iterable[str]
    destinations: tuple[str, ...]


Members = Mapping[Topic, list[Member]]
Stated = tuple[tuple[str, ...], Mapping[int, Member]]
"""What a record names, and the record as a member at each place; at `UNPLACED` with all its destinations."""
P = TypeVar("P", Element, Mission)


def provided(market: Market, links: Links) -> Members:
    """Return what elements and missions provide, by capability and place.

    Only an element's cost is that of a capability; a mission's pays for more.
    """
    terms, number = market.setting.portfolio.capabilities.terms, market.setting.tree.number
    found: dict[Topic, list[Member]] = defaultdict(list)
    elements = _plans(market, links, Element, with_cost=True)
    missions = _plans(market, links, Mission, with_cost=False)
    plans: Iterator[tuple[Element | Mission, Mapping[int, Member]]] = chain(elements, missions)
    for plan, members in plans:
        for capability in plan.provides:
            if capability in number:
                free = terms[capability].anywhere
                for place in (UNPLACED,) if free else members.keys() - {UNPLACED}:
                    found[Topic(capability, place)].append(members[place])
    return found


def aims(market: Market, links: Links) -> Members:
    """Return what missions, interests and stated objectives serve, by objective and place."""
    stated: list[Stated] = []
    for mission, members in _plans(market, links, Mission, with_cost=True):
        stated.append((mission.objectives, members))
    for interest, members in _interests(market, links):
        stated.append((interest.objectives, members))
    for aim in market.setting.known(Objective):
        said = Said.of(ALWAYS, market.setting.support(aim))
        stated.append((aim.serves, _members(market.setting, links, aim, ALWAYS, said)))
    return _by_topic(stated, objective=True)


def cares(market: Market, links: Links) -> Members:
    """Return interests in capabilities, by capability and place."""
    number = market.setting.tree.number
    known = ((interest, members) for interest, members in _interests(market, links))
    stated = [(tuple(term for term in one.capabilities if term in number), members) for one, members in known]
    return _by_topic(stated, objective=False)


def _by_topic(stated: Iterable[Stated], *, objective: bool) -> Members:
    """Return members by what they name and where; those that state no place stand apart."""
    found: dict[Topic, list[Member]] = defaultdict(list)
    for terms, members in stated:
        for place in members.keys() - {UNPLACED} or (UNPLACED,):
            for term in terms:
                found[Topic(term, place, objective)].append(members[place])
    return found


def _plans(market: Market, links: Links, kind: type[P], *, with_cost: bool) -> Iterator[tuple[P, Mapping[int, Member]]]:
    """Yield plans of a kind that are not over, each as a member at its places."""
    setting = market.setting
    for plan in setting.known(kind):
        window = setting.at_work.get((plan.kind, plan.id))
        if window is not None:
            cost = market.costs.of(plan) if with_cost else None
            said = Said.of(
                window,
                setting.support(plan),
                openness=setting.weights.value("openness", plan.status),
                cost=UNSTATED if cost is None else cost,
            )
            yield plan, _members(setting, links, plan, window, said)


def _interests(market: Market, links: Links) -> Iterator[tuple[Interest, Mapping[int, Member]]]:
    """Yield interests that are not over, each as a member at its places."""
    setting = market.setting
    for interest in setting.known(Interest):
        window = stated_window(interest.when, setting.today)
        if window is not None:
            strength = setting.weights.value("strength", interest.strength or "not-stated")
            said = Said.of(window, setting.support(interest), interest=strength)
            yield interest, _members(setting, links, interest, window, said)


def _members(
    setting: Setting, links: Links, record: Element | Mission | Interest | Objective, window: Window, said: Said
) -> dict[int, Member]:
    """Return a record as a member at each of its places, and at `UNPLACED`."""
    spread: dict[int, list[str]] = {UNPLACED: []}
    for term in record.destinations:
        if term in setting.places.terms:
            spread[UNPLACED].append(term)
            spread.setdefault(setting.places.place_of[setting.places.terms[term]], []).append(term)
    linked = links.get((record.kind, record.id), ())
    return {place: Member(record, record.owner, window, said, linked, tuple(terms)) for place, terms in spread.items()}
