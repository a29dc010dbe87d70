import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.language import Money, in_terms_of
from tests.language.minimal import header


def rate(currency, in_currency, value, on="2011"):
    return {"currency": currency, "in_currency": in_currency, "rate": value, "on": on, "sources": ["report"]}


def index(currency, year, level):
    return {"currency": currency, "year": year, "index": level, "sources": ["report"]}


def euros(amount, price_year=2011):
    return Money(amount=amount, currency="EUR", price_year=price_year)


PAGE = header(
    exchange_rates=[
        rate("EUR", "USD", 1.25),
        rate("USD", "JPY", 80),
        rate("INR", "USD", 0.02),
        rate("EUR", "USD", 1.5, on="2008-01..2009-06"),
    ],
    price_indices=[index("EUR", 2009, 100), index("EUR", 2011, 104), index("USD", 2011, 224.9)],
)


@pytest.mark.parametrize(
    ("amount", "currency", "price_year", "expected"),
    [
        pytest.param(euros(850e6), "EUR", 2011, 850e6, id="nothing to change"),
        pytest.param(euros(850e6), "USD", 2011, 1062.5e6, id="directly"),
        pytest.param(Money(amount=1062.5e6, currency="USD", price_year=2011), "EUR", 2011, 850e6, id="inversely"),
        pytest.param(euros(1e6), "JPY", 2011, 100e6, id="over the dollar"),
        pytest.param(
            Money(amount=100, currency="INR", price_year=2011), "JPY", 2011, 160, id="over the dollar, inversely"
        ),
        pytest.param(euros(100, 2009), "EUR", 2011, 104, id="to the prices of another year"),
        pytest.param(euros(100, 2009), "USD", 2011, 130, id="prices first, at the rate of the year asked for"),
        pytest.param(euros(104), "EUR", 2009, 100, id="back in time"),
        pytest.param(euros(104), "USD", 2009, 150, id="back in time, at the rate of that year"),
        pytest.param(euros(100, 2008), "USD", 2008, 150, id="a rate holds in every year that it touches"),
        pytest.param(euros(0), "JPY", 2011, 0, id="nothing"),
    ],
)
def test_amounts_become_comparable(amount, currency, price_year, expected):
    found = in_terms_of(PAGE, amount, currency, price_year)
    assert found.amount == pytest.approx(expected, rel=1e-12)
    assert (found.currency, found.price_year) == (currency, price_year)


@pytest.mark.parametrize(
    ("amount", "currency", "price_year"),
    [
        pytest.param(Money(amount=1, currency="EUR"), "EUR", 2011, id="no price year"),
        pytest.param(Money(amount=1, currency="EUR"), "USD", 2011, id="no price year, other currency"),
        pytest.param(euros(1), "EUR", 2012, id="no index for the year asked for"),
        pytest.param(euros(1, 2010), "EUR", 2011, id="no index for the year of the amount"),
        pytest.param(Money(amount=1, currency="JPY", price_year=2009), "JPY", 2011, id="no index for the currency"),
        pytest.param(euros(1), "RUB", 2011, id="no rate for the currency"),
        pytest.param(euros(1, 2009), "JPY", 2009, id="no rate in that year"),
        pytest.param(Money(amount=1, currency="RUB", price_year=2011), "EUR", 2011, id="no rate of the currency"),
    ],
)
def test_what_is_not_comparable_gives_nothing(amount, currency, price_year):
    assert in_terms_of(PAGE, amount, currency, price_year) is None


def test_a_stated_rate_counts_before_the_inverse_of_another():
    page = header(exchange_rates=[rate("USD", "EUR", 0.7), rate("EUR", "USD", 1.25)])
    assert in_terms_of(page, euros(1), "USD", 2011).amount == 1.25
    assert in_terms_of(page, Money(amount=1, currency="USD", price_year=2011), "EUR", 2011).amount == 0.7


def test_what_outgrows_every_amount_gives_nothing():
    page = header(
        exchange_rates=[rate("EUR", "USD", 1e300)],
        price_indices=[index("EUR", 2009, 1e-300), index("EUR", 2011, 1e300)],
    )
    assert in_terms_of(page, euros(1), "USD", 2011) is None
    assert in_terms_of(page, euros(1, 2009), "EUR", 2011) is None
    assert in_terms_of(page, euros(1e-290), "USD", 2011).amount == pytest.approx(1e10)


POSITIVE = st.floats(1e-2, 1e2)


@given(st.floats(0, 1e6), POSITIVE, POSITIVE, st.tuples(POSITIVE, POSITIVE))
def test_changing_there_and_back_gives_the_amount(amount, one, other, levels):
    page = header(
        exchange_rates=[rate("EUR", "USD", one, "2009..2011"), rate("JPY", "USD", other, "2009..2011")],
        price_indices=[
            index("EUR", 2009, levels[0]),
            index("EUR", 2011, levels[1]),
            index("JPY", 2009, levels[0]),
            index("JPY", 2011, levels[1]),
        ],
    )
    there = in_terms_of(page, euros(amount, 2009), "JPY", 2011)
    back = in_terms_of(page, there, "EUR", 2009)
    assert back.amount == pytest.approx(amount, rel=1e-9)
    assert back.price_year == 2009
