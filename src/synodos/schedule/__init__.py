"""What drives the dates, and how sure are they?

Networks of activities with calendars, launch periods, the critical path and who holds it, and Monte Carlo risk.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred
from synodos.schedule.risk import risk
from synodos.schedule.types import (
    ELAPSED,
    EPOCH,
    MINUTES_PER_DAY,
    CriticalPath,
    Edge,
    Network,
    Node,
    Period,
    Rules,
    Tie,
    WorkingTime,
    minutes_of,
    moment_of,
)

if TYPE_CHECKING:
    from synodos.schedule.launch.bodies import Body, LaunchError, bodies, body
    from synodos.schedule.launch.periods import LaunchPeriod, LaunchPeriods, launch_periods, synodic_period_days
    from synodos.schedule.launch.porkchop import Porkchop, porkchop
    from synodos.schedule.launch.search import Departure
    from synodos.schedule.networks.network import network
    from synodos.schedule.paths.critical_path import critical_path
    from synodos.schedule.paths.drag import drags
    from synodos.schedule.paths.passes import Floats, Topology, float_passes, topology
    from synodos.schedule.questions.checking import Check
    from synodos.schedule.questions.difference import Difference, FloatChange, difference
    from synodos.schedule.questions.health import Health, health
    from synodos.schedule.questions.holders import Handover, Holding, Nearest, Share, Stretch, who_holds
    from synodos.schedule.questions.near_critical import NearCritical, NearPath, near_critical
    from synodos.schedule.questions.why import Step, Why, why
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
    from synodos.schedule.warming import warm

__all__ = [
    "ELAPSED",
    "EPOCH",
    "MINUTES_PER_DAY",
    "PERCENTILES",
    "ActivityRisk",
    "AgencyDelay",
    "Body",
    "Check",
    "CriticalPath",
    "Defaults",
    "DelayByAgency",
    "Departure",
    "Difference",
    "Driver",
    "Edge",
    "Executor",
    "Finish",
    "FloatChange",
    "Floats",
    "Frontier",
    "Handover",
    "Health",
    "Holding",
    "JointConfidence",
    "LaunchError",
    "LaunchPeriod",
    "LaunchPeriods",
    "NearCritical",
    "NearPath",
    "Nearest",
    "Network",
    "Node",
    "OtherDefault",
    "Period",
    "PeriodChance",
    "Porkchop",
    "Risk",
    "Rules",
    "Share",
    "Sharpening",
    "Step",
    "Stretch",
    "Tie",
    "Topology",
    "UsedDefault",
    "Why",
    "WorkingTime",
    "bodies",
    "body",
    "critical_path",
    "default_defaults",
    "difference",
    "drags",
    "float_passes",
    "health",
    "launch_periods",
    "minutes_of",
    "moment_of",
    "near_critical",
    "network",
    "porkchop",
    "risk",
    "synodic_period_days",
    "topology",
    "warm",
    "who_holds",
    "why",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.schedule.launch.bodies": ("Body", "LaunchError", "bodies", "body"),
        "synodos.schedule.launch.periods": ("LaunchPeriod", "LaunchPeriods", "launch_periods", "synodic_period_days"),
        "synodos.schedule.launch.porkchop": ("Porkchop", "porkchop"),
        "synodos.schedule.launch.search": ("Departure",),
        "synodos.schedule.networks.network": ("network",),
        "synodos.schedule.paths.critical_path": ("critical_path",),
        "synodos.schedule.paths.drag": ("drags",),
        "synodos.schedule.paths.passes": ("Floats", "Topology", "float_passes", "topology"),
        "synodos.schedule.questions.checking": ("Check",),
        "synodos.schedule.questions.difference": ("Difference", "FloatChange", "difference"),
        "synodos.schedule.questions.health": ("Health", "health"),
        "synodos.schedule.questions.holders": ("Handover", "Holding", "Nearest", "Share", "Stretch", "who_holds"),
        "synodos.schedule.questions.near_critical": ("NearCritical", "NearPath", "near_critical"),
        "synodos.schedule.questions.why": ("Step", "Why", "why"),
        "synodos.schedule.risk.answer": (
            "PERCENTILES",
            "ActivityRisk",
            "AgencyDelay",
            "DelayByAgency",
            "Driver",
            "Finish",
            "Frontier",
            "JointConfidence",
            "OtherDefault",
            "PeriodChance",
            "Risk",
            "Sharpening",
            "UsedDefault",
        ),
        "synodos.schedule.risk.defaults": ("Defaults", "default_defaults"),
        "synodos.schedule.risk.sampled": ("Executor",),
        "synodos.schedule.warming": ("warm",),
    },
)
