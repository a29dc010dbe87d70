"""Which default values rest on the very case that they are held against, and the answers without them."""

import datetime as dt
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from synodos.language import Spread
from synodos.schedule import default_defaults
from synodos.whatif import default_option_defaults

WORDS = {
    "cassini-huygens": ("cassini", "huygens"),
    "exomars": ("exomars", "esa's rover"),
    "gateway": ("gateway", "orion"),
    "hubble": ("hubble", "challenger"),
    "iss": ("soyuz", "station", "columbia"),
    "jwst": ("jwst", "webb"),
}
"""Words by which the source of a value tells that it rests on a case."""
SPREADS = ("duration", "instrument-duration", "replacement", "shock")
READERS = ("synodos.whatif.options.doubts", "synodos.whatif.consequences.dates", "synodos.schedule.risk.study")
"""Modules that ask for the defaults of the schedule."""
RANGE_DAYS = (183, 365, 548)
"""Six to eighteen months, which the sources give for an agreement (IG-16-020), with their middle."""
MISSED_ELSEWHERE = 0.2
"""Share that a missed launch period cost Mars Science Laboratory."""
COPIES = (0.5, 1.5)
"""No second case of an order was found: half of the value of the one case, and half as much again."""
LEFT_OUT = ("replacement", "further-copy", "missed-period")
"""Values that another can stand in for; the others are judgement throughout."""


@dataclass(frozen=True)
class Value:
    """A default value, with what its source says."""

    name: str
    source: str
    sources_to: dt.date | None

    def rests_on(self, portfolio):
        """Whether its source names the case that a portfolio tells of."""
        text = self.source.lower()
        return any(word in text for word in WORDS[portfolio])


def values():
    """Every default value behind the answers."""
    schedule, options = default_defaults(), default_option_defaults()
    rows = {name: schedule.spreads[name] for name in SPREADS} | {"kept commitments": schedule.kept["agreed"]}
    rows |= {**options.leads, **options.shares}
    return tuple(Value(name, row.source, row.sources_to) for name, row in rows.items())


def of_the_case(case):
    """Names of the values that rest on the very case."""
    return tuple(one.name for one in values() if one.rests_on(case.portfolio))


def of_later(case):
    """Names of the other values that rest on sources later than the day of a case."""
    late = (one for one in values() if one.sources_to and one.sources_to > case.known_on)
    return tuple(one.name for one in late if not one.rests_on(case.portfolio))


def left_out(case):
    """The values that are put in place of those that rest on the case, by name; nothing where none can be."""
    own = [name for name in of_the_case(case) if name in LEFT_OUT]
    return own if case.change else []


def variants(case):
    """How the values of a case are replaced: once, or twice where the size of one is not known without the case."""
    own = left_out(case)
    if not own:
        return ()
    return COPIES if "further-copy" in own else (1.0,)


def option_values(case, factor):
    """Defaults of the options without those that rest on the case."""
    given = default_option_defaults()
    leads, shares = dict(given.leads), dict(given.shares)
    if "further-copy" in left_out(case):
        days = round(leads["further-copy"].days * factor)
        leads["further-copy"] = leads["further-copy"].model_copy(update={"days": days})
    if "missed-period" in left_out(case):
        shares["missed-period"] = shares["missed-period"].model_copy(update={"value": MISSED_ELSEWHERE})
    return given.model_copy(update={"leads": leads, "shares": shares})


@contextmanager
def schedule_values(case):
    """Let the schedule reckon with a replacement that knows nothing of the case."""
    given = default_defaults()
    low, likely, high = RANGE_DAYS
    spread = Spread(shape="triangular", of="days", low=low, likely=likely, high=high)
    spreads = {**given.spreads, "replacement": given.spreads["replacement"].model_copy(update={"spread": spread})}
    changed = given.model_copy(update={"spreads": spreads})
    with ExitStack() as stack:
        for module in READERS if "replacement" in left_out(case) else ():
            stack.enter_context(patch(f"{module}.default_defaults", return_value=changed))
        yield
