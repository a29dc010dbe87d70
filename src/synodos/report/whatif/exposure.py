"""The answer on exposure: who can hurt whom by leaving, how much, and what would soften it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import WITHHELD, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import capability_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted

if TYPE_CHECKING:
    from synodos.whatif import Exposure, Hurt, Preparation

MOST: Final = 20
"""Withdrawals that each table of a terminal lists unless asked otherwise; a page lists all."""
UNSEEN: Final = "Some plans rest on what is not released to this viewer: who could hurt them cannot be told."
MOST_PREPARATIONS: Final = 60
"""Preparations that a terminal and a page get; the JSON form has all."""


def exposure_answer(
    portfolio: Portfolio,
    found: Exposure,
    parameters: Mapping[str, object] | None = None,
    *,
    most: int | None = None,
    drawn: bool = False,
) -> Answer:
    """Return who can hurt whom.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    found : Exposure
        Every withdrawal that was tried.
    parameters : mapping, optional
        What the question was asked with.
    most : int, optional
        Withdrawals that each table lists; default: 20 without a page, all with one.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    listed = most if most is not None or drawn else MOST
    tables = (
        _hurt_table(portfolio, "exposure", "If an agency left everything that it shares", found.overall, listed),
        _hurt_table(portfolio, "single", "If it left one mission", found.single, listed),
        preparation_table(portfolio, found.overall[:listed]),
    )
    sentences = told(portfolio, found)
    notes = (*found.notes, *found.assumptions)
    evidence = [key for one in (*found.overall, *found.single) for key in one.evidence]
    wrapped = envelope(
        "exposure", portfolio, plain(found), evidence=evidence, parameters=parameters, missing=(), notes=notes
    )
    document = _page(portfolio, found, tables, sentences, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def told(portfolio: Portfolio, found: Exposure) -> tuple[str, ...]:
    """Return the answer in sentences."""
    first = f"{counted(found.tried, 'withdrawal')} tried in turn."
    unseen = (UNSEEN,) if rests_on_unseen(portfolio) else ()
    if not found.overall:
        return (
            f"{first} None {'that can be told ' * bool(unseen)}stops or weakens a mission of another agency.",
            *unseen,
        )
    worst = found.overall[0]
    lost = len(worst.stopped) + len(worst.stranded)
    leaver, victim = portfolio.agency_name(worst.leaver), portfolio.agency_name(worst.victim)
    missions = f"{counted(lost, 'mission')} led by {victim}, or with a part of it,"
    gravest = f"The gravest: if {leaver} left all that it shares, {missions} could not fly as things stand."
    return (f"{first} {gravest}", *unseen)


def rests_on_unseen(portfolio: Portfolio) -> bool:
    """Return whether a plan rests on something that is not released to the viewer."""
    needs = [one for mission in portfolio.missions.values() for one in mission.requirements]
    needs += [one for element in portfolio.elements.values() for one in element.needs]
    return any(WITHHELD in (*one.met_by, one.provider) for one in needs)


def preparation_table(portfolio: Portfolio, hurts: Sequence[Hurt], most: int = MOST_PREPARATIONS) -> Table:
    """Return what would soften withdrawals if it is done before; what helps most often first."""
    softened: dict[Preparation, list[Hurt]] = {}
    for one in hurts:
        for preparation in one.preparations:
            softened.setdefault(preparation, []).append(one)
    ordered = sorted(softened.items(), key=lambda row: (row[0].in_time is not True, -len(row[1]), row[0].text))
    rows = tuple(
        (
            preparation.text,
            ", ".join(dict.fromkeys(portfolio.agency_name(one.leaver) for one in of)),
            ", ".join(dict.fromkeys(portfolio.agency_name(one.victim) for one in of)),
            preparation.ready.isoformat() if preparation.ready else None,
            preparation.in_time,
        )
        for preparation, of in ordered[:most]
    )
    columns = ("what would soften it", "if this agency left", "for", "there by", "in time")
    title = f"What would soften it, if it is done before{_cut(len(rows), len(ordered))}"
    return Table("preparations", title, columns, rows)


def _cut(shown: int, every: int) -> str:
    """Return that a table does not list everything; nothing where it does."""
    return f": the first {shown} of {every}" if shown < every else ""


def _hurt_table(portfolio: Portfolio, name: str, title: str, hurts: Sequence[Hurt], most: int | None) -> Table:
    """Return withdrawals with what they do, the gravest first."""
    rows = tuple(
        (
            portfolio.agency_name(one.leaver),
            *([record_name(portfolio, one.of)] if name == "single" else []),
            portfolio.agency_name(one.victim),
            _names(portfolio, one.stopped),
            _names(portfolio, one.stranded),
            _names(portfolio, one.degraded),
            late(one),
            "; ".join(_irreplaceable(portfolio, text) for text in one.irreplaceable) or "nothing",
            len(one.goals_lost),
            one.unverified,
        )
        for one in hurts[:most]
    )
    columns = (
        "who leaves",
        *(["what"] if name == "single" else []),
        *(
            "who is hurt",
            "cannot fly",
            "stop with the leaver",
            "fly with less",
            "months late at least",
            "nobody to count on for",
        ),
        *("objectives lost", "unverified"),
    )
    return Table(name, f"{title}{_cut(len(rows), len(hurts))}", columns, rows)


def late(one: Hurt) -> str:
    """Return how many months late the missions that cannot fly are, and how many have no date any more."""
    going = len(one.stopped) + len(one.stranded) - len(one.never)
    told = [f"{one.months:.0f}"] if going or not one.never else []
    if one.never:
        told.append("never" if not going else f"{len(one.never)} never")
    return "; ".join(told)


def _names(portfolio: Portfolio, keys: Sequence[str]) -> Cell:
    """Return the names of missions."""
    return "; ".join(record_name(portfolio, key) for key in keys) or "none"


def _irreplaceable(portfolio: Portfolio, text: str) -> str:
    """Return what nobody can be counted on for, in words."""
    mission, _, capability = text.partition(" ")
    return f"{capability_name(portfolio, capability)} of {record_name(portfolio, mission)}"


def _page(
    portfolio: Portfolio, found: Exposure, tables: tuple[Table, ...], sentences: tuple[str, ...], notes: tuple[str, ...]
) -> Document:
    """Return the answer as a page with the picture."""
    from synodos.report.charts import exposure_chart

    figure = Figure.drawn("exposure", exposure_chart, portfolio, found)
    return Document(
        title="Who can hurt whom by leaving",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("exposure", "Exposure", sentences, figure, tables[:2]),
            Section("preparations", "What would soften it", tables=tables[2:]),
            Section("notes", "What the reader has to know", notes, folded=True),
        ),
    )
