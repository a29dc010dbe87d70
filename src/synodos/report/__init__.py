"""Pictures and documents: how does it look?

Computes nothing. What draws and writes pages is loaded only when it is asked for, since it is slow to load.
"""

from synodos.report.about_answers import about_answer
from synodos.report.agreement_answers import (
    close_out_answer,
    needs_answer,
    notification_answer,
    register_answer,
    term_sheet_answer,
    watch_answer,
)
from synodos.report.ahead_answers import calendar_file, dates_ahead_answer
from synodos.report.alignment_answers import alignment_answer, alignments_answer
from synodos.report.annual_answers import annual_answer
from synodos.report.answers import (
    Answer,
    check_answer,
    dependence_answer,
    fault_table,
    opportunities_answer,
    record_answer,
    records_answer,
)
from synodos.report.backtest_answers import backtest_answer
from synodos.report.brief_answers import brief_answer
from synodos.report.calibration_answers import calibration_answer
from synodos.report.comparison_answers import scenarios_answer
from synodos.report.data_packages import package_files
from synodos.report.defined import defined_figure
from synodos.report.document import Document, Figure, Section
from synodos.report.dossier_answers import dossier_answer
from synodos.report.edition_answers import edition_answer, edition_changes_answer
from synodos.report.editions import edition_files
from synodos.report.envelope import Envelope, envelope, header_line
from synodos.report.exposure_answers import exposure_answer
from synodos.report.launch_answers import launch_periods_answer
from synodos.report.law_answers import assessment_answer, findings_answer
from synodos.report.law_contests import contested_answer
from synodos.report.law_explanations import explanation_answer
from synodos.report.law_matrix import finding_state
from synodos.report.law_screening import screening_answer
from synodos.report.opened_editions import OpenedEdition, open_edition, recomputed
from synodos.report.optimum_answers import with_optimum_told
from synodos.report.outputs import (
    document_file,
    picture_bytes,
    picture_definition,
    picture_script,
    term_sheet_file,
    write_page,
    write_report,
    write_term_sheet,
)
from synodos.report.planning_answers import PlanFilter, coverage_answer, roadmap_answer
from synodos.report.published import published_schemas, write_schemas
from synodos.report.readiness_answers import readiness_answer
from synodos.report.risk_answers import risk_answer
from synodos.report.schedule_answers import difference_answer, health_answer, path_answer, why_answer
from synodos.report.share_answers import shares_answer
from synodos.report.tables import Cell, Table, as_csv, cell_text, column_looks
from synodos.report.weighing_answers import weighable, weighing_answer
from synodos.report.whatif_answers import comparison_answer, whatif_answer
from synodos.report.wording import counted
from synodos.report.worth_answers import plan_shares_answer, worth_answer
from synodos.report.worth_tables import worth_unit

__all__ = [
    "Answer",
    "Cell",
    "Document",
    "Envelope",
    "Figure",
    "OpenedEdition",
    "PlanFilter",
    "Section",
    "Table",
    "about_answer",
    "alignment_answer",
    "alignments_answer",
    "annual_answer",
    "as_csv",
    "assessment_answer",
    "backtest_answer",
    "brief_answer",
    "calendar_file",
    "calibration_answer",
    "cell_text",
    "check_answer",
    "close_out_answer",
    "column_looks",
    "comparison_answer",
    "contested_answer",
    "counted",
    "coverage_answer",
    "dates_ahead_answer",
    "defined_figure",
    "dependence_answer",
    "difference_answer",
    "document_file",
    "dossier_answer",
    "edition_answer",
    "edition_changes_answer",
    "edition_files",
    "envelope",
    "explanation_answer",
    "exposure_answer",
    "fault_table",
    "finding_state",
    "findings_answer",
    "header_line",
    "health_answer",
    "launch_periods_answer",
    "needs_answer",
    "notification_answer",
    "open_edition",
    "opportunities_answer",
    "package_files",
    "path_answer",
    "picture_bytes",
    "picture_definition",
    "picture_script",
    "plan_shares_answer",
    "published_schemas",
    "readiness_answer",
    "recomputed",
    "record_answer",
    "records_answer",
    "register_answer",
    "risk_answer",
    "roadmap_answer",
    "scenarios_answer",
    "screening_answer",
    "shares_answer",
    "term_sheet_answer",
    "term_sheet_file",
    "watch_answer",
    "weighable",
    "weighing_answer",
    "whatif_answer",
    "why_answer",
    "with_optimum_told",
    "worth_answer",
    "worth_unit",
    "write_page",
    "write_report",
    "write_schemas",
    "write_term_sheet",
]
