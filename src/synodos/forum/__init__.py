"""The forum: who takes part, where does each stand, and what was agreed?"""

from synodos.forum.actions import OpenAction, open_actions
from synodos.forum.agenda import Point, PointSort, agenda, instrument_items
from synodos.forum.deciding import Judgement, Verdict, judged
from synodos.forum.meetings import MeetingState, meeting_states
from synodos.forum.outcome import VERDICTS, Outcome, outcome
from synodos.forum.papers import PaperState, Waits, paper_states, waits_for
from synodos.forum.pinning import PinDifference, common_understanding, pin_differences, pins_of
from synodos.forum.stands import MemberStand, StandWord
from synodos.forum.state import ForumState, GroupState, Member, chosen_terms, forum_state
from synodos.forum.taking_part import Chair, Role, chair_on, members_on, role_of, terms_of

__all__ = [
    "VERDICTS",
    "Chair",
    "ForumState",
    "GroupState",
    "Judgement",
    "MeetingState",
    "Member",
    "MemberStand",
    "OpenAction",
    "Outcome",
    "PaperState",
    "PinDifference",
    "Point",
    "PointSort",
    "Role",
    "StandWord",
    "Verdict",
    "Waits",
    "agenda",
    "chair_on",
    "chosen_terms",
    "common_understanding",
    "forum_state",
    "instrument_items",
    "judged",
    "meeting_states",
    "members_on",
    "open_actions",
    "outcome",
    "paper_states",
    "pin_differences",
    "pins_of",
    "role_of",
    "terms_of",
    "waits_for",
]
