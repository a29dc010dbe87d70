"""Where each agency stands on the present version of a paper, by what the other members can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from synodos.language import Paper, Portfolio, Position

StandWord = Literal["joins", "no-objection", "reserves", "stands-aside", "not-yet", "silent"]


@dataclass(frozen=True, slots=True)
class MemberStand:
    """Where one agency stands.

    Attributes
    ----------
    agency : str
        The agency.
    stand : StandWord
        What it said, or `silent`.
    record : str
        The position, as `position:id`; empty where it is silent.
    reason : str
        Why, in its words; empty where none is stated.
    on : datetime.date or None
        Last day on which it can have said so; None where it is silent.
    """

    agency: str
    stand: StandWord
    record: str = ""
    reason: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said on the present version of a paper.

    Attributes
    ----------
    stands : dict of str to MemberStand
        What counts, by agency.
    late : tuple of Position
        What was said after the silence procedure ended.
    apart : tuple of Position
        What was said to some members only, and so does not count.
    earlier : tuple of Position
        What was said on earlier versions.
    """

    stands: dict[str, MemberStand]
    late: tuple[Position, ...]
    apart: tuple[Position, ...]
    earlier: tuple[Position, ...]


def heard(portfolio: Portfolio, paper: Paper, at: dt.date, members: Collection[str]) -> Heard:
    """Return what was said on a paper up to a day; of several statements of one agency the latest counts.

    What the others who decide cannot read does not count: all of them have to find the same outcome.
    """
    said = [one for one in portfolio.positions.values() if one.paper == paper.id and one.as_of.latest <= at]
    present = [one for one in said if one.version == paper.version]
    apart = tuple(one for one in present if not _is_open(one, members))
    open_ones = [one for one in present if one not in apart]
    closes = paper.silence.closes.latest if paper.silence is not None else dt.date.max
    late = tuple(one for one in open_ones if one.as_of.latest > closes)
    counted = _latest(one for one in open_ones if one not in late)
    return Heard(counted, late, apart, tuple(one for one in said if one.version < paper.version))


def _is_open(position: Position, members: Collection[str]) -> bool:
    """Return whether all members can read a position."""
    if isinstance(position.release, tuple):
        return set(members) <= {*position.release, position.owner}
    return position.release in ("public", "members")


def _latest(positions: Iterable[Position]) -> dict[str, MemberStand]:
    """Return the latest stand of each agency."""
    ordered = sorted(positions, key=lambda one: (one.as_of.latest, one.id))
    return {
        one.owner: MemberStand(one.owner, one.stand, f"position:{one.id}", one.reason or "", one.as_of.latest)
        for one in ordered
    }
