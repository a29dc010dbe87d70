"""Who depends on whom, for what, and how badly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from synodos.cooperation.providers import Providers
from synodos.cooperation.windows import is_gone
from synodos.language import ENDED, WITHHELD, DateRange, Element, Mission, Offer, Portfolio, Requirement

Provided = Element | Mission | Offer

URGENCY: Final = {True: 2, None: 1, False: 0}
"""How much a chain weighs that is essential, not known to be, or not."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """One requirement of one plan that another agency meets.

    Attributes
    ----------
    dependent, on : str
        Agency that depends, and agency on which it depends (`withheld` where the viewer may not know it).
    record : str
        Plan whose requirement it is, as `kind:id`: a mission, or an element that no mission of its agency uses.
    capability : str
        What is required.
    essential : bool or None
        Whether the plan fails without it; None: not known. Over a chain: only if every link is essential.
    via : tuple of str
        What leads to the agency, as `kind:id`, from the plan outwards; last what meets the requirement, if it is named.
    met_by : str
        What meets the requirement, as `kind:id`; empty where only the agency is named.
    by : DateRange or None
        When it has to be there.
    alternatives : tuple of str
        Other agencies that provide the capability there and then, the dependent itself among them if it does.
    inferred : bool
        Whether a requirement on the chain is inferred, and not stated by a source.
    unverified : bool
        Whether a record on the chain rests on general knowledge.
    """

    dependent: str
    on: str
    record: str
    capability: str
    essential: bool | None
    via: tuple[str, ...]
    met_by: str
    by: DateRange | None
    alternatives: tuple[str, ...]
    inferred: bool
    unverified: bool

    @property
    def form(self) -> Literal["interdependence", "enhancement", "not known"]:
        """Interdependence if essential, enhancement if not (Johnson, IAC-11-B3.8, section II)."""
        if self.essential is None:
            return "not known"
        return "interdependence" if self.essential else "enhancement"

    @property
    def evidence(self) -> tuple[str, ...]:
        """Records that it rests on."""
        return (self.record, *self.via)


@dataclass(frozen=True, slots=True)
class AgencyDependence:
    """How much of one agency's programme hangs on others.

    Attributes
    ----------
    agency : str
        The agency.
    missions : int
        Missions that it leads and that are still ahead or at work.
    hanging : tuple of str
        Ids of those that fail without another agency.
    depends_on : tuple of (str, int)
        Agencies it depends on, with the number of essential requirements, most first.
    relied_on_by : tuple of (str, int)
        Agencies that depend on it, likewise.
    unverified : bool
        Whether any of this rests on general knowledge.
    """

    agency: str
    missions: int
    hanging: tuple[str, ...]
    depends_on: tuple[tuple[str, int], ...]
    relied_on_by: tuple[tuple[str, int], ...]
    unverified: bool

    @property
    def share(self) -> float | None:
        """Share of its missions that fail without another agency, 0 to 1; None if it leads no mission."""
        return len(self.hanging) / self.missions if self.missions else None


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Something without a second source whose loss stops missions of other agencies.

    Attributes
    ----------
    provider : str
        Agency that provides it.
    record : str
        What it is, as `kind:id`; empty where only the agency is named.
    capability : str
        What it provides.
    missions : tuple of str
        Plans that fail without it, as `kind:id`.
    agencies : tuple of str
        Agencies that lead them.
    unverified : bool
        Whether any of this rests on general knowledge.
    """

    provider: str
    record: str
    capability: str
    missions: tuple[str, ...]
    agencies: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True)
class Dependences:
    """Every dependence of a portfolio, and what follows from them.

    Attributes
    ----------
    items : tuple of Dependence
        Essential ones first, then by agency and plan.
    agencies : tuple of AgencyDependence
        Every agency that leads a mission or is depended on, the most dependent first.
    single_points : tuple of SinglePoint
        Those that stop most missions first.
    """

    items: tuple[Dependence, ...]
    agencies: tuple[AgencyDependence, ...]
    single_points: tuple[SinglePoint, ...]

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """Records that the answer rests on."""
        return tuple(dict.fromkeys(key for item in self.items for key in item.evidence))


def dependence(portfolio: Portfolio, for_agency: str | None = None) -> Dependences:
    """Return who depends on whom, for which requirement of which plan.

    A requirement met by another agency's element is a dependence; one that is met by an element whose own needs
    another agency meets is a dependence too, over that element. Plans that are completed, cancelled or lost
    depend on nothing, and what is cancelled or lost meets nothing. Left out are what an enhancement needs in turn
    (the plan flies without it), what a provider needs from itself, and contractors: who builds or runs an
    agency's own element for it is that agency's business.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    for_agency : str, optional
        Narrow to dependences of and on this agency.
    """
    providers = Providers(portfolio)
    found = [
        item
        for plan in _plans(portfolio)
        for item in _of_plan(portfolio, providers, plan)
        if for_agency is None or for_agency in (item.dependent, item.on)
    ]
    items = tuple(sorted(set(found), key=_rank))
    return Dependences(items, _by_agency(portfolio, items, for_agency), _single_points(items))


def _rank(item: Dependence) -> tuple[object, ...]:
    """Return the place of a dependence in the list: the most urgent first, equal ones in the order of their texts."""
    what = (item.dependent, item.on, item.record, item.capability, item.via, item.met_by)
    return (-URGENCY[item.essential], len(item.alternatives), *what, str(item.by), item.inferred, item.unverified)


