"""The answer on scenarios side by side: one table whose cells lead to their evidence, and small multiples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answers import Answer
from synodos.report.consequence_tables import capability_name
from synodos.report.document import Document, Figure, Section
from synodos.report.envelope import envelope, header_line, plain
from synodos.report.tables import Cell, Table
from synodos.report.wording import amount, counted, listed, percent

if TYPE_CHECKING:
    from synodos.roadmap import Arrival, Compared, Comparison

Row = tuple[str, Callable[["Compared"], Cell]]
MOST_NAMED: Final = 4
"""Names that a cell lists."""
NOTES: Final = (
    "No score is made of the rows: what counts how much is for the reader to weigh.",
    "An amount for several years is spread evenly over them; of several amounts for one period the largest counts.",
    "Where nothing is stated, dates and chances rest on the same defaults everywhere; `synodos risk` names them.",
    "A slip of two years moves the first day of each of an agency's building blocks that does not fly yet.",
)


def scenarios_answer(
    portfolio: Portfolio, found: Comparison, parameters: Mapping[str, object], *, drawn: bool = False
) -> Answer:
    """Return scenarios side by side.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    found : Comparison
        The scenarios.
    parameters : mapping
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    tables = (_side_by_side(portfolio, found), *_details(portfolio, found))
    sentences = tuple(_told(portfolio, found))
    wrapped = envelope(
        "compare", portfolio, plain(found), evidence=_evidence(found), parameters=parameters,
        missing=dict.fromkeys(fact for one in found.scenarios for fact in one.readiness.missing), notes=NOTES,
    )  # fmt: skip
    document = _page(portfolio, found, tables, sentences) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def _told(portfolio: Portfolio, found: Comparison) -> Iterator[str]:
    """Yield the answer in sentences."""
    names = listed([one.name for one in found.scenarios])
    yield f"{names}: {counted(len(found.shared), 'mission')} in common."
    ready = [(sum(m.stage == "nobody" for m in one.readiness.missions), one) for one in found.scenarios if one.missions]
    if ready:
        least = min(count for count, _ in ready)
        best = listed([one.name for count, one in ready if count == least])
        yield f"Fewest missions that lack something nobody supplies: {best} ({least})."
    frail = [(len(one.blows[0].stopped), one) for one in found.scenarios if one.blows]
    if frail:
        most = max(count for count, _ in frail)
        worst = next(one for count, one in frail if count == most)
        who = portfolio.agency_name(worst.blows[0].agency) if worst.blows else ""
        yield f"The gravest withdrawal: {who} would stop {counted(most, 'mission')} of {worst.name}."


def _side_by_side(portfolio: Portfolio, found: Comparison) -> Table:
    """Return one row a measure and one column a scenario."""
    rows = tuple(
        (aspect, measure, *(value(one) for one in found.scenarios))
        for aspect, measures in _measures(portfolio, found).items()
        for measure, value in measures
    )
    columns = ("aspect", "measure", *(_column(one, found) for one in found.scenarios))
    return Table("compare", "Side by side", columns, rows)


def _column(one: Compared, found: Comparison) -> str:
    """Return the heading of a scenario: its name, with its id where two have the same."""
    alike = sum(other.name == one.name for other in found.scenarios) > 1
    return f"{one.name} ({one.id})" if alike else one.name


def _measures(portfolio: Portfolio, found: Comparison) -> dict[str, list[Row]]:
    """Return the rows of the table, by aspect."""
    told: dict[str, list[Row]] = {"missions": _mission_rows(), "readiness": _readiness_rows(portfolio)}
    asked: dict[str, Callable[[], list[Row]]] = {
        "dates": lambda: _date_rows(portfolio, found),
        "objectives": lambda: _objective_rows(portfolio, found),
        "costs": _cost_rows,
        "dependence": lambda: _dependence_rows(portfolio),
        "path": lambda: _path_rows(portfolio),
        "law": _law_rows,
        "robustness": lambda: _robustness_rows(portfolio),
        "worth": lambda: _worth_rows(portfolio),
    }
    return told | {aspect: asked[aspect]() for aspect in found.aspects}


