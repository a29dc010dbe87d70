"""Dates that agreements state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from synodos.language import Agreement, Portfolio
from synodos.law import Registered, ends_of, register
from synodos.roadmap.ahead.types import Ahead, stated

PAST: Final = frozenset({"expired", "ended", "never_concluded"})
"""States of agreements of which nothing more is due."""


def agreed_dates(portfolio: Portfolio) -> Iterator[Ahead]:
    """Yield when agreements are to be signed, begin and expire, and what they require by a date."""
    for row in register(portfolio).rows:
        if row.state in PAST:
            continue
        yield from _beginning(row, portfolio.known_on)
        if row.expires is not None:
            parties = row.agreement.parties
            yield stated("expiry", row.agreement, "expires", row.expires, "expires", parties)
        yield from _obligations(portfolio, row.agreement)


def _beginning(row: Registered, day: dt.date) -> Iterator[Ahead]:
    """Yield when an agreement is to be signed and to enter into force."""
    one = row.agreement
    if one.signed is not None and one.signed.earliest > day:
        yield stated("signature", one, "planned to be signed", one.signed, "signed", one.parties)
    begins = ends_of(one.in_force)[0] if one.in_force else None
    if begins is not None and begins.earliest > day:
        yield stated("in-force", one, "planned to enter into force", begins, "in-force", one.parties)


def _obligations(portfolio: Portfolio, agreement: Agreement) -> Iterator[Ahead]:
    """Yield what an agreement requires by a date and nobody stated as done."""
    for one in agreement.obligations:
        if one.due is not None and one.done is None:
            bearer = f"{portfolio.agency_name(one.bearer)}: " if one.bearer else ""
            what = f"due: {bearer}{one.text}"
            yield stated("obligation", agreement, what, one.due, f"due {one.text}", agreement.parties)
