"""What drives the dates, and how sure are they?

Networks of activities with calendars, launch periods, the critical path and who holds it, and Monte Carlo risk.
"""

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

__all__ = [
    "ELAPSED",
    "EPOCH",
    "MINUTES_PER_DAY",
    "CriticalPath",
    "Edge",
    "Network",
    "Node",
    "Period",
    "Rules",
    "Tie",
    "WorkingTime",
    "minutes_of",
    "moment_of",
]
