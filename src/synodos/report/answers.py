"""Answers of the engines as people and programs take them: an envelope, tables, and a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from synodos.language import KIND_BY_NAME, Fault, History, Portfolio
from synodos.report.document import Document
from synodos.report.envelope import WHOLE, Envelope, envelope, header_line, plain
from synodos.report.question_tables import (
    agency_table,
    dependence_table,
    opportunities_table,
    records_table,
    single_point_table,
)
from synodos.report.tables import Table, as_records
from synodos.report.wording import counted

if TYPE_CHECKING:
    from synodos.cooperation import Dependences, Opportunities


@dataclass(frozen=True)
class Answer:
    """One answer in every form in which it can be had."""

    envelope: Envelope
    """For programs."""
    header: str
    """Day of knowledge, viewer, who stated it, doubts, hash."""
    tables: tuple[Table, ...]
    """For people; the first is what CSV holds."""
    sentences: tuple[str, ...] = ()
    """What stands above the tables."""
    document: Document | None = field(default=None)
    """The answer as a page, where it is one."""
    notes: tuple[str, ...] | None = None
    """What a terminal shows below the tables; None: the notes of the envelope."""


def check_answer(history: History | None, faults: Sequence[Fault]) -> Answer:
    """Return what a portfolio holds, and what is wrong with it; a history that could not be built holds nothing."""
    errors = sum(fault.severity == "error" for fault in faults)
    told = f"{counted(errors, 'error')}, {counted(len(faults) - errors, 'warning')}."
    if history is None:
        found: dict[str, object] = {
            "records": {},
            "unverified": 0,
            "faults": [plain(fault) for fault in faults],
        }
        empty = Envelope(
            question="check",
            portfolio=None,
            viewer=WHOLE,
            parameters={},
            answer=found,
            evidence=(),
            unverified=(),
        )
        return Answer(empty, "This portfolio cannot be used.", (fault_table(faults),), (told,))
    portfolio = history.known_on()
    counts = Counter(record.kind for record in portfolio)
    statements = Counter(statement.kind for statement in history.statements)
    unverified = Counter(record.kind for record in portfolio.unverified)
    disputed = Counter(record.kind for record in portfolio if record.disputes)
    rows = tuple(
        (KIND_BY_NAME[kind].plural, counts[kind], statements[kind], unverified[kind], disputed[kind])
        for kind in KIND_BY_NAME
        if statements[kind]
    )
    table = Table("records", "What it holds", ("kind", "records", "statements", "unverified", "disputed"), rows)
    found = {
        "records": dict(counts),
        "unverified": len(portfolio.unverified),
        "faults": [plain(f) for f in faults],
    }
    members = sum(agency.member_since is not None for agency in portfolio.agencies.values())
    size = f"{counted(len(portfolio), 'record')} of {counted(len(history.statements), 'statement')}"
    sentences = (
        f"{size}, {counted(members, 'member')}, {counted(len(portfolio.header.sources), 'source')}.",
        f"{len(portfolio.unverified)} records rest on unverified facts; {sum(disputed.values())} hold contradictions.",
        told,
    )
    wrapped = envelope("check", portfolio, found, evidence=(f"{r.kind}:{r.id}" for r in portfolio.unverified))
    return Answer(wrapped, header_line(portfolio), (table,), sentences)


def fault_table(faults: Sequence[Fault]) -> Table:
    """Return faults as a table."""
    names = ("severity", "code", "place", "record", "field", "message", "found", "expected", "nearest")
    rows = tuple(tuple(str(getattr(fault, name)) for name in names) for fault in faults)
    return Table("faults", "What is wrong", names, rows)


def records_answer(portfolio: Portfolio, *, kind: str | None, owner: str | None) -> Answer:
    """Return the list of records, of one kind or one owner if asked."""
    chosen = [r for r in portfolio if kind in (None, r.kind) and owner in (None, r.owner)]
    table = records_table(portfolio, chosen)
    keys = [f"{record.kind}:{record.id}" for record in chosen]
    asked = {"kind": kind, "for": owner}
    wrapped = envelope("show", portfolio, as_records(table), evidence=keys, parameters=asked)
    return Answer(wrapped, header_line(portfolio), (table,), (f"{counted(len(chosen), 'record')}.",))


def record_answer(history: History, portfolio: Portfolio, key: str) -> Answer:
    """Return one record, how it came to read as it does, and its sources.

    Parameters
    ----------
    history : History
        Every statement of the portfolio.
    portfolio : Portfolio
        What the viewer may see of it on the day asked for.
    key : str
        The record as `kind:id`.

    Raises
    ------
    KeyError
        If the portfolio has no such record.
    """
    kind, _, record_id = key.partition(":")
    record = portfolio.tables[kind][record_id]
    content = plain(record)
    rows = tuple((name, _spelt(value)) for name, value in content.items() if value not in (None, [], False))
    stated = history.stated(portfolio.known_on, portfolio.viewer)
    versions = [portfolio.redacted(s) for s in stated if (s.kind, s.id) == (kind, record_id)]
    changes = tuple(
        (after.as_of.text, name, _spelt(plain(getattr(before, name))), _spelt(plain(getattr(after, name))))
        for before, after in pairwise(versions)
        for name in type(after).model_fields
        if name not in ("as_of", "sources") and getattr(before, name) != getattr(after, name)
    )
    cited = [(source, portfolio.header.sources.get(source)) for source in record.sources]
    sources = tuple((name, found.title, str(found.date or ""), found.url) for name, found in cited if found)
    tables = (
        Table("record", key, ("field", "value"), rows),
        Table("history", "What changed", ("stated", "field", "before", "after"), changes),
        Table("sources", "Sources", ("key", "title", "date", "address"), sources),
    )
    answer = {"record": content, "history": [plain(version) for version in versions]}
    wrapped = envelope("show", portfolio, answer, evidence=(key,))
    sentence = f"{counted(len(versions), 'statement')}, the first of {versions[0].as_of}."
    return Answer(wrapped, header_line(portfolio), tables, (sentence,))


def _spelt(value: object) -> str:
    """Return a plain value on one line."""
    if isinstance(value, list):
        return "; ".join(_spelt(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_spelt(item)}" for name, item in value.items() if item not in (None, [], ""))
    return "" if value is None else str(value)


def opportunities_answer(
    portfolio: Portfolio,
    found: Opportunities,
    *,
    for_agency: str | None = None,
    kind: str | None = None,
    most: int | None = None,
    drawn: bool = False,
    links: bool = False,
) -> Answer:
    """Return ranked opportunities, as they were asked for; a page as well if `drawn`, whose picture may have links."""
    shown = found.ranked
    asked = {"for": for_agency, "kind": kind, "most": most}
    evidence = [key for opportunity in shown for key in opportunity.records]
    sentences = (
        f"{len(shown)} of {found.total} opportunities shown; already agreed and left out: {len(found.agreed)}.",
    )
    missing = [f"{o.id}: when could it happen?" for o in shown if o.years is None]
    wrapped = envelope(
        "opportunities", portfolio, shown, evidence=evidence, parameters=asked, missing=missing, notes=found.notes
    )
    document = None
    if drawn:
        from synodos.report.planning import opportunities_page  # what draws is slow to load

        document = opportunities_page(portfolio, found, sentences[0], links=links)
    return Answer(wrapped, header_line(portfolio), (opportunities_table(portfolio, shown),), sentences, document)


def dependence_answer(
    portfolio: Portfolio,
    found: Dependences,
    *,
    for_agency: str | None = None,
    most: int | None = None,
    drawn: bool = False,
) -> Answer:
    """Return who depends on whom; a page as well if `drawn`."""
    tables = (
        dependence_table(portfolio, found.items[:most]),
        agency_table(portfolio, found.agencies),
        single_point_table(portfolio, found.single_points[:most]),
    )
    essential = sum(item.essential is True for item in found.items)
    size = f"{counted(len(found.items), 'dependence')}, {essential} of them essential (programmatic interdependence)"
    points = counted(len(found.single_points), "single point of failure", "single points of failure")
    sentences = (f"{size}; {points}.",)
    asked = {"for": for_agency, "most": most}
    shown = replace(found, items=found.items[:most], single_points=found.single_points[:most])
    missing = [f"{item.record}: is {item.capability} essential?" for item in shown.items if item.essential is None]
    wrapped = envelope(
        "dependence", portfolio, shown, evidence=shown.evidence, parameters=asked, missing=dict.fromkeys(missing)
    )
    document = None
    if drawn:
        from synodos.report.planning import dependence_page  # what draws is slow to load

        document = dependence_page(portfolio, shown, sentences[0])
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)
