"""What an option needs signed, amended, decided or licensed, and what law finds in its way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from synodos.language import Portfolio
from synodos.law import Finding, InstrumentNeed, assess, catalogue, instruments, party_names, status_words
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.combinations import Partial
from synodos.whatif.options.types import TAKES_OVER, AgreementStep, Move

OPEN = ("breached", "needs_determination")
"""Statuses of findings that stand in the way."""


def steps(
    case: Case, chosen: Partial, settled: Sequence[tuple[Open, Move]], moved: Portfolio
) -> tuple[AgreementStep, ...]:
    """Return what has to be signed, amended, decided or licensed, the earliest first.

    Between the lead and each agency that takes something over the rules of `law.instruments` decide on the portfolio
    with the moves made. A lead's own decision on a mission is amended where what is essential changes hands.
    """
    missions = [key for key in case.missions if key not in chosen.given_up and key not in chosen.merged]
    taken = [(one, move) for one, move in settled if move.does in TAKES_OVER]
    needs = instruments(moved, scope=[f"mission:{key}" for key in missions]) if missions and taken else ()
    found = [*_between(case, chosen, taken, needs), *_own_decisions(case, chosen, taken)]
    return tuple(sorted(found, key=lambda step: (step.by or dt.date.max, step.does, step.parties, step.why)))


def _between(
    case: Case, chosen: Partial, taken: Sequence[tuple[Open, Move]], needs: Iterable[InstrumentNeed]
) -> Iterator[AgreementStep]:
    """Yield what is needed between leads and those who take something over."""
    needed = {(need.cooperation, need.lead, need.partner): need for need in needs}
    moves: dict[tuple[str, str, str], list[Move]] = defaultdict(list)
    for one, move in taken:
        mission = chosen.merged.get(one.mission, one.mission)
        moves[f"mission:{mission}", chosen.leads[mission], move.by].append(move)
    for (mission, lead, partner), given in moves.items():
        if partner == lead:
            continue
        need = needed.get((mission, lead, partner))
        if need is None:  # of one side with the lead: they agree within it
            yield from (step for move in given for step in move.agreements)
            continue
        yield from _of_need(case, need, given)


def _of_need(case: Case, need: InstrumentNeed, given: Sequence[Move]) -> Iterator[AgreementStep]:
    """Yield the steps that one need for an instrument asks for."""
    signed = [step for move in given for step in move.agreements]
    by, begin_by = _first(step.by for step in signed), _first(step.begin_by for step in signed)
    brings = ", ".join(dict.fromkeys(case.after.capabilities.label(move.capability) for move in given))
    partner, lead = case.after.agency_name(need.partner), case.after.agency_name(need.lead)
    reason = need.why[0].text if need.why else ""
    open_clauses = tuple(one.clause for one in need.clauses if not one.present)
    alive = [key for key, state in need.existing if state == "in_force"]
    parties = (need.lead, need.partner)
    if need.verdict == "weight-not-known" and alive:
        why = f"{', '.join(alive)} covers {need.name}, and has to carry {brings} by {partner}. {reason}"
        records = tuple(f"agreement:{key}" for key in alive)
        yield AgreementStep("amend", alive[0], parties, by, why, open_clauses, records, begin_by)
    elif not need.is_met:
        why = f"{brings} by {partner} for {need.name}: {_verdict_words(need.verdict)}. {reason}"
        yield AgreementStep("conclude", need.rung, parties, by, why, open_clauses, need.evidence, begin_by)
    crossing = next((one for one in need.clauses if one.clause == "export-control"), None)
    if crossing is not None:
        text = crossing.why[0].text if crossing.why else ""
        why = f"hardware or technical data pass between {lead} and {partner} for {need.name}. {text}"
        yield AgreementStep("licence", "export-control", parties, by, why, (), need.evidence, begin_by)


def _own_decisions(case: Case, chosen: Partial, taken: Sequence[tuple[Open, Move]]) -> Iterator[AgreementStep]:
    """Yield the decisions of leads on their own programmes."""
    due: dict[str, list[AgreementStep]] = defaultdict(list)
    changed = {one.mission for one, move in taken if one.essential} | set(chosen.given_up) | set(chosen.merged)
    for one, move in taken:
        due[one.mission] += move.agreements
    done: set[str] = set()
    for key in sorted(changed):
        lead = case.mission(key).owner
        for agreement in case.agreements(key, lead):
            if set(agreement.parties) == {lead} and agreement.id not in done:
                done.add(agreement.id)
                steps = [step for plan in agreement.covers for step in due.get(plan, ())]
                by, begin_by = _first(step.by for step in steps), _first(step.begin_by for step in steps)
                why = f"{agreement.name} covers {case.mission(key).name}, of which an essential part changes"
                key_of = (f"agreement:{agreement.id}",)
                yield AgreementStep("amend", agreement.id, (lead,), by, why, (), key_of, begin_by)


def _first(days: Iterable[dt.date | None]) -> dt.date | None:
    """Return the first of the days that are known."""
    return min((day for day in days if day is not None), default=None)


def found_by_law(
    case: Case, moved: Portfolio, chosen: Partial, known: frozenset[tuple[str, str, str]]
) -> tuple[str, ...]:
    """Return the findings that appear with the moves and are in conflict or open, by norm, in words."""
    missions = [f"mission:{key}" for key in case.missions if key not in chosen.given_up and key not in chosen.merged]
    added = [f"transfer:{key}" for key in moved.transfers if key not in case.after.transfers]
    if not missions:
        return ()
    fresh: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in assess(moved, scope=[*missions, *added]).findings:
        if finding.status in OPEN and (finding.norm, finding.activity, finding.bearer) not in known:
            fresh[finding.norm, finding.status].append(finding)
    names = party_names(moved)
    return tuple(_told(norm, group, names) for (norm, _), group in sorted(fresh.items()))


def known_findings(portfolio: Portfolio, missions: Iterable[str]) -> frozenset[tuple[str, str, str]]:
    """Return norm, activity and bearer of the findings that are in conflict or open already."""
    scope = [f"mission:{key}" for key in missions]
    found = assess(portfolio, scope=scope).findings if scope else ()
    return frozenset((one.norm, one.activity, one.bearer) for one in found if one.status in OPEN)


def _told(norm: str, group: Sequence[Finding], names: Callable[[str], str]) -> str:
    """Return the findings of one norm in words."""
    bearers = ", ".join(dict.fromkeys(names(one.bearer) for one in group))
    asked = next((question.text for one in group for question in one.questions), "")
    title = catalogue().norms[norm].title if norm in catalogue().norms else norm
    return f"{norm} ({title}), {bearers}: {status_words(group[0].status)}" + (f"; {asked}" if asked else "")


def _verdict_words(verdict: str) -> str:
    """Return how far what exists meets what is needed."""
    return {
        "missing": "nothing in force covers it",
        "planned": "what should cover it is not in force",
        "lapsed": "what covered it is no longer in force",
        "in-doubt": "whether what covers it still stands is in doubt",
        "not-binding": "what covers it does not bind",
        "too-light": "what covers it is of too light a type",
        "weight-not-known": "whether what covers it is weighty enough is not known",
    }.get(verdict, verdict)
