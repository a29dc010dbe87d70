"""The ledger: begin one, state records in it, look after it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger_place import (
    DATABASE,
    Database,
    Keys,
    Replace,
    Signing,
    Yes,
    confirmed,
    keys_folder,
    look_at,
    open_ledger,
    passphrase_for,
    signer_of,
    signers_in,
    signing,
    told,
)
from synodos.cli.options import Folder
from synodos.cli.printing import print_faults
from synodos.cli.reading import read
from synodos.cli.refusing import FAULTS, refuse, say, unwritable
from synodos.cli.working import shown_progress

if TYPE_CHECKING:
    from synodos.language import Fault, Header, Record, Source
    from synodos.ledger import Sight, Signer

MOST_SIGHTS = 12
"""Records of which it is said one by one who will see them; of more by audience."""


def ledger_init(
    secretariat: Annotated[str, Argument(help="Who keeps the registry of keys, such as isecg.", show_default=False)],
    title: Annotated[
        str | None,
        Option("--title", help="What the portfolio is called; an import brings its own.", show_default=False),
    ] = None,
    encrypt: Annotated[bool, Option("--encrypt", help="Ask for a passphrase that encrypts the key.")] = False,
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Begin a ledger of SECRETARIAT: its key becomes the anchor with which trust begins."""
    open_ledger(database, new=True)
    from synodos.ledger import found_ledger, is_founded, shown_key

    folder = keys_folder(database, keys)
    with told():
        if is_founded():
            refuse(f"ledger.founded: there is a ledger in {database} already")
        signer = own_key(secretariat, folder, encrypt=encrypt)
        found_ledger(signer, header=_header(title) if title else None)
    say(f"Began the ledger of {secretariat} in {database}; the key that signs for it lies in {folder}.")
    say("Its anchor, which others need to join, and compare with what you tell them:")
    typer.echo(shown_key(signer.public_hex))


