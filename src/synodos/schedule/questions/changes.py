"""The changes between two versions of a schedule, in words and by the activities that they touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synodos.schedule.paths.flat import EVER
from synodos.schedule.questions.lengths import minutes_per_day
from synodos.schedule.questions.mixing import ChangeKind, Versions
from synodos.schedule.questions.wording import finish_day, start_day
from synodos.schedule.types import ELAPSED, Edge, Network, Node, Rules, WorkingTime, minutes_of, moment_of


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two versions.

    Attributes
    ----------
    kind : ChangeKind
        What sort of change it is.
    activity : str
        Id of the activity, of the successor of a link; a schedule is `schedule:ID` and a calendar `calendar:ID`.
    name : str
        Its name.
    what : str
        What changed, such as `duration`.
    before, after : str
        Both versions, in words; empty where there is none.
    """

    kind: ChangeKind
    activity: str
    name: str
    what: str
    before: str
    after: str


Field = tuple[ChangeKind, str, str]
"""Kind of change, what it is, and how one version states it."""


def changes(versions: Versions, leaves: Mapping[str, int]) -> tuple[Change, ...]:
    """Return what differs, leaving out activities that only one version has, by kind and activity.

    Parameters
    ----------
    versions : Versions
        The two versions.
    leaves : mapping
        When each launch of the earlier version can leave, in minutes: periods that were over before then and before the
        later day of knowledge are no change when they are no longer listed.
    """
    found = [
        *_of_schedules(versions),
        *_of_activities(versions, leaves),
        *_of_links(versions),
        *_of_calendars(versions),
    ]
    return tuple(sorted(found, key=lambda change: (change.kind, change.activity, change.what)))


def touched(versions: Versions, differing: Sequence[Change], kind: ChangeKind) -> frozenset[str]:
    """Return the ids of the activities (and of schedules, as `schedule:ID`) that changes of a kind touch."""
    if kind == "activities":
        return frozenset(versions.before.place) ^ frozenset(versions.after.place)
    found = {change.activity for change in differing if change.kind == kind}
    if kind == "calendars":
        reworked = {key.removeprefix("calendar:") for key in found if key.startswith("calendar:")}
        found |= {old.id for old, _ in versions.pairs() if _calendar(versions.before, old.calendar)[0] in reworked}
        found |= {
            key[1]
            for key, edge in versions.links[0].items()
            if edge.lag and _calendar(versions.before, edge.calendar)[0] in reworked
        }
    return frozenset(key for key in found if not key.startswith("calendar:"))


def _of_schedules(versions: Versions) -> Iterator[Change]:
    """Yield what schedules that both versions have state differently."""
    later = {rules.id: rules for rules in versions.after.schedules}
    for old in versions.before.schedules:
        if (new := later.get(old.id)) is not None:
            coarse = versions.is_coarse(old.id)
            pairs = zip(_rules_fields(old, coarse=coarse), _rules_fields(new, coarse=coarse), strict=True)
            yield from _differing(f"schedule:{old.id}", new.name, pairs)


def _rules_fields(rules: Rules, *, coarse: bool) -> Iterator[Field]:
    """Yield what of a schedule moves dates; one of coarse activities starts on the day of knowledge."""
    yield "progress", "status date", "" if rules.status is None else _exact(rules.status)
    yield "progress", "work out of sequence", "progress override" if rules.override else "retained logic"
    yield "progress" if coarse else "constraints", "start", _exact(rules.starts)
    yield "constraints", "finish by", "" if rules.finish_by is None else _exact(rules.finish_by)


def _of_activities(versions: Versions, leaves: Mapping[str, int]) -> Iterator[Change]:
    """Yield what activities that both versions have state differently."""
    for old, new in versions.pairs():
        span = _compared(versions, old, new, leaves.get(old.id, EVER))
        pairs = zip(_fields(versions.before, old, span), _fields(versions.after, new, span), strict=True)
        yield from _differing(old.id, new.name, pairs)


def _compared(versions: Versions, old: Node, new: Node, leaves: int) -> tuple[int, int]:
    """Return the span in which the launch periods of both versions are listed.

    It begins with the later day of knowledge, unless the earlier version leaves before, and reaches to where the search
    for computed ones ended in one of them.
    """
    known = minutes_of(dt.datetime.combine(versions.after.known_on, dt.time()))
    last = [max((one.closes for one in node.periods if one.computed), default=EVER) for node in (old, new)]
    return min(known, leaves), EVER if EVER in last or leaves >= min(last) else min(last)


def _periods(node: Node, span: tuple[int, int]) -> Iterator[str]:
    """Yield the launch periods of a node, as far as they lie in a span; stated ones are listed to the last."""
    for one in node.periods:
        opens, closes = max(one.opens, span[0]), min(one.closes, span[1]) if one.computed else one.closes
        if opens < closes:
            yield _stretch(opens, closes)


