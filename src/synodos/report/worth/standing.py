"""How useful agencies are to groups: who is as useful as whom, more useful, or of no use beyond itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import listed

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth

NOBODY: Final = ("nobody",)


def usefulness_sentences(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[str]:
    """Yield who adds nothing to groups beyond what it is worth alone, and who is at least as useful as all others."""
    if not worth.dummies or len(worth.dummies) < len(worth.players):
        yield from _dummies(portfolio, worth)
        yield from _strongest(portfolio, worth)


def _dummies(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[str]:
    """Yield who adds nothing."""
    if worth.dummies:
        names = [portfolio.agency_name(one) for one in worth.dummies]
        own = "it is" if len(names) == 1 else "they are"
        yield f"On the figures stated, no group has more of {listed(names)} than {own} worth alone."


def _strongest(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[str]:
    """Yield who is at least as useful as each other agency, where one is."""
    for player in worth.players:
        if len(_below(worth, player)) == len(worth.players) - 1 > 1:
            name = portfolio.agency_name(player)
            yield f"In every group {name} is at least as useful as any other, and in some more."


def _below(worth: CoalitionWorth, player: str) -> list[str]:
    """Return who is never more useful than a player, and less in some group."""
    return [other for one, other in worth.stronger if one == player]


def usefulness_table(portfolio: Portfolio, worth: CoalitionWorth) -> Table:
    """Return by agency whether groups have anything of it, who is as useful, and who is less; nothing if none have."""
    names = portfolio.agency_name
    rows = []
    for player in worth.players:
        alike = next((group for group in worth.alike if player in group), ())
        equal = [names(one) for one in alike if one != player]
        below = [names(one) for one in _below(worth, player)]
        adds = "nothing beyond what it is worth alone" if player in worth.dummies else "more than it is worth alone"
        rows.append((names(player), adds, listed(equal or NOBODY), listed(below or NOBODY)))
    title = "How useful each is to groups, on the figures stated"
    columns = ("agency", "adds to groups", "as useful as", "at least as useful in all, more in some, as")
    return Table("usefulness", title, columns, tuple(rows) if len(worth.dummies) < len(rows) else ())
