"""Pictures: one definition each, from which the page, SVG, PNG and PDF follow."""

from synodos.report.charts.agreements import agreements_chart
from synodos.report.charts.backtest import calibration_chart, forecasts_chart, recall_chart
from synodos.report.charts.before_after import before_after_chart
from synodos.report.charts.confidence import confidence_chart
from synodos.report.charts.confidence_shift import confidence_shift_chart, curves_of
from synodos.report.charts.contested import contested_chart
from synodos.report.charts.cost_shift import cost_shift_chart
from synodos.report.charts.coverage import coverage_chart, coverage_table
from synodos.report.charts.delay import delay_chart
from synodos.report.charts.dependence import dependence_chart
from synodos.report.charts.determinations import determinations_chart
from synodos.report.charts.exposure import exposure_chart
from synodos.report.charts.gantt import gantt_chart
from synodos.report.charts.handovers import handovers_chart
from synodos.report.charts.in_kind import in_kind_chart
from synodos.report.charts.jcl import jcl_chart
from synodos.report.charts.law_matrix import law_matrix_chart
from synodos.report.charts.opportunities import opportunities_chart
from synodos.report.charts.parties import parties_chart
from synodos.report.charts.porkchop import porkchop_chart
from synodos.report.charts.readiness import readiness_chart
from synodos.report.charts.roadmap import roadmap_chart, roadmap_table
from synodos.report.charts.saving import chart_bytes, chart_library, chart_spec, spec_bytes, spec_files
from synodos.report.charts.scenarios import scenarios_chart
from synodos.report.charts.shares import shares_chart
from synodos.report.charts.tornado import tornado_chart
from synodos.report.charts.worth import Compared, worth_chart

__all__ = [
    "Compared",
    "agreements_chart",
    "before_after_chart",
    "calibration_chart",
    "chart_bytes",
    "chart_library",
    "chart_spec",
    "confidence_chart",
    "confidence_shift_chart",
    "contested_chart",
    "cost_shift_chart",
    "coverage_chart",
    "coverage_table",
    "curves_of",
    "delay_chart",
    "dependence_chart",
    "determinations_chart",
    "exposure_chart",
    "forecasts_chart",
    "gantt_chart",
    "handovers_chart",
    "in_kind_chart",
    "jcl_chart",
    "law_matrix_chart",
    "opportunities_chart",
    "parties_chart",
    "porkchop_chart",
    "readiness_chart",
    "recall_chart",
    "roadmap_chart",
    "roadmap_table",
    "scenarios_chart",
    "shares_chart",
    "spec_bytes",
    "spec_files",
    "tornado_chart",
    "worth_chart",
]
