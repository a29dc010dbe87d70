"""The benefits and risks of one cooperation, each with its indicator and evidence.

The list follows C. D. Johnson, "Policy and Law Aspects of International Cooperation in Space" (IAC-11-B3.8),
sections II and VI. What the portfolio does not state reads "not stated"; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from synodos.cooperation.dependence import Dependence, dependence
from synodos.cooperation.weights import default_weights
from synodos.language import Element, Mission, Portfolio, Requirement, in_terms_of

MARS_SYNODIC_PERIOD_DAYS: Final = 779.94
"""Mean time between two Earth-Mars oppositions (NASA Mars Fact Sheet): about 26 months."""
NOT_STATED: Final = "not stated"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One benefit or risk of a cooperation.

    Attributes
    ----------
    name : str
        Its name in the field.
    side : {"benefit", "risk"}
        Whether it speaks for or against.
    finding : str
        What the portfolio says of it in one sentence, or `not stated` with what is missing.
    value : float or None
        The indicator as a number; None: not stated.
    unit : str
        Unit of the number.
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    """

    name: str
    side: Literal["benefit", "risk"]
    finding: str
    value: float | None
    unit: str
    evidence: tuple[str, ...]

    @property
    def is_stated(self) -> bool:
        """Whether the portfolio says anything of it."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Profile:
    """The benefits and risks of one mission flown together.

    Attributes
    ----------
    mission : str
        Id of the mission.
    agencies : tuple of str
        Its lead, then its partners.
    aspects : tuple of Aspect
        Benefits, then risks.
    """

    mission: str
    agencies: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Records that the answer rests on."""
        return tuple(dict.fromkeys(key for aspect in self.aspects for key in aspect.evidence))


@dataclass(frozen=True, slots=True)
class _Case:
    """What the indicators of one mission look at."""

    portfolio: Portfolio
    mission: Mission
    partners: tuple[str, ...]
    own: tuple[Dependence, ...]
    parts: tuple[Element, ...]

    def names(self, agencies: Iterable[str]) -> str:
        """Return agencies by their short names."""
        return ", ".join(self.portfolio.agency_name(agency) for agency in agencies)

    @property
    def key(self) -> str:
        """The mission as evidence."""
        return f"{Mission.kind}:{self.mission.id}"


