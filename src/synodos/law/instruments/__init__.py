"""Which instrument does each cooperation need, and what of it is there?"""

from synodos.law.instruments.ladder import Ladder, Rung, ladder
from synodos.law.instruments.needing import (
    VERDICTS,
    ApprovalPath,
    ClauseNeed,
    InstrumentNeed,
    Verdict,
    Why,
    instruments,
)

__all__ = [
    "VERDICTS",
    "ApprovalPath",
    "ClauseNeed",
    "InstrumentNeed",
    "Ladder",
    "Rung",
    "Verdict",
    "Why",
    "instruments",
    "ladder",
]
