"""The answer of law on who may be on a list of sanctioned parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Agency, ListedParty, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted

if TYPE_CHECKING:
    from synodos.law import Match

NO_CLEARANCE: Final = (
    "That nothing matches does not say that a party is not listed: lists spell names in many ways, and hold owners "
    "that a portfolio does not name."
)
HOW: Final = {"exact": "main names", "alias": "another name", "close": "close to each other"}
"""How names agree, in the words of the reader."""


def screening_answer(
    portfolio: Portfolio,
    compared: Sequence[Agency],
    found: Sequence[Match],
    entries: Sequence[ListedParty],
    parameters: Mapping[str, object],
) -> Answer:
    """Return which agencies may be on a list of sanctioned parties; people have to determine each.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    compared : sequence of Agency
        Agencies that were compared.
    found : sequence of Match
        Possible matches.
    entries : sequence of ListedParty
        The list.
    parameters : mapping
        What the question was asked with.
    """
    rows = tuple(
        (
            one.party,
            one.own_name,
            one.listed_name,
            one.listed.id,
            "; ".join(one.listed.programmes) or None,
            HOW[one.how],
            one.similarity,
            one.standing,
        )
        for one in found
    )
    columns = ("agency", "its name", "name on the list", "entry", "programmes", "names agree", "in common", "standing")
    compare = (
        f"{counted(len(compared), 'agency', 'agencies')} compared with {counted(len(entries), 'entry', 'entries')}"
    )
    matches = counted(len(found), "possible match", "possible matches")
    sentences = (f"{compare}: {matches}, each to be determined by people.", NO_CLEARANCE)
    wrapped = envelope(
        "law-screen",
        portfolio,
        {"listed": len(entries), "compared": len(compared), "matches": [_told_match(one) for one in found]},
        evidence=[f"agency:{one.id}" for one in compared],
        parameters=parameters,
        notes=(NO_CLEARANCE,),
    )
    table = Table("screening", "Possible matches", columns, rows, wide=("programmes",))
    return Answer(wrapped, header_line(portfolio), (table,), sentences)


def _told_match(one: Match) -> dict[str, object]:
    """Return a possible match for programs."""
    return {
        "party": one.party,
        "own_name": one.own_name,
        "listed_name": one.listed_name,
        "entry": one.listed.id,
        "programmes": one.listed.programmes,
        "how": one.how,
        "similarity": one.similarity,
        "standing": one.standing,
    }
