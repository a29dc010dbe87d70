"""Coalitions: what is a group worth, and what is a fair share?

Shares of what all achieve together, by the rules of game theory, and whether groups would stay.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred

if TYPE_CHECKING:
    from synodos.coalition.shares.certificate import Certificate, Level, kohlberg_certificate
    from synodos.coalition.shares.core import (
        CoreMembership,
        Leavers,
        Leaving,
        Objection,
        core_membership,
        is_imputation,
        objections,
        share_intervals,
        would_rather_go_alone,
    )
    from synodos.coalition.shares.fair import RULES, Complaint, FairShares, RuleShares, fair_shares
    from synodos.coalition.shares.game import MOST_PLAYERS, Game, GameError, cost_shares, savings_game
    from synodos.coalition.shares.nucleolus import LeastCore, Nucleolus, least_core, nucleolus, prenucleolus
    from synodos.coalition.shares.rules import equal_surplus, proportional
    from synodos.coalition.shares.values import banzhaf_value, shapley_value

__all__ = [
    "MOST_PLAYERS",
    "RULES",
    "Certificate",
    "Complaint",
    "CoreMembership",
    "FairShares",
    "Game",
    "GameError",
    "LeastCore",
    "Leavers",
    "Leaving",
    "Level",
    "Nucleolus",
    "Objection",
    "RuleShares",
    "banzhaf_value",
    "core_membership",
    "cost_shares",
    "equal_surplus",
    "fair_shares",
    "is_imputation",
    "kohlberg_certificate",
    "least_core",
    "nucleolus",
    "objections",
    "prenucleolus",
    "proportional",
    "savings_game",
    "shapley_value",
    "share_intervals",
    "would_rather_go_alone",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.coalition.shares.certificate": ("Certificate", "Level", "kohlberg_certificate"),
        "synodos.coalition.shares.core": (
            "CoreMembership",
            "Leavers",
            "Leaving",
            "Objection",
            "core_membership",
            "is_imputation",
            "objections",
            "share_intervals",
            "would_rather_go_alone",
        ),
        "synodos.coalition.shares.fair": ("RULES", "Complaint", "FairShares", "RuleShares", "fair_shares"),
        "synodos.coalition.shares.game": ("MOST_PLAYERS", "Game", "GameError", "cost_shares", "savings_game"),
        "synodos.coalition.shares.nucleolus": (
            "LeastCore",
            "Nucleolus",
            "least_core",
            "nucleolus",
            "prenucleolus",
        ),
        "synodos.coalition.shares.rules": ("equal_surplus", "proportional"),
        "synodos.coalition.shares.values": ("banzhaf_value", "shapley_value"),
    },
)
