"""Risk: how sure are the dates, and who and what moves them?"""

from synodos.schedule.risk.answer import (
    PERCENTILES,
    ActivityRisk,
    AgencyDelay,
    DelayByAgency,
    Driver,
    Finish,
    Frontier,
    JointConfidence,
    OtherDefault,
    PeriodChance,
    Risk,
    Sharpening,
    UsedDefault,
)
from synodos.schedule.risk.defaults import Defaults, default_defaults
from synodos.schedule.risk.sampled import Executor
from synodos.schedule.risk.study import risk

__all__ = [
    "PERCENTILES",
    "ActivityRisk",
    "AgencyDelay",
    "Defaults",
    "DelayByAgency",
    "Driver",
    "Executor",
    "Finish",
    "Frontier",
    "JointConfidence",
    "OtherDefault",
    "PeriodChance",
    "Risk",
    "Sharpening",
    "UsedDefault",
    "default_defaults",
    "risk",
]
