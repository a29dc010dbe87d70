"""Which records speak of one capability or objective at one place: providers, aims and interests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from synodos.cooperation.market import Market
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.cooperation.windows import ALWAYS, Window, stated_window
from synodos.language import Element, Interest, Mission, Objective, Record

UNSTATED: Final = -1.0
"""Stands for what a member does not state; lower than any value, so the highest of several is found simply."""


class Topic(NamedTuple):
    """A capability, or an objective, at the place with this code."""

    term: str
    place: int
    objective: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """What one record says on one topic.

    Attributes
    ----------
    record : Record
        The record.
    agency : str
        Its owner.
    window : Window
        When.
    support : float
        How well the record is supported.
    interest, openness, cost : float
        How much the record itself says that its owner cares; how open a plan is to be joined with others; and its
        comparable cost: `UNSTATED` where the record does not say.
    """

    record: Record
    agency: str
    window: Window
    support: float
    interest: float = UNSTATED
    openness: float = UNSTATED
    cost: float = UNSTATED


Members = Mapping[Topic, list[Member]]
P = TypeVar("P", Element, Mission)


def provided(market: Market) -> Members:
    """Return what elements and missions provide, by capability and place.

    Only an element's cost is that of a capability; a mission's pays for more.
    """
    setting = market.setting
    terms = setting.portfolio.capabilities.terms
    found: dict[Topic, list[Member]] = defaultdict(list)
    elements, missions = _plans(market, Element, with_cost=True), _plans(market, Mission, with_cost=False)
    plans: Iterator[tuple[Element | Mission, Member]] = chain(elements, missions)
    for plan, member in plans:
        places = _places(setting, plan.destinations)
        for capability in plan.provides:
            if capability in setting.tree.number:
                for place in (UNPLACED,) if terms[capability].anywhere else places:
                    found[Topic(capability, place)].append(member)
    return found


def aims(market: Market) -> Members:
    """Return what missions, interests and stated objectives serve, by objective and place."""
    stated: list[tuple[Member, tuple[str, ...], tuple[str, ...]]] = []
    for mission, member in _plans(market, Mission, with_cost=True):
        stated.append((member, mission.objectives, mission.destinations))
    for interest, member in _interests(market):
        stated.append((member, interest.objectives, interest.destinations))
    for aim in market.setting.known(Objective):
        member = Member(aim, aim.owner, ALWAYS, market.setting.support(aim))
        stated.append((member, aim.serves, aim.destinations))
    found: dict[Topic, list[Member]] = defaultdict(list)
    for member, terms, destinations in stated:
        for place in _places(market.setting, destinations) or (UNPLACED,):
            for term in terms:
                found[Topic(term, place, objective=True)].append(member)
    return found


def cares(market: Market) -> Members:
    """Return interests in capabilities, by capability and place."""
    found: dict[Topic, list[Member]] = defaultdict(list)
    for interest, member in _interests(market):
        for capability in interest.capabilities:
            if capability in market.setting.tree.number:
                for place in _places(market.setting, interest.destinations) or (UNPLACED,):
                    found[Topic(capability, place)].append(member)
    return found


def _plans(market: Market, kind: type[P], *, with_cost: bool) -> Iterator[tuple[P, Member]]:
    """Yield plans of a kind that are not over, each with what it says."""
    setting = market.setting
    for plan in setting.known(kind):
        window = setting.at_work.get((plan.kind, plan.id))
        if window is not None:
            openness = setting.weights.value("openness", plan.status)
            cost = market.costs.of(plan) if with_cost else None
            given = UNSTATED if cost is None else cost
            yield plan, Member(plan, plan.owner, window, setting.support(plan), openness=openness, cost=given)


def _interests(market: Market) -> Iterator[tuple[Interest, Member]]:
    """Yield interests that are not over."""
    setting = market.setting
    for interest in setting.known(Interest):
        window = stated_window(interest.when, setting.today)
        if window is not None:
            strength = setting.weights.value("strength", interest.strength or "not-stated")
            yield interest, Member(interest, interest.owner, window, setting.support(interest), interest=strength)


def _places(setting: Setting, destinations: Iterable[str]) -> tuple[int, ...]:
    """Return the places of destinations, once each."""
    places = setting.places
    return tuple(dict.fromkeys(places.place_of[places.terms[term]] for term in destinations if term in places.terms))