def ledger_import(
    folder: Folder,
    make_keys: Annotated[
        bool, Option("--make-keys", help="Make a key for everybody who states a record here and has none.")
    ] = False,
    yes: Yes = False,
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Store every statement in FOLDER; what the ledger holds already is passed over."""
    open_ledger(database)
    from synodos.ledger import import_history, who_will_see

    history = read(folder)
    held = keys_folder(database, keys)
    with told():
        signers = signers_in(held)
        missing = sorted({record.stated_by for record in history.statements} - signers.keys())
        if missing and not make_keys:
            refuse(f"key.missing: {', '.join(missing)} state records here and have no key in {held}; add --make-keys")
        sights = who_will_see(history.statements, history.known_on())
        _tell(sights)
        sure = confirmed(_warnings(sights), yes=yes)
        signers |= {author: own_key(author, held, encrypt=False) for author in missing}
        with signing(len(history.statements)) as pool, shown_progress("Statements") as progress:
            done = import_history(history, signers=signers, confirmed=sure, executor=pool, progress=progress)
    for author in done.registered:
        say(f"Registered the key of {author}.")
    say(f"{done.statements} statements, {done.known} of them known before; {done.entries} entries signed and stored.")


def ledger_declare(
    files: Annotated[
        list[Path],
        Argument(
            exists=True, dir_okay=False, help="Files of records; one may be a page with sources.", show_default=False
        ),
    ],
    author: Signing,
    yes: Yes = False,
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """State the records in FILES as an agency: new ones, revisions and retractions, all or none."""
    open_ledger(database)
    from synodos.ledger import declare, snapshot, who_will_see
    from synodos.report import counted

    records, sources = _pieces(files)
    with told():
        signer = signer_of(author, keys_folder(database, keys))
        sights = who_will_see(records, snapshot(viewer=author))
        _tell(sights)
        entries = declare(records, signer=signer, sources=sources, confirmed=confirmed(_warnings(sights), yes=yes))
    stated = sum(entry.kind != "source" for entry in entries)
    done = f"Signed and stored {counted(stated, 'statement')} of {author}."
    say(done if entries else "The ledger holds all of it already.")


def ledger_verify(database: Database = DATABASE) -> None:
    """Check every entry, chain and key of the ledger against what was signed, and the files of its editions."""
    open_ledger(database)
    from synodos.ledger import entries_held, verify
    from synodos.report import counted

    with told(), signing(entries_held()) as pool, shown_progress("Entries") as progress:
        problems = verify(progress, executor=pool)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        say(f"{counted(len(problems), 'problem')}: do not rely on this ledger; restore a backup, or join anew.")
        raise typer.Exit(FAULTS)
    say("Every entry is as it was signed, and in its place.")


def ledger_backup(
    file: Annotated[Path, Argument(help="File to write.", show_default=False)],
    replace: Replace = False,
    database: Database = DATABASE,
) -> None:
    """Copy the whole database into FILE while it is in use: ledger, accounts, drafts, editions; not private keys."""
    open_ledger(database)
    from synodos.ledger import backup

    with told(), unwritable(file), shown_progress("Pages") as progress:
        backup(file, replace=replace, progress=progress)
    say(f"Wrote {file}; it holds accounts too, so keep it as safe as the database. The private keys are not in it.")


def ledger_restore(
    file: Annotated[Path, Argument(help="What `backup` wrote.", show_default=False)],
    replace: Replace = False,
    database: Database = DATABASE,
) -> None:
    """Put a backup in the place of the database, if it is sound; stop `serve` before."""
    look_at(database)
    from synodos.ledger import restore
    from synodos.report import counted

    with told(), shown_progress("Entries") as progress:
        done = restore(file, replace=replace, progress=progress)
    say(f"Restored {counted(done.entries, 'entry', 'entries')} into {database}.")
    if done.replaced:
        say(f"What stood there lies in {done.replaced}.")
    if done.missing:
        say(f"{done.missing} entries of it are not in the backup: export them from there, and merge them here.")


def own_key(author: str, folder: Path, *, encrypt: bool) -> Signer:
    """Return the signer of an author; its key is made if the folder holds none."""
    from synodos.ledger import keys_in, new_signer, save_signer

    if author in keys_in(folder):
        return signer_of(author, folder)
    made = new_signer(author)
    save_signer(made, folder, passphrase_for(author, new=True) if encrypt else None)
    return made


def _header(title: str) -> Header:
    """Return the header of a portfolio that agencies declare themselves."""
    from synodos.language import DateRange, Header

    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80].strip("-") or "portfolio"
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return Header(id=name, title=title, known_on=DateRange(today))


def _pieces(files: Sequence[Path]) -> tuple[list[Record], dict[str, Source]]:
    """Return the records and sources in files, or say all that is wrong with them and stop."""
    from synodos.exchange import check_record, read_piece

    records: list[Record] = []
    sources: dict[str, Source] = {}
    faults: list[Fault] = []
    for file in files:
        piece = read_piece(file)
        sources |= piece.sources
        faults += piece.faults
        for stated in piece.statements:
            record, wrong = check_record(stated)
            faults += wrong
            records += [record] if record else []
    if faults:
        print_faults(tuple(faults))
        raise typer.Exit(FAULTS)
    if not records:
        refuse(f"FILES: no record stands in {', '.join(map(str, files))}")
    return records, sources


def _warnings(sights: Iterable[Sight]) -> list[str]:
    """Return what has to be confirmed."""
    return [sight.warning for sight in sights if sight.warning]


def _tell(sights: Sequence[Sight]) -> None:
    """Say who will see what: record by record where they are few, else by audience."""
    from synodos.report import counted

    if len(sights) <= MOST_SIGHTS:
        for sight in sights:
            say(sight.sentence)
        return
    for names, number in Counter(sight.names for sight in sights).most_common():
        say(f"{counted(number, 'statement')} will be seen by {', '.join(names) or 'nobody but those who state them'}.")
