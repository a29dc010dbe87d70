"""Which agreements stand, which need attention, and what is promised without one?"""

from synodos.law.agreements.closing import CloseOutSheet, close_out
from synodos.law.agreements.register import PartnerCount, Register, Registered, register
from synodos.law.agreements.standing import STANDINGS, AgreementState, ends_of, state_at
from synodos.law.agreements.uncovered import Uncovered, uncovered
from synodos.law.agreements.watching import WATCH_KINDS, Watched, watch

__all__ = [
    "STANDINGS",
    "WATCH_KINDS",
    "AgreementState",
    "CloseOutSheet",
    "PartnerCount",
    "Register",
    "Registered",
    "Uncovered",
    "Watched",
    "close_out",
    "ends_of",
    "register",
    "state_at",
    "uncovered",
    "watch",
]
