"""The answer on scenarios weighed by a reader: the ranking that follows from these weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, listed
from synodos.report.roadmap.comparison import FIGURES

if TYPE_CHECKING:
    from synodos.roadmap import Figures, Weighing

NOTES: Final = (
    "The weights are the reader's; other weights give another ranking.",
    "Each row is scaled: the worst of these scenarios gets 0 and the best 1.",
    "A score is the weighted mean: it says how these scenarios stand to each other, not how good any of them is.",
    "What is not stated, or is the same for all of them, does not count.",
)


def weighable(table: Table) -> tuple[tuple[str, ...], tuple[Figures, ...]]:
    """Return the scenarios and the rows of a comparison's table of figures, as they can be weighed.

    Raises
    ------
    ValueError
        If it is another table.
    """
    from synodos.roadmap import Figures

    if table.name != FIGURES:
        message = f"expected the table {FIGURES} of a comparison; found {table.name}"
        raise ValueError(message)
    rows = tuple(
        Figures(key_of(str(row[0]), str(row[1])), f"{row[0]}: {row[1]}", row[2], tuple(row[3:]))  # type: ignore[arg-type]
        for row in table.rows
    )
    return table.columns[3:], rows


def key_of(aspect: str, measure: str) -> str:
    """Return the key by which a row gets its weight.

    Examples
    --------
    >>> key_of("dates", "first people at Moon")
    'dates-first-people-at-moon'
    """
    letters = "".join(letter if letter.isalnum() else "-" for letter in f"{aspect}-{measure}".casefold())
    return "-".join(part for part in letters.split("-") if part)


def weighing_answer(portfolio: Portfolio, found: Weighing, parameters: Mapping[str, object]) -> Answer:
    """Return the ranking of scenarios by a reader's weights."""
    asked = parameters.get("scenarios") or ()
    evidence = [f"scenario:{key}" for key in asked] if isinstance(asked, list | tuple) else []
    wrapped = envelope("weigh", portfolio, plain(found), evidence=evidence, parameters=parameters, notes=NOTES)
    tables = tuple(table for table in (_ranking(found), _rows(found), _left_out(found)) if table.rows)
    return Answer(wrapped, header_line(portfolio), tables, tuple(_told(found)))


def _told(found: Weighing) -> list[str]:
    """Return the ranking in sentences."""
    if not found.scores:
        what = "None of the rows with a weight tells them apart" if found.left_out else "No row has a weight"
        return [f"{what}, so there is no ranking."]
    first = [name for name, place in zip(found.scenarios, found.places, strict=True) if place == 1]
    stands = "stands first" if len(first) == 1 else "stand first together"
    told = [f"By your weights on {counted(len(found.rows), 'row')}, {listed(first)} {stands}."]
    told += [f"Without “{row}”, {listed(then)} would stand first." for row, then in found.hinges_on]
    return told


def _ranking(found: Weighing) -> Table:
    """Return the scenarios, the first one first."""
    rows = sorted(zip(found.places, found.scenarios, found.scores, strict=True) if found.scores else ())
    return Table(
        "ranking",
        "Ranking by your weights",
        ("place", "scenario", "score (0 to 1)"),
        tuple((place, name, round(score, 3)) for place, name, score in rows),
    )


def _rows(found: Weighing) -> Table:
    """Return what each row brings."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (row.name, row.weight, round(row.share, 3), *(round(value, 3) for value in row.scaled)) for row in found.rows
    )
    return Table("weighed", "What each row brings", ("row", "weight", "share of all weights", *found.scenarios), rows)


def _left_out(found: Weighing) -> Table:
    """Return the rows with a weight that do not count."""
    return Table("left-out", "Rows that do not count", ("row", "because it is"), found.left_out)
