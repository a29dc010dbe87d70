"""Who takes part in an edition, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synodos.language import DateRange, Portfolio, is_member
from synodos.roadmap.comparing.followed import Followed


@dataclass(frozen=True, slots=True)
class EditionAgency:
    """An agency of an edition.

    Attributes
    ----------
    agency, name, short_name : str
        Its id and names; its id for all three where no record of it can be seen.
    member : bool
        Whether it is a member of the coordinating mechanism on the day of knowledge.
    member_since : DateRange or None
        Since when; None: it is no member.
    author : bool
        Whether it is one of those that publish the edition.
    leads, joins : tuple of str
        Missions of the edition that it leads, and in which it has a part, by id.
    """

    agency: str
    name: str
    short_name: str
    member: bool
    member_since: DateRange | None
    author: bool
    leads: tuple[str, ...]
    joins: tuple[str, ...]


def agencies(portfolio: Portfolio, plans: Sequence[Followed], authors: Sequence[str]) -> tuple[EditionAgency, ...]:
    """Return the members of the mechanism, authors, and who leads or joins a mission: members first, then by id."""
    leads: dict[str, dict[str, None]] = {}
    joins: dict[str, dict[str, None]] = {}
    for mission in (mission for one in plans for mission in one.missions):
        leads.setdefault(mission.owner, {})[mission.id] = None
        for part in mission.partners:
            if part.agency != mission.owner:
                joins.setdefault(part.agency, {})[mission.id] = None
    members = {key for key in portfolio.agencies if is_member(portfolio, key)}
    found = members | set(authors) | leads.keys() | joins.keys()
    ordered = sorted(found, key=lambda key: (key not in members, key))
    return tuple(
        _agency(
            portfolio,
            key,
            member=key in members,
            author=key in authors,
            missions=(tuple(leads.get(key, ())), tuple(joins.get(key, ()))),
        )
        for key in ordered
    )


def _agency(
    portfolio: Portfolio, key: str, *, member: bool, author: bool, missions: tuple[tuple[str, ...], tuple[str, ...]]
) -> EditionAgency:
    """Return one agency with the missions that it leads and joins."""
    record = portfolio.agencies.get(key)
    return EditionAgency(
        agency=key,
        name=record.name if record else key,
        short_name=record.short_name if record else key,
        member=member,
        member_since=record.member_since if record and member else None,
        author=author,
        leads=missions[0],
        joins=missions[1],
    )
