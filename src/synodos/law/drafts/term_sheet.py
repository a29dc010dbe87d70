"""A first term sheet for a cooperation: what the portfolio knows of it, and what the parties have to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from synodos.language import WITHHELD, Cost, DateRange, Element, Mission, Offer, Part, Portfolio, load
from synodos.law.assessing import party_names
from synodos.law.instruments import ClauseNeed, InstrumentNeed, instruments
from synodos.law.types import Assessment, Finding


class ClauseText(Part):
    """What one clause has to settle."""

    settle: str
    """What is to be settled."""
    choices: tuple[str, ...] = ()
    """Choices that are usual."""
    usual: str | None = None
    """What is usually agreed."""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    """Keys of the sources of the norms."""
    confidence: Literal["read", "secondary", "computed", "unverified"]
    """How well it is supported."""


class ClauseTexts(Part):
    """What `clauses.yaml` holds."""

    format: Literal["synodos-clauses"]
    version: Literal[1]
    clauses: dict[str, ClauseText]
    """By terms of the vocabulary `clauses`."""


@cache
def clause_texts() -> ClauseTexts:
    """Return what each clause has to settle."""
    text = files("synodos.law.drafts").joinpath("clauses.yaml").read_text(encoding="utf-8")
    return ClauseTexts.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one party brings.

    Attributes
    ----------
    party : str
        The agency.
    what : str
        Element, role or capability, in words.
    by : DateRange or None
        When it is owed.
    essential : bool or None
        Whether the mission fails without it; None if not stated.
    interface : str
        Interface standard that it follows; empty if none is stated.
    record : str
        Record that says it, as `kind:id`.
    """

    party: str
    what: str
    by: DateRange | None
    essential: bool | None
    interface: str
    record: str


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause of the checklist.

    Attributes
    ----------
    clause, label : str
        The term, and what it is called.
    settle, usual : str
        What has to be settled, and what is usual; empty if nothing is known to be.
    choices : tuple of str
        Choices to make.
    why : tuple of str
        Reasons why it is needed.
    present : bool or None
        Whether an instrument in force has it already; None if that is not recorded.
    unverified : bool
        Whether what is usual rests on general knowledge.
    """

    clause: str
    label: str
    settle: str
    usual: str
    choices: tuple[str, ...]
    why: tuple[str, ...]
    present: bool | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A first text for counsel: no agreement, and no advice.

    Attributes
    ----------
    mission, name : str
        The mission and what it is called.
    parties : tuple of str
        Lead first.
    needs : tuple of InstrumentNeed
        The instrument that each partner needs with the lead.
    purpose : tuple of str
        Aims of the mission as stated.
    deliveries : tuple of Delivery
        Who brings what.
    unowed : tuple of str
        Capabilities that the mission requires and that nobody is named for.
    costs : tuple of (str, Cost)
        What each party states that its part costs, or the money behind it; the record as `kind:id`.
    planned, ends : DateRange or None
        When it flies and ends.
    clauses : tuple of ClauseChoice
        The checklist.
    open : tuple of Finding
        Findings that are in conflict or wait for an answer.
    blanks : tuple of str
        What the portfolio does not say.
    """

    mission: str
    name: str
    parties: tuple[str, ...]
    needs: tuple[InstrumentNeed, ...]
    purpose: tuple[str, ...]
    deliveries: tuple[Delivery, ...]
    unowed: tuple[str, ...]
    costs: tuple[tuple[str, Cost], ...]
    planned: DateRange | None
    ends: DateRange | None
    clauses: tuple[ClauseChoice, ...]
    open: tuple[Finding, ...]
    blanks: tuple[str, ...]


