"""Who could take a requirement over: stated capability, place, standing, releasability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from synodos.language import ENDED, FLYING, SHUT, WITHHELD, Element, Interest, Mission, Offer, Portfolio
from synodos.whatif.options.case import Case, Open

Basis = Literal["offer", "element", "flown", "expertise", "develop"]
BASES: Final[tuple[Basis, ...]] = ("offer", "flown", "element", "expertise", "develop")
"""What an agency has to show: a standing offer, something that flew, something planned, expertise, or nothing yet."""
PROVING: Final = frozenset({"offer", "flown"})
"""What can be proven: something new is not, whatever else its agency has flown."""
WORKED: Final = FLYING | {"completed"}
"""Statuses of what has shown in flight that it works: what was lost has not."""
TAKEN: Final = SHUT | {"agreed"}
"""Standings of an offer that is no longer to be had."""
LAUNCHES: Final = "launch-services"
"""Term of the capability tree below which everything is used up by one flight."""
Shown = Element | Mission | Offer | Interest


@dataclass(frozen=True, slots=True)
class Provider:
    """An agency that could meet an open requirement.

    Attributes
    ----------
    agency : str
        Its id.
    basis : Basis
        What it has to show.
    record : Element, Mission, Offer, Interest or None
        The record; None where it has to develop something of which nothing is stated.
    proven : bool
        Whether the agency flew this very capability at this destination, and it is that which it has or offers.
    """

    agency: str
    basis: Basis
    record: Shown | None
    proven: bool

    @property
    def key(self) -> str:
        """The record as `kind:id`; empty where there is none."""
        return f"{self.record.kind}:{self.record.id}" if self.record else ""


def providers(case: Case, one: Open) -> Iterator[Provider]:
    """Yield who could meet an open requirement, the lead and partners that would start anew last.

    An agency that the change takes out of the mission, and what the viewer may not know, are left out.
    """
    destinations = case.mission(one.mission).destinations
    own = {*case.missions, one.holder.partition(":")[2]}  # a mission that is itself in doubt is no ground
    shown: set[str] = set()
    for record in _records(case.after):
        away = case.has_left(record.owner, one.mission) or (one.comes is not None and record.owner == one.leaver)
        if record.id in own or record.owner == WITHHELD or away:
            continue
        if _provides(case.after, record, one.capability, destinations):
            shown.add(record.owner)
            basis = _basis(record)
            flew = basis in PROVING and proven(case.after, record.owner, one.capability, destinations)
            yield Provider(record.owner, basis, record, flew)
    for agency in linked(case, one.mission):
        if agency not in shown and not (one.comes is not None and agency == one.leaver):
            yield Provider(agency, "develop", None, proven=False)


def linked(case: Case, mission: str) -> tuple[str, ...]:
    """Return the lead, the partners that stay, and parties to agreements that cover the mission; the lead first."""
    record = case.mission(mission)
    parties = (party for one in case.agreements(mission, record.owner) for party in one.parties)
    named = dict.fromkeys((record.owner, *(part.agency for part in record.partners), *parties))
    return tuple(
        agency
        for agency in named
        if agency != WITHHELD and agency in case.after.agencies and not case.has_left(agency, mission)
    )


def proven(portfolio: Portfolio, agency: str, capability: str, destinations: Sequence[str]) -> bool:
    """Return whether an agency has flown this very capability at one of these destinations.

    A destination within the other counts as the same; what is of use anywhere is proven anywhere.
    """
    plans: tuple[Element | Mission, ...] = (*portfolio.elements.values(), *portfolio.missions.values())
    return any(
        plan.owner == agency
        and plan.status in WORKED
        and any(portfolio.capabilities.covers(capability, provided) for provided in plan.provides)
        and (_anywhere(portfolio, capability) or _meet(portfolio, plan.destinations, destinations))
        for plan in plans
    )


def no_ground(case: Case, one: Open, agency: str) -> str:
    """Return why nothing lets one count on an agency to develop something of which it states nothing; else nothing.

    There is ground where it leads the mission already, is party to an agreement with the lead that covers it, or states
    something of the same sort: below the same term of the capability tree.
    """
    mission = case.before.missions[one.mission]
    if agency == mission.owner or states_alike(case, one, agency) or case.agreements(mission.id, mission.owner, agency):
        return ""
    who = case.after.agency_name(agency)
    return (
        f"{who} states nothing that provides it nor anything like it, and no agreement in force puts it on this mission"
    )


def states_alike(case: Case, one: Open, agency: str) -> bool:
    """Return whether an agency states something of the sort of what is required."""
    term = case.after.capabilities.terms.get(one.capability)
    wider = term.parent if term is not None and term.parent is not None else one.capability
    return any(record.owner == agency and _states(case.after, record, wider) for record in _records(case.after))


def is_service(portfolio: Portfolio, provider: Provider, capability: str) -> bool:
    """Return whether what is there already can be used as it stands: capacity to share, or a service on the ground."""
    record = provider.record
    if portfolio.capabilities.covers(LAUNCHES, capability):
        return False
    if isinstance(record, Offer):
        return True
    return isinstance(record, Element) and record.status in WORKED and record.capacity_to_share is not None


def _records(portfolio: Portfolio) -> Iterator[Shown]:
    """Yield what could show that an agency provides something."""
    for offer in portfolio.offers.values():
        if offer.standing not in TAKEN:
            yield offer
    plans: tuple[Element | Mission, ...] = (*portfolio.elements.values(), *portfolio.missions.values())
    yield from (plan for plan in plans if plan.status not in ENDED)
    yield from portfolio.interests.values()


def _provides(portfolio: Portfolio, record: Shown, capability: str, destinations: Sequence[str]) -> bool:
    """Return whether a record states the capability, at a destination that lies at the same body."""
    return _states(portfolio, record, capability) and (
        _anywhere(portfolio, capability) or _same_body(portfolio, record.destinations, destinations)
    )


def _states(portfolio: Portfolio, record: Shown, capability: str) -> bool:
    """Return whether a record states a capability, or one below it."""
    provided = record.brings if isinstance(record, Interest) else record.provides
    return any(portfolio.capabilities.covers(capability, one) for one in provided)


def _basis(record: Shown) -> Basis:
    """Return what a record shows."""
    if isinstance(record, Offer):
        return "offer"
    if isinstance(record, Interest):
        return "expertise"
    return "flown" if record.status in WORKED else "element"


def _anywhere(portfolio: Portfolio, capability: str) -> bool:
    """Return whether a capability is of use at any place."""
    term = portfolio.capabilities.terms.get(capability)
    return term is not None and term.anywhere


def _same_body(portfolio: Portfolio, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two lists of destinations share a body, or one of them states none."""
    roots = [{(place, *portfolio.destinations.ancestors(place))[-1] for place in places} for places in (ours, theirs)]
    return not all(roots) or bool(roots[0] & roots[1])


def _meet(portfolio: Portfolio, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether a destination of one list lies within one of the other."""
    covers = portfolio.destinations.covers
    return any(covers(mine, other) or covers(other, mine) for mine in ours for other in theirs)
