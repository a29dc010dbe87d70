"""Coalitions: what is a group worth, and what is a fair share?

Shares of what all achieve together, by the rules of game theory, and whether groups would stay.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred

if TYPE_CHECKING:
    from synodos.coalition.planning.assumptions import Assumed, Assumptions
    from synodos.coalition.planning.case import PlanningCase, planning_case
    from synodos.coalition.planning.figures import MissingFigure, Terms
    from synodos.coalition.planning.planned import plan
    from synodos.coalition.planning.programme import (
        Build,
        Flight,
        Grounded,
        Programme,
        Reached,
        Spending,
        Unplanned,
    )
    from synodos.coalition.planning.worth import CoalitionWorth, worth
    from synodos.coalition.shares.certificate import Certificate, Level, kohlberg_certificate
    from synodos.coalition.shares.core import (
        CoreMembership,
        Leavers,
        Leaving,
        Objection,
        core_membership,
        objections,
        share_intervals,
        would_rather_go_alone,
    )
    from synodos.coalition.shares.fair import RULES, Complaint, FairShares, RuleShares, fair_shares
    from synodos.coalition.shares.game import MOST_PLAYERS, Game, GameError, cost_shares, savings_game
    from synodos.coalition.shares.nucleolus import LeastCore, Nucleolus, least_core, nucleolus, prenucleolus
    from synodos.coalition.shares.rules import equal_surplus, proportional
    from synodos.coalition.shares.values import banzhaf_value, shapley_value
    from synodos.coalition.sharing.barter import Barter
    from synodos.coalition.sharing.benefits import Benefits, BenefitSum, DeclaredBenefit, benefits_of
    from synodos.coalition.sharing.contributions import Contribution, ContributionSort
    from synodos.coalition.sharing.in_kind import Brought, InKindShares, in_kind_shares
    from synodos.coalition.sharing.settling import Settlement, settlement, shares_of
    from synodos.coalition.worths.batches import Executor
    from synodos.coalition.worths.model import GroupModel
    from synodos.coalition.worths.plan import GroupPlan, solve_group
    from synodos.coalition.worths.processes import processes
    from synodos.coalition.worths.running import WorthStore
    from synodos.coalition.worths.table import GroupWorths, group_worths
    from synodos.coalition.worths.usefulness import dominates, dummies, equals

__all__ = [
    "MOST_PLAYERS",
    "RULES",
    "Assumed",
    "Assumptions",
    "Barter",
    "BenefitSum",
    "Benefits",
    "Brought",
    "Build",
    "Certificate",
    "CoalitionWorth",
    "Complaint",
    "Contribution",
    "ContributionSort",
    "CoreMembership",
    "DeclaredBenefit",
    "Executor",
    "FairShares",
    "Flight",
    "Game",
    "GameError",
    "Grounded",
    "GroupModel",
    "GroupPlan",
    "GroupWorths",
    "InKindShares",
    "LeastCore",
    "Leavers",
    "Leaving",
    "Level",
    "MissingFigure",
    "Nucleolus",
    "Objection",
    "PlanningCase",
    "Programme",
    "Reached",
    "RuleShares",
    "Settlement",
    "Spending",
    "Terms",
    "Unplanned",
    "WorthStore",
    "banzhaf_value",
    "benefits_of",
    "core_membership",
    "cost_shares",
    "dominates",
    "dummies",
    "equal_surplus",
    "equals",
    "fair_shares",
    "group_worths",
    "in_kind_shares",
    "kohlberg_certificate",
    "least_core",
    "nucleolus",
    "objections",
    "plan",
    "planning_case",
    "prenucleolus",
    "processes",
    "proportional",
    "savings_game",
    "settlement",
    "shapley_value",
    "share_intervals",
    "shares_of",
    "solve_group",
    "worth",
    "would_rather_go_alone",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.coalition.planning.assumptions": ("Assumed", "Assumptions"),
        "synodos.coalition.planning.case": ("PlanningCase", "planning_case"),
        "synodos.coalition.planning.figures": ("MissingFigure", "Terms"),
        "synodos.coalition.planning.planned": ("plan",),
        "synodos.coalition.planning.programme": (
            "Build",
            "Flight",
            "Grounded",
            "Programme",
            "Reached",
            "Spending",
            "Unplanned",
        ),
        "synodos.coalition.planning.worth": ("CoalitionWorth", "worth"),
        "synodos.coalition.shares.certificate": ("Certificate", "Level", "kohlberg_certificate"),
        "synodos.coalition.shares.core": (
            "CoreMembership",
            "Leavers",
            "Leaving",
            "Objection",
            "core_membership",
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
        "synodos.coalition.sharing.barter": ("Barter",),
        "synodos.coalition.sharing.benefits": ("BenefitSum", "Benefits", "DeclaredBenefit", "benefits_of"),
        "synodos.coalition.sharing.contributions": ("Contribution", "ContributionSort"),
        "synodos.coalition.sharing.in_kind": ("Brought", "InKindShares", "in_kind_shares"),
        "synodos.coalition.sharing.settling": ("Settlement", "settlement", "shares_of"),
        "synodos.coalition.worths.model": ("GroupModel",),
        "synodos.coalition.worths.plan": ("GroupPlan", "solve_group"),
        "synodos.coalition.worths.processes": ("processes",),
        "synodos.coalition.worths.running": ("WorthStore",),
        "synodos.coalition.worths.table": ("GroupWorths", "group_worths"),
        "synodos.coalition.worths.batches": ("Executor",),
        "synodos.coalition.worths.usefulness": ("dominates", "dummies", "equals"),
    },
)
