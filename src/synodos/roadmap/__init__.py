"""The roadmap: how do scenarios compare?"""

from synodos.roadmap.ahead import AHEAD_KINDS, Ahead, AheadKind, dates_ahead
from synodos.roadmap.aligning import Advice, Alignment, Use, align
from synodos.roadmap.annual import AgencyYear, AnnualReport, GroupYear, Reported, YearEvent, annual
from synodos.roadmap.backtesting.answer import (
    METHODS,
    STANDINGS,
    Backtest,
    Judged,
    Lapses,
    Proposed,
    Recall,
    RecallGroup,
)
from synodos.roadmap.backtesting.asking import backtest, calibration
from synodos.roadmap.backtesting.confidence import Bounds, Calibration, Dated, DateGroup
from synodos.roadmap.briefing import AgencyBrief, agency_brief
from synodos.roadmap.comparing.arrivals import Arrival
from synodos.roadmap.comparing.binding import Binding
from synodos.roadmap.comparing.compare import ASPECTS, Compared, Comparison, compare
from synodos.roadmap.comparing.gaining import Gain
from synodos.roadmap.comparing.robustness import Blow
from synodos.roadmap.comparing.serving import Served
from synodos.roadmap.comparing.spending import Costs, Spending
from synodos.roadmap.editions.asking import EditionInstrument, EditionQuestion
from synodos.roadmap.editions.changes import (
    EditionChanges,
    EditionName,
    GapChange,
    Listed,
    MissionChange,
    edition_changes,
)
from synodos.roadmap.editions.edition import Edition, EditionScenario, FrozenPortfolio, edition, in_order
from synodos.roadmap.editions.gaps import EditionGap
from synodos.roadmap.editions.missions import EditionMission
from synodos.roadmap.editions.taking_part import EditionAgency
from synodos.roadmap.gaps import KnowledgeGap
from synodos.roadmap.open_matters import MATTER_SORTS, MatterSort, OpenMatter, open_matters
from synodos.roadmap.optimising import Optimum, Weighed, optimum, with_optimum
from synodos.roadmap.preparing import Work, WorkSort
from synodos.roadmap.readiness import MissionReadiness, NeededCapability, Readiness, Supply, readiness
from synodos.roadmap.scenarios import Outline, outline, under
from synodos.roadmap.stages import STAGES, Stage
from synodos.roadmap.weighing import Figures, WeighedRow, Weighing, weigh

__all__ = [
    "AHEAD_KINDS",
    "ASPECTS",
    "MATTER_SORTS",
    "METHODS",
    "STAGES",
    "STANDINGS",
    "Advice",
    "AgencyBrief",
    "AgencyYear",
    "Ahead",
    "AheadKind",
    "Alignment",
    "AnnualReport",
    "Arrival",
    "Backtest",
    "Binding",
    "Blow",
    "Bounds",
    "Calibration",
    "Compared",
    "Comparison",
    "Costs",
    "DateGroup",
    "Dated",
    "Edition",
    "EditionAgency",
    "EditionChanges",
    "EditionGap",
    "EditionInstrument",
    "EditionMission",
    "EditionName",
    "EditionQuestion",
    "EditionScenario",
    "Figures",
    "FrozenPortfolio",
    "Gain",
    "GapChange",
    "GroupYear",
    "Judged",
    "KnowledgeGap",
    "Lapses",
    "Listed",
    "MatterSort",
    "MissionChange",
    "MissionReadiness",
    "NeededCapability",
    "OpenMatter",
    "Optimum",
    "Outline",
    "Proposed",
    "Readiness",
    "Recall",
    "RecallGroup",
    "Reported",
    "Served",
    "Spending",
    "Stage",
    "Supply",
    "Use",
    "Weighed",
    "WeighedRow",
    "Weighing",
    "Work",
    "WorkSort",
    "YearEvent",
    "agency_brief",
    "align",
    "annual",
    "backtest",
    "calibration",
    "compare",
    "dates_ahead",
    "edition",
    "edition_changes",
    "in_order",
    "open_matters",
    "optimum",
    "outline",
    "readiness",
    "under",
    "weigh",
    "with_optimum",
]