def term_sheet(portfolio: Portfolio, mission_id: str, assessment: Assessment | None = None) -> TermSheet:
    """Return what a first term sheet for a mission would hold.

    Parameters
    ----------
    portfolio : Portfolio
        What is known, as the viewer may see it.
    mission_id : str
        A mission with partners abroad.
    assessment : Assessment, optional
        Findings, of which those on this mission that are open are listed.

    Returns
    -------
    TermSheet
        Filled from the records; what they do not say is listed as blanks.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    ValueError
        If the mission has no partner abroad, so that there is nothing to agree on.
    """
    mission = portfolio.missions[mission_id]
    needs = instruments(portfolio, scope=f"mission:{mission_id}")
    if not needs:
        message = f"mission {mission_id}: found no partner of another state or organisation, expected at least one"
        raise ValueError(message)
    parties = tuple(dict.fromkeys((needs[0].lead, *(need.partner for need in needs))))
    deliveries = tuple(_deliveries(portfolio, mission))
    costs = tuple(_costs(portfolio, mission, parties))
    found = [one for one in assessment.findings if one.activity == f"mission:{mission_id}"] if assessment else []
    return TermSheet(
        mission=mission_id,
        name=mission.name,
        parties=parties,
        needs=needs,
        purpose=mission.aims,
        deliveries=deliveries,
        unowed=tuple(
            portfolio.capabilities.terms[one.capability].label
            for one in mission.requirements
            if not one.met_by and one.provider is None
        ),
        costs=costs,
        planned=mission.planned,
        ends=mission.ends,
        clauses=tuple(_checklist(needs)),
        open=tuple(one for one in found if one.status in ("breached", "needs_determination")),
        blanks=tuple(_blanks(party_names(portfolio), mission, parties, deliveries, costs)),
    )


def _deliveries(portfolio: Portfolio, mission: Mission) -> Iterator[Delivery]:
    """Yield who brings what: roles of partners, then what meets each requirement."""
    for part in mission.partners:
        if part.agency != WITHHELD and part.role:
            yield Delivery(part.agency, part.role, mission.planned, None, "", f"mission:{mission.id}")
    for one in mission.requirements:
        label = portfolio.capabilities.terms[one.capability].label
        by, interface = one.by or mission.planned, one.interface or ""
        for target in one.met_by:
            record = _provider(portfolio, target)
            if record is not None and record.owner != WITHHELD:
                key = f"{record.kind}:{record.id}"
                yield Delivery(record.owner, f"{record.name} ({label})", by, one.essential, interface, key)
        if not one.met_by and one.provider not in (None, WITHHELD):
            yield Delivery(str(one.provider), label, by, one.essential, interface, f"mission:{mission.id}")


def _provider(portfolio: Portfolio, target: str) -> Element | Mission | Offer | None:
    """Return the record that meets a requirement, as far as it is known."""
    return portfolio.elements.get(target) or portfolio.missions.get(target) or portfolio.offers.get(target)


def _costs(portfolio: Portfolio, mission: Mission, parties: Iterable[str]) -> Iterator[tuple[str, Cost]]:
    """Yield the stated costs of the mission, and the money that the parties put behind it."""
    for cost in mission.costs:
        yield f"mission:{mission.id}", cost
    for commitment in portfolio.commitments.values():
        if mission.id in commitment.to and commitment.owner in parties:
            for cost in commitment.funding:
                yield f"commitment:{commitment.id}", cost


def _checklist(needs: Iterable[InstrumentNeed]) -> Iterator[ClauseChoice]:
    """Yield every clause that one of the partners needs, in the order of the vocabulary."""
    wanted: dict[str, list[ClauseNeed]] = {}
    for need in needs:
        for clause in need.clauses:
            wanted.setdefault(clause.clause, []).append(clause)
    for term in load("clauses").terms.values():
        if term.id not in wanted:
            continue
        text = clause_texts().clauses[term.id]
        found = {one.present for one in wanted[term.id]}
        yield ClauseChoice(
            clause=term.id,
            label=term.label,
            settle=text.settle,
            usual=text.usual or "",
            choices=text.choices,
            why=tuple(dict.fromkeys(why.text for clause in wanted[term.id] for why in clause.why)),
            present=found.pop() if len(found) == 1 else False,
            unverified=text.confidence == "unverified",
        )


def _blanks(
    name: Callable[[str], str],
    mission: Mission,
    parties: Iterable[str],
    deliveries: Iterable[Delivery],
    costs: Iterable[tuple[str, Cost]],
) -> Iterator[str]:
    """Yield what the portfolio does not say and a text needs."""
    bringing = {one.party for one in deliveries}
    for party in parties:
        if party not in bringing and party != mission.owner:
            yield f"what {name(party)} brings"
    if mission.planned is None:
        yield "when it flies"
    if mission.ends is None:
        yield "when it ends"
    if not mission.aims and not mission.objectives:
        yield "what it is for"
    if not tuple(costs):
        yield "what each part costs"
    yield "who signs for each party"
    yield "points of contact"
