"""Small studies of risk: records beside a network, defaults without any uncertainty, and what sampling may miss by."""

import datetime as dt
import math

from synodos.language import Commitment, Header, Portfolio, Risk, Spread
from synodos.schedule import default_defaults, risk

KNOWN_ON = dt.date(2020, 1, 6)
MIDNIGHT = dt.datetime(2020, 1, 6)  # noqa: DTZ001 - schedules state times without a zone
STATED = {"stated_by": "esa", "release": "public", "as_of": "2019", "confidence": "read", "sources": ["paper"]}


def portfolio(*records, **header):
    head = Header(id="small", title="Small", known_on="2020-01-06", sources={"paper": {"title": "A paper"}}, **header)
    return Portfolio(head, KNOWN_ON, None, {}).replace(*records)


def risk_record(key, affects=(), owner="esa", **fields):
    return Risk(id=key, owner=owner, name=key.title(), affects=affects, **fields, **STATED)


def commitment(key, to, owner="esa", level="agreed", **fields):
    return Commitment(id=key, owner=owner, name=key.title(), to=to, level=level, **fields, **STATED)


def spread(shape, of="factor", **values):
    return Spread(shape=shape, of=of, **values)


def calm():
    """The defaults with no shock, so that nothing but what a test states is uncertain."""
    shipped = default_defaults()
    return next(shipped.changed(one) for one in shipped.other if one.name == "shock-per-year")


def study(network, *records, iterations=20_000, **asked):
    """Ask without shocks and, unless asked for, without correlation."""
    asked = {"agency_correlation": 0.0, "defaults": calm(), "threads": 2, **asked}
    return risk(network, portfolio(*records), iterations=iterations, **asked)


def days(moment):
    """A moment in days after the day of knowledge."""
    return (moment - MIDNIGHT) / dt.timedelta(days=1)


def four_errors(deviation, iterations=20_000):
    """Four standard errors of a mean, and the minute to which moments are told."""
    return 4 * deviation / math.sqrt(iterations) + 1 / 1440


def four_errors_of_share(share, iterations=20_000):
    return 4 * math.sqrt(share * (1 - share) / iterations) + 1e-12