def _plans(portfolio: Portfolio) -> Iterator[Mission | Element]:
    """Yield what is not over of the missions, and of the elements that no mission of their own agency uses."""
    used = {
        (mission.owner, key)
        for mission in portfolio.missions.values()
        for r in mission.requirements
        for key in r.met_by
    }
    for mission in portfolio.missions.values():
        if mission.status not in ENDED:
            yield mission
    for element in portfolio.elements.values():
        if element.status not in ENDED and (element.owner, element.id) not in used:
            yield element


@dataclass(frozen=True, slots=True)
class _Link:
    """A requirement to be followed, and how the plan came to it."""

    requirement: Requirement
    essential: bool | None
    inferred: bool
    chain: tuple[Provided, ...]


def _of_plan(portfolio: Portfolio, providers: Providers, plan: Mission | Element) -> Iterator[Dependence]:
    """Yield the dependences of one plan, directly and over the elements that it uses."""
    pending = [_Link(r, r.essential, r.basis == "inferred", ()) for r in _needed(plan)]
    followed: dict[str, int] = {plan.id: max(URGENCY.values())}
    while pending:
        link = pending.pop(0)
        for provider, met_by in _met(portfolio, link.requirement):
            if met_by in (plan, *link.chain):
                continue
            if provider not in (plan.owner, *(record.owner for record in link.chain)):
                yield _dependence(providers, plan, link, provider, met_by)
            urgency = URGENCY[link.essential]
            if isinstance(met_by, Element | Mission) and urgency > followed.get(met_by.id, 0):
                followed[met_by.id] = urgency  # again only where a chain weighs more than the one before
                chain = (*link.chain, met_by)
                pending.extend(
                    _Link(r, _over(link.essential, r.essential), link.inferred or r.basis == "inferred", chain)
                    for r in _needed(met_by)
                )


def _dependence(
    providers: Providers, plan: Mission | Element, link: _Link, provider: str, met_by: Provided | None
) -> Dependence:
    """Return the dependence of a plan on the provider at the end of a chain."""
    due = plan.planned if isinstance(plan, Mission) else plan.available
    by = link.requirement.by or due
    chain = (*link.chain, met_by) if met_by else link.chain
    capability = link.requirement.capability
    return Dependence(
        dependent=plan.owner,
        on=provider,
        record=_key(plan),
        capability=capability,
        essential=link.essential,
        via=tuple(map(_key, chain)),
        met_by=_key(met_by) if met_by else "",
        by=by,
        alternatives=providers.of(capability, plan.destinations, by, without=provider),
        inferred=link.inferred,
        unverified=any(record.rests_on_unverified for record in (plan, *chain)),
    )


def _key(record: Provided) -> str:
    """Return a record as evidence names it."""
    return f"{record.kind}:{record.id}"


def _needed(plan: Mission | Element) -> tuple[Requirement, ...]:
    """Return what a mission or an element requires."""
    return plan.requirements if isinstance(plan, Mission) else plan.needs


def _met(portfolio: Portfolio, requirement: Requirement) -> Iterator[tuple[str, Provided | None]]:
    """Yield who meets a requirement, and with what; what is cancelled or lost meets nothing."""
    for key in requirement.met_by:
        met_by = portfolio.provider_record(key)
        if not is_gone(met_by):
            yield (met_by.owner if met_by else WITHHELD), met_by
    if not requirement.met_by and requirement.provider is not None:
        yield requirement.provider, None


def _over(*essential: bool | None) -> bool | None:
    """Return whether a chain of links is essential: only if all are; not known if one is not known and none fails."""
    if False in essential:
        return False
    return None if None in essential else True


def _by_agency(
    portfolio: Portfolio, items: tuple[Dependence, ...], for_agency: str | None
) -> tuple[AgencyDependence, ...]:
    """Return how much of each agency's programme hangs on others."""
    led = Counter(m.owner for m in portfolio.missions.values() if m.status not in ENDED)
    hanging: dict[str, set[str]] = defaultdict(set)
    on: dict[str, Counter[str]] = defaultdict(Counter)
    relied: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        kind, _, key = item.record.partition(":")
        if item.essential:
            on[item.dependent][item.on] += 1
            relied[item.on][item.dependent] += 1
            if kind == Mission.kind:
                hanging[item.dependent].add(key)
    doubtful = {agency for item in items if item.essential and item.unverified for agency in (item.dependent, item.on)}
    named = (led.keys() | on.keys() | relied.keys()) - {WITHHELD}
    rows = [
        AgencyDependence(
            agency,
            led[agency],
            tuple(sorted(hanging[agency])),
            _most_first(on[agency]),
            _most_first(relied[agency]),
            agency in doubtful,
        )
        for agency in named
        if for_agency in (None, agency)
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.share or 0), -row.missions, row.agency)))


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts with the largest first."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _single_points(items: tuple[Dependence, ...]) -> tuple[SinglePoint, ...]:
    """Return what has no second source and stops missions of other agencies."""
    struck: dict[tuple[str, str, str], list[Dependence]] = defaultdict(list)
    for item in items:
        if item.essential and not item.alternatives and item.on != WITHHELD:
            struck[item.on, item.met_by, item.capability].append(item)
    points = [
        SinglePoint(
            provider,
            record,
            capability,
            tuple(sorted({item.record for item in group})),
            tuple(sorted({item.dependent for item in group})),
            any(item.unverified for item in group),
        )
        for (provider, record, capability), group in struck.items()
    ]
    return tuple(sorted(points, key=lambda p: (-len(p.missions), -len(p.agencies), p.provider, p.record, p.capability)))