def profile(portfolio: Portfolio, mission: str) -> Profile:
    """Return the benefits and risks of flying `mission` together.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    mission : str
        Id of the mission.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    plan = portfolio.missions[mission]
    key = f"{Mission.kind}:{mission}"
    own = tuple(item for item in dependence(portfolio, plan.owner).items if item.record == key)
    partners = dict.fromkeys([p.agency for p in plan.partners] + [item.on for item in own])
    partners.pop(plan.owner, None)
    parts = tuple(_elements(portfolio, plan.requirements))
    case = _Case(portfolio, plan, tuple(partners), own, parts)
    return Profile(mission, (plan.owner, *partners), tuple(indicator(case) for indicator in INDICATORS))


def partners_of(portfolio: Portfolio, mission: Mission) -> tuple[str, ...]:
    """Return the agencies that take part in a mission: named partners, and those that meet its requirements."""
    met = [portfolio.provider_record(key) for r in mission.requirements for key in r.met_by]
    named = [p.agency for p in mission.partners] + [record.owner for record in met if record]
    owed = [r.provider for r in mission.requirements if r.provider]
    return tuple(agency for agency in dict.fromkeys([*named, *owed]) if agency != mission.owner)


def _elements(portfolio: Portfolio, requirements: Iterable[Requirement]) -> Iterator[Element]:
    """Yield the elements that meet requirements, and what meets their needs in turn, each once."""
    pending = [key for requirement in requirements for key in requirement.met_by]
    seen: set[str] = set()
    while pending:
        key = pending.pop(0)
        element = portfolio.elements.get(key)
        if element is None or key in seen:
            continue
        seen.add(key)
        yield element
        pending.extend(inner for need in element.needs for inner in need.met_by)


def _payoff(case: _Case) -> Aspect:
    """Return what the mission serves for what its lead alone brings."""
    brought = {item.capability for item in case.own}
    needed = {r.capability for r in case.mission.requirements} | brought
    if not needed:
        return _open("payoff", "benefit", "capabilities", "the mission states no requirements")
    share = f"{len(brought)} of {len(needed)} required capabilities come from others"
    goals = len(case.mission.objectives)
    finding = f"{share}; the mission serves {goals} common objective{'s' * (goals != 1)}."
    return Aspect("payoff", "benefit", finding, len(brought), "capabilities from others", _evidence(case))


def _shared_cost(case: _Case) -> Aspect:
    """Return the share of the stated cost that partners carry."""
    amounts = [(e.owner, m) for e in case.parts if (m := _amount(case.portfolio, e)) is not None]
    amounts += [(case.mission.owner, m) for m in [_amount(case.portfolio, case.mission)] if m is not None]
    total = sum(amount for _, amount in amounts)
    if not total or len({owner for owner, _ in amounts}) < 2:  # noqa: PLR2004 - a share needs two who pay
        return _open("shared cost", "benefit", "share", "no comparable costs of two partners are stated")
    carried = sum(amount for owner, amount in amounts if owner != case.mission.owner) / total
    evidence = (case.key, *(f"element:{e.id}" for e in case.parts if e.costs))
    return Aspect(
        "shared cost", "benefit", f"Others carry {carried:.0%} of the stated cost.", carried, "share", evidence
    )


def _amount(portfolio: Portfolio, plan: Mission | Element) -> float | None:
    """Return what a plan costs, in euro of the portfolio's year; None unless every item is comparable."""
    year = portfolio.known_on.year
    found = [in_terms_of(portfolio.header, cost.money, "EUR", year) for cost in plan.costs]
    known = [money.amount for money in found if money is not None]
    return sum(known) if known and len(known) == len(found) else None


def _expertise(case: _Case) -> Aspect:
    """Return the capabilities that the lead has nowhere in the portfolio and gets from partners."""
    own = {
        term
        for table in (case.portfolio.elements, case.portfolio.missions)
        for record in table.values()
        if record.owner == case.mission.owner
        for term in record.provides
    }
    capabilities = case.portfolio.capabilities
    new = sorted({i.capability for i in case.own if not any(capabilities.covers(i.capability, term) for term in own)})
    if not case.own:
        return _open("expertise", "benefit", "capabilities", "no requirement is met by a partner")
    listed = ", ".join(capabilities.label(term) for term in new)
    finding = f"The lead states none of its own of: {listed}." if new else "The lead has all that partners bring."
    return Aspect("expertise", "benefit", finding, len(new), "capabilities new to the lead", _evidence(case))


def _prestige(case: _Case) -> Aspect:
    """Return how many states take part."""
    agencies = [case.portfolio.agencies.get(a) for a in (case.mission.owner, *case.partners)]
    states = sorted({agency.state for agency in agencies if agency and agency.state})
    bodies = [agency.id for agency in agencies if agency and agency.actor == "intergovernmental"]
    if len(states) + len(bodies) < 2:  # noqa: PLR2004 - alone, nobody is led
        return _open("prestige", "benefit", "states", "no partner from another state is stated")
    people = "with people on board" if case.mission.crewed else "without people on board"
    finding = f"{len(states)} states and {len(bodies)} intergovernmental bodies take part, {people}."
    evidence = (case.key, *(f"agency:{agency.id}" for agency in agencies if agency))
    return Aspect("prestige", "benefit", finding, len(states) + len(bodies), "states and bodies", evidence)


