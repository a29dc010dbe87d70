"""The answers on agreements: the register, what needs attention, what each cooperation needs, and drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Cost, Portfolio, load
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import amount, counted, listed, percent

if TYPE_CHECKING:
    from synodos.law import (
        CloseOutSheet,
        InstrumentNeed,
        Notification,
        Register,
        Registered,
        TermSheet,
        Uncovered,
        Watched,
    )

LARGEST: Final = 8
"""Partners whose share is told, as the seed paper does for NASA."""
VERDICTS: Final = {
    "missing": "no instrument is known",
    "planned": "only planned or signed",
    "lapsed": "not in force any more, or for now",
    "in-doubt": "in doubt",
    "not-binding": "does not bind",
    "too-light": "lighter than needed",
    "weight-not-known": "whether it binds and weighs enough is not known",
    "covered": "covered",
}
"""How far what exists meets what is needed, in the words of the reader."""
COUNSEL: Final = "A basis for counsel: it informs, binds nobody and is no advice."

SHEET: Final = (
    (
        "needs",
        "Parties and instrument",
        ("between", "needs at least", "what exists", "why"),
        ("between", "rung", "exists", "why"),
        ("why",),
    ),
    (
        "deliveries",
        "Division of responsibilities",
        ("party", "brings", "by", "essential", "interface", "record"),
        ("party", "what", "by", "essential", "interface", "record"),
        (),
    ),
    (
        "costs",
        "Financial terms",
        ("from", "amount", "for", "when"),
        ("record", "amount", "covers", "period"),
        (),
    ),
    (
        "clauses",
        "Clauses to settle",
        ("clause", "what to settle", "usual", "choice", "why"),
        ("label", "settle", "usual", "choice", "why"),
        ("why",),
    ),
    (
        "findings",
        "Findings still open",
        ("norm", "bearer", "state", "to answer"),
        ("norm", "bearer", "status", "questions"),
        (),
    ),
)
"""Tables of a term sheet: name, title, columns, keys of its content, and columns left out on a terminal."""


def _named(portfolio: Portfolio, party: str) -> str:
    """Return the name of an agency, or of a state of which the portfolio may have no record."""
    from synodos.law import party_names

    return party_names(portfolio)(party)


def register_answer(
    portfolio: Portfolio,
    found: Register,
    uncovered: Sequence[Uncovered],
    parameters: Mapping[str, object],
    *,
    drawn: bool = False,
) -> Answer:
    """Return the register of agreements, and the commitments that nothing covers; a page as well if `drawn`."""
    share = found.share_of_largest(LARGEST)
    sentences = [
        f"{counted(len(found.rows), 'agreement')}, of which {found.active} are active on {found.at}.",
        f"Commitments towards others without a binding instrument in force: {len(uncovered)}.",
    ]
    if share is not None and len(found.partners) > LARGEST:
        sentences.insert(1, f"The {LARGEST} largest parties have a part in {percent(share)} of them.")
    told = {
        "at": found.at,
        "active": found.active,
        "rows": [_told(row) for row in found.rows],
        "partners": found.partners,
        "by_type": found.by_type,
        "between": [{"agencies": pair, "active": count} for pair, count in found.between.items()],
        "share_of_largest": {"partners": LARGEST, "share": share},
        "uncovered": uncovered,
    }
    evidence = [f"agreement:{row.agreement.id}" for row in found.rows]
    evidence += [f"commitment:{one.commitment}" for one in uncovered]
    wrapped = envelope("agreements-list", portfolio, told, evidence=evidence, parameters=parameters)
    tables = (
        register_table(portfolio, found),
        partner_table(portfolio, found),
        pair_table(portfolio, found),
        uncovered_table(portfolio, uncovered),
    )
    document = _register_page(portfolio, found, uncovered, sentences[0]) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, tuple(sentences), document)


def _register_page(portfolio: Portfolio, found: Register, uncovered: Sequence[Uncovered], lead: str) -> Document:
    """Return the register as a page."""
    from synodos.law import watch
    from synodos.report.law.pages import register_page  # what draws is slow to load

    return register_page(portfolio, found, watch(portfolio, found.at, for_agency=found.of), uncovered, lead)


def _told(row: Registered) -> dict[str, object]:
    """Return a row of the register for programs."""
    one = row.agreement
    return {
        "agreement": one.id,
        "name": one.name,
        "instrument": one.instrument,
        "parties": one.parties,
        "state": row.state,
        "signed": one.signed,
        "expires": row.expires,
        "binding": one.binding,
        "under": row.under,
        "superseded_by": row.superseded_by,
    }


def register_table(portfolio: Portfolio, found: Register) -> Table:
    """Return every agreement, each below the one it stands under."""
    types = portfolio.vocabularies["instrument-types"]
    rows = tuple(
        (
            f"{'· ' * row.depth}{row.agreement.name}",
            row.agreement.id,
            types.label(row.agreement.instrument),
            ", ".join(_named(portfolio, party) for party in row.agreement.parties),
            row.state.replace("_", " "),
            str(row.agreement.signed) if row.agreement.signed else None,
            str(row.expires) if row.expires else None,
            row.agreement.binding,
            ", ".join(row.superseded_by) or None,
        )
        for row in found.rows
    )
    columns = (
        "agreement",
        "id",
        "instrument",
        "parties",
        "state",
        "signed",
        "last day",
        "binding by its text",
        "replaced or amended by",
    )
    return Table("agreements", f"Agreements on {found.at}", columns, rows, wide=("replaced or amended by",))


def partner_table(portfolio: Portfolio, found: Register) -> Table:
    """Return how many active agreements each party has."""
    types = portfolio.vocabularies["instrument-types"]
    rows = tuple(
        (
            _named(portfolio, one.agency),
            one.active,
            percent(one.share),
            "; ".join(f"{types.label(name)} {count}" for name, count in one.by_type.items()),
        )
        for one in found.partners
    )
    return Table("partners", "Parties to active agreements", ("party", "active", "share", "by type"), rows)


def pair_table(portfolio: Portfolio, found: Register) -> Table:
    """Return how many active agreements every two agencies share."""
    rows = tuple(
        (_named(portfolio, one), _named(portfolio, other), count)
        for (one, other), count in sorted(found.between.items(), key=lambda item: -item[1])
    )
    return Table("pairs", "Who shares active agreements with whom", ("party", "and", "active"), rows)


def uncovered_table(portfolio: Portfolio, uncovered: Sequence[Uncovered]) -> Table:
    """Return the commitments that no binding instrument in force covers."""
    rows = tuple(
        (
            portfolio.commitments[one.commitment].name,
            _named(portfolio, portfolio.commitments[one.commitment].owner),
            portfolio.commitments[one.commitment].level,
            ", ".join(one.plans),
            ", ".join(_named(portfolio, partner) for partner in one.partners),
            "; ".join(f"{key}: {reason.replace('_', ' ')}" for key, reason in one.nearest) or "none is stated",
        )
        for one in uncovered
    )
    columns = ("commitment", "of", "level", "plans", "towards", "why what exists does not cover it")
    return Table("uncovered", "Commitments without a binding instrument in force", columns, rows)


def watch_answer(
    portfolio: Portfolio, found: Sequence[Watched], at: dt.date, parameters: Mapping[str, object]
) -> Answer:
    """Return which agreements need attention."""
    table = watch_table(portfolio, found, at)
    kinds: dict[str, int] = {}
    for one in found:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    told = listed([f"{count} {kind.replace('-', ' ')}" for kind, count in kinds.items()], most=12)
    wrapped = envelope(
        "agreements-watch",
        portfolio,
        {"at": at, "watched": found},
        evidence=[f"agreement:{one.agreement}" for one in found],
        parameters=parameters,
    )
    sentences = (f"On {at}: {told}." if found else f"Nothing needs attention on {at}.",)
    return Answer(wrapped, header_line(portfolio), (table,), sentences)


def watch_table(portfolio: Portfolio, found: Sequence[Watched], at: dt.date) -> Table:
    """Return what needs attention, the most pressing first."""
    rows = tuple(
        (
            one.kind.replace("-", " "),
            portfolio.agreements[one.agreement].name,
            str(one.on) if one.on else None,
            one.why,
            one.agreement,
        )
        for one in found
    )
    return Table("watch", f"To look at on {at}", ("matter", "agreement", "on", "why", "id"), rows)


def needs_answer(portfolio: Portfolio, found: Sequence[InstrumentNeed], parameters: Mapping[str, object]) -> Answer:
    """Return the instrument that each cooperation needs, and what is missing."""
    short = [one for one in found if not one.is_met]
    sentences = (
        f"{counted(len(found), 'pair')} of lead and partner; {len(short)} without an instrument that is known to do.",
        "A part without which a mission fails counts as interdependence, as does work on its critical path.",
    )
    doubtful = sorted({f"{why.id}: {why.text}" for one in found for why in one.why if why.unverified})
    wrapped = envelope(
        "agreements-needed",
        portfolio,
        found,
        evidence=[key for one in found for key in one.evidence],
        parameters=parameters,
        notes=(COUNSEL, *(f"Unverified reason: {text}" for text in doubtful)),
    )
    tables = (needs_table(portfolio, found), approvals_table(portfolio, found))
    return Answer(wrapped, header_line(portfolio), tables, sentences)


def needs_table(portfolio: Portfolio, found: Sequence[InstrumentNeed]) -> Table:
    """Return which instrument each pair needs, why, and what exists."""
    types, clauses = portfolio.vocabularies["instrument-types"], load("clauses")
    rows = tuple(
        (
            one.name,
            _named(portfolio, one.lead),
            _named(portfolio, one.partner),
            types.label(one.rung),
            VERDICTS[one.verdict],
            "; ".join(f"{key} ({state.replace('_', ' ')})" for key, state in one.existing) or None,
            ", ".join(one.umbrellas) or None,
            " ".join(why.text for why in one.why),
            "; ".join(clauses.label(clause.clause) for clause in one.clauses if not clause.present),
            one.proposed,
        )
        for one in found
    )
    columns = (
        "cooperation",
        "lead",
        "partner",
        "needs at least",
        "what exists",
        "agreements on it",
        "common terms in force",
        "why",
        "clauses to settle",
        "proposed",
    )
    wide = ("why", "clauses to settle", "common terms in force")
    return Table("needs", "Instruments that cooperations need", columns, rows, wide=wide)


def approvals_table(portfolio: Portfolio, found: Sequence[InstrumentNeed]) -> Table:
    """Return the way to signature of each party and type of instrument."""
    types = portfolio.vocabularies["instrument-types"]
    rows = {
        (_named(portfolio, path.party), types.label(one.rung), path.path or "not found", path.unverified)
        for one in found
        for path in one.approvals
    }
    columns = ("party", "instrument", "way to signature", "unverified")
    return Table("approvals", "Ways to signature", columns, tuple(sorted(rows)))


def notification_answer(portfolio: Portfolio, draft: Notification) -> Answer:
    """Return the draft of a notification to the United Nations."""
    rows = tuple((entry.item, entry.value or "____", entry.pinpoint, entry.record or None) for entry in draft.entries)
    table = Table("notification", draft.title, ("item", "entry", "asked for in", "from"), rows)
    wrapped = envelope(
        "agreements-draft",
        portfolio,
        draft,
        evidence=[entry.record for entry in draft.entries if entry.record],
        parameters={"mission": draft.mission},
        missing=draft.blanks,
        notes=(COUNSEL,),
    )
    sentences = (f"{counted(len(draft.blanks), 'blank')} to fill in.",)
    return Answer(wrapped, header_line(portfolio), (table,), sentences)


def term_sheet_answer(portfolio: Portfolio, sheet: TermSheet) -> Answer:
    """Return a draft term sheet as tables."""
    from synodos.report.law.term_sheets import NOTES, sheet_content

    told = sheet_content(portfolio, sheet)
    tables = tuple(
        Table(name, title, columns, tuple(tuple(row[key] for key in keys) for row in told[name]), wide=wide)
        for name, title, columns, keys, wide in SHEET
    )
    wrapped = envelope(
        "agreements-draft",
        portfolio,
        told,
        evidence=[
            f"mission:{sheet.mission}",
            *(one.record for one in sheet.deliveries),
            *(key for key, _ in sheet.costs),
        ],
        parameters={"mission": sheet.mission},
        missing=sheet.blanks,
        notes=(COUNSEL, *NOTES),
    )
    sentences = (*told["schedule"], f"Blanks: {', '.join(sheet.blanks) or 'none'}.")
    return Answer(wrapped, header_line(portfolio), tables, sentences)


def close_out_answer(portfolio: Portfolio, sheet: CloseOutSheet) -> Answer:
    """Return what came of an agreement, and what nobody stated of it."""
    rows = [
        *(("delivered", text) for text in sheet.delivered),
        *(("gained", text) for text in sheet.benefit),
        *(("cost", f"{amount(*_price(cost))}: {cost.covers or 'not stated for what'}") for cost in sheet.cost_borne),
        *(("covered", f"{key} ({status})") for key, status in sheet.plans),
        *(("carried by", f"{_named(portfolio, owner)}: {key}") for owner, key in sheet.committed),
        *(("not stated", question) for question in sheet.missing),
    ]
    table = Table("close-out", "What came of it", ("matter", "what is known"), tuple(rows))
    wrapped = envelope(
        "agreements-close-out",
        portfolio,
        sheet,
        evidence=[f"agreement:{sheet.agreement}", *(f"commitment:{key}" for _, key in sheet.committed)],
        parameters={"agreement": sheet.agreement},
        missing=sheet.missing,
    )
    name = portfolio.agreements[sheet.agreement].name
    sentences = (f"{name}: {counted(len(sheet.missing), 'question')} that nobody answered.",)
    return Answer(wrapped, header_line(portfolio), (table,), sentences)


def _price(cost: Cost) -> tuple[float, str, int | None]:
    """Return amount, currency and price year."""
    return cost.money.amount, cost.money.currency, cost.money.price_year
