"""Which records speak of one capability or objective at one place: providers, aims and interests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from synodos.cooperation.pairing import Market
from synodos.cooperation.places import UNPLACED
from synodos.cooperation.setting import Setting
from synodos.cooperation.windows import ALWAYS, ENDED, Window, plan_window, stated_window
from synodos.language import Element, Interest, Mission, Objective, Record

NAN: Final = float("nan")


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
    window : Window
        When.
    support : float
        How well the record is supported.
    interest : float
        How much the record itself says its owner cares; nan where it does not.
    openness : float
        How open a plan is to be joined with others; nan for what is no plan.
    cost : float
        Comparable cost; nan where not stated.
    """

    record: Record
    window: Window
    support: float
    interest: float = NAN
    openness: float = NAN
    cost: float = NAN

    @property
    def agency(self) -> str:
        """Owner of the record."""
        return self.record.owner


Members = Mapping[Topic, list[Member]]


def provided(market: Market) -> Members:
    """Return what elements and missions provide, by capability and place."""
    setting = market.setting
    terms = setting.portfolio.capabilities.terms
    found: dict[Topic, list[Member]] = defaultdict(list)
    for plan, member in _plans(market):
        places = _places(setting, plan.destinations)
        for capability in plan.provides:
            if capability in setting.tree.number:
                for place in (UNPLACED,) if terms[capability].anywhere else places:
                    found[Topic(capability, place)].append(member)
    return found


def aims(market: Market) -> Members:
    """Return what missions, interests and stated objectives serve, by objective and place."""
    plans = ((plan, member) for plan, member in _plans(market) if isinstance(plan, Mission))
    stated = [(member, mission.objectives, mission.destinations) for mission, member in plans]
    stated += [(member, interest.objectives, interest.destinations) for interest, member in _interests(market)]
    for aim in market.setting.known(Objective):
        stated.append((Member(aim, ALWAYS, market.setting.support(aim)), aim.serves, aim.destinations))
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


def _plans(market: Market) -> Iterator[tuple[Element | Mission, Member]]:
    """Yield plans that are not over; each with what it says."""
    setting = market.setting
    service = setting.days("service")
    plans: Iterator[Element | Mission] = chain(setting.known(Element), setting.known(Mission))
    for plan in plans:
        window = plan_window(plan, setting.today, service)
        if plan.status not in ENDED and window is not None:
            openness = setting.weights.value("openness", plan.status)
            yield plan, Member(plan, window, setting.support(plan), openness=openness, cost=market.costs.of(plan))


def _interests(market: Market) -> Iterator[tuple[Interest, Member]]:
    """Yield interests that are not over."""
    setting = market.setting
    for interest in setting.known(Interest):
        window = stated_window(interest.when, setting.today)
        if window is not None:
            strength = setting.weights.value("strength", interest.strength or "not-stated")
            yield interest, Member(interest, window, setting.support(interest), interest=strength)


def _places(setting: Setting, destinations: Iterable[str]) -> tuple[int, ...]:
    """Return the places of destinations, once each."""
    places = setting.places
    return tuple(dict.fromkeys(places.place_of[places.terms[term]] for term in destinations if term in places.terms))
