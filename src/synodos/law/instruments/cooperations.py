"""The cooperations that may need an instrument: missions with partners, and opportunities that were found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from synodos.cooperation import Opportunity
from synodos.language import WITHHELD, Portfolio
from synodos.law.types import Fact, Situation

CROSSING = ("hardware", "software", "technical-data", "samples")


@dataclass(frozen=True, slots=True)
class Cooperation:
    """Something that a lead does with partners abroad.

    Attributes
    ----------
    id, name : str
        The mission as `mission:id`, or the opportunity as `opportunity:id`.
    lead : str
        Agency that leads, or that seeks.
    partners : tuple of str
        Partners of another state or organisation.
    situation : Situation
        What is stated about it, with `between` and what crosses between the parties.
    proposed : bool
        Whether it is an opportunity that nobody agreed on.
    """

    id: str
    name: str
    lead: str
    partners: tuple[str, ...]
    situation: Situation
    proposed: bool


def agreed_cooperations(portfolio: Portfolio, situations: Iterable[Situation]) -> Iterator[Cooperation]:
    """Yield the missions that have partners abroad."""
    crossing = _crossings(portfolio)
    for one in situations:
        lead = next((fact.arguments[0] for fact in one.facts if fact.predicate == "lead"), None)
        if lead is None or not one.activity.startswith("mission:"):
            continue
        partners = _abroad(one, lead)
        if partners:
            facts = (*one.facts, *_between(one, lead, partners, crossing))
            yield Cooperation(one.activity, one.name, lead, partners, replace(one, facts=facts), proposed=False)


def on_path(cooperation: Cooperation, facts: Iterable[Fact]) -> Cooperation:
    """Return a cooperation with who works on its critical path."""
    situation = replace(cooperation.situation, facts=(*cooperation.situation.facts, *facts))
    return replace(cooperation, situation=situation)


def proposed_cooperations(
    portfolio: Portfolio, found: Iterable[Opportunity], situations: Iterable[Situation]
) -> Iterator[Cooperation]:
    """Yield the opportunities in which one agency would join a mission of another."""
    by_activity = {one.activity: one for one in situations}
    for one in found:
        mission = next((by_activity[key] for key in one.records if key in by_activity), None)
        lead = (
            next((fact.arguments[0] for fact in mission.facts if fact.predicate == "lead"), None) if mission else None
        )
        if mission is None or lead not in one.agencies:
            continue
        partners = tuple(
            agency for agency in one.agencies if agency != lead and _side(portfolio, agency) != _side(portfolio, lead)
        )
        if partners:
            facts = (*_without_partners(mission), *_joining(portfolio, one, mission, partners))
            name = f"{mission.name}: {one.why}"
            yield Cooperation(
                f"opportunity:{one.id}", name, lead, partners, replace(mission, facts=facts), proposed=True
            )


def _side(portfolio: Portfolio, agency_id: str) -> str:
    """Return the state or organisation for which an agency stands, or the agency where that is not known."""
    agency = portfolio.agencies.get(agency_id)
    return agency.state if agency and agency.state not in (None, WITHHELD) else agency_id


def _abroad(situation: Situation, lead: str) -> tuple[str, ...]:
    """Return the participants of another side than the lead; members of an organisation agree within it."""
    states = {fact.arguments[0]: fact.arguments[1] for fact in situation.facts if fact.predicate == "national_of"}
    parties = dict.fromkeys(fact.arguments[0] for fact in situation.facts if fact.predicate == "participant")
    within = {fact.arguments for fact in situation.facts if fact.predicate == "member_state"}
    sides = {party: states.get(party, party) for party in (lead, *parties)}
    return tuple(
        party
        for party in parties
        if sides[party] != sides[lead] and not {(lead, sides[party]), (party, sides[lead])} & within
    )


def _crossings(portfolio: Portfolio) -> Mapping[tuple[str, str], list[Fact]]:
    """Return what passes for each mission between a party and any other."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for transfer in portfolio.transfers.values():
        if transfer.what is None or transfer.what in CROSSING:
            for plan in transfer.plans:
                for party in (transfer.from_agency, transfer.to_agency):
                    found[plan, party].append(Fact("hardware_crosses", (party,), (f"transfer:{transfer.id}",)))
    for payment in portfolio.payments.values():
        if payment.in_kind is False:
            for plan in payment.plans:
                for party in (payment.payer, payment.payee):
                    found[plan, party].append(Fact("funds_cross", (party,), (f"payment:{payment.id}",)))
    return found


def _between(
    situation: Situation, lead: str, partners: Iterable[str], crossing: Mapping[tuple[str, str], list[Fact]]
) -> Iterator[Fact]:
    """Yield that an instrument may be needed between the lead and each partner, and what crosses."""
    plan = situation.activity.removeprefix("mission:")
    for partner in partners:
        yield Fact("between", (partner,), (situation.activity, f"agency:{partner}", f"agency:{lead}"))
        yield from crossing.get((plan, partner), ())


def _without_partners(mission: Situation) -> Iterator[Fact]:
    """Yield the facts of a mission but for its partners and what they bring."""
    of_parties = ("partner", "interdependent", "enhancement", "agreement", "agreement_planned", "cooperation")
    lead = next(fact.arguments[0] for fact in mission.facts if fact.predicate == "lead")
    for fact in mission.facts:
        if fact.predicate in of_parties or (fact.predicate == "participant" and fact.arguments[0] != lead):
            continue
        yield fact


def _joining(portfolio: Portfolio, found: Opportunity, mission: Situation, partners: Iterable[str]) -> Iterator[Fact]:
    """Yield that partners would join a mission, and whether it would depend on them."""
    record = portfolio.missions.get(mission.activity.removeprefix("mission:"))
    covers = portfolio.capabilities.covers
    needed = [
        one
        for one in (record.requirements if record else ())
        if found.capability and (covers(one.capability, found.capability) or covers(found.capability, one.capability))
    ]
    for partner in partners:
        yield Fact("between", (partner,), found.records)
        yield Fact("participant", (partner,), found.records)
        agency = portfolio.agencies.get(partner)
        if agency and agency.state and agency.state != WITHHELD:
            yield Fact("national_of", (partner, agency.state), (f"agency:{partner}",))
        if agency and agency.actor in ("company", "non-governmental"):
            yield Fact("non_governmental", (partner,), (f"agency:{partner}",))
        if any(one.essential for one in needed):
            yield Fact("interdependent", (partner,), (mission.activity,))
