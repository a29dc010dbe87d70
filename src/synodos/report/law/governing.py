"""Under what: what law and agreements say on plans, for a report or a dossier."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import Mission, Portfolio
from synodos.report.answering.document import Figure, Section
from synodos.report.answering.tables import Table, without
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.charts import (
    agreements_chart,
    contested_chart,
    determinations_chart,
    law_matrix_chart,
    parties_chart,
)
from synodos.report.law.agreements import (
    LARGEST,
    VERDICTS,
    approvals_table,
    needs_table,
    pair_table,
    partner_table,
    register_table,
    uncovered_table,
    watch_table,
)
from synodos.report.law.answers import findings_table, readings_table
from synodos.report.law.contests import contested_table
from synodos.report.law.matrix import (
    TO_DO,
    Matrix,
    column_table,
    findings_data,
    mark_of,
    mark_words,
    matrix,
    matrix_table,
    norm_row,
)
from synodos.report.law.open_questions import OpenQuestion, open_questions, open_questions_table, question_words
from synodos.report.law.words import INFORMS, catalogue_note, cited, counted_state

if TYPE_CHECKING:
    from synodos.law import Assessment, ContestedQuestion, Finding, InstrumentNeed, Register, Uncovered, Watched

CRITERIA: Final = ("directive", "policy")
"""Strengths of instruments that say on which terms an agency cooperates."""
OTHER_MATTERS: Final = ("nasa-planetary-protection",)
"""Instruments of that strength that are about something else."""
DETAILS: Final = ("clauses to settle", "proposed")
"""Columns of the instruments needed that a report leaves to its data file."""
MOST_WATCHED: Final = 40
"""Rows of the watch list that a report shows; `synodos agreements watch` gives all."""


@dataclass(frozen=True)
class Governed:
    """What law and agreements say on the plans of a portfolio.

    Attributes
    ----------
    assessment : Assessment
        Findings of law.
    matrix : Matrix
        The findings as norms by activities.
    questions : tuple of OpenQuestion
        What is open.
    contested : tuple of ContestedQuestion
        Contested questions.
    register : Register
        Agreements on the day of knowledge.
    watched : tuple of Watched
        What of them needs attention.
    uncovered : tuple of Uncovered
        Commitments that no instrument covers.
    needs : tuple of InstrumentNeed
        Instruments that cooperations need.
    """

    assessment: Assessment
    matrix: Matrix
    questions: tuple[OpenQuestion, ...]
    contested: tuple[ContestedQuestion, ...]
    register: Register
    watched: tuple[Watched, ...]
    uncovered: tuple[Uncovered, ...]
    needs: tuple[InstrumentNeed, ...]


def governed(portfolio: Portfolio, for_agency: str | None = None) -> Governed:
    """Return what law and agreements say on plans; instruments and commitments are those of one agency if asked."""
    from synodos import law

    assessment = law.assess(portfolio)
    return Governed(
        assessment=assessment,
        matrix=matrix(portfolio, assessment),
        questions=open_questions(portfolio, assessment),
        contested=law.contested(portfolio, assessment),
        register=law.register(portfolio),
        watched=law.watch(portfolio, for_agency=for_agency),
        uncovered=law.uncovered(portfolio, for_agency=for_agency),
        needs=tuple(one for one in law.instruments(portfolio) if for_agency in (None, one.lead, one.partner)),
    )


def governing_sections(portfolio: Portfolio, found: Governed) -> Iterator[Section]:
    """Yield the sections of a report that say under what plans stand."""
    yield law_section(portfolio, found.assessment, found.matrix)
    yield open_section(portfolio, found.questions)
    yield contested_section(portfolio, found.contested, found.assessment)
    yield agreements_section(portfolio, found.register, found.watched)
    yield parties_section(portfolio, found.register)
    yield _needs_section(portfolio, found)


def governing_tables(portfolio: Portfolio, found: Governed) -> Iterator[Table]:
    """Yield the tables behind these sections, whole."""
    yield matrix_table(found.matrix)
    yield column_table(found.matrix)
    yield findings_data(portfolio, found.assessment.findings)
    yield open_questions_table(found.questions)
    yield contested_table(portfolio, found.contested)
    yield register_table(portfolio, found.register)
    yield pair_table(portfolio, found.register)
    yield partner_table(portfolio, found.register)
    yield needs_table(portfolio, found.needs)
    yield uncovered_table(portfolio, found.uncovered)
    yield watch_table(portfolio, found.watched, found.register.at)


def governing_evidence(found: Governed) -> tuple[str, ...]:
    """Return the records that these sections rest on."""
    return tuple(
        dict.fromkeys(
            [
                *(key for finding in found.assessment.findings for key in finding.evidence),
                *(f"agreement:{row.agreement.id}" for row in found.register.rows),
                *(f"commitment:{one.commitment}" for one in found.uncovered),
                *(key for need in found.needs for key in need.evidence),
            ]
        )
    )


def law_section(portfolio: Portfolio, found: Assessment, shown: Matrix) -> Section:
    """Return the matrix of norms by activities, and what leaves something to be done."""
    from synodos.law import grouped

    counts = Counter(mark_of(finding) for finding in found.findings)
    left = [counted_state(counts[mark], mark_words(mark)) for mark in TO_DO if counts[mark]]
    told = listed(left) if left else "nothing is left to be done"
    groups = grouped(finding for finding in found.findings if mark_of(finding) in TO_DO)
    ordered = sorted(groups, key=lambda group: TO_DO.index(mark_of(group.findings[0])))
    activities = counted(len(found.situations), "activity", "activities")
    sentences = (
        f"{counted(len(found.findings), 'finding')} on {activities}, each by the law of its own date: {told}.",
        f"The law is that known on {found.law_known_on}. {catalogue_note(portfolio, found.law_known_on)}",
        f"{counted(shown.quiet, 'norm')} that leave nothing to be done now are not shown. {INFORMS}",
    )
    figure = Figure.drawn("law-matrix", law_matrix_chart, portfolio, shown)
    findings = findings_table(portfolio, found, ordered)
    return Section(
        "law",
        "Under what: norms by activities",
        sentences,
        figure,
        (findings, matrix_table(shown), column_table(shown)),
    )


def open_section(portfolio: Portfolio, questions: tuple[OpenQuestion, ...]) -> Section:
    """Return what has to be determined, first that for which most findings wait."""
    waits = f"Most wait for this: {questions[0].words}" if questions else "Nothing has to be determined."
    figure = Figure.drawn("determinations", determinations_chart, portfolio, questions)
    tables = (open_questions_table(questions),)
    return Section("determinations", "Open determinations", (waits,), figure, tables)


def contested_section(portfolio: Portfolio, questions: Sequence[ContestedQuestion], assessment: Assessment) -> Section:
    """Return contested questions with their readings side by side."""
    from synodos.law import grouped

    hinging = sum(bool(one.findings) for one in questions)
    names = {one.activity: one.name for one in assessment.situations}
    figure = Figure.drawn("contested", contested_chart, portfolio, questions, names)
    groups = grouped(finding for finding in assessment.findings if finding.contested)
    rows = tuple(
        (one.label, one.findings, "; ".join(names.get(key, key) for key in one.activities))
        for one in questions
        if one.findings
    )
    hinges = Table("hinging", "What hinges on which question", ("question", "findings", "activities"), rows)
    tables = (contested_table(portfolio, questions), hinges, readings_table(assessment, groups))
    sentences = (
        f"Findings hinge on {hinging} of {counted(len(questions), 'contested question')}.",
        "No reading counts for more than another.",
    )
    return Section("contested", "Contested questions", sentences, figure, tables)


def agreements_section(portfolio: Portfolio, found: Register, watched: Sequence[Watched]) -> Section:
    """Return agreements with where they stand and how long they last, and what needs attention."""
    kinds = Counter(one.kind for one in watched)
    told = listed([f"{count} {kind.replace('-', ' ')}" for kind, count in kinds.items()], 12)
    sentences = [
        f"{counted(len(found.rows), 'agreement')}, of which {found.active} are active on {found.at}.",
        f"To look at: {told}." if watched else "Nothing needs attention.",
    ]
    left = len(watched) - MOST_WATCHED
    if left > 0:
        sentences.append(f"The most pressing {MOST_WATCHED} are listed; the data file holds all.")
    figure = Figure.drawn("agreements", agreements_chart, portfolio, found)
    tables = register_table(portfolio, found), watch_table(portfolio, watched[:MOST_WATCHED], found.at)
    return Section("register", "Agreements", tuple(sentences), figure, tables)


def parties_section(portfolio: Portfolio, found: Register) -> Section:
    """Return who shares how many active agreements with whom."""
    share = found.share_of_largest(LARGEST)
    sentence = f"{counted(len(found.partners), 'party', 'parties')} to {counted(found.active, 'active agreement')}."
    if share is not None and len(found.partners) > LARGEST:
        sentence += f" The {LARGEST} largest have a part in {percent(share)} of them."
    figure = Figure.drawn("pairs", parties_chart, portfolio, found)
    tables = pair_table(portfolio, found), partner_table(portfolio, found)
    return Section("parties", "Who shares agreements", (sentence,), figure, tables)


def _needs_section(portfolio: Portfolio, found: Governed) -> Section:
    """Return which instrument each cooperation needs, and commitments that none covers."""
    sentences = (
        _verdicts(found.needs),
        f"Commitments towards others without a binding instrument in force: {len(found.uncovered)}.",
    )
    tables = without(needs_table(portfolio, found.needs), DETAILS), uncovered_table(portfolio, found.uncovered)
    return Section("needs", "Instruments needed", sentences, tables=tables)


def _verdicts(needs: Sequence[InstrumentNeed]) -> str:
    """Return in a sentence how far the instruments that exist meet what is needed."""
    if not needs:
        return "No cooperation of a lead and a partner abroad is stated."
    counts = Counter(VERDICTS[one.verdict] for one in needs)
    told = listed([f"{words} ({count})" for words, count in counts.most_common()], len(VERDICTS))
    need = "needs" if len(needs) == 1 else "need"
    return f"{counted(len(needs), 'pair')} of lead and partner {need} an instrument; what exists: {told}."


@dataclass(frozen=True)
class MissionGoverned:
    """What law and agreements say on one mission.

    Attributes
    ----------
    assessment : Assessment
        Findings of law on it.
    needs : tuple of InstrumentNeed
        Instruments that it needs, with each partner.
    uncovered : tuple of Uncovered
        Commitments to it that no instrument covers.
    """

    assessment: Assessment
    needs: tuple[InstrumentNeed, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Records that all this rests on."""
        return tuple(
            dict.fromkeys(
                [
                    *(key for finding in self.assessment.findings for key in finding.evidence),
                    *(key for need in self.needs for key in need.evidence),
                    *(f"commitment:{one.commitment}" for one in self.uncovered),
                ]
            )
        )


