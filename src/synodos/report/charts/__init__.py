"""Pictures: one definition each, from which the page, SVG, PNG and PDF follow."""

from synodos.report.charts.confidence import confidence_chart
from synodos.report.charts.coverage import coverage_chart, coverage_table
from synodos.report.charts.delay import delay_chart
from synodos.report.charts.dependence import dependence_chart
from synodos.report.charts.gantt import gantt_chart
from synodos.report.charts.handovers import handovers_chart
from synodos.report.charts.jcl import jcl_chart
from synodos.report.charts.opportunities import opportunities_chart
from synodos.report.charts.porkchop import porkchop_chart
from synodos.report.charts.roadmap import roadmap_chart, roadmap_table
from synodos.report.charts.saving import chart_bytes
from synodos.report.charts.tornado import tornado_chart

__all__ = [
    "chart_bytes",
    "confidence_chart",
    "coverage_chart",
    "coverage_table",
    "delay_chart",
    "dependence_chart",
    "gantt_chart",
    "handovers_chart",
    "jcl_chart",
    "opportunities_chart",
    "porkchop_chart",
    "roadmap_chart",
    "roadmap_table",
    "tornado_chart",
]
