"""What drafts would change once they are declared: in the roadmap, and in the opportunities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from synodos.cooperation import Opportunity, opportunities
from synodos.language import Element, Mission, Portfolio, Record
from synodos.web.records.wording import title_of

DRAWN: Final = ("planned", "ends", "available", "status", "destinations")
"""Fields of missions and elements that the roadmap shows."""
NOTABLE: Final = 0.005
"""Least difference of scores that is told; smaller ones do not show in two digits."""


@dataclass(frozen=True)
class Effect:
    """One thing that would change: what, and how."""

    what: str
    how: str


@dataclass(frozen=True)
class Effects:
    """What would change on the roadmap and among the opportunities."""

    roadmap: tuple[Effect, ...]
    opportunities: tuple[Effect, ...]


def with_declared(portfolio: Portfolio, records: Sequence[Record]) -> Portfolio:
    """Return a portfolio as its viewer would see it after some records were declared."""
    stated = portfolio.replace(*(record for record in records if not record.retracted))
    ended = [record for record in records if record.retracted]
    if not ended or portfolio.viewer is None:
        return stated.without(*ended)
    return stated.without(*ended).as_seen_by(portfolio.viewer, member=True)  # all that it holds was seen already


def effects(portfolio: Portfolio, records: Sequence[Record], own: str) -> Effects:
    """Return what some records would change once they are declared.

    Parameters
    ----------
    portfolio : Portfolio
        What the agency sees.
    records : sequence of Record
        What it would declare.
    own : str
        The agency: of opportunities those that concern it, where it has a record.
    """
    after = with_declared(portfolio, records)
    return Effects(tuple(_roadmap(portfolio, after, records)), tuple(_opportunities(portfolio, after, own)))


def _roadmap(before: Portfolio, after: Portfolio, records: Sequence[Record]) -> list[Effect]:
    """Return what would be drawn otherwise."""
    found = []
    for record in records:
        if not isinstance(record, Mission | Element):
            continue
        old, new = (one.tables[record.kind].get(record.id) for one in (before, after))
        if old is None and new is not None:
            found.append(Effect(title_of(record), f"appears{_when(record)}"))
        elif new is None:
            found.append(Effect(title_of(record), "disappears"))
        else:
            moved = [_moved(name, old, new) for name in DRAWN if getattr(old, name, None) != getattr(new, name, None)]
            found += [Effect(title_of(record), text) for text in moved]
    return found


def _when(record: Record) -> str:
    """Return when a mission or an element is on the roadmap."""
    stated = getattr(record, "planned", None) or getattr(record, "available", None)
    return f", {stated.text}" if stated else ", without a date"


def _moved(name: str, old: object, new: object) -> str:
    """Return how one field would change."""
    return f"{name}: {_text(getattr(old, name))} → {_text(getattr(new, name))}"


def _text(value: object) -> str:
    """Return a value in few words."""
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value) if value is not None else "not stated"


def _opportunities(before: Portfolio, after: Portfolio, own: str) -> list[Effect]:
    """Return which opportunities would come, go, or weigh otherwise."""
    old, new = (_by_id(portfolio, own) for portfolio in (before, after))
    come = [Effect(one.why, f"new, {one.score:.2f} ({one.kind})") for key, one in new.items() if key not in old]
    gone = [Effect(one.why, f"gone ({one.kind})") for key, one in old.items() if key not in new]
    other = [
        Effect(one.why, f"{old[key].score:.2f} → {one.score:.2f} ({one.kind})")
        for key, one in new.items()
        if key in old and abs(old[key].score - one.score) >= NOTABLE
    ]
    return [*come, *gone, *other]


def _by_id(portfolio: Portfolio, own: str) -> dict[str, Opportunity]:
    """Return the opportunities that concern an agency by their stable names."""
    concerned = own if own in portfolio.agencies else None
    return {one.id: one for one in opportunities(portfolio, concerned).ranked}