def mission_governed(portfolio: Portfolio, mission: Mission) -> MissionGoverned:
    """Return what law and agreements say on one mission, with what crosses borders and is paid for it."""
    from synodos import law

    key = f"mission:{mission.id}"
    used = {mission.id} | {part for requirement in mission.requirements for part in requirement.met_by}
    aside = [
        f"{record.kind}:{record.id}"
        for table in (portfolio.transfers, portfolio.payments)
        for record in table.values()
        if mission.id in record.plans
    ]
    flying = mission.status != "cancelled"
    scope = [*([key] if flying else []), *aside]
    return MissionGoverned(
        assessment=law.assess(portfolio, scope=scope),
        needs=law.instruments(portfolio, scope=key) if flying else (),
        uncovered=tuple(one for one in law.uncovered(portfolio) if used.intersection(one.plans)),
    )


def mission_sections(portfolio: Portfolio, found: MissionGoverned) -> Iterator[Section]:
    """Yield the sections of a dossier that say under what a mission stands."""
    yield _findings(portfolio, found.assessment)
    yield _criteria(portfolio, found.assessment)
    tables = (
        needs_table(portfolio, found.needs),
        approvals_table(portfolio, found.needs),
        uncovered_table(portfolio, found.uncovered),
    )
    sentences = (
        _verdicts(found.needs),
        f"Commitments towards others without a binding instrument in force: {len(found.uncovered)}.",
    )
    yield Section("needs", "Instruments needed", sentences, tables=tables)