def _dependence(case: _Case) -> Aspect:
    """Return the essential requirements that others hold."""
    essential = [item for item in case.own if item.essential]
    if not case.own and any(r.essential is None for r in case.mission.requirements):
        return _open("dependence", "risk", "requirements", "which requirements are essential is not stated")
    if not case.mission.requirements:
        return _open("dependence", "risk", "requirements", "the mission states no requirements")
    agencies = case.names(dict.fromkeys(item.on for item in essential))
    finding = f"{len(essential)} essential requirements hang on {agencies}." if essential else "None that is essential."
    return Aspect("dependence", "risk", finding, len(essential), "essential requirements", _evidence(case))


def _critical_path(case: _Case) -> Aspect:
    """Return who holds the essential part that is ready last."""
    essential = {key for item in case.own if item.essential for key in item.via}
    mine = {key for r in case.mission.requirements if r.essential for key in r.met_by}
    dated = [
        (e.available.earliest, e)
        for e in case.parts
        if e.available and not e.available.opens_early and (e.id in mine or f"element:{e.id}" in essential)
    ]
    if not dated:
        return _open("critical path", "risk", "days", "no essential part states when it is available")
    ready, last = max(dated, key=lambda pair: (pair[0], pair[1].id))
    holder = case.portfolio.agency_name(last.owner)
    planned = case.mission.planned
    margin = (planned.latest - ready).days if planned and planned.latest != dt.date.max else None
    room = f", {margin} days before the last planned day" if margin is not None else ""
    finding = f"{last.name} of {holder} is available last, from {ready}{room}."
    return Aspect("critical path", "risk", finding, margin, "days of margin", (case.key, f"element:{last.id}"))


def _transaction_cost(case: _Case) -> Aspect:
    """Return what being several costs, by the square-root family of rules."""
    count = 1 + len(case.partners)
    if count == 1:
        return _open("transaction cost", "risk", "share", "no partner is stated")
    exponent = default_weights().parameter("collaboration-exponent")
    extra = count**exponent - 1
    finding = (
        f"About {extra:.0%} of the cost, if {count} partners cost {count}^{exponent:g} times one of them; "
        "the exponent is a default that no space data calibrate."
    )
    return Aspect("transaction cost", "risk", finding, extra, "share of cost (default)", (case.key,))


def _managerial_complexity(case: _Case) -> Aspect:
    """Return how many pairs of agencies have to agree with each other."""
    count = 1 + len(case.partners)
    if count == 1:
        return _open("managerial complexity", "risk", "pairs", "no partner is stated")
    covering = [a for a in case.portfolio.agreements.values() if case.mission.id in a.covers]
    pairs = count * (count - 1) // 2
    links = len({(item.on, item.via) for item in case.own})
    finding = (
        f"{count} agencies make {pairs} pairs, with {links} deliveries between them and {len(covering)} agreements."
    )
    evidence = (case.key, *(f"agreement:{a.id}" for a in covering))
    return Aspect("managerial complexity", "risk", finding, pairs, "pairs of agencies", evidence)


def _technology_transfer(case: _Case) -> Aspect:
    """Return what crosses a border under export control, or under a policy that restricts it."""
    listed = [e for e in case.parts if e.export_classification]
    agencies = {case.mission.owner, *case.partners}
    rules = [
        policy
        for policy in case.portfolio.policies.values()
        if policy.bears == "restricts" and agencies & set(policy.binds) and agencies & set(policy.about)
    ]
    if not listed and not rules:
        missing = "no part states an export classification, and no policy restricts these partners"
        return _open("technology transfer", "risk", "controlled items", missing)
    named = [f"{e.name} ({e.export_classification})" for e in listed] + [policy.name for policy in rules]
    evidence = (*(f"element:{e.id}" for e in listed), *(f"policy:{policy.id}" for policy in rules))
    finding = f"To be cleared: {'; '.join(named)}."
    return Aspect("technology transfer", "risk", finding, len(named), "items and rules", (case.key, *evidence))


