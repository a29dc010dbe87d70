"""What the ledger refuses, and why."""

from __future__ import annotations

from collections.abc import Iterable

from synodos.language import Fault


class LedgerError(Exception):
    """Something that the ledger refuses.

    Attributes
    ----------
    code : str
        Stable name of the fault, such as `ledger.gap`.
    message : str
        What is wrong, what was found, and how to mend it.
    place : str
        Chain, entry, record or file at which it was found; empty where there is none.
    faults : tuple of Fault
        What is wrong with the records, where that is why they are refused.
    """

    def __init__(self, code: str, message: str, place: str = "", faults: Iterable[Fault] = ()) -> None:
        """Word the fault on one line."""
        super().__init__(f"{code}: {place}: {message}" if place else f"{code}: {message}")
        self.code = code
        self.message = message
        self.place = place
        self.faults = tuple(faults)