def _fields(network: Network, node: Node, span: tuple[int, int]) -> Iterator[Field]:
    """Yield what is told of an activity, in words; exact to the minute where a day would hide a change."""
    per_day = minutes_per_day(network, node.calendar)
    began = node.actual_start is not None or node.actual_finish is not None
    yield "progress", "actual start", "" if node.actual_start is None else _exact(node.actual_start)
    yield "progress", "actual finish", "" if node.actual_finish is None else _exact(node.actual_finish)
    yield "progress", "remaining", _length(node.remaining, per_day) if began else ""
    yield "durations", *_planned(network, node, per_day)
    yield "durations", "type", node.type.replace("-", " ")
    yield "constraints", "constraints", "; ".join(_tie(tie.type, tie.at) for tie in node.ties)
    yield "constraints", "deadline", "" if node.deadline is None else _exact(node.deadline)
    yield "constraints", "expected finish", "" if node.expected_finish is None else _exact(node.expected_finish)
    yield "constraints", "schedule", network.schedules[node.schedule].id
    yield "calendars", "calendar", _calendar(network, node.calendar)[1]
    yield "launch periods", "launch periods", "; ".join(_periods(node, span))
    yield "launch periods", "intended period", _intended(node, span[0])
    yield "owner", "agency", node.agency
    yield "owner", "agreement", node.agreement or ""


def _intended(node: Node, first: int) -> str:
    """Return the launch period that is meant; of one that has begun what is left after a moment."""
    if node.intended is None:
        return ""
    meant = node.periods[node.intended]
    return _stretch(max(meant.opens, first) if meant.closes > first else meant.opens, meant.closes)


def _planned(network: Network, node: Node, per_day: int) -> tuple[str, str]:
    """Return the planned duration of an activity; of a coarse one the planned date to which it lasts."""
    if node.coarse and node.duration:
        return "planned date", _exact(network.schedules[node.schedule].starts + node.duration)
    return "duration", _length(node.duration, per_day)


def _differing(activity: str, name: str, pairs: Iterator[tuple[Field, Field]]) -> Iterator[Change]:
    """Yield the fields that differ."""
    for (kind, what, before), (_, _, after) in pairs:
        if before != after:
            yield Change(kind, activity, name, what, before, after)


def _of_links(versions: Versions) -> Iterator[Change]:
    """Yield links between activities of both versions that came, went, or have another lag."""
    old, new = versions.links
    for key in old | new:
        predecessor, successor, _, _ = key
        if predecessor in versions.common and successor in versions.common:
            before, after = _link(versions.before, old.get(key)), _link(versions.after, new.get(key))
            if before != after:
                name = versions.after.nodes[versions.after.place[successor]].name
                yield Change("logic", successor, name, f"link from {predecessor}", before, after)


def _link(network: Network, edge: Edge | None) -> str:
    """Return a link in words; nothing where there is none."""
    if edge is None:
        return ""
    if not edge.lag:
        return edge.type
    word = "lag" if edge.lag > 0 else "lead"
    return f"{edge.type}, {word} {_length(abs(edge.lag), minutes_per_day(network, edge.calendar))}"


def _of_calendars(versions: Versions) -> Iterator[Change]:
    """Yield calendars of both versions whose working time differs."""
    later = {time.id: time for time in versions.after.calendars}
    for old in versions.before.calendars:
        new = later.get(old.id)
        if new is not None and not _same_time(old, new):
            yield Change("calendars", f"calendar:{old.id}", new.name, "working time", "as before", "changed")


def _same_time(old: WorkingTime, new: WorkingTime) -> bool:
    """Return whether two calendars work at the same times wherever both are laid out."""
    first, last = max(old.opens[0], new.opens[0]), min(old.closes[-1], new.closes[-1])
    clipped = [
        (np.maximum(one.opens[within], first), np.minimum(one.closes[within], last))
        for one in (old, new)
        for within in [(one.closes > first) & (one.opens < last)]
    ]
    (opens, closes), (new_opens, new_closes) = clipped
    alike = np.array_equal(opens, new_opens) and np.array_equal(closes, new_closes)
    return alike and old.minutes_per_day == new.minutes_per_day


def _calendar(network: Network, calendar: int) -> tuple[str, str]:
    """Return the id of a calendar, and what to call it."""
    return ("", "every hour") if calendar == ELAPSED else (network.calendars[calendar].id,) * 2


def _length(minutes: int, per_day: int) -> str:
    """Return working minutes in days, to a hundredth of a minute or so, so that no change hides behind rounding."""
    number = f"{minutes / per_day:,.5f}".rstrip("0").rstrip(".")
    return f"{number} day" if number == "1" else f"{number} days"


def _exact(minutes: int) -> str:
    """Return a moment to the minute."""
    return moment_of(minutes).isoformat(timespec="minutes")


def _stretch(opens: int, closes: int) -> str:
    """Return a stretch of days."""
    return f"{start_day(opens)}..{finish_day(closes)}"


def _tie(kind: str, at: int | None) -> str:
    """Return a constraint in words."""
    return kind if at is None else f"{kind} {_exact(at)}"
