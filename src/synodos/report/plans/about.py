"""The answer on the answers: what a portfolio holds, how far it can be relied on, and how each number is computed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from synodos.language import KIND_BY_NAME, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, stated
from synodos.report.answering.tables import Table, as_records
from synodos.report.answering.wording import counted


@dataclass(frozen=True, slots=True)
class Method:
    """An answer, how it is computed, and what that rests on."""

    answer: str
    how: str
    rests_on: str


METHODS: Final = (
    Method(
        "Opportunities",
        "Requirements and offers of all plans are matched by capability, destination, years and interface. The score "
        "is the weighted mean of its parts; a part that is not stated takes a set value.",
        "Weights of this package, in the table below; most are judgement and say so.",
    ),
    Method(
        "Dependence",
        "A requirement that another agency's element meets is a dependence: interdependence if it is essential, "
        "enhancement if not. What is essential and has no other provider is a single point of failure.",
        "Records alone; what is inferred and not stated is marked.",
    ),
    Method(
        "Critical path",
        "Early and late dates by the critical path method over activities, links with lags, calendars, constraints and "
        "launch periods. Drag is what the finish would gain if an activity took no time.",
        "Drag after Devaux (1999). Checked against dates that Primavera P6 stored in eight public files.",
    ),
    Method(
        "Soundness of schedules",
        "The fourteen checks of the DCMA under their names.",
        "Limits from accounts of its pamphlet that agree with each other, not from its own text.",
    ),
    Method(
        "Launch periods",
        "Arcs around the Sun between mean orbits (Lambert's problem), to 5 km²/s² above the least C3.",
        "Lambert's problem after Izzo (2015); orbits by Standish's elements (JPL) and the Minor Planet Center. The "
        "limit is a choice of Synodos.",
    ),
    Method(
        "Risk",
        "Monte Carlo: durations drawn as stated or by default, tied by correlations; risks, broken commitments and "
        "launch periods act in each iteration. The same seed gives the same answer.",
        "Defaults from published figures or judgement, listed with each answer; NASA's 70 % is the mark of joint "
        "confidence.",
    ),
    Method(
        "Worth and shares",
        "What each group could do on its own is an optimum within what it can afford. Shapley value, nucleolus, least "
        "core and others divide what all gain together.",
        "Each nucleolus is certified by Kohlberg's criterion (1971). Assumptions are listed with each answer.",
    ),
    Method(
        "What if and exposure",
        "The changed portfolio is put through the same engines; ways to go on are searched, and put in an order by "
        "stated weights.",
        "Lead times that nobody states are assumptions with a source each, or marked as judgement.",
    ),
    Method(
        "Scenarios",
        "Each scenario is laid over the plans, which stay as they are, and put through the same engines with the same "
        "seed. Readiness holds the day on which something is ready against the day on which it is needed.",
        "Records alone; defaults of dates as under risk. No score is made unless a reader weighs the rows.",
    ),
    Method(
        "A reader's weights",
        "Each row is scaled between the worst and the best of the scenarios; a score is the mean by the reader's "
        "weights. Rows that are not stated for all, or the same for all, are left out and named.",
        "The weights in the address, and the figures of the comparison.",
    ),
    Method(
        "Editions",
        "An edition is computed once from a day of knowledge and kept with its files. Its hashes and its signature are "
        "verified before it is published here, and its page says whether it rests on the plans of this ledger.",
        "Ed25519 over the SHA-256 of edition.json, which names every other file with its hash.",
    ),
    Method(
        "Findings of law",
        "Each norm is a rule that cites its article; the solver clingo judges every activity by the law of its own "
        "date under every combination of readings. A finding is certain only if it is the same under all of them.",
        "Catalogue of norms, each with its source; what is general knowledge supports no certain finding.",
    ),
    Method(
        "Instruments needed",
        "A part without which a mission fails asks for a weightier instrument; what exists is held against it.",
        "Published practice, each reason with its source or marked as unverified.",
    ),
)
"""What pages and commands answer."""


def about_answer(portfolio: Portfolio, *, drawn: bool = True) -> Answer:
    """Return what a portfolio holds, what of it is unverified, and how answers are computed; a page if `drawn`."""
    records, methods = _records(portfolio), methods_table()
    doubtful = len(portfolio.unverified)
    lead = (
        f"{portfolio.header.title}: {counted(len(portfolio), 'record')} {stated(portfolio)}; "
        f"{doubtful} rest on unverified facts, and each number below says how it is computed."
    )
    told = {"records": as_records(records), "methods": as_records(methods), "about": list(portfolio.header.about)}
    evidence = (f"{record.kind}:{record.id}" for record in portfolio.unverified)
    wrapped = envelope("about", portfolio, told, evidence=evidence)
    page = _page(portfolio, lead, records, methods) if drawn else None
    return Answer(wrapped, header_line(portfolio), (records, methods), (lead,), page)


def methods_table() -> Table:
    """Return how each answer is computed, and what that rests on."""
    rows = tuple((one.answer, one.how, one.rests_on) for one in METHODS)
    return Table("methods", "How each answer is computed", ("answer", "how", "rests on"), rows)


def _records(portfolio: Portfolio) -> Table:
    """Return how many records of each kind there are, and how far they can be relied on."""
    counts = Counter(record.kind for record in portfolio)
    unverified = Counter(record.kind for record in portfolio.unverified)
    disputed = Counter(record.kind for record in portfolio if record.disputes)
    rows = tuple(
        (KIND_BY_NAME[kind].plural, counts[kind], unverified[kind], disputed[kind])
        for kind in KIND_BY_NAME
        if counts[kind]
    )
    return Table("records", "Records by kind", ("kind", "records", "unverified", "disputed"), rows)


def _page(portfolio: Portfolio, lead: str, records: Table, methods: Table) -> Document:
    """Return the answer as a page."""
    from synodos.cooperation import opportunities
    from synodos.report.plans.sections import doubt_notices, doubts_section, method_section, sources_section

    sections = (
        Section("holds", "What is laid on the table", portfolio.header.about, tables=(records,)),
        Section("methods", "How each number is computed", tables=(methods,)),
        replace(method_section(opportunities(portfolio, most=0)), folded=False),
        replace(doubts_section(portfolio), folded=False),
        sources_section(portfolio),
    )
    title = f"About: {portfolio.header.title}"
    return Document(title, lead, header_line(portfolio), sections, doubt_notices(portfolio))
