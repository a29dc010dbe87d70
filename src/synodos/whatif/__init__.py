"""What if: what would follow if a partner left, came late or was replaced, and what could be done?"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred
from synodos.whatif.consequences import PARTS, consequences
from synodos.whatif.exposure import exposure
from synodos.whatif.options import options
from synodos.whatif.orphans import Orphan, orphans

if TYPE_CHECKING:
    from synodos.whatif.applying.apply import apply
    from synodos.whatif.applying.norms import catalogue_after
    from synodos.whatif.consequences.answer import Chances, Consequences, Gap, MissionDates, MissionEffect
    from synodos.whatif.consequences.effects import (
        AgreementEffect,
        BudgetPlan,
        BudgetYear,
        CoalitionEffect,
        CostEffect,
        DependenceEffect,
        FindingEffect,
        FindingStatus,
        ObjectiveEffect,
        OwedUnder,
    )
    from synodos.whatif.exposure.types import Exposure, Hurt, Preparation
    from synodos.whatif.options.defaults import OptionDefaults, default_option_defaults
    from synodos.whatif.options.types import (
        CRITERIA,
        AgreementStep,
        Criteria,
        MissionDate,
        Move,
        Option,
        Options,
    )
    from synodos.whatif.wording import change_words, step_words

__all__ = [
    "CRITERIA",
    "PARTS",
    "AgreementEffect",
    "AgreementStep",
    "BudgetPlan",
    "BudgetYear",
    "Chances",
    "CoalitionEffect",
    "Consequences",
    "CostEffect",
    "Criteria",
    "DependenceEffect",
    "Exposure",
    "FindingEffect",
    "FindingStatus",
    "Gap",
    "Hurt",
    "MissionDate",
    "MissionDates",
    "MissionEffect",
    "Move",
    "ObjectiveEffect",
    "Option",
    "OptionDefaults",
    "Options",
    "Orphan",
    "OwedUnder",
    "Preparation",
    "apply",
    "catalogue_after",
    "change_words",
    "consequences",
    "default_option_defaults",
    "exposure",
    "options",
    "orphans",
    "step_words",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.whatif.applying.apply": ("apply",),
        "synodos.whatif.applying.norms": ("catalogue_after",),
        "synodos.whatif.consequences.answer": ("Chances", "Consequences", "Gap", "MissionDates", "MissionEffect"),
        "synodos.whatif.consequences.effects": (
            "AgreementEffect",
            "BudgetPlan",
            "BudgetYear",
            "CoalitionEffect",
            "CostEffect",
            "DependenceEffect",
            "FindingEffect",
            "FindingStatus",
            "ObjectiveEffect",
            "OwedUnder",
        ),
        "synodos.whatif.exposure.types": ("Exposure", "Hurt", "Preparation"),
        "synodos.whatif.options.defaults": ("OptionDefaults", "default_option_defaults"),
        "synodos.whatif.options.types": (
            "CRITERIA",
            "AgreementStep",
            "Criteria",
            "MissionDate",
            "Move",
            "Option",
            "Options",
        ),
        "synodos.whatif.wording": ("change_words", "step_words"),
    },
)
