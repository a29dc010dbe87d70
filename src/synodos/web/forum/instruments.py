"""What law finds that cooperations need, as points for the agenda of a meeting."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from synodos.forum import instrument_items
from synodos.language import AgendaItem, Portfolio
from synodos.law import InstrumentNeed, instruments
from synodos.web.forum.seats import may_revise, today
from synodos.web.showing.keeping import FOUND


def instruments_needed(portfolio: Portfolio) -> tuple[InstrumentNeed, ...]:
    """Return which instruments cooperations need; kept, for a page and the points on it ask for the same."""
    found: tuple[InstrumentNeed, ...] = FOUND.answer(portfolio, "instruments", {}, lambda: instruments(portfolio))
    return found


def instrument_points(portfolio: Portfolio) -> list[tuple[str, AgendaItem]]:
    """Return points for an agenda from the instruments that cooperations need and have not, each with its key."""
    items = instrument_items(portfolio, instruments_needed(portfolio))
    return [(hashlib.sha256(one.model_dump_json().encode()).hexdigest()[:16], one) for one in items]


def own_meetings(request: HttpRequest, portfolio: Portfolio) -> list[tuple[str, str]]:
    """Return the meetings ahead whose agenda who asks may revise, the next first; those without a day last."""
    ahead = [one for one in portfolio.meetings.values() if one.held is None or one.held.latest >= today()]
    own = [one for one in ahead if may_revise(request, portfolio, one)]
    ordered = sorted(own, key=lambda one: (one.held is None, one.held.earliest if one.held else today(), one.id))
    return [(one.id, one.name) for one in ordered]
