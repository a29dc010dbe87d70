"""The instrument that each cooperation needs, what exists, and what is missing from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, get_args

from synodos.language import Agreement, Portfolio, load
from synodos.law.agreements import state_at
from synodos.law.catalogue import Catalogue
from synodos.law.catalogue import catalogue as shipped
from synodos.law.instruments.cooperations import Cooperation, agreed_cooperations, on_path, proposed_cooperations
from synodos.law.instruments.driving import driven
from synodos.law.instruments.ladder import Ladder, Rung, ladder
from synodos.law.situations import situations

if TYPE_CHECKING:
    from synodos.cooperation import Opportunity

Verdict = Literal["missing", "planned", "lapsed", "in-doubt", "not-binding", "too-light", "weight-not-known", "covered"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""How far what exists meets what is needed, the worst first."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, with its support.

    Attributes
    ----------
    id, text : str
        The reason and its sentence.
    sources : tuple of str
        Keys of the sources of norms.
    unverified : bool
        Whether it is general knowledge.
    """

    id: str
    text: str
    sources: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class ClauseNeed:
    """A clause that is needed, why, and whether an instrument in force has it.

    Attributes
    ----------
    clause : str
        Term of the vocabulary `clauses`.
    why : tuple of Why
        Reasons.
    present : bool or None
        Whether a covering instrument has it; None if the clauses of none of them are recorded.
    """

    clause: str
    why: tuple[Why, ...]
    present: bool | None


