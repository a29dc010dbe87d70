"""Outcomes as a file: what became of the plans of a portfolio, in YAML beside it and never in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from synodos.exchange.document import Document, checked_format
from synodos.exchange.opening import printable
from synodos.exchange.yaml_text import read_yaml
from synodos.language import Fault, Outcomes, PortfolioError, of_validation, outcome_faults

OUTCOMES_FORMAT: Final = "synodos-outcomes"
"""Format of a file of outcomes; its version is that of the portfolio's files."""
_ROWS: Final = {"outcomes": ("outcome", "id"), "dates": ("mission", "mission")}
"""Lists of rows, with what messages call a row and the field that names it."""


def read_outcomes(path: Path | str) -> Outcomes:
    """Return the outcomes that a file states.

    Parameters
    ----------
    path : pathlib.Path or str
        A YAML file of the format `synodos-outcomes`.

    Raises
    ------
    PortfolioError
        With every fault found: each with file and line, row, field, what was found and what was expected.
    """
    path = Path(path)
    name = printable(path.name)
    document = read_yaml(path, name)
    content = checked_format(document, OUTCOMES_FORMAT)
    outcomes = _built(document, content)
    if outcomes is not None:
        _keep(document, content, outcome_faults(outcomes))
    if outcomes is None or document.faults:
        raise PortfolioError(document.faults)
    return outcomes


def _built(document: Document, content: Mapping[str, Any]) -> Outcomes | None:
    """Return the list, or note what does not fit it."""
    try:
        return Outcomes.model_validate(content)
    except ValidationError as error:
        _keep(document, content, of_validation(error, "", tuple(Outcomes.model_fields)))
    return None


def _keep(document: Document, content: Mapping[str, Any], found: Iterable[Fault]) -> None:
    """Note faults with their places, and the row that each concerns."""
    for fault in found:
        row, field = _row(content, fault.field)
        document.keep(replace(fault, record=row, field=field, place=document.place(fault.field)))


def _row(content: Mapping[str, Any], path: str) -> tuple[str, str]:
    """Return what messages call the row that a path leads into, and the rest of the path."""
    rows, bracket, rest = path.partition("[")
    number, _, field = rest.partition("]")
    if rows not in _ROWS or not bracket or not number.isdecimal():
        return "", path
    word, key = _ROWS[rows]
    item = content[rows][int(number)]
    named = item.get(key) if isinstance(item, dict) else None
    told = named if isinstance(named, str) and named.isprintable() else int(number) + 1
    return f"{word} {told}", field.removeprefix(".")
