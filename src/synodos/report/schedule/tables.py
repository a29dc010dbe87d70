"""The tables of schedules: activities with their dates and float, who holds the path, what changed, what is sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import days_text
from synodos.report.schedule.moments import dates_text, moment_text, start_text

if TYPE_CHECKING:
    from synodos.schedule import CriticalPath, Difference, Health, Holding, NearCritical, Node, Why

MOST_NAMED = 12
"""Activities that one cell names; more are counted."""
LINK_FROM = "link from "
"""How the change of a link begins; the id of its predecessor follows."""
Drags = Sequence[int | None]
"""For each activity the minutes that the finish gains, at most, if it takes no time; None where not computed."""


def activity_table(portfolio: Portfolio, path: CriticalPath, holding: Holding, drag: Drags) -> Table:
    """Return every activity with its dates, float and drag, by early start."""
    doubtful, chain = unverified_keys(portfolio), frozenset(holding.chain)
    nodes = path.network.nodes
    rows = tuple(
        (
            *_identity(portfolio, nodes[place]),
            *dates_text(nodes[place].type, path.early_start[place], path.early_finish[place]),
            *dates_text(nodes[place].type, path.late_start[place], path.late_finish[place]),
            round(path.total_float_days(place), 1),
            round(path.free_float_days(place), 1),
            bool(path.critical[place]),
            bool(path.on_longest_path[place]) or nodes[place].id in chain,
            _days(drag[place]),
            path.held_by[place],
            is_unverified(nodes[place], doubtful),
            "; ".join(nodes[place].assumed) or None,
        )
        for place in in_time(path)
    )
    columns = (
        *("activity", "id", "agency", "early start", "early finish", "late start", "late finish"),
        *("total float (days)", "free float (days)", "critical", "on the longest path", "drag (days)"),
        *("held by", "unverified", "assumed"),
    )
    wide = ("id", "late start", "late finish", "free float (days)", "drag (days)", "held by", "assumed")
    return Table("path", "Activities by early start", columns, rows, wide)


def activity_records(path: CriticalPath, drag: Drags) -> list[dict[str, object]]:
    """Return every activity as programs take it, with its dates to the minute."""
    return [
        {
            "id": path.network.nodes[place].id,
            "agency": path.network.nodes[place].agency,
            "records": list(path.network.nodes[place].records),
            "early_start": moment_text(path.early_start[place]),
            "early_finish": moment_text(path.early_finish[place]),
            "late_start": moment_text(path.late_start[place]),
            "late_finish": moment_text(path.late_finish[place]),
            "total_float_days": path.total_float_days(place),
            "free_float_days": path.free_float_days(place),
            "critical": bool(path.critical[place]),
            "on_longest_path": bool(path.on_longest_path[place]),
            "drag_days": _days(drag[place], digits=None),
            "held_by": path.held_by[place],
            "assumed": list(path.network.nodes[place].assumed),
        }
        for place in in_time(path)
    ]


def in_time(path: CriticalPath) -> list[int]:
    """Return the nodes in order of their early dates."""
    nodes = path.network.nodes
    return sorted(range(len(nodes)), key=lambda p: (int(path.early_start[p]), int(path.early_finish[p]), nodes[p].id))


def share_table(portfolio: Portfolio, holding: Holding) -> Table:
    """Return who and what takes up the longest path, the largest part first."""
    rows = tuple(
        (
            portfolio.agency_name(share.holder) if share.cause == "work" else share.holder,
            "agency" if share.cause == "work" else f"wait: {share.cause}",
            round(share.days, 1),
            round(share.fraction, 3),
            named(share.activities),
        )
        for share in holding.shares
    )
    columns = ("who or what", "kind", "days on the path", "share", "activities")
    return Table("holders", "Who holds the longest path", columns, rows, ("activities",))


def agreement_table(portfolio: Portfolio, holding: Holding) -> Table:
    """Return under which agreements the work on the longest path is done."""
    rows = tuple(
        (
            _agreement(portfolio, share.holder),
            round(share.days, 1),
            round(share.fraction, 3),
            named(share.activities),
        )
        for share in holding.agreements
    )
    columns = ("agreement", "days on the path", "share", "activities")
    return Table("path-agreements", "Work on the longest path by agreement", columns, rows, ("activities",))


def handover_table(portfolio: Portfolio, holding: Holding) -> Table:
    """Return every handover on the longest path, in order, numbered as in the picture."""
    rows = tuple(
        (
            number,
            start_text(one.at),
            portfolio.agency_name(one.giver),
            portfolio.agency_name(one.receiver),
            one.text,
            ", ".join(_agreement(portfolio, key) or "" for key in one.agreements) or None,
        )
        for number, one in enumerate(holding.handovers, start=1)
    )
    columns = ("number", "on", "from", "to", "what", "agreement")
    return Table("handovers", "Handovers on the longest path", columns, rows)


def nearest_table(portfolio: Portfolio, path: CriticalPath, holding: Holding) -> Table:
    """Return how near each agency is to holding the finish."""
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            round(one.total_float_days, 1),
            _name(path, one.activity),
            round(one.days_on_path, 1),
        )
        for one in holding.nearest
    )
    columns = ("agency", "least total float (days)", "of", "days on the path")
    return Table("nearest", "How near each agency is to holding the finish", columns, rows)


def near_table(portfolio: Portfolio, path: CriticalPath, near: NearCritical) -> Table:
    """Return the paths that come next, the least float first."""
    rows = tuple(
        (
            round(one.total_float_days, 1),
            ", ".join(f"{portfolio.agency_name(agency)} {days_text(round(days, 1))}" for agency, days in one.holders),
            named([_name(path, key) for key in one.own]),
            " → ".join(_shortened([_name(path, key) for key in one.activities])),
        )
        for one in near.paths
    )
    columns = ("total float (days)", "held by", "apart from other paths", "path")
    title = f"Near-critical paths: at most {days_text(near.margin_days)} of float"
    return Table("near-critical", title, columns, rows, ("path",))


def step_table(portfolio: Portfolio, found: Why) -> Table:
    """Return what drives an activity, and what it holds up, step by step."""
    rows = tuple(
        (
            step.part,
            step.text,
            portfolio.agency_name(step.agency),
            *dates_text("task", step.starts, step.finishes),
            round(step.total_float_days, 1),
            step.activity,
        )
        for step in found.steps
    )
    columns = ("part", "step", "agency", "early start", "early finish", "total float (days)", "id")
    return Table("why", "The chain through it", columns, rows, ("id",))


def movement_table(found: Difference) -> Table:
    """Return by how much each kind of change moves the finish."""
    rows = tuple(
        (
            " and ".join(one.kinds),
            one.changes,
            round(one.days, 1),
            None if one.averaged_days is None else round(one.averaged_days, 1),
        )
        for one in found.movements
    )
    columns = ("kind of change", "changes", "moves the finish (days)", "averaged over every order (days)")
    return Table("movements", "What moved the finish", columns, rows)


def driver_table(found: Difference) -> Table:
    """Return which activities are behind the kind of change that moves the finish most."""
    rows = tuple((one.name, one.activity, _days(one.minutes)) for one in found.drivers)
    columns = ("activity", "id", "alone moves the finish (days)")
    return Table("drivers", "Behind the largest movement", columns, rows, ("id",))


def change_table(portfolio: Portfolio, names: Mapping[str, str], found: Difference) -> Table:
    """Return everything that differs, whether it moves the finish or not; `names` are those of activities by id."""
    rows = (
        *(
            (
                one.kind,
                one.name,
                _what(names, one.what),
                *_values(portfolio, one.what, one.before, one.after),
                one.activity,
            )
            for one in found.changes
        ),
        *(("activities", names.get(key, key), "added", None, None, key) for key in found.added),
        *(("activities", names.get(key, key), "removed", None, None, key) for key in found.removed),
    )
    columns = ("kind", "activity", "what", "before", "after", "id")
    return Table("changes", "What changed", columns, rows, ("id",))


def _what(names: Mapping[str, str], what: str) -> str:
    """Return what changed; the other end of a link by its name."""
    key = what.removeprefix(LINK_FROM)
    return f"{LINK_FROM}{names[key]}" if what.startswith(LINK_FROM) and key in names else what


def _values(portfolio: Portfolio, what: str, before: str, after: str) -> tuple[str | None, str | None]:
    """Return both versions of what changed; agencies and agreements by their names."""
    if what == "agency":
        return portfolio.agency_name(before), portfolio.agency_name(after)
    if what == "agreement":
        return _agreement(portfolio, before), _agreement(portfolio, after)
    return before or None, after or None


def float_table(names: Mapping[str, str], found: Difference) -> Table:
    """Return whose float changed, the largest loss first; `names` are those of activities by id."""
    rows = tuple(
        (
            names.get(one.activity, one.activity),
            round(one.before_days, 1),
            round(one.after_days, 1),
            round(one.after_days - one.before_days, 1),
            one.activity,
        )
        for one in found.floats
    )
    columns = ("activity", "total float before (days)", "after (days)", "change (days)", "id")
    return Table("floats", "Whose float changed", columns, rows, ("id",))


def check_table(found: Health) -> Table:
    """Return the fourteen checks."""
    rows = tuple(
        (
            check.point.number,
            check.point.name,
            check.verdict,
            None if check.figure is None else round(check.figure, 3),
            _limit(check.point.limit, at_least=check.point.at_least),
            check.why,
            len(check.activities),
            named(check.activities),
            check.point.measures,
        )
        for check in found.checks
    )
    columns = ("number", "check", "verdict", "figure", "limit", "why", "activities", "which", "measures")
    return Table("health", "The fourteen checks", columns, rows, ("which", "measures"))


def unverified_keys(portfolio: Portfolio) -> frozenset[str]:
    """Return the records that rest on unverified facts, as `kind:id`."""
    return frozenset(f"{record.kind}:{record.id}" for record in portfolio.unverified)


def is_unverified(node: Node, doubtful: frozenset[str]) -> bool:
    """Return whether an activity rests on a record that is unverified."""
    return not doubtful.isdisjoint(node.records)


def named(names: Iterable[str]) -> str | None:
    """Return names in one cell, the first dozen and how many more."""
    return "; ".join(_shortened(list(names))) or None


def _shortened(names: Sequence[str]) -> list[str]:
    """Return the first dozen of names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]


def _identity(portfolio: Portfolio, node: Node) -> tuple[str, str, str]:
    """Return the name of an activity, its id, and who does it."""
    return node.name, node.id, portfolio.agency_name(node.agency)


def _name(path: CriticalPath, key: str) -> str:
    """Return the name of an activity by its id."""
    return path.network.nodes[path.network.place[key]].name


def _agreement(portfolio: Portfolio, key: str) -> str | None:
    """Return the name of an agreement; none for work under no agreement."""
    found = portfolio.agreements.get(key)
    return found.name if found else key or None


def _days(minutes: int | None, digits: int | None = 1) -> float | None:
    """Return minutes as elapsed days; None for digits keeps them all."""
    from synodos.schedule import MINUTES_PER_DAY  # questions about files start without the engines

    days = None if minutes is None else minutes / MINUTES_PER_DAY
    return days if days is None or digits is None else round(days, digits)


def _limit(limit: float | None, *, at_least: bool) -> str | None:
    """Return the limit of a check in words."""
    return None if limit is None else f"{'at least' if at_least else 'at most'} {limit:g}"
