"""What is shown in place of an answer where something is wrong with what was asked about."""

from __future__ import annotations

from collections.abc import Sequence

from synodos.language import Fault, Portfolio
from synodos.report import fault_table, header_line
from synodos.web.showing.told import Told, ToldSection, ToldTable


def unanswered(portfolio: Portfolio, title: str, lead: str, faults: Sequence[Fault]) -> Told:
    """Return a page that says what is wrong, fault by fault."""
    table = fault_table(faults)
    shown = ToldTable(name=table.name, title=table.title, columns=table.columns, rows=table.rows)
    section = ToldSection(anchor="faults", title=table.title, tables=(shown,))
    return Told(title=title, lead=lead, header=header_line(portfolio), sections=(section,))
