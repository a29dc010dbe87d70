"""Changes to think through, from a file that stands beside a portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from synodos.exchange.building import Draft, build
from synodos.exchange.document import RECORDS_FORMAT, checked_format, drafts
from synodos.exchange.folder import records_lines, write_lines
from synodos.exchange.history import drafts_of
from synodos.exchange.opening import printable
from synodos.exchange.placing import place_file
from synodos.exchange.yaml_text import read_yaml
from synodos.language import Change, Fault, PortfolioError

_LIST: Final = Change.plural


def read_changes(path: Path | str, portfolio: Path | str) -> tuple[Change, ...]:
    """Return the changes in a file of records, checked against the portfolio that they are about.

    Parameters
    ----------
    path : pathlib.Path or str
        A YAML file of the format `synodos-records` that holds `changes` and nothing else.
    portfolio : pathlib.Path or str
        Where the portfolio stands: what the changes name has to be there.

    Raises
    ------
    PortfolioError
        With every fault found in the file, or in the portfolio.
    """
    own, faults = _statements(Path(path))
    page, stated, found = drafts_of(Path(portfolio))
    history, told = build(page, [*stated, *own], [*found, *faults])
    if history is None:
        raise PortfolioError(told)
    given = history.statements[len(stated) :]
    return tuple(record for record in given if isinstance(record, Change))


def _statements(path: Path) -> tuple[list[Draft], list[Fault]]:
    """Return the statements of the file, and the faults of its form."""
    name = printable(path.name)
    document = read_yaml(path, name)
    content = checked_format(document, RECORDS_FORMAT)
    own = list(drafts(document, content))
    for draft in own:
        if draft.kind != _LIST:
            document.add(
                "changes.foreign", "a file of changes holds changes only", draft.place(""), draft.kind, f"{_LIST}:"
            )
    if not own and not document.faults:
        document.add("changes.none", "the file holds no change", document.place(""), "nothing", f"{_LIST}:")
    return own, document.faults


def write_changes(changes: Sequence[Change], path: Path | str) -> None:
    """Write changes as a file of records that can be shared; a file that is there stays as it is.

    Parameters
    ----------
    changes : sequence of Change
        The changes.
    path : pathlib.Path or str
        Where: a file that is not there yet.

    Raises
    ------
    PortfolioError
        With one fault, if something stands in the way or writing fails.
    """
    place_file(Path(path), lambda beside: write_lines(beside, records_lines(changes)), replace=False)
