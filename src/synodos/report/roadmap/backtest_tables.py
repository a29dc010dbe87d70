"""The tables of a back-test: recall, why the rest was not found, and what was proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Outcomes, Portfolio
from synodos.report.answering.naming import capability_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import percent

if TYPE_CHECKING:
    from synodos.roadmap import Backtest, Judged, Recall, RecallGroup

LOOKED_AT: Final = 50
"""Number of proposals that the sentences speak of."""
MOST_RECORDS: Final = 4
"""Records that a row names."""
GROUP_WORDS: Final = {
    "all": "all that came",
    "even": "even half",
    "odd": "odd half",
    "findable": "those that the portfolio says enough of",
}


def backtest_tables(portfolio: Portfolio, outcomes: Outcomes, found: Backtest) -> tuple[Table, ...]:
    """Return the tables of the answer."""
    names = {**dict(outcomes.agencies), **{key: portfolio.agency_name(key) for key in portfolio.agencies}}
    groups = {group.name: group for group in found.groups}
    came = [one for one in found.judged if one.came == "happened"]
    lapsed = [one for one in found.judged if one.came == "lapsed"]
    return (
        _recall_table(groups["all"]),
        _halves_table(found.groups),
        _recall_table(groups["findable"]),
        _luck_table(found.groups),
        _precision_table(found),
        _standing_table(came),
        _area_table(came),
        _outcome_table("found", "Cooperations that came and were proposed", [one for one in came if one.rank]),
        _lacking_table(came, names),
        _outcome_table("lapsed", "Cooperations that lapsed", lapsed),
        _proposed_table(portfolio, found),
    )


def _recall_table(group: RecallGroup) -> Table:
    """Return how many of a group every method finds."""
    from synodos.roadmap import METHODS

    at = _numbers(group)
    rows = tuple(
        (words, *(_recall_cell(recall_of(group, method, count)) for count in at)) for method, words in METHODS.items()
    )
    name = "recall" if group.name == "all" else f"recall-{group.name}"
    title = f"Found among the first proposals, of {group.outcomes}: {GROUP_WORDS[group.name]}"
    return Table(name, title, ("method", *(f"among {count}" for count in at)), rows)


def _numbers(group: RecallGroup) -> list[int]:
    """Return the numbers of proposals that are looked at."""
    return list(dict.fromkeys(one.at for one in group.recalls))


def _luck_table(groups: Sequence[RecallGroup]) -> Table:
    """Return how often chance finds as many as the ranking does, group by group."""
    from synodos.roadmap import METHODS

    at = _numbers(groups[0])
    rows = tuple(
        (
            GROUP_WORDS[group.name],
            group.outcomes,
            METHODS[method],
            *(_luck_cell(recall_of(group, method, count)) for count in at),
        )
        for group in groups
        for method in ("topics-dealt", "any-order")
    )
    columns = ("outcomes", "number", "chance", *(f"among {count}" for count in at))
    return Table("luck", "How often chance finds as many or more", columns, rows)


def _luck_cell(one: Recall | None) -> Cell:
    """Return how often chance does as well."""
    return percent(one.as_good) if one and one.as_good is not None else None


def _recall_cell(one: Recall | None) -> Cell:
    """Return a number of outcomes with its share; expectations have a decimal."""
    if one is None or one.share is None:
        return None
    many = f"{one.found:.0f}" if one.found == round(one.found) else f"{one.found:.1f}"
    return f"{many} ({percent(one.share)})"


def _halves_table(groups: Sequence[RecallGroup]) -> Table:
    """Return recall over both halves side by side."""
    from synodos.roadmap import METHODS

    halves = [group for group in groups if group.name in ("even", "odd")]
    at = _numbers(halves[0])[:3]
    rows = tuple(
        (words, *(_recall_cell(recall_of(half, method, count)) for half in halves for count in at))
        for method, words in METHODS.items()
    )
    heads = [f"{half.name}, {count}" for half in halves for count in at]
    sizes = " and ".join(f"{half.outcomes} in the {half.name} half" for half in halves)
    return Table("halves", f"Found among the first proposals, of {sizes}", ("method", *heads), rows)


def _precision_table(found: Backtest) -> Table:
    """Return how many of the first proposals came."""
    rows = tuple((one.at, one.came, round(one.dealt, 1), round(one.any_order, 1)) for one in found.precisions)
    columns = ("among the first", "came", "by chance, dealt at random", "by chance, any order")
    return Table("precision", "How many of the first proposals came", columns, rows)


def _area_table(came: Sequence[Judged]) -> Table:
    """Return what was found by sort of cooperation."""
    areas = sorted({one.area for one in came})
    found = {area: [one.rank for one in came if one.area == area] for area in areas}
    rows = tuple(
        (
            area.replace("-", " "),
            len(ranks),
            sum(rank is not None and rank <= LOOKED_AT for rank in ranks),
            sum(rank is not None for rank in ranks),
        )
        for area, ranks in found.items()
    )
    columns = ("sort", "came", f"among {LOOKED_AT}", "proposed at all")
    return Table("areas", "By sort of cooperation", columns, rows)


def _standing_table(came: Sequence[Judged]) -> Table:
    """Return how many of each half were found, missed, or could not be found, and why."""
    from synodos.roadmap import STANDINGS

    count = Counter((one.standing, one.half) for one in came)
    rows = tuple(
        (standing, count[standing, "even"] + count[standing, "odd"], count[standing, "even"], count[standing, "odd"])
        for standing in STANDINGS
    )
    return Table("standings", "What was found, and why the rest was not", ("standing", "all", "even", "odd"), rows)


def _outcome_table(name: str, title: str, judged: Sequence[Judged]) -> Table:
    """Return outcomes with their ranks."""
    rows = tuple(
        (
            one.title,
            one.half,
            one.standing,
            _rank(one.rank),
            f"agencies {one.tie.agencies}, capability {one.tie.capability}, place {one.tie.destination}"
            if one.tie
            else "not at all",
            _rank(one.rank_without_inferred),
            _rank(one.rank_of_the_time),
            _rank(one.rank_by_words),
            _rank(one.rank_of_agencies),
            _rank(one.rank_unlinked),
        )
        for one in judged
    )
    columns = (
        "cooperation",
        "half",
        "standing",
        "rank",
        "how it is tied",
        "rank without inferred",
        "rank from texts of the time",
        "rank by words",
        "rank of the agencies alone",
        "rank if nothing were agreed",
    )
    return Table(name, title, columns, rows, wide=("rank from texts of the time", "rank of the agencies alone"))


def _rank(rank: int | None) -> Cell:
    """Return a rank, or that there is none."""
    return "none" if rank is None else rank


def _lacking_table(came: Sequence[Judged], names: dict[str, str]) -> Table:
    """Return what was not proposed, why, and what the portfolio would have had to say."""
    rows = tuple(
        (
            one.title,
            one.half,
            one.standing,
            ", ".join(names.get(key, key) for key in one.lacking) or "nobody",
            "; ".join(one.records[:MOST_RECORDS]) or "none",
            _rank(one.rank_by_words),
        )
        for one in came
        if one.standing != "found"
    )
    columns = ("cooperation", "half", "standing", "agencies", "records that come nearest", "rank by words")
    return Table("not-found", "What was not proposed, and why", columns, rows)


def _proposed_table(portfolio: Portfolio, found: Backtest) -> Table:
    """Return the first proposals with what came of each."""
    titles = {one.outcome: one.title for one in found.judged}
    rows = tuple(
        (
            one.rank,
            ", ".join(portfolio.agency_name(key) for key in one.agencies),
            _topic_name(portfolio, one.topic),
            ", ".join(portfolio.destinations.label(key) for key in one.destinations) or None,
            one.score,
            "; ".join(titles[key] for key in one.came) or "nothing in the list",
            "; ".join(titles[key] for key in one.lapsed) or "nothing",
            "; ".join(titles[key] for key in one.near) or "nothing",
        )
        for one in found.proposed
    )
    columns = ("rank", "agencies", "topic", "where", "score", "what came", "what lapsed", "what came near")
    title = f"The first {len(found.proposed)} proposals, and what came of them"
    return Table("proposed", title, columns, rows, wide=("where",))


def _topic_name(portfolio: Portfolio, topic: str) -> str:
    """Return the label of a capability or an objective."""
    if topic in portfolio.capabilities:
        return capability_name(portfolio, topic)
    return portfolio.vocabularies["exploration-objectives"].label(topic)


def recall_of(group: RecallGroup, method: str, at: int) -> Recall | None:
    """Return what a method finds in a group among that many proposals, or None if there are not so many."""
    return next((one for one in group.recalls if (one.method, one.at) == (method, at)), None)
