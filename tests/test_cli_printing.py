"""How a table stands on a terminal that has no room for its columns."""

from rich.console import Console

from synodos.cli.printing import _print_table
from synodos.report import Table

LONG = "a reason that takes far more than the room of one line on any terminal"


def printed(columns, *rows, **how):
    """Return the lines of a table on a terminal of 60 columns."""
    console = Console(width=60, highlight=False)
    with console.capture() as caught:
        _print_table(console, Table("told", "Told", columns, rows, **how))
    return [line.rstrip() for line in caught.get().splitlines() if line.strip()]


def test_every_cell_but_the_first_stands_with_the_name_of_its_column():
    told = printed(
        ("who", "on whom", "years", "count", "why"), ("ESA", "NASA", "2030", 3, LONG), ("CSA", None, "", 0, "")
    )
    assert told == [
        "Told",
        "ESA · on whom: NASA · years: 2030 · count: 3",
        "    why: a reason that takes far more than the room of one",
        "    line on any terminal",
        "CSA · count: 0",
    ]


def test_a_number_that_comes_first_is_named():
    assert printed(("rank", "why"), (1, LONG))[1:] == [
        "rank 1",
        "    why: a reason that takes far more than the room of one",
        "    line on any terminal",
    ]


def test_dates_that_come_first_are_named_in_all_rows_or_in_none():
    several = printed(("opens", "closes", "why"), ("2028-11-05", "2029-03-16", LONG), ("2030-12-16", None, LONG))
    assert [line for line in several if "-" in line] == ["opens 2028-11-05 · closes: 2029-03-16", "opens 2030-12-16"]
    alone = printed(("when", "what", "why"), ("2028-11-05", "launch", LONG))
    assert alone[1] == "2028-11-05 · what: launch"


def test_pairs_stand_without_names():
    assert printed(("field", "value"), ("name", "Mars landing"), ("reason", LONG))[1] == "name · Mars landing"
