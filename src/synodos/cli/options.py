"""Arguments and options that several commands share."""

from __future__ import annotations

import datetime as dt
import enum
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from synodos.cli.days import DAY, day_of
from synodos.cli.fetching import placed

MOST_DRAWN = 1_000_000
"""Iterations or dealings that are drawn at most: more would take hours."""

MOST_SEED = 2**32 - 1


class Format(enum.StrEnum):
    """Form in which an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"


Folder = Annotated[
    Path,
    Argument(
        parser=placed,
        help="Portfolio: a folder, a .json file, an .xlsx workbook, or the address of a table that is served.",
        show_default=False,
    ),
]
Narrow = Annotated[str | None, Option("--for", help="Narrow to this agency.", show_default=False)]
Viewer = Annotated[str, Option("--as", help="Who looks: an agency, members or public.")]
KnownOn = Annotated[
    dt.date | None,
    Option(
        "--on", parser=day_of, metavar=DAY, help="Day of knowledge (default: the portfolio's own).", show_default=False
    ),
]
At = Annotated[
    dt.date | None,
    Option(
        "--at",
        parser=day_of,
        metavar=DAY,
        help="Day that is asked about (default: day of knowledge).",
        show_default=False,
    ),
]
Form = Annotated[Format, Option("--format", help="table, json (all there is) or csv (the first table).")]
Most = Annotated[int | None, Option("--most", min=1, help="Show no more than this many.", show_default=False)]
Scope = Annotated[
    list[str] | None,
    Option(
        "--scope",
        help="Mission, element, agency or schedule, with all it waits for; may be repeated.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    Option("--until", help="Activity or mission whose finish counts (default: the last).", show_default=False),
]
Seed = Annotated[int, Option("--seed", min=0, max=MOST_SEED, help="Same seed, same answer.")]
Page = Annotated[
    Path | None, Option("--output", "-o", help="Write the page to this .html or .pdf file.", show_default=False)
]