@dataclass(frozen=True, slots=True)
class ApprovalPath:
    """How one party comes to sign.

    Attributes
    ----------
    party : str
        The agency.
    path : str
        In words; empty if it is not known.
    unverified : bool
        Whether it is general knowledge.
    """

    party: str
    path: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class InstrumentNeed:
    """What a lead and one partner need between them for one cooperation.

    Attributes
    ----------
    cooperation, name : str
        `mission:id` or `opportunity:id`, and what it is called.
    proposed : bool
        Whether nobody agreed on it yet.
    lead, partner : str
        The two sides.
    rung : str
        Lightest type of instrument that does.
    why : tuple of Why
        What pushes it up to this rung, and the lighter reasons.
    forms : tuple of str
        Other types that may stand on that rung, such as a contract where money passes.
    clauses : tuple of ClauseNeed
        What the text has to settle.
    approvals : tuple of ApprovalPath
        The way to signature of each party.
    verdict : Verdict
        How far what exists meets the need.
    existing : tuple of (str, str)
        Agreements that cover it and have both as parties, each with its state on the day.
    umbrellas : tuple of str
        Agreements in force between both that hold common terms.
    evidence : tuple of str
        Records that the need rests on.
    """

    cooperation: str
    name: str
    proposed: bool
    lead: str
    partner: str
    rung: str
    why: tuple[Why, ...]
    forms: tuple[str, ...]
    clauses: tuple[ClauseNeed, ...]
    approvals: tuple[ApprovalPath, ...]
    verdict: Verdict
    existing: tuple[tuple[str, str], ...]
    umbrellas: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether what exists is known to do; of what may do or may not, that is an open matter."""
        return self.verdict == "covered"


def instruments(
    portfolio: Portfolio,
    proposed: Iterable[Opportunity] = (),
    scope: str | Iterable[str] | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[InstrumentNeed, ...]:
    """Return which instrument each cooperation needs between its lead and each partner abroad, and what is missing.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    proposed : iterable of Opportunity
        Opportunities to look at as well, as `cooperation.opportunities` finds them; those in which somebody would join
        a mission of another count.
    scope : str or iterable of str, optional
        Missions (by id, or as `mission:id`) or agencies; by default all.
    catalogue : Catalogue, optional
        Norms by which plans are read; the default is the catalogue that the package ships.

    Returns
    -------
    tuple of InstrumentNeed
        Agreed cooperations first, each partner by itself.

    Raises
    ------
    KeyError
        If `scope` names nothing of the portfolio.

    Notes
    -----
    That interdependence pushes the instrument up the ladder is inferred from C. D. Johnson (IAC-11-B3.8), who tells
    enhancement and interdependence apart. It has two grounds, and the reason tells which: a stated requirement that the
    mission cannot do without, and, where the activities of the mission are stated, work of the partner that is still to
    be done on the critical path.
    """
    told = situations(portfolio, catalogue or shipped(), scope)
    agreed = list(agreed_cooperations(portfolio, told))
    path = driven(portfolio, [one.id.removeprefix("mission:") for one in agreed])
    agreed = [on_path(one, path.get(one.id.removeprefix("mission:"), ())) for one in agreed]
    cooperations = [*agreed, *proposed_cooperations(portfolio, proposed, told)]
    derived = _derived(cooperations)
    return tuple(
        _need(portfolio, ladder(), one, partner, derived[number, partner])
        for number, one in enumerate(cooperations)
        for partner in one.partners
    )


Derived = Mapping[str, Mapping[str, list[str]]]
"""What was derived about one pair: `needs`, `form` and `clause_needed`, each thing with the ids of its reasons."""


def _derived(cooperations: Sequence[Cooperation]) -> Mapping[tuple[int, str], Derived]:
    """Return what follows for each cooperation and partner; all are solved at once."""
    import clingo

    found: dict[tuple[int, str], dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    if not cooperations:
        return found
    rules = files("synodos.law.instruments").joinpath("instruments.lp").read_text(encoding="utf-8")
    control = clingo.Control(["--warn=none"])
    control.add("base", [], rules + "\n".join(_atoms(cooperations)))
    control.ground([("base", [])])
    for predicate in ("needs", "form", "clause_needed"):
        for atom in control.symbolic_atoms.by_signature(predicate, 4):
            number, partner, thing, reason = atom.symbol.arguments
            things = found[number.number, partner.string][predicate]
            things.setdefault(thing.string, []).append(reason.string)
    return found


def _atoms(cooperations: Sequence[Cooperation]) -> Iterable[str]:
    """Yield every fact of every cooperation as an atom."""
    for number, one in enumerate(cooperations):
        for fact in one.situation.facts:
            arguments = "".join(f",{json.dumps(argument, ensure_ascii=False)}" for argument in fact.arguments)
            yield f"{fact.predicate}({number}{arguments})."


def _need(portfolio: Portfolio, steps: Ladder, one: Cooperation, partner: str, derived: Derived) -> InstrumentNeed:
    """Return what a lead and a partner need for one cooperation."""
    needs = derived["needs"]
    rung = max((steps.rung(name) for name in needs), key=lambda step: step.height)
    covering = _covering(portfolio, one, partner)
    alive = [agreement for agreement, state in covering if state == "in_force"]
    unpaid = _no_form_for_funds(derived, alive)
    verdict = _verdict(portfolio, steps, rung, covering)
    recorded = {clause for agreement in alive for clause in agreement.clauses}
    return InstrumentNeed(
        cooperation=one.id,
        name=one.name,
        proposed=one.proposed,
        lead=one.lead,
        partner=partner,
        rung=rung.id,
        why=_reasons(steps, [*sorted(needs, key=lambda name: -steps.rung(name).height), *unpaid], {**needs, **unpaid}),
        forms=tuple(sorted(derived.get("form", {}))),
        clauses=tuple(
            ClauseNeed(clause, _reasons(steps, [clause], {clause: reasons}), clause in recorded if recorded else None)
            for clause, reasons in derived.get("clause_needed", {}).items()
        ),
        approvals=tuple(_approval(portfolio, steps, party, rung) for party in (one.lead, partner)),
        verdict="weight-not-known" if unpaid and verdict == "covered" else verdict,
        existing=tuple((agreement.id, state) for agreement, state in covering),
        umbrellas=tuple(_umbrellas(portfolio, steps, one.lead, partner)),
        evidence=tuple(
            dict.fromkeys(
                key for fact in one.situation.facts if partner in fact.arguments for key in fact.records if key
            )
        ),
    )


def _reasons(steps: Ladder, things: Iterable[str], given: Mapping[str, Sequence[str]]) -> tuple[Why, ...]:
    """Return the reasons for things, each once."""
    ids = dict.fromkeys(reason for thing in things for reason in sorted(given[thing]))
    found = ((one, steps.reasons[one]) for one in ids)
    return tuple(Why(one, reason.text, reason.sources, reason.confidence == "unverified") for one, reason in found)


def _covering(portfolio: Portfolio, one: Cooperation, partner: str) -> list[tuple[Agreement, str]]:
    """Return the agreements on a cooperation, or on what the partner brings, that have both sides as parties."""
    plan = one.situation.activity.removeprefix("mission:")
    brought = {plan, *_brought(portfolio, plan, {one.lead, partner})}
    found = [
        agreement
        for agreement in portfolio.agreements.values()
        if brought & {*agreement.covers} and {one.lead, partner} <= {*agreement.parties}
    ]
    return [(agreement, state_at(agreement, portfolio.known_on)) for agreement in found]


def _brought(portfolio: Portfolio, mission: str, owners: set[str]) -> Iterable[str]:
    """Yield the elements of some owners that meet what a mission requires."""
    record = portfolio.missions.get(mission)
    for requirement in record.requirements if record else ():
        for target in requirement.met_by:
            element = portfolio.elements.get(target)
            if element is not None and element.owner in owners:
                yield target


def _umbrellas(portfolio: Portfolio, steps: Ladder, lead: str, partner: str) -> Iterable[str]:
    """Yield the agreements in force between both sides that hold common terms."""
    for agreement in portfolio.agreements.values():
        if (
            {lead, partner} <= {*agreement.parties}
            and steps.is_umbrella(agreement.instrument)
            and state_at(agreement, portfolio.known_on) == "in_force"
        ):
            yield agreement.id


def _approval(portfolio: Portfolio, steps: Ladder, party: str, rung: Rung) -> ApprovalPath:
    """Return the way to signature of one party."""
    agency = portfolio.agencies.get(party)
    side = agency.state if agency and agency.state else party
    found = steps.approval(party, side, rung.height)
    unverified = any(row.confidence == "unverified" for row in found)
    return ApprovalPath(party, " ".join(row.path for row in found), unverified)


def _no_form_for_funds(derived: Derived, alive: Sequence[Agreement]) -> Mapping[str, list[str]]:
    """Return why what exists may not do where money passes and nothing in force has a form that is made for it."""
    forms = {form for form, reasons in derived.get("form", {}).items() if "funds" in reasons}
    found = {one for agreement in alive for one in load("instrument-types").ancestors(agreement.instrument)}
    return {"funds": ["no-form-for-funds"]} if forms and not forms & found else {}


def _verdict(portfolio: Portfolio, steps: Ladder, rung: Rung, covering: Sequence[tuple[Agreement, str]]) -> Verdict:
    """Return how far the agreements on a cooperation meet the rung that it needs."""
    if not covering:
        return "missing"
    judged = [_judged(portfolio, steps, rung, agreement, state) for agreement, state in covering]
    return max(judged, key=VERDICTS.index)


def _judged(portfolio: Portfolio, steps: Ladder, rung: Rung, agreement: Agreement, state: str) -> Verdict:
    """Return how far one agreement meets a rung."""
    if state in ("planned", "signed", "never_concluded", "unknown"):
        return "planned" if state != "never_concluded" else "missing"
    if state != "in_force":
        return "in-doubt" if state == "in_doubt" else "lapsed"
    own = steps.rung_of(agreement.instrument)
    if agreement.binding is False and rung.binding is not False:
        return "not-binding"
    if own is None:
        return "weight-not-known"
    if own.height < rung.height:
        return "too-light"
    return "covered" if rung.binding is False or _binds(portfolio, agreement) else "weight-not-known"


def _binds(portfolio: Portfolio, agreement: Agreement) -> bool:
    """Return whether an agreement is said to bind, by its own text or as part of one above it that is in force."""
    seen: set[str] = set()
    while agreement.binding is None and agreement.parent and agreement.parent not in seen:
        seen.add(agreement.parent)
        above = portfolio.agreements.get(agreement.parent)
        if above is None or state_at(above, portfolio.known_on) != "in_force":
            return False
        agreement = above
    return agreement.binding is True
