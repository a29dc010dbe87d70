"""What the ledger says: a record with its history, and what changed between two moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.days import DAY, day_of
from synodos.cli.ledger_place import DATABASE, Database, chain_text, open_ledger, told
from synodos.cli.ledger_served import served_entries, served_portfolio
from synodos.cli.options import Form, Format, Viewer
from synodos.cli.printing import print_answer
from synodos.cli.refusing import only, refuse, say

if TYPE_CHECKING:
    from synodos.cli.ledger_served import ToldEntry
    from synodos.language import Portfolio, Record
    from synodos.ledger import Entry

Day = Annotated[
    dt.date | None,
    Option("--on", parser=day_of, metavar=DAY, help="Day of knowledge (default: the latest).", show_default=False),
]
Before = Annotated[
    dt.datetime | None,
    Option(
        "--recorded-before",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
        help="Only what had been received here by then (UTC).",
        show_default=False,
    ),
]


def ledger_show(
    record: Annotated[str, Argument(help="Id of a record, or kind:id.", show_default=False)],
    history: Annotated[bool, Option("--history", help="List every entry on it that the viewer may see.")] = False,
    viewer: Viewer = "public",
    known_on: Day = None,
    recorded_before: Before = None,
    form: Form = Format.table,
    database: Database = DATABASE,
    server: Annotated[
        str | None,
        Option("--server", metavar="URL", help="Ask the table served there, and no database.", show_default=False),
    ] = None,
) -> None:
    """Show a RECORD as a viewer may see it, with its sources; or every entry on it."""
    if recorded_before is not None and (history or server is not None):
        refuse(f"--recorded-before: not with {'--history' if history else '--server'}, which tells of all there is")
    if server is not None:
        _show_served(server, record, viewer, known_on, None if history else form)
        return
    open_ledger(database)
    if history:
        _print_entries(record, viewer, known_on)
        return
    from synodos.ledger import record_history, stated

    with told():
        portfolio = _seen(viewer, known_on, recorded_before)
        key = _key_of(record, portfolio)
        kind, _, name = key.partition(":")
        said: list[Record] = [stated(entry) for entry in record_history(kind, name, viewer=viewer)]  # type: ignore[misc]
    _print_record(key, portfolio, said, form)


def ledger_diff(
    before: Annotated[dt.date, Argument(parser=day_of, metavar=DAY, help="Day of knowledge.", show_default=False)],
    after: Annotated[dt.date, Argument(parser=day_of, metavar=DAY, help="A later one.", show_default=False)],
    viewer: Viewer = "public",
    database: Database = DATABASE,
) -> None:
    """List what was declared, revised and retracted between two days, as a viewer may see it."""
    if after < before:
        refuse(f"AFTER: {after} lies before {before}")
    open_ledger(database)
    from synodos.ledger import changes_between

    with told():
        first, second = _seen(viewer, before, None), _seen(viewer, after, None)
    changed = changes_between(first, second)
    for one in changed:
        typer.echo(f"{one.kind}:{one.id}  {one.what}" + (f": {', '.join(one.fields)}" if one.fields else ""))
    if not changed:
        say(f"Nothing that {viewer} may see changed between {before} and {after}.")


def _seen(viewer: str, known_on: dt.date | None, recorded_before: dt.datetime | None) -> Portfolio:
    """Return what a viewer sees of the ledger, or stop."""
    from synodos.ledger import snapshot

    moment = recorded_before and recorded_before.replace(tzinfo=dt.UTC)
    try:
        return snapshot(known_on, viewer=viewer, recorded_before=moment)
    except ValueError as error:
        refuse(f"--as: {error}")


def _key_of(record: str, portfolio: Portfolio) -> str:
    """Return the one record of a portfolio that is meant by an id or by `kind:id`, as `kind:id`; or stop."""
    return only(record, {f"{one.kind}:{one.id}": one.id for one in portfolio})


def _show_served(server: str, record: str, viewer: str, known_on: dt.date | None, form: Format | None) -> None:
    """Show a record as a table that is served tells of it; without a form, every entry on it."""
    portfolio = served_portfolio(server, viewer, known_on)
    key = record if form is None and ":" in record else _key_of(record, portfolio)
    entries = served_entries(server, key, portfolio)
    if form is None:
        _print_lines(key, [_line(one, one.chain) for one in entries])
    else:
        _print_record(key, portfolio, [one.record for one in entries], form)


def _print_record(key: str, portfolio: Portfolio, said: Sequence[Record], form: Format) -> None:
    """Print a record with what was said of it."""
    from synodos.language import History
    from synodos.report import record_answer

    own = portfolio.agencies.get(portfolio.viewer or "")  # says whether the viewer is a member
    statements = (*((own,) if own else ()), *said)
    print_answer(record_answer(History(portfolio.header, statements), portfolio, key), form)


def _print_entries(record: str, viewer: str, known_on: dt.date | None) -> None:
    """Print every entry on a record, oldest first; also of one that was retracted since."""
    from synodos.ledger import record_history

    with told():
        key = record if ":" in record else _key_of(record, _seen(viewer, known_on, None))
        kind, _, name = key.partition(":")
        entries = record_history(kind, name, viewer=viewer)
    day = known_on or dt.date.max
    _print_lines(key, [_line(one, chain_text(one.chain)) for one in entries if one.known_from <= day])


def _print_lines(key: str, lines: Sequence[str]) -> None:
    """Print the entries on a record, or stop where there are none."""
    if not lines:
        refuse(f"record: there is no {key} to be seen")
    for line in lines:
        typer.echo(line)


def _line(entry: Entry | ToldEntry, chain: str) -> str:
    """Return an entry on one line."""
    return f"{entry.as_of}  {entry.act}  {chain}, entry {entry.number}  {entry.hash[:16]}  signed with {entry.key[:16]}"
