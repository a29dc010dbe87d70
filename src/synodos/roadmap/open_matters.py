"""What plans still ask for: what nobody provides, what is to be concluded, looked at, resolved or answered, by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from synodos.language import ENDED, FLYING, WITHHELD, DateRange, Element, Mission, Portfolio, Requirement

if TYPE_CHECKING:
    from synodos.law import Assessment, Finding, InstrumentNeed, Watched

MatterSort = Literal["provide", "resolve", "conclude", "attend", "answer"]
MATTER_SORTS: Final[tuple[MatterSort, ...]] = get_args(MatterSort)
"""What can be open: an essential need that nobody meets, a conflict with law, an instrument, an agreement, a fact."""
DATED: Final = frozenset({"due", "expiring"})
"""Matters of agreements that `dates_ahead` tells with their day."""
QUIET: Final = frozenset({"no-expiry", "not-closed-out", "superseded"})
"""Matters of agreements that hold nothing up."""
OF_REGISTERS: Final = frozenset({"bound", "date", "exemption"})
"""Questions that registers and dates answer, and not those who take part."""


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something that has to be done before a cooperation stands.

    Attributes
    ----------
    sort : MatterSort
        What is to be done about it.
    about : tuple of str
        Plans or agreements that it is about, as `kind:id`.
    who : tuple of str
        Agencies and states whose turn it is; the lead first.
    term : str
        The capability, type of instrument, norm, matter of the agreement, or question of law.
    by : DateRange or None
        When it is needed, as stated; None: no day is stated.
    text : str
        What else is known of it: how far what exists does, why an agreement needs attention, which norms wait.
    evidence : tuple of str
        Records as `kind:id`.
    """

    sort: MatterSort
    about: tuple[str, ...]
    who: tuple[str, ...]
    term: str
    by: DateRange | None
    text: str
    evidence: tuple[str, ...]


def open_matters(
    portfolio: Portfolio,
    missions: Collection[str],
    *,
    assessment: Assessment,
    needs: Sequence[InstrumentNeed],
    watched: Sequence[Watched],
    of: Collection[str] | None = None,
) -> tuple[OpenMatter, ...]:
    """Return what missions still ask for, apart from what `dates_ahead` tells with its day.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    missions : collection of str
        Ids of the missions.
    assessment : Assessment
        Findings of law on them (`law.assess`).
    needs : sequence of InstrumentNeed
        Instruments that they need (`law.instruments`).
    watched : sequence of Watched
        Agreements that need attention (`law.watch`): those that cover the missions or what they use count; with `of`,
        all of them.
    of : collection of str, optional
        Only what is the turn of one of these agencies and states; default: whoever's turn it is.

    Returns
    -------
    tuple of OpenMatter
        In the order of `MATTER_SORTS`; of each, what is needed first, and then what holds up most.
    """
    plans = [plan for key in missions if (plan := portfolio.missions.get(key)) and plan.status not in ENDED]
    keys = {f"mission:{plan.id}" for plan in plans}
    findings = [one for one in assessment.findings if one.activity in keys and (of is None or one.bearer in of)]
    found = [
        *_unmet(portfolio, plans),
        *_conflicts(findings),
        *_instruments(one for one in needs if one.cooperation in keys),
        *_agreements(portfolio, None if of else plans, watched),
        *_questions(findings),
    ]
    chosen = [one for one in found if of is None or not set(of).isdisjoint(one.who)]
    return tuple(sorted(chosen, key=_in_order))


def _in_order(one: OpenMatter) -> tuple[object, ...]:
    """Return where a matter stands among others."""
    dated = one.by is not None and not one.by.stays_open
    return MATTER_SORTS.index(one.sort), not dated, str(one.by), -len(one.about), one.term, one.about