def _mission_rows() -> list[Row]:
    """Return how many missions there are of which sort."""
    return [
        ("missions", lambda one: len(one.missions)),
        ("with people", lambda one: one.crewed),
        ("robotic", lambda one: one.robotic),
        ("not stated which", lambda one: one.not_stated),
    ]


def _readiness_rows(portfolio: Portfolio) -> list[Row]:
    """Return how ready scenarios are."""

    def stage(name: str) -> Callable[[Compared], Cell]:
        return lambda one: sum(n.stage == name for m in one.readiness.missions for n in m.needs)

    def unworked(one: Compared) -> Cell:
        return listed([capability_name(portfolio, key) for key, _ in one.readiness.unworked], MOST_NAMED)

    return [
        ("needs that fly already", stage("flies")),
        ("needs that nobody supplies", stage("nobody")),
        ("needs met too late", stage("late")),
        ("nobody works on", unworked),
        ("building blocks used at several bodies", lambda one: len(one.readiness.reused)),
    ]


def _date_rows(portfolio: Portfolio, found: Comparison) -> list[Row]:
    """Return the first arrivals at each body."""
    keys = sorted({(a.body, a.crewed) for one in found.scenarios for a in one.arrivals or ()})
    return [
        (
            f"first {'people at' if crewed else 'robotic mission to'} {portfolio.destinations.label(body)}",
            lambda one, body=body, crewed=crewed: _arrival_words(one, body, crewed=crewed),  # type: ignore[misc]
        )
        for body, crewed in keys
    ]


def _arrival_words(one: Compared, body: str, *, crewed: bool) -> Cell:
    """Return when a scenario first reaches a body, and how sure that is."""
    arrival = next((a for a in one.arrivals or () if (a.body, a.crewed) == (body, crewed)), None)
    if arrival is None:
        return "none"
    return _dated(arrival)


def _dated(arrival: Arrival) -> str:
    """Return a planned date with its chances."""
    planned = str(arrival.planned) if arrival.planned else "no date"
    if arrival.in_time is None:
        return planned
    half = f", half by {arrival.median}" if arrival.median else ""
    return f"{planned}; {percent(arrival.in_time)} in time{half}"


def _objective_rows(portfolio: Portfolio, found: Comparison) -> list[Row]:
    """Return which themes and goals are served, and from when."""
    tree = portfolio.vocabularies["exploration-objectives"]
    goals = [served.goal for served in found.scenarios[0].served or ()]
    return [
        (tree.label(goal), lambda one, goal=goal: _served_words(one, goal))  # type: ignore[misc]
        for goal in goals
    ]


def _served_words(one: Compared, goal: str) -> Cell:
    """Return how many missions serve a goal, and from which year."""
    found = next((served for served in one.served or () if served.goal == goal), None)
    if found is None or not found.missions:
        return "none stated"
    since = f" from {found.years[0][0]}" if found.years else ""
    return f"{counted(len(found.missions), 'mission')}{since}"


def _cost_rows() -> list[Row]:
    """Return what is stated of costs."""

    def total(one: Compared) -> Cell:
        costs = one.costs
        if costs is None or costs.currency is None:
            return None
        return amount(sum(s.cost for s in costs.spending), costs.currency, costs.price_year)

    def over(one: Compared) -> Cell:
        spent = [s for s in one.costs.spending if s.budget is not None] if one.costs else []
        beyond = [s for s in spent if s.budget is not None and s.cost > s.budget]
        return f"{len(beyond)} of {len(spent)}" if spent else None

    return [
        ("stated costs together, at least", total),
        ("plans with a comparable cost", lambda one: one.costs.stated if one.costs else None),
        ("plans without", lambda one: one.costs.unstated + len(one.costs.not_comparable) if one.costs else None),
        ("agency's years over its stated budget", over),
    ]


