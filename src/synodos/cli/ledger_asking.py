"""What the ledger says: a record with its history, and what changed between two moments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger_place import DATABASE, Database, chain_text, open_ledger, told
from synodos.cli.options import Form, Format, Viewer
from synodos.cli.printing import print_answer
from synodos.cli.refusing import only, refuse, say

if TYPE_CHECKING:
    from synodos.language import Portfolio, Record
    from synodos.ledger import Entry

Day = Annotated[
    dt.datetime | None,
    Option("--on", formats=["%Y-%m-%d"], help="Day of knowledge (default: the latest).", show_default=False),
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
) -> None:
    """Show a RECORD as a viewer may see it, with its sources; or every entry on it."""
    open_ledger(database)
    if history:
        _print_entries(record, viewer)
        return
    from synodos.language import History
    from synodos.ledger import record_history, stated
    from synodos.report import record_answer

    with told():
        portfolio = _seen(viewer, known_on, recorded_before)
        kind, _, name = only(record, {f"{r.kind}:{r.id}": r.id for r in portfolio}).partition(":")
        entries = record_history(kind, name, viewer=viewer)
        said = [stated(entry) for entry in entries]
    own = portfolio.agencies.get(viewer)  # says whether the viewer is a member
    statements: tuple[Record, ...] = (*((own,) if own else ()), *said)  # type: ignore[arg-type]
    print_answer(record_answer(History(portfolio.header, statements), portfolio, f"{kind}:{name}"), form)


def ledger_diff(
    before: Annotated[dt.datetime, Argument(formats=["%Y-%m-%d"], help="Day of knowledge.", show_default=False)],
    after: Annotated[dt.datetime, Argument(formats=["%Y-%m-%d"], help="A later one.", show_default=False)],
    viewer: Viewer = "public",
    database: Database = DATABASE,
) -> None:
    """List what was declared, revised and retracted between two days, as a viewer may see it."""
    if after < before:
        refuse(f"AFTER: {after.date()} lies before {before.date()}")
    open_ledger(database)
    from synodos.ledger import changes_between

    with told():
        first, second = _seen(viewer, before, None), _seen(viewer, after, None)
    changed = changes_between(first, second)
    for one in changed:
        typer.echo(f"{one.kind}:{one.id}  {one.what}" + (f": {', '.join(one.fields)}" if one.fields else ""))
    if not changed:
        say(f"Nothing that {viewer} may see changed between {before.date()} and {after.date()}.")


def _seen(viewer: str, known_on: dt.datetime | None, recorded_before: dt.datetime | None) -> Portfolio:
    """Return what a viewer sees of the ledger, or stop."""
    from synodos.ledger import snapshot

    moment = recorded_before and recorded_before.replace(tzinfo=dt.UTC)
    try:
        return snapshot(known_on and known_on.date(), viewer=viewer, recorded_before=moment)
    except ValueError as error:
        refuse(f"--as: {error}")


def _print_entries(record: str, viewer: str) -> None:
    """Print every entry on a record, oldest first; also of one that was retracted since."""
    from synodos.ledger import record_history

    kind, colon, name = record.partition(":")
    if not colon:
        with told():
            portfolio = _seen(viewer, None, None)
        kind, _, name = only(record, {f"{r.kind}:{r.id}": r.id for r in portfolio}).partition(":")
    with told():
        entries = record_history(kind, name, viewer=viewer)
    if not entries:
        refuse(f"record: there is no {kind}:{name} to be seen")
    for entry in entries:
        typer.echo(_line(entry))


def _line(entry: Entry) -> str:
    """Return an entry on one line."""
    chain = chain_text(entry.chain)
    return f"{entry.as_of}  {entry.act}  {chain}, entry {entry.number}  {entry.hash[:16]}  signed with {entry.key[:16]}"
