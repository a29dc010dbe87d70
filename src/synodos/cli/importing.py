"""Schedules of other programs: import."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from synodos.cli.days import DAY, day_of
from synodos.cli.reading import faults_told
from synodos.cli.refusing import refuse, say

if TYPE_CHECKING:
    from synodos.exchange import ImportSummary


def import_file(
    file: Annotated[Path, Argument(exists=True, dir_okay=False, help="Schedule file.", show_default=False)],
    owner: Annotated[str, Option("--owner", help="Agency whose schedule it is.", show_default=False)],
    into: Annotated[Path, Option("--into", help="Portfolio folder; made if there is none.", show_default=False)],
    as_of: Annotated[
        dt.date | None,
        Option(
            "--as-of",
            parser=day_of,
            metavar=DAY,
            help="Date of the statement (default: the file's).",
            show_default=False,
        ),
    ] = None,
    schedule: Annotated[
        str | None, Option("--schedule", help="Id of the schedule (default: from its name).", show_default=False)
    ] = None,
    release: Annotated[
        list[str] | None,
        Option(
            "--release",
            help="Who may see it: public, members, private (default), or an agency; agencies may be repeated.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[bool, Option("--replace", help="Replace what was imported for the same day.")] = False,
    encoding: Annotated[
        str | None, Option("--encoding", help="Encoding of an XER file (default: found out).", show_default=False)
    ] = None,
) -> None:
    """Read a schedule FILE of Primavera, Microsoft Project and others into a portfolio folder."""
    from synodos.exchange import import_schedule
    from synodos.language import ID_PATTERN

    if not re.fullmatch(ID_PATTERN, owner):
        refuse(f"--owner: expected the id of an agency, such as esa; found {owner!r}")
    with faults_told():
        done = import_schedule(
            file,
            owner,
            into,
            as_of=as_of,
            schedule=schedule,
            release=_release(release),
            encoding=encoding,
            replace=replace,
        )
    _tell(done)


def _tell(done: ImportSummary) -> None:
    """Say what was read, what was left out, and what was written."""
    found = done.imported
    say(f"{found.file}: {found.form}, as of {found.as_of}.")
    say(f"{done.added} records new, {done.changed} changed, {done.unchanged} as before, {done.retracted} retracted.")
    for unmapped in found.unmapped:
        say(f"Not mapped: {unmapped}")
    for note in found.notes:
        say(note)
    for written in done.written:
        say(f"Wrote {written}")


def _release(stated: list[str] | None) -> str | tuple[str, ...] | None:
    """Return a release as records state it: a word, or agencies."""
    if not stated:
        return None
    return stated[0] if stated in (["public"], ["members"], ["private"]) else tuple(stated)
