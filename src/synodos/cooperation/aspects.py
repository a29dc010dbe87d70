"""The benefits and risks of one cooperation, each with its indicator and evidence.

The names follow C. D. Johnson, "Policy and Law Aspects of International Cooperation in Space" (IAC-11-B3.8),
sections II and VI. The indicators are ours, and narrower than the paper's notions: its payoff is a ratio of what
is reached to what is spent, its prestige includes political support and influence, and its complexity includes
duplicated staff. What the portfolio does not state reads "not stated"; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from synodos.cooperation.dependence import Dependence
from synodos.cooperation.weights import default_weights
from synodos.cooperation.windows import is_gone
from synodos.language import FLYING, Element, Mission, Policy, Portfolio, Requirement, in_terms_of

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
class Case:
    """What the indicators of one mission look at.

    Attributes
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    mission : Mission
        The mission.
    partners : tuple of str
        Agencies that take part beside its lead.
    own : tuple of Dependence
        Its dependences.
    parts : tuple of Element
        Elements that meet its requirements, directly or over other elements.
    """

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


def _payoff(case: Case) -> Aspect:
    """Return how much of what the mission requires others bring."""
    needed = case.mission.requirements
    if not needed:
        return _open("payoff", "benefit", "requirements", "the mission states no requirements")
    brought = sum(any(agency != case.mission.owner for agency in _meeting(case.portfolio, r)) for r in needed)
    goals = len(case.mission.objectives)
    served = f"; the mission serves {goals} common objective{'s' * (goals != 1)}" if goals else ""
    finding = f"{brought} of {len(needed)} requirements are met by others{served}."
    return Aspect("payoff", "benefit", finding, brought, "requirements met by others", _evidence(case))


def _meeting(portfolio: Portfolio, requirement: Requirement) -> tuple[str, ...]:
    """Return the agencies that meet a requirement."""
    found = [portfolio.provider_record(key) for key in requirement.met_by]
    owners = tuple(record.owner for record in found if record and not is_gone(record))
    return owners or ((requirement.provider,) if requirement.provider and not requirement.met_by else ())


def _shared_cost(case: Case) -> Aspect:
    """Return the share of the stated cost of the mission's parts that others carry."""
    dated = [cost.money for part in case.parts for cost in part.costs if cost.money.price_year is not None]
    if not dated:
        return _open("shared cost", "benefit", "share", "no comparable costs of the mission's parts are stated")
    terms = dated[0].currency, dated[0].price_year or 0
    amounts = [(part.owner, amount) for part in case.parts if (amount := _amount(case.portfolio, part, terms))]
    total = sum(amount for _, amount in amounts)
    if len({owner for owner, _ in amounts}) == 1 or not total:
        return _open("shared cost", "benefit", "share", "comparable costs of one agency only are stated")
    carried = sum(amount for owner, amount in amounts if owner != case.mission.owner) / total
    evidence = (case.key, *(f"element:{e.id}" for e in case.parts if e.costs))
    finding = f"Others carry {carried:.0%} of the cost stated for {len(amounts)} parts."
    return Aspect("shared cost", "benefit", finding, carried, "share", evidence)


def _amount(portfolio: Portfolio, part: Element, terms: tuple[str, int]) -> float | None:
    """Return the largest comparable cost of a part, since the others may be parts of it."""
    found = [in_terms_of(portfolio.header, cost.money, *terms) for cost in part.costs]
    return max((money.amount for money in found if money is not None), default=None)


def _expertise(case: Case) -> Aspect:
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


def _prestige(case: Case) -> Aspect:
    """Return how many states take part."""
    agencies = [case.portfolio.agencies.get(a) for a in (case.mission.owner, *case.partners)]
    states = sorted({agency.state for agency in agencies if agency and agency.state})
    bodies = [agency.id for agency in agencies if agency and agency.actor == "intergovernmental"]
    if len(states) + len(bodies) < 2:  # noqa: PLR2004 - alone, nobody is led
        return _open("prestige", "benefit", "states", "no partner from another state is stated")
    crew = {True: ", with people on board", False: ", without people on board", None: ""}[case.mission.crewed]
    finding = f"States that take part: {len(states)}; intergovernmental bodies: {len(bodies)}{crew}."
    evidence = (case.key, *(f"agency:{agency.id}" for agency in agencies if agency))
    return Aspect("prestige", "benefit", finding, len(states) + len(bodies), "states and bodies", evidence)


def _dependence(case: Case) -> Aspect:
    """Return the essential requirements that others hold."""
    essential = [item for item in case.own if item.essential]
    unknown = [item for item in case.own if item.essential is None]
    if not case.mission.requirements:
        return _open("dependence", "risk", "agencies", "the mission states no requirements")
    if unknown and not essential:
        return _open("dependence", "risk", "agencies", "whether what others bring is essential")
    agencies = list(dict.fromkeys(item.on for item in essential))
    finding = (
        f"The mission fails without {case.names(agencies)}." if agencies else "Nothing that others bring is essential."
    )
    more = f" Of {len(unknown)} more it is not known whether they are essential." if unknown else ""
    return Aspect("dependence", "risk", finding + more, len(agencies), "agencies it fails without", _evidence(case))


