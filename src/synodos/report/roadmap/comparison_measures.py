"""The rows by which scenarios are compared: what each says of a scenario, and on which records that rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from synodos.language import DateRange, Portfolio
from synodos.report.answering.naming import capability_name
from synodos.report.answering.tables import Cell
from synodos.report.answering.wording import amount, counted, listed, percent

if TYPE_CHECKING:
    from synodos.roadmap import Arrival, Blow, Compared, Comparison, Served

Better = Literal["more", "less", "earlier"]
"""Which way a reader may count a row; which way is good is for the reader to say."""
MOST_NAMED: Final = 4
"""Names that a cell lists."""
YEAR_DAYS: Final = 365.25


def _nothing(_one: Compared) -> tuple[str, ...]:
    """Return no records."""
    return ()


def _no_figure(_one: Compared) -> None:
    """Return no figure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table.

    Attributes
    ----------
    name : str
        Words before the row.
    told : callable
        What it says of a scenario.
    evidence : callable
        Records that this rests on, as `kind:id`.
    better : Better or None
        Which way it is counted where a reader weighs it; None: it is no number.
    figure : callable
        The number that is weighed, None where nothing is stated: days as years (2025.5), money in millions.
    """

    name: str
    told: Callable[[Compared], Cell]
    evidence: Callable[[Compared], Iterable[str]] = _nothing
    better: Better | None = None
    figure: Callable[[Compared], float | None] = _no_figure


def _number(
    name: str,
    told: Callable[[Compared], int | None],
    evidence: Callable[[Compared], Iterable[str]],
    better: Better,
) -> Measure:
    """Return a row that is a number."""
    return Measure(name, told, evidence, better, told)


def measures_of(portfolio: Portfolio, found: Comparison) -> dict[str, list[Measure]]:
    """Return the rows of the table, by aspect; missions and readiness are always told."""
    told = {"missions": _missions(portfolio), "readiness": _readiness(portfolio)}
    asked: dict[str, Callable[[], list[Measure]]] = {
        "dates": lambda: _dates(portfolio, found),
        "objectives": lambda: _objectives(portfolio, found),
        "costs": _costs,
        "dependence": lambda: _dependence(portfolio),
        "path": lambda: _path(portfolio),
        "law": _law,
        "robustness": lambda: _robustness(portfolio),
        "worth": lambda: _worth(portfolio),
    }
    return told | {aspect: asked[aspect]() for aspect in found.aspects}


def _keys(missions: Iterable[str]) -> tuple[str, ...]:
    """Return missions as evidence names them."""
    return tuple(f"mission:{key}" for key in missions)


def _missions(portfolio: Portfolio) -> list[Measure]:
    """Return how many missions there are of which sort."""

    def flown(*, crewed: bool | None) -> Callable[[Compared], Iterable[str]]:
        return lambda one: _keys(key for key in one.missions if portfolio.missions[key].crewed is crewed)

    return [
        _number("missions", lambda one: len(one.missions), lambda one: _keys(one.missions), "more"),
        _number("with people", lambda one: one.crewed, flown(crewed=True), "more"),
        _number("robotic", lambda one: one.robotic, flown(crewed=False), "more"),
        Measure("not stated which", lambda one: one.not_stated, flown(crewed=None)),
    ]


def _readiness(portfolio: Portfolio) -> list[Measure]:
    """Return how ready scenarios are."""

    def staged(name: str, stage: str, better: Better) -> Measure:
        def needs(one: Compared) -> list[tuple[str, tuple[str, ...]]]:
            told = ((mission.mission, need) for mission in one.readiness.missions for need in mission.needs)
            return [(key, tuple(s.record for s in need.supplies)) for key, need in told if need.stage == stage]

        def behind(one: Compared) -> Iterable[str]:
            return (*_keys(key for key, _ in needs(one)), *(record for _, records in needs(one) for record in records))

        return _number(name, lambda one: len(needs(one)), behind, better)

    def unworked(one: Compared) -> Cell:
        return listed([capability_name(portfolio, key) for key, _ in one.readiness.unworked], MOST_NAMED)

    def waiting(one: Compared) -> Iterable[str]:
        return _keys(key for _, missions in one.readiness.unworked for key in missions)

    return [
        staged("needs that fly already", "flies", "more"),
        staged("needs that nobody supplies", "nobody", "less"),
        staged("needs met too late", "late", "less"),
        Measure("nobody works on", unworked, waiting, "less", lambda one: len(one.readiness.unworked)),
        _number(
            "building blocks used at several bodies",
            lambda one: len(one.readiness.reused),
            lambda one: (key for key, _ in one.readiness.reused),
            "more",
        ),
    ]


def _dates(portfolio: Portfolio, found: Comparison) -> list[Measure]:
    """Return the first arrivals at each body."""

    def row(body: str, crewed: bool) -> Measure:  # noqa: FBT001 - a key
        def first(one: Compared) -> Arrival | None:
            return next((a for a in one.arrivals or () if (a.body, a.crewed) == (body, crewed)), None)

        def told(one: Compared) -> Cell:
            return "none" if (arrival := first(one)) is None else _dated(arrival)

        def behind(one: Compared) -> Iterable[str]:
            return () if (arrival := first(one)) is None else _keys([arrival.mission])

        def year(one: Compared) -> float | None:
            arrival = first(one)
            return None if arrival is None or arrival.planned is None else _year(arrival.planned)

        who = "people at" if crewed else "robotic mission to"
        return Measure(f"first {who} {portfolio.destinations.label(body)}", told, behind, "earlier", year)

    return [row(*key) for key in sorted({(a.body, a.crewed) for one in found.scenarios for a in one.arrivals or ()})]


def _dated(arrival: Arrival) -> str:
    """Return a planned date with its chances."""
    planned = str(arrival.planned) if arrival.planned else "no date"
    if arrival.in_time is None:
        return planned
    half = f", half by {arrival.median}" if arrival.median else ""
    return f"{planned}; {percent(arrival.in_time)} in time{half}"


def _year(planned: DateRange) -> float | None:
    """Return the last day of a date as a year with its part; None where it stays open."""
    if planned.stays_open:
        return None
    day = planned.latest
    return round(day.year + day.timetuple().tm_yday / YEAR_DAYS, 2)


def _objectives(portfolio: Portfolio, found: Comparison) -> list[Measure]:
    """Return which themes and goals are served, and from when."""
    tree = portfolio.vocabularies["exploration-objectives"]

    def row(goal: str) -> Measure:
        def served(one: Compared) -> Served | None:
            return next((one for one in one.served or () if one.goal == goal), None)

        def told(one: Compared) -> Cell:
            found = served(one)
            if found is None or not found.missions:
                return "none stated"
            since = f" from {found.years[0][0]}" if found.years else ""
            return f"{counted(len(found.missions), 'mission')}{since}"

        def flown(one: Compared) -> tuple[str, ...]:
            found = served(one)
            return found.missions if found else ()

        return Measure(
            tree.label(goal), told, lambda one: _keys(flown(one)), "more", lambda one: float(len(flown(one)))
        )

    return [row(served.goal) for served in found.scenarios[0].served or ()]


def _costs() -> list[Measure]:
    """Return what is stated of costs."""

    def together(one: Compared) -> float | None:
        costs = one.costs
        if costs is None or costs.currency is None or not costs.stated:  # of nothing stated the sum is no zero
            return None
        return sum(s.cost for s in costs.spending)

    def total(one: Compared) -> Cell:
        costs, found = one.costs, together(one)
        return (
            None
            if costs is None or costs.currency is None or found is None
            else amount(found, costs.currency, costs.price_year)
        )

    def millions(one: Compared) -> float | None:
        found = together(one)
        return None if found is None else round(found / 1e6, 1)

    def over(one: Compared) -> Cell:
        spent = [s for s in one.costs.spending if s.budget is not None] if one.costs else []
        beyond = [s for s in spent if s.budget is not None and s.cost > s.budget]
        return f"{len(beyond)} of {len(spent)}" if spent else None

    def priced(one: Compared) -> Iterable[str]:
        return (key for s in (one.costs.spending if one.costs else ()) for key in s.records)

    return [
        Measure("stated costs together, at least", total, priced, "less", millions),
        Measure("plans with a comparable cost", lambda one: one.costs.stated if one.costs else None, priced),
        Measure("plans without", lambda one: one.costs.unstated + len(one.costs.not_comparable) if one.costs else None),
        Measure("agency's years over its stated budget", over, priced),
    ]


def _dependence(portfolio: Portfolio) -> list[Measure]:
    """Return who depends on whom."""

    def essential(one: Compared) -> int | None:
        return sum(d.essential is True for d in one.dependences.items) if one.dependences else None

    def behind(one: Compared) -> Iterable[str]:
        return (key for d in (one.dependences.items if one.dependences else ()) if d.essential for key in d.evidence)

    def points(one: Compared) -> Cell:
        found = one.dependences.single_points if one.dependences else ()
        names = [f"{capability_name(portfolio, p.capability)} by {portfolio.agency_name(p.provider)}" for p in found]
        return listed(names, MOST_NAMED)

    def stopped(one: Compared) -> Iterable[str]:
        found = one.dependences.single_points if one.dependences else ()
        return (key for point in found for key in (point.record or f"agency:{point.provider}", *point.missions))

    return [
        _number("essential dependences", essential, behind, "less"),
        _number(
            "single points of failure",
            lambda one: len(one.dependences.single_points) if one.dependences else None,
            stopped,
            "less",
        ),
        Measure("the gravest", points, stopped),
    ]


def _path(portfolio: Portfolio) -> list[Measure]:
    """Return who holds the critical path."""

    def holders(one: Compared) -> Cell:
        told = [
            f"{portfolio.agency_name(s.holder) if s.cause == 'work' else s.holder} {percent(s.fraction)}"
            for s in one.path or ()
        ]
        return listed(told, MOST_NAMED) if told else "no mission is still to fly on a date"

    def holding(one: Compared) -> Iterable[str]:
        known = (f"agency:{s.holder}" for s in one.path or () if s.cause == "work" and s.holder in portfolio.agencies)
        return (*target(one), *known)

    def target(one: Compared) -> tuple[str, ...]:
        return _keys([one.path_to] if one.path_to else [])

    return [
        Measure("longest path to", lambda one: portfolio.missions[one.path_to].name if one.path_to else None, target),
        Measure("held by", holders, holding),
    ]


def _law() -> list[Measure]:
    """Return what law asks, and what is still to be signed."""

    def row(name: str, *statuses: str) -> Measure:
        def count(one: Compared) -> int | None:
            return sum(dict(one.binding.findings).get(s, 0) for s in statuses) if one.binding else None

        return _number(name, count, about(*statuses), "more" if "met" in statuses else "less")

    def about(*sorts: str) -> Callable[[Compared], Iterable[str]]:
        def judged(one: Compared) -> Iterable[str]:
            return (key for sort, keys in (one.binding.judged if one.binding else ()) if sort in sorts for key in keys)

        return judged

    def lacking(one: Compared) -> Iterable[str]:
        rows = one.binding.lacking if one.binding else ()
        return (key for row in rows for key in (f"mission:{row[0]}", *(f"agency:{agency}" for agency in row[1:])))

    return [
        row("in conflict on the stated facts", "breached"),
        row("to be determined", "needs_determination"),
        row("met or exempt", "met", "exempt"),
        _number("contested", lambda one: one.binding.contested if one.binding else None, about("contested"), "less"),
        Measure(
            "instruments needed",
            lambda one: one.binding.needed if one.binding else None,
            lambda one: one.binding.evidence if one.binding else (),
        ),
        _number(
            "of these not known to be met",
            lambda one: len(one.binding.lacking) if one.binding else None,
            lacking,
            "less",
        ),
    ]


def _robustness(portfolio: Portfolio) -> list[Measure]:
    """Return how scenarios stand up to a withdrawal and to a slip."""
    return [
        *_blows(
            portfolio,
            lambda blow: blow.stopped,
            ("agencies whose withdrawal stops a mission", "gravest withdrawal", "none stops a mission"),
        ),
        *_blows(
            portfolio,
            lambda blow: blow.late,
            (
                "agencies whose slip keeps a mission waiting",
                "gravest slip of two years",
                "none keeps a mission waiting",
            ),
        ),
    ]


def _blows(
    portfolio: Portfolio, missions: Callable[[Blow], Sequence[str]], words: tuple[str, str, str]
) -> list[Measure]:
    """Return of one sort of blow which agencies can deal it, and the gravest; `missions` gives what it strikes."""
    dealers, gravest, none = words

    def dealt(one: Compared) -> list[Blow]:
        return [blow for blow in one.blows or () if missions(blow)]

    def worst(one: Compared) -> Cell:
        blow = max(dealt(one), key=lambda blow: len(missions(blow)), default=None)
        if blow is None:
            return none
        return f"{portfolio.agency_name(blow.agency)}: {len(missions(blow))} of {len(one.missions)}"

    def most(one: Compared) -> float | None:
        return None if one.blows is None else max((len(missions(blow)) for blow in one.blows), default=0)

    def evidence(one: Compared) -> Iterable[str]:
        return (key for blow in dealt(one) for key in (f"agency:{blow.agency}", *_keys(missions(blow))))

    return [
        _number(dealers, lambda one: len(dealt(one)), evidence, "less"),
        Measure(gravest, worst, evidence, "less", most),
    ]


def _worth(portfolio: Portfolio) -> list[Measure]:
    """Return what cooperating saves."""

    def saved(one: Compared) -> Cell:
        gain = one.gain
        if gain is None or gain.currency is None:
            return None
        return f"at least {amount(gain.saved, gain.currency, gain.price_year)}"

    def millions(one: Compared) -> float | None:
        return None if one.gain is None or one.gain.currency is None else round(one.gain.saved / 1e6, 1)

    def shares(one: Compared) -> Cell:
        if one.gain is None or not one.gain.saved:
            return None
        best = sorted(one.gain.shares, key=lambda share: -share[1])
        return listed(
            [f"{portfolio.agency_name(key)} {percent(v / one.gain.saved)}" for key, v in best if v], MOST_NAMED
        )

    def sharing(one: Compared) -> Iterable[str]:
        return (f"agency:{key}" for key, value in (one.gain.shares if one.gain else ()) if value)

    return [
        Measure("saved by developing together", saved, sharing, "more", millions),
        Measure("shared (Shapley value)", shares, sharing),
        Measure("figures missing", lambda one: one.gain.missing if one.gain else None),
    ]
