"""Taking a requirement over: one move for each provider, with what speaks for it and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from synodos.language import Agreement, Element, Interest, Mission, Offer, may_see
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.leads import LeadTime, LeadTimes
from synodos.whatif.options.providers import BASES, Provider, no_ground, proven, providers, states_alike
from synodos.whatif.options.types import AgreementStep, Move

EARLY = ("idea", "proposed", "studied", "deferred")
"""Statuses of what is no firm plan."""
HINDERING = ("restricts", "requires")
"""What a rule that is an obstacle does."""


@dataclass(frozen=True, eq=False)
class Takeovers:
    """Makes the moves that take requirements over.

    Attributes
    ----------
    case : Case
        The missions concerned.
    leads : LeadTimes
        How long things take.
    figures : Figures
        What things cost.
    """

    case: Case
    leads: LeadTimes
    figures: Figures

    def of(self, one: Open, lead: str, without: frozenset[str] = frozenset()) -> tuple[Move, ...]:
        """Return the moves that take over what a lead needs, those with fewest obstacles first, then the earliest.

        What belongs to missions that are given up (`without`) is left out.
        """
        return tuple(move for move in self._every(one, lead) if not self._falls_with(move, without))

    @cached_property
    def _known(self) -> dict[tuple[object, ...], tuple[Move, ...]]:
        """Moves that were made already."""
        return {}

    def _every(self, one: Open, lead: str) -> tuple[Move, ...]:
        """Return every move that takes a requirement over, in order."""
        key = (one.mission, one.key, one.lost, lead)
        if key not in self._known:
            found = [(provider, self._move(one, provider, lead)) for provider in providers(self.case, one)]
            found.sort(key=lambda pair: _rank(*pair))
            self._known[key] = tuple(move for _, move in found)
        return self._known[key]

    def _falls_with(self, move: Move, without: frozenset[str]) -> bool:
        """Return whether what a move uses falls with missions that are given up: one of them, or used by no other."""
        if not move.record or not without:
            return False
        record = move.record.partition(":")[2]
        users = self.leads.users_of(record)
        return record in without or (bool(users) and users <= without)

    def _move(self, one: Open, provider: Provider, lead: str) -> Move:
        """Return the move by which one provider takes it over."""
        time = self.leads.of(one, provider, lead)
        covering = self.leads.covering(one, provider, lead) if provider.agency != lead else ()
        figure = self.figures.cost_of(one, provider)
        shares = len(self.figures.shared(figure.item)) > 1
        stays = {lead, *(part.agency for part in self.case.mission(one.mission).partners)}
        late = time.decide_by is not None and time.decide_by < self.case.after.known_on
        ruled_out = self._ruled_out(one, provider)
        return Move(
            does="absorb" if provider.agency in stays else "replace",
            plan=one.holder,
            capability=one.capability,
            by=provider.agency,
            record=provider.key,
            proven=provider.proven,
            ready=time.ready,
            cost=None if figure.amount is None or shares else self.figures.money(figure.amount),
            borne_by=provider.agency,
            item=figure.item,
            missing=(figure.says,) if figure.amount is None else (),
            reasons=tuple(self._reasons(provider, covering, time, lead, late=late)),
            obstacles=tuple(self._obstacles(one, provider, covering, lead)),
            infeasible=(ruled_out,) if ruled_out else (),
            agreed_in=time.agreed_in,
            built_in=time.built_in,
            decide_by=time.decide_by,
            agreements=tuple(self._steps(one, provider, covering, time, lead)),
            records=tuple(
                dict.fromkeys(
                    key for key in (provider.key, *(f"agreement:{a.id}" for a in covering), *figure.records) if key
                )
            ),
            unverified=provider.record is not None and provider.record.rests_on_unverified,
        )

    def _ruled_out(self, one: Open, provider: Provider) -> str:
        """Return what rules a provider out; empty if nothing."""
        if self.case.took_away(provider.agency, one):
            return f"{self._name(provider.agency)} has just left it"
        return no_ground(self.case, one, provider.agency) if provider.basis == "develop" else ""

    def _reasons(
        self, provider: Provider, covering: tuple[Agreement, ...], time: LeadTime, lead: str, *, late: bool
    ) -> Iterator[str]:
        """Yield what speaks for a provider."""
        who, record = self._name(provider.agency), provider.record
        if isinstance(record, Offer):
            to = self._name(lead) if lead in record.offered_to else "others" if record.offered_to else "anyone"
            yield f"{who} offers it to {to}: {record.name}"
        elif isinstance(record, Element | Mission):
            yield f"{who} has {record.name} ({record.status})"
        elif isinstance(record, Interest):
            yield f"{who} states that it would bring it: {record.name}"
        if provider.proven:
            yield f"{who} has flown this capability at this destination"
        for agreement in covering:
            yield f"{agreement.name} ({agreement.id}) stands between {self._name(lead)} and {who} and covers it"
        yield f"there by {time.ready}, {'; '.join(time.says)}" + (
            ", which is after the date of the plan" if late else ""
        )

    def _obstacles(self, one: Open, provider: Provider, covering: tuple[Agreement, ...], lead: str) -> Iterator[str]:
        """Yield what stands in the way of a provider."""
        who, record = self._name(provider.agency), provider.record
        if not provider.proven and proven(self.case.after, provider.agency, one.capability, self._place(one)):
            yield f"{who} has flown this capability, but not with what it would use"
        elif not provider.proven:
            where = " and ".join(self.case.after.destinations.label(place) for place in self._where(one))
            yield f"nothing of {who} that has flown this capability{f' to {where}' if where else ''} is stated"
        if record is None:
            yield f"{who} states nothing that provides it: it has to be developed"
            if provider.agency != lead:
                yield f"that {who} would take it on is stated nowhere"
            if provider.agency != lead and not states_alike(self.case, one, provider.agency):
                yield f"{who} states nothing like it; that its agreement on the mission is ground enough is a judgement"
        elif isinstance(record, Interest):
            yield f"{who} states expertise, and no system that provides it"
        elif isinstance(record, Element | Mission) and record.status in EARLY:
            yield f"{record.name} is no firm plan ({record.status})"
        if isinstance(record, Offer) and record.offered_to and lead not in record.offered_to:
            yield f"{record.name} is offered to others, not to {self._name(lead)}"
        yield from self._of_use(one, provider)
        yield from self._of_rules(provider, lead)
        if provider.agency != lead:
            yield from self._of_agreement(covering, lead, who)

    def _of_use(self, one: Open, provider: Provider) -> Iterator[str]:
        """Yield obstacles of time, capacity, interface and releasability."""
        record, needed = provider.record, self.leads.needed(one)
        if record is None:
            return
        stated = record.available if isinstance(record, Element | Offer) else None
        if stated is not None and needed is not None and stated.latest < needed:
            yield f"{record.name} is stated for {stated.text}; it is needed on {needed}"
        others = self.leads.serves_others(one, provider)
        if others:
            yield f"{record.name} serves {', '.join(others)}; a further one would be needed"
        wanted = one.requirement.interface
        follows = {side.standard for side in record.interfaces} if isinstance(record, Element | Offer) else set()
        if wanted is not None and wanted not in follows:
            label = self.case.after.vocabularies["interface-standards"].label(wanted)
            yield f"interface not stated: {record.name} would have to follow {label}"
        lead = self.case.mission(one.mission).owner
        agency = self.case.after.agencies.get(lead)
        if not may_see(lead, record, member=agency is not None and agency.member_since is not None):
            yield f"{record.name} is not released to {self._name(lead)}"

    def _of_rules(self, provider: Provider, lead: str) -> Iterator[str]:
        """Yield the policies that stand between the lead and a provider."""
        if provider.agency == lead:
            return
        for policy in self.case.after.policies.values():
            if policy.bears not in HINDERING or policy.applies.latest < self.case.after.known_on:
                continue
            pairs = ((lead, provider.agency), (provider.agency, lead))
            if any(mine in policy.binds and (not policy.about or theirs in policy.about) for mine, theirs in pairs):
                yield f"{'rule' if policy.bears == 'restricts' else 'condition'}: {policy.name}"

    def _of_agreement(self, covering: tuple[Agreement, ...], lead: str, who: str) -> Iterator[str]:
        """Yield what is missing between the lead and a provider."""
        if not covering:
            yield f"no agreement in force between {self._name(lead)} and {who} covers it"
        elif not any(agreement.binding for agreement in covering):
            yield f"what stands between {self._name(lead)} and {who} is not known to bind"

    def _steps(
        self, one: Open, provider: Provider, covering: tuple[Agreement, ...], time: LeadTime, lead: str
    ) -> Iterator[AgreementStep]:
        """Yield what has to be signed or decided."""
        mission = self.case.mission(one.mission)
        label = self.case.after.capabilities.label(one.capability)
        if provider.agency == lead:
            why = f"{self._name(lead)} decides to bring {label} for {mission.name} itself"
            yield AgreementStep("decide", "", (lead,), time.sign_by, why, begin_by=time.decide_by)
        elif covering:
            why = f"it covers {mission.name}; {label} by {self._name(provider.agency)} is put under it"
            for agreement in covering:
                key = (f"agreement:{agreement.id}",)
                yield AgreementStep(
                    "amend", agreement.id, (lead, provider.agency), time.sign_by, why, (), key, time.decide_by
                )
        else:
            why = f"nothing in force covers {label} by {self._name(provider.agency)} for {mission.name}"
            yield AgreementStep("conclude", "", (lead, provider.agency), time.sign_by, why, begin_by=time.decide_by)

    def _place(self, one: Open) -> tuple[str, ...]:
        """Return the destinations of the mission that needs it."""
        return self.case.mission(one.mission).destinations

    def _where(self, one: Open) -> tuple[str, ...]:
        """Return the destinations at which it is needed; none for what is of use anywhere."""
        term = self.case.after.capabilities.terms.get(one.capability)
        return () if term is not None and term.anywhere else self._place(one)

    def _name(self, agency: str) -> str:
        """Return the short name of an agency."""
        return self.case.after.agency_name(agency)


def descoping(case: Case, one: Open) -> Move | None:
    """Return the move that leaves a requirement out; None where the mission cannot do without it."""
    if one.essential:
        return None
    doubt = () if one.essential is False else ("whether the mission can do without it is not known",)
    label = case.after.capabilities.label(one.capability)
    return Move(
        does="descope",
        plan=one.holder,
        capability=one.capability,
        by=case.mission(one.mission).owner,
        reasons=(f"{case.mission(one.mission).name} flies without {label}",) if not doubt else (),
        obstacles=doubt,
        records=(f"mission:{one.mission}",),
    )


def late_moves(case: Case, one: Open, takeovers: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return the moves for a requirement that is met late: to wait for it, and to prepare a substitute beside it.

    A substitute that is there no earlier is no hedge.
    """
    if one.comes is None:
        return ()
    who = case.after.agency_name(one.leaver)
    label = case.after.capabilities.label(one.capability)
    wait = Move(
        does="wait",
        plan=one.holder,
        capability=one.capability,
        by=one.leaver,
        record=one.lost[0],
        ready=one.comes,
        reasons=(f"{who} still brings {label}, in the middle of what is stated by {one.comes}",),
        records=one.lost,
    )
    hedges = (
        replace(
            move,
            does="hedge",
            reasons=(
                f"{who} goes on with {label}, and {case.after.agency_name(move.by)} is ready beside it",
                *move.reasons,
            ),
            obstacles=(*move.obstacles, f"both what {who} brings and the substitute have to be paid for"),
            records=(*one.lost, *move.records),
        )
        for move in takeovers
        if move.ready is not None and move.ready < one.comes and move.feasible
    )
    return (wait, *hedges)


def by_requirement(moves: Mapping[tuple[str, int], tuple[Move, ...]]) -> dict[tuple[str, str], tuple[Move, ...]]:
    """Return moves by plan and capability, those of several like requirements together."""
    found: dict[tuple[str, str], dict[Move, None]] = {}
    for (holder, _), options in moves.items():
        for move in options:
            found.setdefault((holder, move.capability), {})[move] = None
    return {key: tuple(options) for key, options in found.items()}


def _rank(provider: Provider, move: Move) -> tuple[object, ...]:
    """Return the place of a move among those that take one requirement over."""
    basis = BASES.index(provider.basis)
    return (not move.feasible, len(move.obstacles), move.ready, basis, move.by, move.record)