def _findings(portfolio: Portfolio, found: Assessment) -> Section:
    """Return the findings on a mission, conflicts and what has to be determined first."""
    from synodos.law import grouped

    counts = Counter(mark_of(finding) for finding in found.findings)
    order = (*TO_DO, "exempt", "met")
    groups = grouped(finding for finding in found.findings if mark_of(finding) in order)
    ordered = sorted(groups, key=lambda group: order.index(mark_of(group.findings[0])))
    left = [counted_state(counts[mark], mark_words(mark)) for mark in order if counts[mark]]
    told = listed(left) if left else "nothing is left to be done"
    waiting = f" {counts['holds']} more hold and leave nothing to be done now." if counts["holds"] else ""
    sentences = (f"By the law known on {found.law_known_on}: {told}.{waiting}", INFORMS)
    contested = [group for group in ordered if group.contested]
    tables = findings_table(portfolio, found, ordered), readings_table(found, contested)
    return Section("law", "Under what: findings of law", sentences, tables=tables)


def _criteria(portfolio: Portfolio, found: Assessment) -> Section:
    """Return what directives and policies ask of a cooperation, as a list to tick off, with the evidence."""
    from synodos.law import catalogue

    known = catalogue()
    own = {key for key, one in known.instruments.items() if one.strength in CRITERIA and key not in OTHER_MATTERS}
    asked = [
        one
        for one in found.findings
        if known.instrument_of.get(one.norm) in own or one.norm not in known.norms
        if mark_of(one) != "holds"
    ]
    done = sum(mark_of(one) in ("met", "exempt") for one in asked)
    sentence = (
        f"{counted(len(asked), 'criterion', 'criteria')} of directives and policies; met on stated facts: {done}."
        if asked
        else "No directive or policy on cooperation applies to those who take part."
    )
    columns = ("state", "criterion", "what it asks", "of whom", "to answer", "evidence", "certainty")
    rows = tuple(_ticked(portfolio, one, found.law_known_on) for one in asked)
    table = Table("criteria", "Criteria for cooperation", columns, rows)
    return Section("criteria", "National criteria", (sentence,), tables=(table,))


def _ticked(portfolio: Portfolio, finding: Finding, law_known_on: dt.date) -> tuple[str, ...]:
    """Return one criterion with where it stands."""
    from synodos.law import certainty_words, party_names

    asks = dict.fromkeys(question_words(question.id) for question in finding.questions)
    return (
        mark_words(mark_of(finding)),
        cited(finding.norm, law_known_on),
        norm_row(finding.norm, portfolio, law_known_on).title,
        party_names(portfolio)(finding.bearer),
        "; ".join(asks) or "nothing",
        ", ".join(finding.evidence) or "none",
        certainty_words(finding.certainty),
    )
