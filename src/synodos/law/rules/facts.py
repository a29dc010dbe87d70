"""What is stated about an activity: every predicate that rules may ask for and that no rule derives."""

from __future__ import annotations

from typing import Final

FACTS: Final = {
    **dict.fromkeys(
        (
            "at_iss",
            "cooperation",
            "dated",
            "earth_orbit_or_beyond",
            "flies",
            "iss_related",
            "joint",
            "multilateral",
            "nuclear_propulsion",
            "on_body",
            "only_two_sides",
            "serves_us_agency",
            "space_activity",
            "to_come",
            "unclassified",
        ),
        1,
    ),
    **dict.fromkeys(
        (
            "agreement",
            "agreement_planned",
            "body",
            "claims_ownership",
            "conducts",
            "contracted_after",
            "contracted_by",
            "destination",
            "destination_state",
            "encounter",
            "enhancement",
            "exclusive",
            "giver",
            "governmental",
            "in_kind",
            "interdependent",
            "involved",
            "item",
            "kind",
            "launcher_provider",
            "lead",
            "list_entry",
            "non_governmental",
            "operator",
            "organisation",
            "origin",
            "owner_of",
            "participant",
            "participants_from",
            "partner",
            "payee",
            "payer",
            "purpose",
            "receiver",
            "resource_purpose",
            "state",
            "target",
            "unstated",
            "user",
        ),
        2,
    ),
    **dict.fromkeys(
        (
            "actor",
            "agreement_binding",
            "bilateral",
            "clause",
            "covered_party",
            "disputed_answer",
            "instrument",
            "member_state",
            "national_of",
            "rendered",
            "signed_before",
            "signed_since",
            "signing_open",
            "under",
        ),
        3,
    ),
    "answer": 4,
}
"""Facts of situations, with the number of their arguments; the activity is the first."""
POLICY_FACTS: Final = {"criterion": 2, "policy_about": 2, "policy_binds": 2, "policy_of_all": 1}
"""Facts that recorded policies add."""
CHOSEN: Final = {"reading": 2}
"""What the core chooses where a question is contested."""
