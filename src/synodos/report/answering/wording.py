"""Numbers in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from synodos.language import DateRange


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "agency", "agencies"), counted(3, "gap")
    ('1 agency', '3 gaps')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """Return a share (0 to 1) in percent; what is nearly nothing or nearly all is not rounded to it.

    Examples
    --------
    >>> percent(0.42), percent(0.0004), percent(0.9996), percent(1.0)
    ('42 %', '<1 %', '>99 %', '100 %')
    """
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def days_text(days: float, *, signed: bool = False) -> str:
    """Return a number of days, to a tenth where they are few.

    Examples
    --------
    >>> days_text(1.0), days_text(153.4, signed=True), days_text(-2.26)
    ('1 day', '+153 days', '-2.3 days')
    """
    digits = 1 if abs(days) < 10 and days != round(days) else 0
    text = f"{days:{'+' if signed else ''},.{digits}f}"
    return f"{text} {'day' if abs(days) == 1 else 'days'}"


def amount(value: float, currency: str, price_year: int | None = None) -> str:
    """Return an amount of money, in millions where it is large, with its price year where that is stated.

    Examples
    --------
    >>> amount(850_000_000, "EUR", 2009), amount(1200, "USD")
    ('EUR 850 million (2009 prices)', 'USD 1,200')
    """
    number = f"{value / 1e6:,.3g} million" if 1e6 <= value < 1e9 else f"{value / 1e6:,.0f} million"
    prices = f" ({price_year} prices)" if price_year else ""
    return f"{currency} {number if value >= 1e6 else f'{value:,.0f}'}{prices}"


def listed(words: Sequence[str], most: int = 6) -> str:
    """Return words as a list in a sentence, counting those past `most`.

    Examples
    --------
    >>> listed(["ESA", "NASA", "JAXA"]), listed(["a", "b", "c"], most=2)
    ('ESA, NASA and JAXA', 'a and 2 more')
    """
    shown = list(words)
    if len(shown) > most:
        shown[most - 1 :] = [f"{len(shown) - most + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "nothing"


def period_text(when: DateRange) -> str:
    """Return a date or range as people read it, as precise as it is stated.

    Examples
    --------
    >>> [period_text(DateRange(text)) for text in ("2028", "2013..2014", "2028..", "..2015")]
    ['2028', '2013 to 2014', 'from 2028 on', 'until 2015']
    """
    first, dots, last = when.text.partition("..")
    if not dots:
        return first
    return f"{first} to {last}" if first and last else f"from {first} on" if first else f"until {last}"
