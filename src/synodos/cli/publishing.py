"""Editions on the shared table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger_place import DATABASE, Database, open_ledger, told
from synodos.cli.reading import faults_told


def edition_publish(
    built: Annotated[Path, Argument(help="Folder of a built edition.", show_default=False)],
    database: Database = DATABASE,
    unsigned: Annotated[bool, Option("--unsigned", help="Publish a draft that nobody signed.")] = False,
) -> None:
    """Publish a built edition on the pages of a table, once its files and its signature are verified."""
    open_ledger(database)
    with told(), faults_told():
        from synodos.web import publish_edition

        page = publish_edition(built, unsigned=unsigned)
    typer.echo(f"Published: see {page} at the table.")
