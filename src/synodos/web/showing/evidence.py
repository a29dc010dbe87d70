"""Cells that lead to what they rest on: each cell of a comparison to the records behind it, on the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from synodos.web.showing.told import Told, ToldSection, ToldTable

COMPARED: Final = "compare"
BEHIND: Final = "evidence-"
"""Name of the table whose cells lead on, and beginning of the names of those to which they lead; the aspect follows."""
MEASURE: Final = 2
"""Column from which cells speak of scenarios; before stand the aspect and the measure."""


def row_anchor(table: str, row: int) -> str:
    """Return the anchor of a row of a table."""
    return f"{table}-{row}"


def led_to_evidence(answer: Told) -> Told:
    """Return an answer on scenarios whose cells lead to the records behind them; any other answer as it is."""
    tables = {table.name: table for section in answer.sections for table in section.tables}
    compared = tables.get(COMPARED)
    behind = {name: table for name, table in tables.items() if name.startswith(BEHIND)}
    if compared is None or not behind:
        return answer
    rows = {(name, row[0]): place for name, table in behind.items() for place, row in enumerate(table.rows)}
    cells = tuple(_targets(row, rows) for row in compared.rows)
    changed = {COMPARED: compared.model_copy(update={"cells": cells})}
    changed |= {name: table.model_copy(update={"anchored": True}) for name, table in behind.items()}
    return answer.model_copy(update={"sections": tuple(_section(one, changed) for one in answer.sections)})


def _targets(row: tuple[Any, ...], rows: dict[tuple[str, Any], int]) -> tuple[str, ...]:
    """Return where each cell of a row leads."""
    table = f"{BEHIND}{row[0]}"
    place = rows.get((table, row[1]))
    if place is None:
        return ("",) * len(row)
    leads = ("" if cell is None else f"#{row_anchor(table, place)}" for cell in row[MEASURE:])
    return ("", "", *leads)


def _section(section: ToldSection, changed: dict[str, ToldTable]) -> ToldSection:
    """Return a section with tables that were changed."""
    return section.model_copy(update={"tables": tuple(changed.get(one.name, one) for one in section.tables)})
