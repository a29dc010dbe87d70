"""Pictures: one definition each, from which the page, SVG, PNG and PDF follow."""

from synodos.report.charts.coverage import coverage_chart, coverage_table
from synodos.report.charts.dependence import dependence_chart
from synodos.report.charts.opportunities import opportunities_chart
from synodos.report.charts.roadmap import roadmap_chart, roadmap_table
from synodos.report.charts.saving import chart_bytes

__all__ = [
    "chart_bytes",
    "coverage_chart",
    "coverage_table",
    "dependence_chart",
    "opportunities_chart",
    "roadmap_chart",
    "roadmap_table",
]