def _critical_path(case: Case) -> Aspect:
    """Return who holds the essential part that becomes available last; the activity network is not looked at."""
    essential = {key for item in case.own if item.essential for key in item.via}
    mine = {key for r in case.mission.requirements if r.essential for key in r.met_by}
    dated = [
        (e.available, e)
        for e in case.parts
        if e.available and not e.available.opens_early and (e.id in mine or f"element:{e.id}" in essential)
    ]
    if case.mission.status in FLYING:
        return _open("critical path", "risk", "days", "the mission flies already")
    if not dated:
        return _open("critical path", "risk", "days", "no essential part states when it is available")
    ready, last = max(dated, key=lambda pair: (pair[0].earliest, pair[1].id))
    holder = case.portfolio.agency_name(last.owner)
    planned = case.mission.planned
    margin = None if planned is None or planned.stays_open else (planned.latest - ready.earliest).days
    room = "" if margin is None else f"; the mission is planned for {planned}, so the margin is {margin} days at most"
    finding = f"{last.name} of {holder} is available last: {ready}{room}."
    return Aspect("critical path", "risk", finding, margin, "days of margin at most", (case.key, f"element:{last.id}"))


def _transaction_cost(case: Case) -> Aspect:
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


def _managerial_complexity(case: Case) -> Aspect:
    """Return how many pairs of agencies have to agree with each other."""
    count = 1 + len(case.partners)
    if count == 1:
        return _open("managerial complexity", "risk", "pairs", "no partner is stated")
    covering = [a for a in case.portfolio.agreements.values() if case.mission.id in a.covers]
    pairs = count * (count - 1) // 2
    links = len({(item.on, item.met_by) for item in case.own})
    finding = (
        f"{count} agencies make {pairs} pairs, with {links} deliveries between them and {len(covering)} agreements."
    )
    evidence = (case.key, *(f"agreement:{a.id}" for a in covering))
    return Aspect("managerial complexity", "risk", finding, pairs, "pairs of agencies", evidence)


def _technology_transfer(case: Case) -> Aspect:
    """Return what crosses a border under export control, or under a policy that restricts it."""
    listed = [e for e in case.parts if e.export_classification]
    restricting: list[Policy] = []
    easing: list[Policy] = []
    for policy in case.portfolio.policies.values():
        if policy.applies.latest >= case.portfolio.known_on and _concerns(policy, case):
            (easing if policy.bears == "eases" else restricting).append(policy)
    if not listed and not restricting:
        missing = "no part states an export classification, and no policy restricts these partners"
        return _open("technology transfer", "risk", "items and rules", missing)
    named = [f"{e.name} ({e.export_classification})" for e in listed] + [policy.name for policy in restricting]
    eased = f" Eased by: {'; '.join(policy.name for policy in easing)}." if easing else ""
    finding = f"To be looked at: {'; '.join(named)}.{eased}"
    evidence = [f"element:{e.id}" for e in listed] + [f"policy:{p.id}" for p in (*restricting, *easing)]
    return Aspect("technology transfer", "risk", finding, len(named), "items and rules", (case.key, *evidence))


def _concerns(policy: Policy, case: Case) -> bool:
    """Return whether a policy binds one who takes part about another who does, or about any partner."""
    agencies = {case.mission.owner, *case.partners}
    bound = agencies & set(policy.binds)
    if not bound or not case.partners or policy.bears == "prefers":
        return False
    return not policy.about or any(other in policy.about for other in agencies if bound != {other})


def _industrial_competitors(case: Case) -> Aspect:
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


def _perceived_failure(case: Case) -> Aspect:
    """Return what is lost in the public eye if a part without a second source fails."""
    single = [item for item in case.own if item.essential and not item.alternatives]
    gaps = [
        r for r in case.mission.requirements if r.essential and not _meeting(case.portfolio, r) and not _hidden(case, r)
    ]
    goals = len(case.mission.objectives)
    if not case.mission.requirements:
        return _open("perceived failure", "risk", "objectives", "the mission states no requirements")
    if not goals:
        return _open("perceived failure", "risk", "objectives", "the mission states no common objectives")
    weak = [f"{len(single)} essential parts of others have no second source"] if single else []
    weak += [f"{len(gaps)} essential requirements are met by nobody"] if gaps else []
    if not weak:
        finding = "No essential part of others lacks a second source, and no essential requirement is open."
        return Aspect("perceived failure", "risk", finding, 0, "objectives that may be missed", _evidence(case))
    finding = f"Objectives that may be missed: {goals}, since {' and '.join(weak)}."
    return Aspect("perceived failure", "risk", finding, goals, "objectives that may be missed", _evidence(case))


def _hidden(case: Case, requirement: Requirement) -> bool:
    """Return whether something meets a requirement that the viewer may not see."""
    return any(case.portfolio.provider_record(key) is None for key in requirement.met_by)


def _partner_funding(case: Case) -> Aspect:
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


def _missed_window(case: Case) -> Aspect:
    """Return what a missed launch period costs in time."""
    destinations = case.portfolio.destinations
    if not any(destinations.covers("mars", place) for place in case.mission.destinations):
        return _open("missed window", "risk", "days", "launch periods are known here for Mars only")
    if case.mission.status in FLYING:
        return _open("missed window", "risk", "days", "the mission flies already")
    finding = f"The next Mars launch period comes about {MARS_SYNODIC_PERIOD_DAYS:.0f} days (26 months) later."
    return Aspect("missed window", "risk", finding, MARS_SYNODIC_PERIOD_DAYS, "days lost at least", (case.key,))


def _open(name: str, side: Literal["benefit", "risk"], unit: str, missing: str) -> Aspect:
    """Return an aspect of which the portfolio says nothing."""
    return Aspect(name, side, f"{NOT_STATED}: {missing}", None, unit, ())


def _evidence(case: Case) -> tuple[str, ...]:
    """Return the mission and all that meets its requirements."""
    return tuple(dict.fromkeys([case.key, *(key for item in case.own for key in item.via)]))


INDICATORS: Final[tuple[Callable[[Case], Aspect], ...]] = (
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
