"""Norms by activities: who meets what where, with activities that read alike in one column."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import listed
from synodos.report.law.words import counted_state

if TYPE_CHECKING:
    from synodos.law import Assessment, Finding

LETTERS: Final = {
    "breached": "X",
    "needs_determination": "?",
    "contested": "R",
    "exempt": "E",
    "met": "M",
    "holds": "·",
}
"""Marks of a cell with their letters, those first that ask for work; of several the first shows."""
TO_DO: Final = ("breached", "needs_determination", "contested")
"""Marks that leave something to be done."""
_ORDER: Final = tuple(LETTERS)


@dataclass(frozen=True, slots=True)
class Column:
    """Activities that read alike in every row shown.

    Attributes
    ----------
    number : int
        Number by which the tables name it.
    activities : tuple of str
        The activities as `kind:id`.
    names : tuple of str
        Their names.
    """

    number: int
    activities: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its first activity, and how many more there are."""
        more = len(self.names) - 1
        return f"{self.names[0]} +{more}" if more else self.names[0]


@dataclass(frozen=True, slots=True)
class Row:
    """One norm.

    Attributes
    ----------
    norm, title : str
        Its id and what it asks.
    instrument, strength : str
        Title of what it stands in, and how far that binds.
    """

    norm: str
    title: str
    instrument: str
    strength: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one norm says in the activities of one column.

    Attributes
    ----------
    mark : str
        One of `LETTERS`.
    bearers : tuple of str
        Those of whom it says so, by name.
    unverified : bool
        Whether that rests on unverified facts alone.
    """

    mark: str
    bearers: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True)
class Matrix:
    """Norms by activities.

    Attributes
    ----------
    rows : tuple of Row
        Norms that leave something to be done, instrument by instrument.
    columns : tuple of Column
        Activities, those that read alike as one.
    cells : mapping of (str, int) to MatrixCell
        By norm and number of the column; nothing where a norm does not apply.
    quiet : int
        Norms that apply and leave nothing to be done; they have no row.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, int], MatrixCell]
    quiet: int


def norm_row(norm_id: str, portfolio: Portfolio, law_known_on: dt.date) -> Row:
    """Return a norm with its instrument as cited on a day; of a criterion of the portfolio's policies, the policy."""
    from synodos.law import catalogue

    known = catalogue()
    if norm_id in known.norms:
        instrument = known.instrument(norm_id)
        title = known.title(norm_id, law_known_on)
        return Row(norm_id, known.norms[norm_id].title, title, instrument.strength)
    policy_id, _, number = norm_id.rpartition(".")
    policy = portfolio.policies[policy_id]
    return Row(norm_id, policy.criteria[int(number) - 1].text, policy.name, "policy")


def mark_of(finding: Finding) -> str:
    """Return the mark of a finding, one of `LETTERS`."""
    from synodos.law import catalogue, status_words

    if finding.certainty == "contested":
        return "contested"
    holds = finding.status == "met" and status_words("met", catalogue().norms.get(finding.norm)) != status_words("met")
    return "holds" if holds else finding.status


def mark_words(mark: str) -> str:
    """Return a mark as people read it."""
    from synodos.law import catalogue, certainty_words, status_words

    if mark == "contested":
        return certainty_words("contested")
    if mark == "holds":
        standing = next(norm for norm in catalogue().norms.values() if norm.arises is not None)
        return status_words("met", standing)
    return status_words(mark)  # type: ignore[arg-type] # one of the statuses


def matrix(portfolio: Portfolio, found: Assessment) -> Matrix:
    """Return norms by activities, without the norms that leave nothing to be done anywhere."""
    from synodos.law import party_names

    by_place: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found.findings:
        by_place[finding.norm, finding.activity].append(finding)
    name = party_names(portfolio)
    cells = {place: _cell(findings, name) for place, findings in by_place.items()}
    busy = dict.fromkeys(norm for (norm, _), cell in cells.items() if cell.mark in TO_DO)
    rows = _in_order(norm_row(norm, portfolio, found.law_known_on) for norm in busy)
    columns = tuple(_columns(found, rows, cells))
    shown = {
        (row.norm, column.number): _merged([cells[row.norm, key] for key in column.activities])
        for column in columns
        for row in rows
        if (row.norm, column.activities[0]) in cells
    }
    return Matrix(rows, columns, shown, len({norm for norm, _ in cells}) - len(rows))


def _cell(findings: Sequence[Finding], name: Callable[[str], str]) -> MatrixCell:
    """Return what findings on one norm in one activity say together: what asks most for work."""
    marks = [mark_of(finding) for finding in findings]
    first = min(marks, key=_ORDER.index)
    of = [finding for finding, mark in zip(findings, marks, strict=True) if mark == first]
    bearers = tuple(dict.fromkeys(name(finding.bearer) for finding in of))
    return MatrixCell(first, bearers, all(finding.certainty == "unverified" for finding in of))