def _unmet(portfolio: Portfolio, plans: Iterable[Mission]) -> Iterator[OpenMatter]:
    """Yield the essential needs that nobody is named for, of missions and of what they use."""
    lacking: dict[tuple[str, tuple[str, ...]], dict[str, tuple[DateRange | None, str]]] = {}
    for mission in plans:
        for plan, one in _requirements(portfolio, mission):
            who = tuple(dict.fromkeys([plan.owner, mission.owner]))
            if one.essential and not one.met_by and one.provider is None and WITHHELD not in who:
                found = lacking.setdefault((one.capability, who), {})
                found[f"{plan.kind}:{plan.id}"] = (one.by or mission.planned, one.note or "")
    for (capability, who), found in lacking.items():
        days = [by for by, _ in found.values() if by is not None]
        first = min(days, key=lambda by: (by.latest, by.text), default=None)
        text = next((note for _, note in found.values() if note), "")
        yield OpenMatter("provide", tuple(found), who, capability, first, text, tuple(found))


def _requirements(portfolio: Portfolio, mission: Mission) -> Iterator[tuple[Mission | Element, Requirement]]:
    """Yield what a mission that is still ahead requires, and what the building blocks that it uses need."""
    if mission.status in FLYING | ENDED:
        return
    yield from ((mission, one) for one in mission.requirements)
    used = dict.fromkeys(key for one in mission.requirements for key in one.met_by)
    for element in (portfolio.elements[key] for key in used if key in portfolio.elements):
        if element.status not in FLYING | ENDED:
            yield from ((element, one) for one in element.needs)


def _conflicts(findings: Iterable[Finding]) -> Iterator[OpenMatter]:
    """Yield the norms with which plans are in conflict on the stated facts."""
    for one in findings:
        if one.status == "breached":
            yield OpenMatter("resolve", (one.activity,), (one.bearer,), one.norm, None, "", one.evidence)


def _instruments(needs: Iterable[InstrumentNeed]) -> Iterator[OpenMatter]:
    """Yield the instruments that are missing or not known to do; of the same type between the same two as one."""
    lacking: dict[tuple[str, str, str, str], list[InstrumentNeed]] = {}
    for one in needs:
        if not one.is_met and not one.proposed:
            lacking.setdefault((one.lead, one.partner, one.rung, one.verdict), []).append(one)
    for (lead, partner, rung, verdict), of in lacking.items():
        about = tuple(one.cooperation for one in of)
        evidence = tuple(dict.fromkeys(key for one in of for key in one.evidence))
        yield OpenMatter("conclude", about, (lead, partner), rung, None, verdict, evidence)


def _agreements(
    portfolio: Portfolio, plans: Collection[Mission] | None, watched: Iterable[Watched]
) -> Iterator[OpenMatter]:
    """Yield the agreements that need attention; where plans are given, those on them or on what they use."""
    used = {plan.id for plan in plans or ()}
    used |= {key for plan in plans or () for one in plan.requirements for key in one.met_by}
    for one in watched:
        record = portfolio.agreements[one.agreement]
        if one.kind not in DATED | QUIET and (plans is None or used.intersection(record.covers)):
            key = f"agreement:{record.id}"
            by = DateRange(one.on.isoformat()) if one.on else None
            yield OpenMatter("attend", (key,), record.parties, one.kind, by, one.why, (key,))


def _questions(findings: Iterable[Finding]) -> Iterator[OpenMatter]:
    """Yield the questions of law that those who take part can answer, each once."""
    asked: dict[str, list[Finding]] = {}
    for one in findings:
        for question in dict.fromkeys(question.id for question in one.questions):
            if question not in OF_REGISTERS:
                asked.setdefault(question, []).append(one)
    for question, of in asked.items():
        about = tuple(dict.fromkeys(one.activity for one in of))
        who = tuple(dict.fromkeys(one.bearer for one in of))
        evidence = tuple(dict.fromkeys(key for one in of for key in one.evidence))
        norms = ", ".join(sorted({one.norm for one in of}))
        yield OpenMatter("answer", about, who, question, None, norms, evidence)
