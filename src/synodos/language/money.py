"""Amounts of money with their currency and price year."""

from typing import Annotated

from pydantic import Field, StringConstraints

from synodos.language.dates import DateRange
from synodos.language.marks import Text
from synodos.language.record import Part

MOST_AMOUNT = 1e16
"""Largest amount that is taken for one; what is larger is a slip of the pen."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
PriceYear = Annotated[int, Field(ge=1950, le=2200)]


class Money(Part):
    """An amount in whole units of a currency, at the prices of one year."""

    amount: Annotated[float, Field(ge=0, le=MOST_AMOUNT)]
    """Amount in whole units of the currency (850000000 for 850 million)."""
    currency: Currency
    """ISO 4217 code."""
    price_year: PriceYear | None = None
    """Year whose prices the amount is in; without it the amount is not comparable across years."""


class Cost(Part):
    """Money that is spent, planned or available over a period."""

    money: Money
    """The amount."""
    period: DateRange | None = None
    """When it is spent or available; one amount for the whole period."""
    covers: Text | None = None
    """What the amount pays for, in words."""
