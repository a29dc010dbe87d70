"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "agency", "agencies"), counted(3, "gap")
    ('1 agency', '3 gaps')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
