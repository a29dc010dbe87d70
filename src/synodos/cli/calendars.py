"""What lies ahead, by date, and as a calendar that other programs import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from synodos.cli.days import first_day, last_day
from synodos.cli.options import Folder, Form, Format, KnownOn, Narrow, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import load
from synodos.cli.refusing import one_of, refuse, say, unwritable
from synodos.cli.working import refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synodos.language import Portfolio
    from synodos.roadmap import Ahead

CALENDAR = ".ics"


def calendar(
    folder: Folder,
    narrow: Narrow = None,
    kinds: Annotated[
        list[str] | None,
        Option("--kind", help="Only dates of this kind; may be repeated (default: all).", show_default=False),
    ] = None,
    after: Annotated[
        str | None,
        Option("--after", help="A year, month or day (default: the day of knowledge).", show_default=False),
    ] = None,
    before: Annotated[
        str | None, Option("--before", help="A year, month or day (default: no end).", show_default=False)
    ] = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", help="Write a calendar (.ics), or the page (.html or .pdf).", show_default=False),
    ] = None,
    form: Form = Format.table,
) -> None:
    """Show the dates ahead: launches and their periods, milestones, decisions, meetings, agreements that end."""
    from synodos import roadmap
    from synodos.report import dates_ahead_answer

    portfolio = load(folder, viewer, known_on, narrow)
    chosen = [one_of("--kind", kind, roadmap.AHEAD_KINDS) for kind in kinds or roadmap.AHEAD_KINDS]
    first = first_day("--after", after) if after else portfolio.known_on
    last = last_day("--before", before) if before else None
    if last is not None and last < first:
        refuse(f"--before: found {last}, expected a day on or after {first}")
    with refused():
        found = roadmap.dates_ahead(portfolio, for_agency=narrow, after=first, before=last, kinds=chosen)
    if output is not None and output.suffix.lower() == CALENDAR:
        _write_calendar(portfolio, found, output)
        return
    asked = {"for": narrow, "kinds": chosen, "after": first, "before": last}
    write_answer(dates_ahead_answer(portfolio, found, asked, drawn=output is not None), output, form)


def _write_calendar(portfolio: Portfolio, found: Sequence[Ahead], output: Path) -> None:
    """Write dates as a file that calendar programs read."""
    from synodos.report import calendar_file, write_whole

    content = calendar_file(portfolio, found)
    with unwritable(output):
        write_whole(output, content)
    say(f"Wrote {output}")
