"""What would a first text hold, and what has to be told to the United Nations?"""

from synodos.law.drafts.notifications import Entry, Notification, registration_draft, secretary_general_draft
from synodos.law.drafts.term_sheet import ClauseChoice, Delivery, TermSheet, term_sheet

__all__ = [
    "ClauseChoice",
    "Delivery",
    "Entry",
    "Notification",
    "TermSheet",
    "registration_draft",
    "secretary_general_draft",
    "term_sheet",
]
