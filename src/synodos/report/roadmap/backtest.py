"""The answers on how good the answers were: opportunities and dates, laid beside what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Outcomes, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.roadmap.backtest_tables import LOOKED_AT, backtest_tables, recall_of

if TYPE_CHECKING:
    from synodos.roadmap import Backtest, Lapses, Recall

NOTES: Final = (
    "A hit names two or more of the agencies and no other, the capability or one below or above it, and the place.",
    "The place is the destination, or one within or around it; years are not asked for.",
    "No list of what came is complete: a proposal that is in none of its rows is not thereby a false one.",
    "Outcomes are chosen and worded by people who know what happened, and are not independent of each other.",
    "The weights that ship are judgement and were fitted to no list.",
    "A proposal from the plans as if nothing were agreed tells what the score says of what was agreed already.",
)


HINDSIGHT: Final = (
    "The portfolio was compiled from public sources, perhaps long after its day, and may carry hindsight."
)


def backtest_answer(portfolio: Portfolio, outcomes: Outcomes, found: Backtest, *, drawn: bool = False) -> Answer:
    """Return how many of the cooperations that came were proposed.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    outcomes : Outcomes
        What came after it.
    found : Backtest
        What was found.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    sentences = tuple(_told(found))
    tables = backtest_tables(portfolio, outcomes, found)
    compiled = (HINDSIGHT,) if portfolio.header.compiler else ()
    notes = (*NOTES, *compiled, *(f"The list of outcomes says: {text}" for text in outcomes.about))
    wrapped = envelope(
        "backtest",
        portfolio,
        plain(found),
        evidence=[key for one in found.judged for key in one.records],
        parameters={"outcomes": found.outcomes, "dealings": found.dealings},
        notes=notes,
    ).model_copy(update={"seed": found.seed})
    document = _page(portfolio, found, tables, sentences, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def _told(found: Backtest) -> Iterator[str]:
    """Yield the answer in sentences."""
    groups = {group.name: group for group in found.groups}
    at = min(LOOKED_AT, found.listed)
    all_of, dealt = recall_of(groups["all"], "ranked", at), recall_of(groups["all"], "topics-dealt", at)
    order, words = recall_of(groups["all"], "any-order", at), recall_of(groups["all"], "words", at)
    words_dealt = recall_of(groups["all"], "words-dealt", at)
    if not (all_of and dealt and words and words_dealt and order) or all_of.share is None:
        yield "There is nothing to lay beside each other: no proposal, or no cooperation that came."
        return
    yield (
        f"Of {counted(groups['all'].outcomes, 'cooperation')} that came, {_many(all_of)} stand among the first {at} "
        f"of {found.listed} proposals."
    )
    yield (
        f"By chance it would be {dealt.found:.1f} if the same agencies were dealt other capabilities and places "
        f"({_luck(dealt)}), and {order.found:.1f} of the same proposals in any order."
    )
    yield (
        f"Plain word matching finds {words.found:.0f}, with every capability and place of the records that it joins; "
        f"{words_dealt.found:.1f} if these were dealt at random."
    )
    halves = [(name, recall_of(groups[name], "ranked", at), groups[name].outcomes) for name in ("even", "odd")]
    told = [f"{one.found:.0f} of {size} in the {name} half" for name, one, size in halves if one]
    yield f"By halves: {listed(told)}."
    yield _pairs_told(found, at)
    if found.lapses.below_proposed is not None:
        yield _lapses_told(found.lapses)


def _lapses_told(lapses: Lapses) -> str:
    """Return what the score said of what lapsed."""
    first = (
        f"Had nothing been agreed yet, {lapses.lapsed_proposed} of {lapses.lapsed} cooperations that lapsed would have "
        f"been proposed, and {lapses.came_proposed} of {lapses.came} that came"
    )
    return f"{first}; of their pairs the score puts the lapsed one lower in {percent(lapses.below_proposed or 0.0)}."


def _many(one: Recall) -> str:
    """Return how many a ranking finds, with its share."""
    return f"{one.found:.0f} ({percent(one.share or 0.0)})"


def _luck(one: Recall) -> str:
    """Return how often chance does as well."""
    return f"as many or more in {percent(one.as_good or 0.0)} of dealings"


def _pairs_told(found: Backtest, at: int) -> str:
    """Return why agencies alone prove nothing."""
    group = found.groups[0]
    alone, any_two = recall_of(group, "agencies-alone", at), recall_of(group, "agencies-alone-chance", at)
    return (
        f"Agencies alone prove nothing: proposals name {found.pairs.proposed} of {found.pairs.possible} pairs, and "
        f"would find {alone.found if alone else 0:.0f} outcomes by their agencies; any {at} pairs find "
        f"{any_two.found if any_two else 0:.1f}."
    )


def _page(
    portfolio: Portfolio,
    found: Backtest,
    tables: tuple[Table, ...],
    sentences: tuple[str, ...],
    notes: tuple[str, ...],
) -> Document:
    """Return the answer as a page with the picture."""
    from synodos.report.charts import recall_chart

    standings, areas, came, lacking, lapsed, proposed = tables[5:]
    figure = Figure.drawn("recall", recall_chart, portfolio, found)
    hits = sum(bool(one.came) for one in found.proposed)
    nothing = (
        f"Of the first {len(found.proposed)} proposals {hits} came; of the rest the list of outcomes knows nothing."
    )
    return Document(
        title="How good were the opportunities?",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("recall", "Recall", sentences[1:], figure, tables[:5]),
            Section("outcomes", "What came", tables=(standings, areas, came)),
            Section("not-found", "What was not found, and why", tables=(lacking,)),
            Section("lapsed", "What lapsed", tables=(lapsed,)),
            Section("proposed", "What was proposed", (nothing,), tables=(proposed,)),
            Section("notes", "What the reader has to know", notes, folded=True),
        ),
        notices=("A back-test of one portfolio against one list: it shows no more than what stands under the notes.",),
    )
