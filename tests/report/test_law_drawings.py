"""What the pictures and sections of law draw: marks, lengths, shades, and the sentences beside them."""

from collections import Counter

import pytest

from synodos import law
from synodos.exchange import read_history
from synodos.law import Question
from synodos.report.answering.tables import Table, without
from synodos.report.charts import agreements_chart, contested_chart, determinations_chart, law_matrix_chart
from synodos.report.charts.determinations import KINDS
from synodos.report.law import governing
from synodos.report.law.matrix import mark_of, matrix
from synodos.report.law.open_questions import open_questions
from tests.language.minimal import agency, history, statement
from tests.report.test_law_charts import assessment, finding, layers


@pytest.fixture(scope="module")
def iss(root):
    """Plans under many agreements."""
    return read_history(root / "portfolios/iss").known_on(None, "public")


@pytest.fixture(scope="module")
def exomars(root):
    """Plans in which a partner left, as known in December 2011."""
    return read_history(root / "portfolios/exomars").known_on(None, "public")


@pytest.fixture(scope="module")
def governed(exomars):
    """What law says on them."""
    return governing.governed(exomars)


def rows_with(spec, *names, dashed=None):
    """Rows of the layers that have these fields."""
    found = []
    for layer, rows in layers(spec):
        is_dashed = isinstance(layer["mark"], dict) and "strokeDash" in layer["mark"]
        if dashed in (None, is_dashed):
            found += [row for row in rows if all(name in row for name in names)]
    return found


def test_dots_stand_for_what_holds_and_dashes_for_what_is_unverified():
    plain = history(agency("esa"), statement("mission", id="m0", name="Mission 0")).known_on()
    told = [
        finding("OST-11", "mission:m0"),
        finding("OST-11", "mission:m1", "met", "unverified"),
        finding("OST-11", "mission:m2", "breached"),
        finding("LIAB-2", "mission:m0", "met"),
        finding("LIAB-2", "mission:m1"),
        finding("LIAB-2", "mission:m2", "met"),
    ]
    shown = matrix(plain, assessment(told, 3))
    holds = sum(cell.mark == "holds" for cell in shown.cells.values())
    assert holds == 2
    spec = law_matrix_chart(plain, shown).to_dict()
    (dots,) = rows_with(spec, "shape")
    assert dots["shape"].count("M") == holds
    assert len(rows_with(spec, "state", dashed=True)) == 1
    assert len(rows_with(spec, "state", dashed=False)) == 3


def test_bars_of_open_questions_are_as_long_as_the_findings_that_wait():
    plain = history(agency("esa"), statement("mission", id="m0", name="Mission 0")).known_on()
    asked = [Question(key, "mission:m0", "usa", "?") for key in ("registered", "bound")]
    findings = [finding("REG-2.1", f"mission:m{n}", questions=tuple(asked[: 1 + n % 2])) for n in range(4)]
    questions = open_questions(plain, assessment(findings, 4))
    spec = determinations_chart(plain, questions).to_dict()
    fills = {kind[2] for kind in KINDS.values()}
    bars = [row for row in rows_with(spec, "x", "x2", "fill") if row["fill"] in fills]
    bars = [row for row in bars if row["x"] == max(one["x"] for one in bars)]  # those of the key stand further left
    lengths = [row["x2"] - row["x"] for row in bars]
    assert lengths[0] == pytest.approx(2 * lengths[1])  # four findings and two
    assert [row["fill"] for row in bars] == [KINDS[False][2], KINDS[True][2]]


def test_readings_say_who_holds_them_or_that_it_is_not_recorded(iss):
    declared = [one for one in law.contested(iss) if any(reading.positions for reading in one.readings)]
    hinging = law.contested(iss, law.assess(iss))[:1]
    spec = contested_chart(iss, hinging or declared[:1], {}).to_dict()
    words = " ".join(str(row["text"]) for row in rows_with(spec, "text"))
    assert words.count("Held by:") == sum(bool(reading.held_by) for reading in hinging[0].readings)
    assert "Not recorded" not in words


def test_a_bar_ends_after_the_last_day_and_what_never_began_has_none(iss):
    def bars(*agreements):
        plans = history(agency("nasa"), *agreements).known_on()
        spec = agreements_chart(plans, law.register(plans)).to_dict()
        return [
            row["x2"] - row["x"]
            for row in rows_with(spec, "x", "x2", "fill", "stroke")
            if row["x"] > 300 and row["stroke"] not in ("none", "transparent")  # behind the names
        ]

    def deal(**given):
        return statement("agreement", instrument="letter-agreement", parties=["nasa", "esa"], **given)

    one_year, two_years = "2001-01-01..2001", "2001-01-01..2002"
    short = bars(deal(in_force=one_year), deal(id="other", name="Other", in_force=two_years))
    shorter, longer = sorted(short)[-2:]
    assert longer == pytest.approx(2 * shorter, rel=0.02)
    planned = deal(id="other", name="Other", in_force=two_years, standing="never-concluded")
    assert len(bars(deal(in_force=one_year), planned)) == len(short) - 1


def test_the_evidence_of_a_report_names_every_record_that_a_section_rests_on(exomars, governed):
    told = set(governing.governing_evidence(governed))
    assert {f"commitment:{one.commitment}" for one in governed.uncovered} <= told
    assert {f"agreement:{row.agreement.id}" for row in governed.register.rows} <= told
    assert {key for need in governed.needs for key in need.evidence} <= told
    assert governed.uncovered
    assert governed.needs


def test_needs_of_one_agency_are_those_of_its_missions_and_of_those_that_it_joins(exomars, governed):
    partners = {one.partner for one in governed.needs} - {one.lead for one in governed.needs}
    assert partners
    for one in partners:
        own = governing.governed(exomars, one).needs
        assert own
        assert {need.partner for need in own} == {one}


def test_findings_of_a_mission_say_how_many_hold_only_where_some_do(exomars):
    mission = next(iter(exomars.missions.values()))
    found = governing.mission_governed(exomars, mission)
    counts = Counter(mark_of(one) for one in found.assessment.findings)
    sections = {one.anchor: one for one in governing.mission_sections(exomars, found)}
    told = sections["law"].sentences[0]
    assert (f"{counts['holds']} more hold" in told) == (counts["holds"] > 0)
    assert "holds" not in {row[0] for row in sections["criteria"].tables[0].rows}


def test_the_report_lists_what_each_cooperation_needs_without_the_details_that_its_data_hold(exomars, governed):
    shown = {one.anchor: one for one in governing.governing_sections(exomars, governed)}["needs"].tables[0]
    whole = next(one for one in governing.governing_tables(exomars, governed) if one.name == shown.name)
    kept = [name for name in whole.columns if name not in ("clauses to settle", "proposed")]
    assert len(kept) == len(whole.columns) - 2
    assert list(shown.columns) == kept
    of_whole = [dict(zip(whole.columns, row, strict=True)) for row in whole.rows]
    assert [dict(zip(shown.columns, row, strict=True)) for row in shown.rows] == [
        {name: row[name] for name in kept} for row in of_whole
    ]


def test_a_table_without_a_column_keeps_the_values_of_the_others_below_their_names():
    whole = Table("counts", "Counts", ("one", "two", "three"), ((1, 2, 3), (4, 5, 6)))
    less = without(whole, ("two",))
    assert (less.columns, less.rows) == (("one", "three"), ((1, 3), (4, 6)))
    assert without(whole, ()) == whole