def _dependence_rows(portfolio: Portfolio) -> list[Row]:
    """Return who depends on whom."""

    def points(one: Compared) -> Cell:
        found = one.dependences.single_points if one.dependences else ()
        names = [f"{capability_name(portfolio, p.capability)} by {portfolio.agency_name(p.provider)}" for p in found]
        return listed(names, MOST_NAMED)

    return [
        (
            "essential dependences",
            lambda one: sum(d.essential is True for d in one.dependences.items) if one.dependences else None,
        ),
        ("single points of failure", lambda one: len(one.dependences.single_points) if one.dependences else None),
        ("the gravest", points),
    ]


def _path_rows(portfolio: Portfolio) -> list[Row]:
    """Return who holds the critical path."""

    def holders(one: Compared) -> Cell:
        told = [
            f"{portfolio.agency_name(s.holder) if s.cause == 'work' else s.holder} {percent(s.fraction)}"
            for s in one.path or ()
        ]
        return listed(told, MOST_NAMED) if told else "no mission is still to fly on a date"

    def target(one: Compared) -> Cell:
        return portfolio.missions[one.path_to].name if one.path_to else None

    return [("longest path to", target), ("held by", holders)]


def _law_rows() -> list[Row]:
    """Return what law asks, and what is still to be signed."""

    def findings(*statuses: str) -> Callable[[Compared], Cell]:
        return lambda one: sum(dict(one.binding.findings).get(s, 0) for s in statuses) if one.binding else None

    return [
        ("in conflict on the stated facts", findings("breached")),
        ("to be determined", findings("needs_determination")),
        ("met or exempt", findings("met", "exempt")),
        ("contested", lambda one: one.binding.contested if one.binding else None),
        ("instruments needed", lambda one: one.binding.needed if one.binding else None),
        ("of these not in force", lambda one: len(one.binding.lacking) if one.binding else None),
    ]


def _robustness_rows(portfolio: Portfolio) -> list[Row]:
    """Return how scenarios stand up to a withdrawal and to a slip."""

    def gravest(one: Compared) -> Cell:
        stopping = [blow for blow in one.blows or () if blow.stopped]
        if not stopping:
            return "none stops a mission"
        return f"{portfolio.agency_name(stopping[0].agency)}: {len(stopping[0].stopped)} of {len(one.missions)}"

    def slips(one: Compared) -> Cell:
        late = [(len(b.late), b) for b in one.blows or () if b.late]
        if not late:
            return "none keeps a mission waiting"
        count, worst = max(late, key=lambda row: row[0])
        return f"{portfolio.agency_name(worst.agency)}: {count} of {len(one.missions)}"

    return [
        ("agencies whose withdrawal stops a mission", lambda one: sum(bool(b.stopped) for b in one.blows or ())),
        ("gravest withdrawal", gravest),
        ("agencies whose slip keeps a mission waiting", lambda one: sum(bool(b.late) for b in one.blows or ())),
        ("gravest slip of two years", slips),
    ]  # fmt: skip


def _worth_rows(portfolio: Portfolio) -> list[Row]:
    """Return what cooperating saves."""

    def saved(one: Compared) -> Cell:
        gain = one.gain
        if gain is None or gain.currency is None:
            return None
        return f"at least {amount(gain.saved, gain.currency, gain.price_year)}"

    def shares(one: Compared) -> Cell:
        if one.gain is None or not one.gain.saved:
            return None
        best = sorted(one.gain.shares, key=lambda share: -share[1])
        return listed(
            [f"{portfolio.agency_name(key)} {percent(v / one.gain.saved)}" for key, v in best if v], MOST_NAMED
        )

    return [
        ("saved by developing together", saved),
        ("shared (Shapley value)", shares),
        ("figures missing", lambda one: one.gain.missing if one.gain else None),
    ]


