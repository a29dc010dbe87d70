"""The answers on records: what a portfolio holds, what is wrong with it, and how one record came to read as it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from synodos.language import KIND_BY_NAME, Fault, History, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import WHOLE, Envelope, envelope, header_line, plain
from synodos.report.answering.tables import Table, as_records
from synodos.report.answering.wording import counted
from synodos.report.plans.tables import records_table


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
