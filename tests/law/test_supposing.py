"""What if a norm enters or leaves force on another day."""

import datetime as dt

import pytest

from synodos import law
from synodos.exchange import read_portfolio
from synodos.law.assessing import judged
from tests.law.small import BAN, COURSE, DUTY, FREE, plans, situation, small_catalogue

LATER, EARLIER = dt.date(2015, 1, 1), dt.date(1990, 1, 1)


def flown(catalogue, day, law_known_on=dt.date(2026, 1, 1)):
    """Status of the duty that a flight on a day falls under; None if it is silent."""
    one = situation("flight", day, ("flies",), ("participant", "nasa"))
    found = {f.norm: f.status for f in judged([one], plans(), catalogue, law_known_on).findings}
    return found.get(DUTY)


@pytest.mark.parametrize(
    ("enters", "day", "speaks"),
    [
        (LATER, "2014-12-31", False),
        (LATER, "2015-01-01", True),
        (LATER, "2020-01-01", False),
        (EARLIER, "1990-01-01", True),
    ],
)
def test_a_norm_enters_force_on_the_day_that_is_supposed(enters, day, speaks):
    supposed = law.with_window(small_catalogue(), DUTY, enters=enters)
    assert (flown(supposed, day) is not None) == speaks


def test_a_norm_leaves_force_on_the_day_that_is_supposed():
    supposed = law.with_window(small_catalogue(), DUTY, leaves=LATER)
    assert flown(supposed, "2014-12-31") is not None
    assert flown(supposed, "2015-01-01") is None
    assert flown(small_catalogue(), "2015-01-01") is not None  # what was given has not changed


def test_a_norm_that_has_ended_comes_back():
    supposed = law.with_window(small_catalogue(), DUTY, enters=dt.date(2027, 1, 1))
    assert flown(supposed, "2030-01-01") is not None
    assert flown(supposed, "2019-01-01") is None


def test_what_is_supposed_is_known_on_every_day():
    supposed = law.with_window(small_catalogue(), DUTY, enters=dt.date(2030, 1, 1))
    assert flown(supposed, "2031-01-01", law_known_on=dt.date(2026, 1, 1)) is not None


def test_an_instrument_takes_its_norms_along():
    supposed = law.with_window(small_catalogue(), "statute", enters=dt.date(2005, 1, 1), leaves=dt.date(2012, 1, 1))
    window = {norm: supposed.stated(norm) for norm in (DUTY, BAN, FREE)}
    assert [str(window[norm].begins) for norm in (DUTY, BAN, FREE)] == ["2005-01-01"] * 3
    assert [str(window[norm].ends) for norm in (DUTY, BAN)] == ["2012-01-01"] * 2
    assert (str(window[FREE].ends), window[FREE].afterwards) == ("2010-01-01", "unknown")  # its own end was earlier
    assert supposed.stated(COURSE) == small_catalogue().stated(COURSE)


def test_a_norm_that_would_begin_after_the_end_of_its_instrument_never_does():
    catalogue = law.with_window(small_catalogue(), DUTY, enters=LATER)
    supposed = law.with_window(catalogue, "statute", leaves=dt.date(2010, 1, 1))
    assert flown(supposed, "2015-06-01") is None
    assert flown(supposed, "2009-01-01..2016-01-01") is None


@pytest.mark.parametrize(
    ("norm", "days", "error", "says"),
    [
        ("D-11", {"enters": LATER}, KeyError, "nearest: D-1"),
        ("statue", {"enters": LATER}, KeyError, "nearest: statute"),
        (DUTY, {}, ValueError, "D-1: name the day"),
        (DUTY, {"leaves": EARLIER}, ValueError, "would leave force on 1990-01-01, and is in force from 2000-01-01"),
        ("statute", {"enters": LATER, "leaves": LATER}, ValueError, "statute would leave force on 2015-01-01"),
    ],
)
def test_what_cannot_be_supposed_is_told(norm, days, error, says):
    with pytest.raises(error, match=says):
        law.with_window(small_catalogue(), norm, **days)


def test_every_norm_and_instrument_of_the_catalogue_can_be_moved():
    catalogue, day = law.catalogue(), dt.date(2030, 1, 1)
    for key in (*catalogue.norms, *catalogue.instruments):
        moved = law.with_window(catalogue, key, enters=day, leaves=day.replace(year=2031))
        assert moved.supposed.keys() <= catalogue.norms.keys()


def test_an_extended_exemption_lifts_a_prohibition(root):
    portfolio = read_portfolio(root / "portfolios" / "iss").as_seen_by("public")
    scope = "payment:soyuz-seats-ordered-2011-03"
    supposed = law.with_window(law.catalogue(), "INA-X2", leaves=dt.date(2010, 1, 1))
    before = {f.norm: f.exemption for f in law.assess(portfolio, scope=scope).findings}
    after = {f.norm: f.exemption for f in law.assess(portfolio, scope=scope, catalogue=supposed).findings}
    assert before["INA-6"] == "INA-X2"
    assert after["INA-6"] is None
    told = law.explain(portfolio, "INA-6", scope, "nasa", catalogue=supposed)
    assert told.finding.exemption is None
    needs = law.instruments(portfolio, scope="nasa")
    assert law.instruments(portfolio, scope="nasa", catalogue=supposed) == needs
