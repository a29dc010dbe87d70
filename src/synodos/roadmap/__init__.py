"""The roadmap: how do scenarios compare?"""

from synodos.roadmap.aligning import Advice, Alignment, Use, align
from synodos.roadmap.comparing.arrivals import Arrival
from synodos.roadmap.comparing.binding import Binding
from synodos.roadmap.comparing.compare import ASPECTS, Compared, Comparison, compare
from synodos.roadmap.comparing.gaining import Gain
from synodos.roadmap.comparing.serving import Served
from synodos.roadmap.comparing.spending import Costs, Spending
from synodos.roadmap.comparing.standing import Blow
from synodos.roadmap.preparing import Work
from synodos.roadmap.readiness import STAGES, MissionReadiness, NeededCapability, Readiness, Stage, Supply, readiness
from synodos.roadmap.scenarios import Outline, outline, under

__all__ = [
    "ASPECTS",
    "STAGES",
    "Advice",
    "Alignment",
    "Arrival",
    "Binding",
    "Blow",
    "Compared",
    "Comparison",
    "Costs",
    "Gain",
    "MissionReadiness",
    "NeededCapability",
    "Outline",
    "Readiness",
    "Served",
    "Spending",
    "Stage",
    "Supply",
    "Use",
    "Work",
    "align",
    "compare",
    "outline",
    "readiness",
    "under",
]