def _details(portfolio: Portfolio, found: Comparison) -> tuple[Table, ...]:
    """Return what stands behind the rows."""
    return tuple(table(portfolio, found) for table in (_arrivals, _costs, _robustness, _instruments))


def _arrivals(portfolio: Portfolio, found: Comparison) -> Table:
    """Return the first missions to each body."""
    rows = tuple(
        (
            one.name,
            portfolio.destinations.label(a.body),
            "people" if a.crewed else "robotic",
            portfolio.missions[a.mission].name,
            str(a.planned) if a.planned else None,
            a.median.isoformat() if a.median else None,
            a.p80.isoformat() if a.p80 else None,
            None if a.in_time is None else percent(a.in_time),
        )
        for one in found.scenarios
        for a in one.arrivals or ()
    )
    columns = ("scenario", "body", "with", "mission", "planned", "half of the chances by", "80 of 100 by", "in time")
    return Table("arrivals", "First arrivals", columns, rows)


def _costs(portfolio: Portfolio, found: Comparison) -> Table:
    """Return what is stated of costs by agency and year."""
    told = [(one, one.costs) for one in found.scenarios if one.costs]
    rows = tuple(
        (one.name, portfolio.agency_name(s.agency), s.year, _millions(s.cost), _millions(s.budget), len(s.records))
        for one, costs in told
        for s in costs.spending
    )
    terms = next((f" ({c.currency} million, {c.price_year} prices)" for _, c in told if c.currency), "")
    columns = ("scenario", "agency", "year", "cost", "budget", "plans")
    return Table("costs", f"Stated costs by agency and year{terms}", columns, rows)


def _robustness(portfolio: Portfolio, found: Comparison) -> Table:
    """Return what each agency could do by withdrawing or by being late."""
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(blow.agency),
            "; ".join(portfolio.missions[key].name for key in blow.stopped) or "none",
            "; ".join(portfolio.missions[key].name for key in blow.late) or "none",
        )
        for one in found.scenarios
        for blow in one.blows or ()
    )
    columns = ("scenario", "agency", "stops if it withdraws", "waits if it comes two years late")
    return Table("robustness", "What each agency could do to it", columns, rows)


def _instruments(portfolio: Portfolio, found: Comparison) -> Table:
    """Return the instruments that are needed and not in force."""
    rows = tuple(
        (one.name, portfolio.missions[mission].name, portfolio.agency_name(lead), portfolio.agency_name(partner))
        for one in found.scenarios
        for mission, lead, partner in (one.binding.lacking if one.binding else ())
    )
    columns = ("scenario", "mission", "lead", "partner")
    return Table("instruments", "Instruments that are needed and not in force", columns, rows)


def _millions(value: float | None) -> Cell:
    """Return an amount in millions."""
    return None if value is None else round(value / 1e6, 1)


def _evidence(found: Comparison) -> Iterator[str]:
    """Yield the records that the comparison rests on."""
    for one in found.scenarios:
        yield f"scenario:{one.id}"
        yield from (f"mission:{key}" for key in one.missions)
        yield from (s.record for m in one.readiness.missions for n in m.needs for s in n.supplies)
        yield from (key for s in (one.costs.spending if one.costs else ()) for key in s.records)
        yield from one.dependences.evidence if one.dependences else ()
        yield from one.binding.evidence if one.binding else ()


def _page(portfolio: Portfolio, found: Comparison, tables: tuple[Table, ...], sentences: tuple[str, ...]) -> Document:
    """Return the answer as a page with the picture."""
    from synodos.report.charts import scenarios_chart

    figure = Figure.of("scenarios", scenarios_chart(portfolio, found))
    return Document(
        title="Scenarios side by side",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("compare", "Side by side", sentences[1:], figure, tables[:1]),
            Section("details", "What stands behind it", tables=tables[1:]),
            Section("notes", "What the reader has to know", NOTES, folded=True),
        ),
    )
