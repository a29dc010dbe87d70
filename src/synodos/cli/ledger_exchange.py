"""Instances of a ledger exchange what they hold: export, merge, join."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger_place import (
    DATABASE,
    ENTRY_BYTES,
    Database,
    Replace,
    chain_text,
    look_at,
    open_ledger,
    signing,
    told,
)
from synodos.cli.refusing import refuse, say, unwritable
from synodos.cli.working import shown_progress

if TYPE_CHECKING:
    from synodos.ledger import Merged

Bundle = Annotated[Path, Argument(help="A bundle that `export` wrote.", show_default=False)]


def ledger_export(
    viewer: Annotated[str, Option("--for", help="Who will read it: an agency, or public.", show_default=False)],
    output: Annotated[Path, Option("--output", "-o", help="File to write.", show_default=False)],
    replace: Replace = False,
    database: Database = DATABASE,
) -> None:
    """Write all that an agency may read into one signed file, to be carried by any means."""
    if output.exists() and not replace:
        refuse(f"--output: {str(output)!r} exists already; replace it with --replace")
    open_ledger(database)
    from synodos.ledger import write_bundle
    from synodos.report import counted

    with told(), unwritable(output), shown_progress("Entries") as progress:
        written = write_bundle(viewer, output, progress)
    held = f"{counted(written.entries, 'entry', 'entries')} of {counted(written.chains, 'chain')}"
    say(f"Wrote {output}: {held}, all that {viewer} may read here.")


def ledger_merge(bundle: Bundle, database: Database = DATABASE) -> None:
    """Take over what BUNDLE holds: all of it or nothing; again, or in another order, makes no difference."""
    open_ledger(database)
    from synodos.ledger import merge_bundle

    with told(), signing(_entries(bundle)) as pool, shown_progress("Bytes") as progress:
        merged = merge_bundle(bundle, executor=pool, progress=progress)
    _tell(merged)


def ledger_join(
    bundle: Bundle,
    anchor: Annotated[
        str | None,
        Option("--anchor", help="The secretariat's public key, as learnt from the secretariat.", show_default=False),
    ] = None,
    database: Database = DATABASE,
) -> None:
    """Make a new database an instance of the ledger that BUNDLE comes from."""
    look_at(database)
    from synodos.ledger import bundle_header, join, shown_key

    with told():
        header = bundle_header(bundle)
        if anchor is None:
            say(f"{bundle} is of the ledger of {header.secretariat}, with the anchor")
            typer.echo(shown_key(header.anchor))
            refuse("Ask the secretariat for its anchor by another way than this file, and give it with --anchor.")
        open_ledger(database, new=True)
        with signing(_entries(bundle)) as pool, shown_progress("Bytes") as progress:
            merged = join(bundle, anchor=anchor, executor=pool, progress=progress)
    say(f"Joined the ledger of {header.secretariat} in {database}.")
    _tell(merged)


def _entries(bundle: Path) -> float:
    """Return about how many entries a bundle holds."""
    return bundle.stat().st_size / ENTRY_BYTES if bundle.is_file() else 0


def _tell(merged: Merged) -> None:
    """Say what came of a merge."""
    from synodos.report import counted

    grown = ", ".join(chain_text(chain) for chain in merged.chains)
    new = counted(merged.added, "new entry", "new entries")
    say(f"{new}, {merged.known} known before." + (f" News in {grown}." if grown else ""))
    for chain in merged.forked:
        say(
            f"{chain_text(chain)} stands still: {chain.author} signed two different entries with one number, "
            "and has to settle which one stays (`synodos ledger forks`)."
        )