def _merged(cells: Sequence[MatrixCell]) -> MatrixCell:
    """Return cells that read alike as one."""
    bearers = dict.fromkeys(bearer for cell in cells for bearer in cell.bearers)
    return MatrixCell(cells[0].mark, tuple(bearers), cells[0].unverified)


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return norms in the order of the catalogue, instrument by instrument; policies of the portfolio last."""
    from synodos.law import catalogue

    known = {norm: place for place, norm in enumerate(catalogue().norms)}
    ordered = sorted(rows, key=lambda row: (known.get(row.norm, len(known)), row.norm))
    first: dict[str, int] = {}
    for place, row in enumerate(ordered):
        first.setdefault(row.instrument, place)
    return tuple(sorted(ordered, key=lambda row: first[row.instrument]))


def _columns(found: Assessment, rows: Sequence[Row], cells: Mapping[tuple[str, str], MatrixCell]) -> Iterator[Column]:
    """Yield the activities in which some row says something, those that read alike together."""
    alike: dict[tuple[object, ...], list[tuple[str, str]]] = defaultdict(list)
    for one in found.situations:
        own = [cells.get((row.norm, one.activity)) for row in rows]
        if any(own):
            kind = one.activity.partition(":")[0]
            reads = tuple(cell and (cell.mark, cell.unverified) for cell in own)
            alike[kind, reads].append((one.activity, one.name))
    kinds = list(dict.fromkeys(kind for kind, _ in alike))
    ordered = sorted(alike.items(), key=lambda item: kinds.index(item[0][0]))
    for number, (_, of) in enumerate(ordered, start=1):
        yield Column(number, tuple(key for key, _ in of), tuple(name for _, name in of))


def matrix_table(shown: Matrix) -> Table:
    """Return the rows behind the picture of the matrix: for each norm the columns by what it says there."""
    marks = [mark for mark in LETTERS if any(cell.mark == mark for cell in shown.cells.values())]
    rows = tuple(
        (row.norm, row.title, row.instrument, row.strength, *(_where(shown, row, mark) for mark in marks))
        for row in shown.rows
    )
    columns = ("norm", "what it asks", "instrument", "strength", *(mark_words(mark) for mark in marks))
    title = "What each norm says in which columns of the matrix (* rests on unverified facts)"
    return Table("law-matrix", title, columns, rows, wide=("strength",))


def _where(shown: Matrix, row: Row, mark: str) -> str:
    """Return the numbers of the columns in which a norm says something, such as `1-4, 7*`."""
    found = [
        (column.number, cell.unverified)
        for column in shown.columns
        if (cell := shown.cells.get((row.norm, column.number))) is not None and cell.mark == mark
    ]
    return ", ".join(_ranges(found)) or "none"


def _ranges(found: Sequence[tuple[int, bool]]) -> Iterator[str]:
    """Yield numbers in a row as one range; those that are unverified with a star."""
    for (_, doubtful), run in groupby(enumerate(found), key=lambda one: (one[0] - one[1][0], one[1][1])):
        numbers = [number for _, (number, _) in run]
        ends = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        yield f"{ends}*" if doubtful else ends


def column_table(shown: Matrix) -> Table:
    """Return which activities stand in each column of the matrix."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (column.number, column.activities[0].partition(":")[0].replace("-", " "), "; ".join(column.names))
        for column in shown.columns
    )
    return Table("law-columns", "Columns of the matrix", ("column", "kind", "activities that read alike"), rows)


def finding_state(finding: Finding) -> str:
    """Return in words what a finding says."""
    return mark_words(mark_of(finding))


def findings_data(portfolio: Portfolio, findings: Iterable[Finding]) -> Table:
    """Return findings, a row each: the data behind the matrix."""
    from synodos.law import party_names

    name = party_names(portfolio)
    words = {mark: mark_words(mark) for mark in LETTERS}
    rows = tuple(
        (
            one.norm,
            one.activity,
            name(one.bearer),
            words[mark_of(one)],
            one.certainty,
            one.exemption,
            "; ".join(dict.fromkeys(question.id for question in one.questions)) or None,
            "; ".join(dict.fromkeys(f"{leads.question}: {leads.reading}" for leads in one.contested)) or None,
        )
        for one in findings
    )
    columns = ("norm", "activity", "bearer", "state", "certainty", "exemption", "to answer", "readings")
    return Table("law-findings", "Every finding", columns, rows)


def describe(shown: Matrix) -> str:
    """Return in words what the matrix shows."""
    if not shown.rows:
        return "No norm leaves anything to be done in any activity."
    counts = {mark: sum(cell.mark == mark for cell in shown.cells.values()) for mark in TO_DO}
    told = listed([counted_state(count, mark_words(mark)) for mark, count in counts.items() if count])
    activities = sum(len(column.activities) for column in shown.columns)
    return (
        f"{len(shown.rows)} norms that leave something to be done, by {activities} activities in "
        f"{len(shown.columns)} columns: {told}."
    )
