"""Pictures and documents: how does it look?

Computes nothing. What draws and writes pages is loaded only when it is asked for, since it is slow to load.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred

if TYPE_CHECKING:
    from synodos.report.answering.answer import Answer
    from synodos.report.answering.defined import defined_figure
    from synodos.report.answering.document import Document, Figure, Section
    from synodos.report.answering.envelope import Envelope, envelope, header_line
    from synodos.report.answering.tables import Cell, Table, as_csv, cell_text, column_looks
    from synodos.report.answering.wording import counted
    from synodos.report.documents.annual_answers import annual_answer
    from synodos.report.documents.brief_answers import brief_answer
    from synodos.report.documents.dossier_answers import dossier_answer
    from synodos.report.editions.answers import edition_answer, edition_changes_answer
    from synodos.report.editions.files import edition_files
    from synodos.report.editions.opened import OpenedEdition, open_edition, recomputed
    from synodos.report.forum.actions import actions_answer
    from synodos.report.forum.meetings import meeting_answer, meetings_answer
    from synodos.report.forum.papers import paper_answer, papers_answer
    from synodos.report.forum.state import forum_answer, membership_answer
    from synodos.report.law.agreements import (
        close_out_answer,
        needs_answer,
        notification_answer,
        register_answer,
        term_sheet_answer,
        watch_answer,
    )
    from synodos.report.law.answers import assessment_answer, findings_answer
    from synodos.report.law.contests import contested_answer
    from synodos.report.law.explanations import explanation_answer
    from synodos.report.law.matrix import finding_state
    from synodos.report.law.screening import screening_answer
    from synodos.report.plans.about import about_answer
    from synodos.report.plans.answers import PlanFilter, coverage_answer, roadmap_answer
    from synodos.report.plans.cooperation_answers import dependence_answer, opportunities_answer
    from synodos.report.plans.record_answers import check_answer, fault_table, record_answer, records_answer
    from synodos.report.published import published_schemas, write_schemas
    from synodos.report.roadmap.ahead import calendar_file, dates_ahead_answer
    from synodos.report.roadmap.alignment import alignment_answer, alignments_answer
    from synodos.report.roadmap.backtest import backtest_answer
    from synodos.report.roadmap.calibration import calibration_answer
    from synodos.report.roadmap.comparison import scenarios_answer
    from synodos.report.roadmap.optimum import with_optimum_told
    from synodos.report.roadmap.readiness import readiness_answer
    from synodos.report.roadmap.weighing import weighable, weighing_answer
    from synodos.report.schedule.answers import difference_answer, health_answer, path_answer, why_answer
    from synodos.report.schedule.launch_periods import launch_periods_answer
    from synodos.report.schedule.risk import risk_answer
    from synodos.report.whatif.answers import comparison_answer, whatif_answer
    from synodos.report.whatif.exposure import exposure_answer
    from synodos.report.worth.answers import plan_shares_answer, worth_answer
    from synodos.report.worth.shares import shares_answer
    from synodos.report.worth.tables import worth_unit
    from synodos.report.writing.data_packages import package_files
    from synodos.report.writing.outputs import (
        document_file,
        picture_bytes,
        picture_definition,
        picture_script,
        term_sheet_file,
        write_page,
        write_report,
        write_term_sheet,
    )
    from synodos.report.writing.whole import write_whole

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
    "actions_answer",
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
    "forum_answer",
    "header_line",
    "health_answer",
    "launch_periods_answer",
    "meeting_answer",
    "meetings_answer",
    "membership_answer",
    "needs_answer",
    "notification_answer",
    "open_edition",
    "opportunities_answer",
    "package_files",
    "paper_answer",
    "papers_answer",
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
    "write_whole",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.report.answering.answer": ("Answer",),
        "synodos.report.answering.defined": ("defined_figure",),
        "synodos.report.answering.document": ("Document", "Figure", "Section"),
        "synodos.report.answering.envelope": ("Envelope", "envelope", "header_line"),
        "synodos.report.answering.tables": ("Cell", "Table", "as_csv", "cell_text", "column_looks"),
        "synodos.report.answering.wording": ("counted",),
        "synodos.report.documents.annual_answers": ("annual_answer",),
        "synodos.report.documents.brief_answers": ("brief_answer",),
        "synodos.report.documents.dossier_answers": ("dossier_answer",),
        "synodos.report.editions.answers": ("edition_answer", "edition_changes_answer"),
        "synodos.report.editions.files": ("edition_files",),
        "synodos.report.editions.opened": ("OpenedEdition", "open_edition", "recomputed"),
        "synodos.report.forum.actions": ("actions_answer",),
        "synodos.report.forum.meetings": ("meeting_answer", "meetings_answer"),
        "synodos.report.forum.papers": ("paper_answer", "papers_answer"),
        "synodos.report.forum.state": ("forum_answer", "membership_answer"),
        "synodos.report.law.agreements": (
            "close_out_answer",
            "needs_answer",
            "notification_answer",
            "register_answer",
            "term_sheet_answer",
            "watch_answer",
        ),
        "synodos.report.law.answers": ("assessment_answer", "findings_answer"),
        "synodos.report.law.contests": ("contested_answer",),
        "synodos.report.law.explanations": ("explanation_answer",),
        "synodos.report.law.matrix": ("finding_state",),
        "synodos.report.law.screening": ("screening_answer",),
        "synodos.report.plans.about": ("about_answer",),
        "synodos.report.plans.answers": ("PlanFilter", "coverage_answer", "roadmap_answer"),
        "synodos.report.plans.cooperation_answers": ("dependence_answer", "opportunities_answer"),
        "synodos.report.plans.record_answers": ("check_answer", "fault_table", "record_answer", "records_answer"),
        "synodos.report.published": ("published_schemas", "write_schemas"),
        "synodos.report.roadmap.ahead": ("calendar_file", "dates_ahead_answer"),
        "synodos.report.roadmap.alignment": ("alignment_answer", "alignments_answer"),
        "synodos.report.roadmap.backtest": ("backtest_answer",),
        "synodos.report.roadmap.calibration": ("calibration_answer",),
        "synodos.report.roadmap.comparison": ("scenarios_answer",),
        "synodos.report.roadmap.optimum": ("with_optimum_told",),
        "synodos.report.roadmap.readiness": ("readiness_answer",),
        "synodos.report.roadmap.weighing": ("weighable", "weighing_answer"),
        "synodos.report.schedule.answers": ("difference_answer", "health_answer", "path_answer", "why_answer"),
        "synodos.report.schedule.launch_periods": ("launch_periods_answer",),
        "synodos.report.schedule.risk": ("risk_answer",),
        "synodos.report.whatif.answers": ("comparison_answer", "whatif_answer"),
        "synodos.report.whatif.exposure": ("exposure_answer",),
        "synodos.report.worth.answers": ("plan_shares_answer", "worth_answer"),
        "synodos.report.worth.shares": ("shares_answer",),
        "synodos.report.worth.tables": ("worth_unit",),
        "synodos.report.writing.data_packages": ("package_files",),
        "synodos.report.writing.outputs": (
            "document_file",
            "picture_bytes",
            "picture_definition",
            "picture_script",
            "term_sheet_file",
            "write_page",
            "write_report",
            "write_term_sheet",
        ),
        "synodos.report.writing.whole": ("write_whole",),
    },
)
