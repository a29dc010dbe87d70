"""What the answer on scenarios says besides where a reader's weights proposed one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed, percent

if TYPE_CHECKING:
    from synodos.roadmap import Optimum

MILLION: Final = 1e6
PROPOSED: Final = "Computed from the weights given: no agency declared it, and the plans stay as they are."


def with_optimum_told(answer: Answer, portfolio: Portfolio, found: Optimum) -> Answer:
    """Return the answer on scenarios with what was proposed from weights, and what that takes for granted.

    Parameters
    ----------
    answer : Answer
        That of `scenarios_answer`, on plans with the proposed scenario where there is one.
    portfolio : Portfolio
        The plans without it: the answer names and hashes these.
    found : Optimum
        What was proposed, or why nothing was.
    """
    tables = tuple(
        table for table in (_flights(portfolio, found), _weights(portfolio, found), _left_out(found)) if table.rows
    )
    told = tuple(_told(found))
    taken = () if found.scenario is None else found.scenario.assumptions
    sections = (
        Section("optimum", "What your weights propose", (*told, PROPOSED), tables=tables),
        Section("optimum-assumes", "What the proposal takes for granted", taken, folded=True),
    )
    proposed = "" if found.scenario is None else f"scenario:{found.scenario.id}"
    asked, stated = answer.envelope, envelope("compare", portfolio, None, evidence=())
    known = {f"{record.kind}:{record.id}" for record in portfolio.unverified}
    evidence = [key for key in asked.evidence if key != proposed]
    evidence += [key for key in (found.programme.evidence if found.programme else ()) if key not in evidence]
    wrapped = asked.model_copy(
        update={
            "portfolio": stated.portfolio,
            "parameters": {**asked.parameters, "optimum": plain(dict(found.given))},
            "evidence": tuple(evidence),
            "unverified": tuple(key for key in evidence if key in known),
            "notes": (*told, PROPOSED, *taken, *asked.notes),
        }
    )
    page = answer.document
    if page is not None:
        first, *rest = page.sections
        shown = (first, *(one for one in sections if one.sentences), *rest)
        page = replace(page, header=header_line(portfolio), sections=shown)
    return replace(
        answer,
        envelope=wrapped,
        header=header_line(portfolio),
        tables=(*answer.tables, *tables),
        sentences=(*answer.sentences, *told),
        document=page,
    )


def _told(found: Optimum) -> Iterator[str]:
    """Yield what was proposed in sentences."""
    if found.scenario is None or found.programme is None:
        yield f"No optimum: {found.why_none}"
        return
    share, flights = percent(found.reached / found.whole), len(found.programme.flights)
    reach = "reaches" if flights == 1 else "reach"
    yield f"Optimum: {counted(flights, 'mission')} {reach} {found.reached:g} of a weight of {found.whole:g} ({share})."
    lacking = [one for one in found.weighed if not one.missions]
    unpriced = sum(one.unpriced == one.candidates for one in lacking)
    if lacking:
        why = f", {unpriced} of them since no mission that serves it states its cost" if unpriced else ""
        yield f"Not reached: {len(lacking)} of {len(found.weighed)} that are weighed{why}."


def _flights(portfolio: Portfolio, found: Optimum) -> Table:
    """Return the missions that are proposed, by year."""
    plan = found.programme
    terms = f"million {plan.terms.currency} of {plan.terms.price_year}" if plan and plan.terms else "million"
    rows = []
    for one in plan.flights if plan and found.scenario else ():
        key = one.mission.partition(":")[2]
        declared = portfolio.missions[key].planned
        rows.append(
            (
                one.name,
                portfolio.agency_name(one.agency),
                one.year,
                str(declared) if declared else None,
                ", ".join(map(portfolio.agency_name, one.partners)) or "nobody else",
                None if one.cost is None else round(one.cost / MILLION, 1),
                one.estimated,
                listed([each.label for each in found.weighed if key in each.missions]),
            )
        )
    columns = ("mission", "led by", "flies", "planned", "with", f"cost ({terms})", "estimated", "reaches")
    return Table("optimum", "Missions proposed", columns, tuple(rows))


def _weights(portfolio: Portfolio, found: Optimum) -> Table:
    """Return what was weighed, and whether it is reached."""
    rows = tuple(
        (
            one.label,
            one.weight,
            listed([portfolio.missions[key].name for key in one.missions]) if one.missions else "not reached",
            one.candidates,
            one.unpriced,
            one.id,
        )
        for one in found.weighed
    )
    columns = ("objective or destination", "weight", "reached by", "missions ahead", "without a cost", "id")
    return Table("optimum-weights", "What was weighed", columns, rows, wide=("id",))


def _left_out(found: Optimum) -> Table:
    """Return the missions that serve something with a weight and are not proposed, with why."""
    grounded = found.programme.grounded if found.programme else ()
    rows = tuple((one.name, "; ".join(one.reasons), one.mission) for one in grounded)
    return Table("optimum-left-out", "Missions not proposed", ("mission", "why", "id"), rows, wide=("id",))
