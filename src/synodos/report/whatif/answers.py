"""The answers on changes: what follows from one, what can be done then, and several side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.whatif.budget_years import budget_sentences
from synodos.report.whatif.consequence_tables import consequence_tables
from synodos.report.whatif.option_tables import moves_text, option_tables

if TYPE_CHECKING:
    from synodos.whatif import Consequences, Options

SUPPOSED: Final = "A thought, not a plan: nobody declared this change, and the portfolio stays as it is."
STOPPED: Final = ("stopped", "cancelled")
"""How a mission stands that cannot fly."""
SECTIONS: Final = {
    "orphans": ("orphans", "missions", "objectives"),
    "dates": ("dates",),
    "confidence": (),
    "costs": ("costs", "budget-years", "budget-plans"),
    "depends": ("dependence-shift", "agreements", "findings", "coalition", "coalition-missing"),
}
"""Sections of the page, with the tables that each holds."""
TITLES: Final = {
    "orphans": "What follows",
    "dates": "Dates",
    "confidence": "Confidence",
    "costs": "Cost",
    "depends": "Dependence, agreements, law",
}


def whatif_answer(
    portfolio: Portfolio,
    found: Consequences,
    options: Options | None,
    *,
    parameters: Mapping[str, object] | None = None,
    drawn: bool = False,
) -> Answer:
    """Return what follows from a change, and what can be done then.

    Parameters
    ----------
    portfolio : Portfolio
        Before the change.
    found : Consequences
        What follows.
    options : Options or None
        What can be done; None: that was not asked.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    ways = option_tables(portfolio, options) if options else ()
    from synodos.report.whatif.contents import told_whatif

    tables = (*consequence_tables(portfolio, found), *ways)
    sentences = told(portfolio, found, options)
    notes = tuple(dict.fromkeys((SUPPOSED, *found.notes, *((*options.notes, *options.assumptions) if options else ()))))
    wrapped = envelope(
        "whatif",
        portfolio,
        told_whatif(found, options),
        evidence=(*found.evidence, *(options.evidence if options else ())),
        parameters=parameters,
        missing=dict.fromkeys(_missing(found, options)),
        notes=notes,
    )
    document = _page(portfolio, found, options, tables, sentences, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def told(portfolio: Portfolio, found: Consequences, options: Options | None) -> tuple[str, ...]:
    """Return the answer in sentences."""
    first = f"What if {found.change}? {_opened(found)}"
    second = tuple(filter(None, (_stopped(found),))) if "missions" in found.asked else ()
    third = budget_sentences(portfolio, found)
    if options is None:
        return first, *second, *third
    return first, *second, *third, _best(portfolio, options)


def _opened(found: Consequences) -> str:
    """Return in a sentence or two which requirements nobody would meet, those that were open before apart."""
    new = [one for one in found.orphans if one.new]
    old = len(found.orphans) - len(new)
    before = f" Nobody met {counted(old, 'more requirement')} before it either." if old else ""
    if not new:
        return f"It leaves no requirement without anybody to meet it.{before.replace(' more', '')}"
    essential = sum(one.essential is True for one in new)
    return (
        f"{counted(len(new), 'requirement')} would have nobody to meet {'it' if len(new) == 1 else 'them'} any more, "
        f"{essential} of them essential.{before}"
    )


def _stopped(found: Consequences) -> str:
    """Return in a sentence which missions cannot fly."""
    stopped = [one for one in found.missions if one.after in STOPPED]
    newly = [one.name for one in stopped if one.before not in STOPPED]
    already = [one.name for one in stopped if one.before in STOPPED]
    told = [f"Until somebody takes over, {listed(newly)} cannot fly."] if newly else []
    told += [f"Something essential was open before, too, for {listed(already)}."] if already else []
    if not told and any(one.sort == "cut" for one in found.costs):
        return ""  # what a cut leaves unpaid is told with the budgets
    of_what = "No mission is stopped by what is released of it." if found.unseen else "No mission is stopped by it."
    return " ".join(told) or of_what


def _best(portfolio: Portfolio, options: Options) -> str:
    """Return in a sentence what stands first among the ways to go on."""
    if not options.considered:
        return "Nothing is open that somebody would have to take over."
    looked = f"of {counted(options.considered, 'combination')} looked at"
    if not options.ranked:
        return f"No way to go on was found {looked}; the last table says what rules each out."
    best = options.ranked[0]
    return f"{counted(len(options.ranked), 'way')} to go on {looked}; first: {moves_text(portfolio, best)}."


def comparison_answer(
    portfolio: Portfolio, changes: Sequence[tuple[str, Consequences, Options | None]], parameters: Mapping[str, object]
) -> Answer:
    """Return several changes side by side, each under its name.

    Parameters
    ----------
    portfolio : Portfolio
        Before any of them.
    changes : sequence of (str, Consequences, Options or None)
        Name of each change, and what was found.
    parameters : mapping
        What the question was asked with.
    """
    from synodos.report.whatif.contents import told_whatif

    rows = tuple(_compared(portfolio, name, found, options) for name, found, options in changes)
    columns = (
        *("change", "what happens", "open and essential", "missions that cannot fly", "objectives lost"),
        *("agreements touched", "best way to go on"),
    )
    table = Table("changes", "Changes side by side", columns, rows)
    wrapped = envelope(
        "whatif-compare",
        portfolio,
        {name: told_whatif(found, options) for name, found, options in changes},
        evidence=[key for _, found, _ in changes for key in found.evidence],
        parameters=parameters,
        missing=dict.fromkeys(text for _, found, options in changes for text in _missing(found, options)),
        notes=(SUPPOSED,),
    )
    return Answer(wrapped, header_line(portfolio), (table,), (f"{counted(len(changes), 'change')} side by side.",))


def _compared(portfolio: Portfolio, name: str, found: Consequences, options: Options | None) -> tuple[Any, ...]:
    """Return the row of one change."""
    stopped = [one.name for one in found.missions if one.after in STOPPED]
    best = moves_text(portfolio, options.ranked[0]) if options and options.ranked else None
    return (
        name,
        found.change,
        len(found.orphaned_essential),
        "; ".join(stopped) or "none",
        sum(one.lost for one in found.objectives),
        len(found.agreements),
        best,
    )


def _missing(found: Consequences, options: Options | None) -> list[str]:
    """Return the figures that would have to be stated for a fuller answer."""
    told = [f"{one.record}: what does it cost?" for one in found.costs if one.missing]
    told += (text for one in found.budgets for text in one.missing)
    told += found.coalition.missing if found.coalition else ()
    return [*told, *(text for option in (options.ranked if options else ()) for text in option.missing)]


def _page(
    portfolio: Portfolio,
    found: Consequences,
    options: Options | None,
    tables: tuple[Table, ...],
    sentences: tuple[str, ...],
    notes: tuple[str, ...],
) -> Document:
    """Return the answer as a page with pictures."""
    by_name = {table.name: table for table in tables}
    figures = _figures(portfolio, found)
    sections = [
        Section(
            anchor, TITLES[anchor], sentences if anchor == "orphans" else (), figures.get(anchor), _some(by_name, names)
        )
        for anchor, names in SECTIONS.items()
    ]
    if options is not None:
        rest = tuple(table for table in tables if table.name not in {n for names in SECTIONS.values() for n in names})
        sections.append(Section("options", "What can be done", (sentences[-1],), tables=rest))
    shown = tuple(section for section in sections if section.sentences or section.tables or section.figure)
    return Document(
        title=f"What if: {found.change}",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(*shown, Section("notes", "What the reader has to know", notes, folded=True)),
        notices=(SUPPOSED,),
    )


def _figures(portfolio: Portfolio, found: Consequences) -> dict[str, Figure]:
    """Return the pictures of the page by the section that they stand in."""
    from synodos.report.charts import before_after_chart, confidence_shift_chart, cost_shift_chart, curves_of

    figures: dict[str, Figure] = {}
    if found.dates:
        figures["dates"] = Figure.drawn("before-after", before_after_chart, portfolio, found)
    curved = max(found.dates, key=curves_of, default=None)
    if curved and curves_of(curved):
        figures["confidence"] = Figure.drawn("confidence-shift", confidence_shift_chart, portfolio, curved)
    if found.costs:
        figures["costs"] = Figure.drawn("cost-shift", cost_shift_chart, portfolio, found)
    return figures


def _some(tables: Mapping[str, Table], names: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of these names that there are."""
    return tuple(tables[name] for name in names if name in tables)
