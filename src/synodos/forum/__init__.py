"""The forum: who takes part, where does each stand, and what was agreed?"""

from synodos.forum.actions import OpenAction, open_actions
from synodos.forum.agenda import Point, PointSort, agenda, instrument_items
from synodos.forum.deciding import Verdict
from synodos.forum.outcome import VERDICTS, Outcome, outcome
from synodos.forum.pinning import PinDifference, common_understanding, pin_differences, pins_of
from synodos.forum.stands import MemberStand, StandWord
from synodos.forum.taking_part import Chair, Role, chair_on, members_on, role_of, terms_of

__all__ = [
    "VERDICTS",
    "Chair",
    "MemberStand",
    "OpenAction",
    "Outcome",
    "PinDifference",
    "Point",
    "PointSort",
    "Role",
    "StandWord",
    "Verdict",
    "agenda",
    "chair_on",
    "common_understanding",
    "instrument_items",
    "members_on",
    "open_actions",
    "outcome",
    "pin_differences",
    "pins_of",
    "role_of",
    "terms_of",
]