def _industrial_competitors(case: _Case) -> Aspect:
    """Return the capabilities in which lead and partners are providers side by side."""
    provided: dict[str, set[str]] = {}
    for table in (case.portfolio.elements, case.portfolio.missions):
        for record in table.values():
            provided.setdefault(record.owner, set()).update(record.provides)
    own = provided.get(case.mission.owner, set())
    both = {partner: sorted(own & provided.get(partner, set())) for partner in case.partners}
    shared = {partner: terms for partner, terms in both.items() if terms}
    if not case.partners:
        return _open("industrial competitors", "risk", "capabilities", "no partner is stated")
    count = len({term for terms in shared.values() for term in terms})
    finding = (
        f"The lead provides {count} capabilities that {case.names(shared)} also provides."
        if shared
        else "The lead and its partners provide no capability side by side."
    )
    return Aspect("industrial competitors", "risk", finding, count, "capabilities side by side", (case.key,))


def _perceived_failure(case: _Case) -> Aspect:
    """Return what is lost in the public eye if a part without a second source fails."""
    single = [item for item in case.own if item.essential and not item.alternatives]
    gaps = [r for r in case.mission.requirements if r.essential and not r.met_by and r.provider is None]
    goals = len(case.mission.objectives)
    if not case.mission.requirements:
        return _open("perceived failure", "risk", "objectives", "the mission states no requirements")
    finding = (
        f"All {goals} objectives are lost if one of {len(single)} parts without a second source fails"
        f" or one of {len(gaps)} essential gaps stays open."
        if single or gaps
        else "No essential part lacks a second source, and no essential requirement is open."
    )
    at_stake = goals if single or gaps else 0
    return Aspect("perceived failure", "risk", finding, at_stake, "objectives at stake", _evidence(case))


def _partner_funding(case: _Case) -> Aspect:
    """Return how firmly partners stand behind their parts."""
    behind = [
        c
        for c in case.portfolio.commitments.values()
        if c.owner in case.partners and ({case.mission.id} | {e.id for e in case.parts}) & set(c.to)
    ]
    if not behind:
        return _open("partner's funding", "risk", "commitments", "no partner states a commitment")
    firm = [c for c in behind if c.level in ("budgeted", "contracted")]
    finding = f"{len(firm)} of {len(behind)} partners' commitments are budgeted or contracted: " + "; ".join(
        f"{case.portfolio.agency_name(c.owner)} {c.level}" for c in behind
    )
    evidence = tuple(f"commitment:{c.id}" for c in behind)
    return Aspect("partner's funding", "risk", finding + ".", len(firm), "firm commitments", (case.key, *evidence))


def _missed_window(case: _Case) -> Aspect:
    """Return what a missed launch period costs in time."""
    destinations = case.portfolio.destinations
    if not case.mission.destinations:
        return _open("missed window", "risk", "days", "the mission states no destination")
    if not any(destinations.covers("mars", place) for place in case.mission.destinations):
        return Aspect("missed window", "risk", "No Mars launch period applies.", 0, "days lost at least", (case.key,))
    finding = f"The next Mars launch period comes about {MARS_SYNODIC_PERIOD_DAYS:.0f} days (26 months) later."
    return Aspect("missed window", "risk", finding, MARS_SYNODIC_PERIOD_DAYS, "days lost at least", (case.key,))


def _open(name: str, side: Literal["benefit", "risk"], unit: str, missing: str) -> Aspect:
    """Return an aspect of which the portfolio says nothing."""
    return Aspect(name, side, f"{NOT_STATED}: {missing}", None, unit, ())


def _evidence(case: _Case) -> tuple[str, ...]:
    """Return the mission and all that meets its requirements."""
    return tuple(dict.fromkeys([case.key, *(key for item in case.own for key in item.via)]))


INDICATORS: Final[tuple[Callable[[_Case], Aspect], ...]] = (
    _payoff,
    _shared_cost,
    _expertise,
    _prestige,
    _dependence,
    _critical_path,
    _transaction_cost,
    _managerial_complexity,
    _technology_transfer,
    _industrial_competitors,
    _perceived_failure,
    _partner_funding,
    _missed_window,
)
