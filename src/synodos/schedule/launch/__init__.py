"""When do the planets allow a launch, and what does it cost?"""

from synodos.schedule.launch.bodies import Body, LaunchError, bodies, body
from synodos.schedule.launch.lambert import lambert
from synodos.schedule.launch.periods import LaunchPeriod, LaunchPeriods, launch_periods, synodic_period_days
from synodos.schedule.launch.porkchop import Porkchop, porkchop
from synodos.schedule.launch.search import Departure

__all__ = [
    "Body",
    "Departure",
    "LaunchError",
    "LaunchPeriod",
    "LaunchPeriods",
    "Porkchop",
    "bodies",
    "body",
    "lambert",
    "launch_periods",
    "porkchop",
    "synodic_period_days",
]
