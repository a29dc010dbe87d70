"""The pictures of law and agreements: they hold what the engines say, with letters, and stay on the page."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from synodos import law
from synodos.exchange import read_history
from synodos.law import Assessment, Finding, Question, ReadingLeads, Situation
from synodos.report.charts import (
    agreements_chart,
    chart_bytes,
    contested_chart,
    determinations_chart,
    law_matrix_chart,
    parties_chart,
)
from synodos.report.law.matrix import (
    LETTERS,
    TO_DO,
    column_table,
    findings_data,
    mark_of,
    mark_words,
    matrix,
    matrix_table,
)
from synodos.report.law.open_questions import open_questions, open_questions_table
from tests.language.minimal import agency, history, statement

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def iss(root):
    """Plans under many agreements, with payments to Russia."""
    return read_history(root / "portfolios/iss").known_on(None, "public")


@pytest.fixture(scope="module")
def found(iss):
    return law.assess(iss)


@pytest.fixture(scope="module")
def names(found):
    return {one.activity: one.name for one in found.situations}


def drawn(chart):
    return ElementTree.fromstring(chart_bytes(chart, "svg"))


def texts(chart):
    return [one.text for one in drawn(chart).iter(f"{SVG}text")]


def described(chart):
    return [one.get("aria-label") for one in drawn(chart).iter() if one.get("aria-roledescription") == "rect mark"]


def records(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def layers(spec):
    """Each layer of a picture with its rows."""
    for layer in spec["layer"]:
        data = layer["data"]
        yield layer, data["values"] if "values" in data else spec["datasets"][data["name"]]


def numbers(text):
    """The columns that a cell of the table names, such as `1-4, 7*`."""
    found = set()
    for part in () if text == "none" else text.replace("*", "").split(", "):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def finding(norm, activity, status="needs_determination", certainty="certain", bearer="usa", **more):
    return Finding(norm, activity, bearer, status, certainty, **more)


def assessment(findings, count):
    situations = tuple(Situation(f"mission:m{n}", f"Mission {n}", None, None, (), ()) for n in range(count))
    return Assessment(findings, (), situations, dt.date(2026, 1, 1))


@pytest.fixture(scope="module")
def plain():
    return history(agency("esa"), statement("mission", id="m0", name="Mission 0")).known_on()


# the matrix


def test_the_matrix_and_its_tables_say_what_the_findings_say(iss, found):
    shown = matrix(iss, found)
    numbered = {
        row["column"]: set(row["activities that read alike"].split("; ")) for row in records(column_table(shown))
    }
    names = {one.activity: one.name for one in found.situations}
    marks = {(one.norm, names[one.activity]): set() for one in found.findings}
    for one in found.findings:
        marks[one.norm, names[one.activity]].add(mark_of(one))
    told = {}
    for row in records(matrix_table(shown)):
        for mark in LETTERS:
            for number in numbers(row.get(mark_words(mark), "none")):
                told |= {(row["norm"], name): mark for name in numbered[number]}
    wanted = {norm for (norm, _), of in marks.items() if of.intersection(TO_DO)}
    assert {row["norm"] for row in records(matrix_table(shown))} == wanted
    expected = {place: min(found, key=list(LETTERS).index) for place, found in marks.items() if place[0] in wanted}
    assert told == expected


def test_every_cell_has_the_letter_of_its_mark(iss, found):
    shown = matrix(iss, found)
    counts = Counter(LETTERS[cell.mark] for cell in shown.cells.values() if cell.mark != "holds")
    said = Counter(texts(law_matrix_chart(iss, shown)))
    assert counts["?"] > 10
    assert {letter: said[letter] - 1 for letter in counts} == counts  # one stands in the key


def test_activities_that_read_alike_share_a_column(plain):
    alike = [finding("OST-11", f"mission:m{n}") for n in range(3)]
    other = finding("OST-11", "mission:m3", bearer="rus", certainty="unverified")
    shown = matrix(plain, assessment([*alike, other], 4))
    assert [column.activities for column in shown.columns] == [
        ("mission:m0", "mission:m1", "mission:m2"),
        ("mission:m3",),
    ]
    assert shown.columns[0].label == "Mission 0 +2"
    assert records(matrix_table(shown))[0]["to be determined"] == "1, 2*"


def test_a_conflict_comes_before_all_else_in_a_cell(plain):
    reading = ReadingLeads("barter-as-payment", "barter-is-payment", "breached", ())
    several = [
        finding("OST-11", "mission:m0", "met"),
        finding("OST-11", "mission:m0", bearer="rus"),
        finding("OST-11", "mission:m0", "breached", bearer="jpn"),
        finding("OST-11", "mission:m0", certainty="contested", contested=(reading,), bearer="can"),
    ]
    shown = matrix(plain, assessment(several, 1))
    (cell,) = shown.cells.values()
    assert (cell.mark, cell.bearers) == ("breached", ("Japan",))
    assert "X" in texts(law_matrix_chart(plain, shown))


def test_what_leaves_nothing_to_be_done_has_no_row(plain):
    shown = matrix(plain, assessment([finding("OST-11", "mission:m0", "met"), finding("OST-9.2", "mission:m0")], 1))
    assert ([row.norm for row in shown.rows], shown.quiet) == (["OST-9.2"], 1)
    nothing = matrix(plain, assessment([finding("OST-11", "mission:m0", "met")], 1))
    assert not nothing.rows
    assert "Nothing is left to be done." in texts(law_matrix_chart(plain, nothing))


def test_a_matrix_that_is_too_wide_is_split_and_stays_on_the_page(plain):
    norms = ("OST-11", "OST-9.2", "REG-2.1", "LIAB-1", "OST-6.2", "OST-6.3", "OST-7", "OST-8.1")
    findings = [
        finding(norm, f"mission:m{n}", "met" if n >> place & 1 else "needs_determination")
        for n in range(200)
        for place, norm in enumerate(norms)
    ]
    shown = matrix(plain, assessment(findings, 200))
    chart = law_matrix_chart(plain, shown)
    assert len(shown.columns) == 200
    heads = [text for text in texts(chart) if re.fullmatch(r"Mission \d+", text or "")]
    assert heads == [f"Mission {n}" for n in range(200)]
    assert float(drawn(chart).get("width")) <= 1380


def test_each_row_says_itself_to_readers_of_the_screen(iss, found):
    shown = matrix(iss, found)
    said = described(law_matrix_chart(iss, shown))
    assert len(said) == len(shown.rows)
    assert all(row.norm in text and row.title in text for row, text in zip(shown.rows, said, strict=True))
    assert said[0].startswith("CASEACT, ")


def test_the_data_holds_every_finding(iss, found):
    assert len(findings_data(iss, found.findings).rows) == len(found.findings)


# what is open


def test_open_questions_count_the_findings_that_wait(iss, found):
    rows = records(open_questions_table(open_questions(iss, found)))
    waiting = Counter(asked for one in found.findings for asked in {question.id for question in one.questions})
    assert sorted((row["findings"] for row in rows), reverse=True) == [row["findings"] for row in rows]
    assert sum(waiting.values()) == sum(row["findings"] for row in rows)
    assert len(rows) == len(waiting)


def test_bars_are_as_long_as_what_waits(plain):
    asked = [Question(key, "mission:m0", "usa", "?") for key in ("registered", "bound")]
    findings = [finding("REG-2.1", f"mission:m{n}", questions=tuple(asked[: 1 + n % 2])) for n in range(4)]
    questions = open_questions(plain, assessment(findings, 4))
    assert [(one.id, one.findings, one.of_registers) for one in questions] == [
        ("registered", 4, False),
        ("bound", 2, True),
    ]
    chart = determinations_chart(plain, questions)
    assert {"P", "D", "4 findings · 4 activities · 1 party"} <= set(texts(chart))
    assert chart.description.startswith("2 questions open")
    assert "No question is open." in texts(determinations_chart(plain, ()))


# agreements


def test_each_agreement_has_its_row_its_letter_and_its_last_day(iss):
    register = law.register(iss)
    said = described(agreements_chart(iss, register))
    assert len(said) == len(register.rows)
    for row, text in zip(register.rows, said, strict=True):
        assert text.startswith(f"{row.agreement.name}, ")
        assert f": {row.state.replace('_', ' ')}; " in text
    words = texts(agreements_chart(iss, register))
    assert {str(row.expires) for row in register.rows if row.expires} <= set(words)
    assert "as they stand on 2020-12-31" in words
    assert words.count("F") == 1 + sum(row.state == "in_force" for row in register.rows)


def test_an_agreement_stands_to_the_right_of_the_one_above_it(iss):
    register = law.register(iss)
    spec = agreements_chart(iss, register).to_dict(validate=False)
    placed = {row["text"]: row["x"] for layer, rows in layers(spec) if layer["mark"]["type"] == "text" for row in rows}
    deep = [row for row in register.rows if row.depth]
    assert deep
    for row in deep:
        above = iss.agreements[row.under[-1]].name
        assert placed[row.agreement.name] > placed[above]


def test_the_day_is_marked_that_is_asked_about(root):
    exomars = read_history(root / "portfolios/exomars").known_on(None, "public")
    words = texts(agreements_chart(exomars, law.register(exomars, dt.date(2010, 6, 30))))
    assert "as they stand on 2010-06-30" in words


def test_the_parties_matrix_holds_each_pair_twice_and_each_party_once(iss):
    register = law.register(iss)
    said = described(parties_chart(iss, register))
    pairs = [text for text in said if " and " in text]
    assert len(pairs) == 2 * len(register.between)
    assert len(said) - len(pairs) == len(register.partners)
    assert f"NASA and Roscosmos: {register.between['nasa', 'roscosmos']} active agreements." in said
    assert "NASA, all: 8 active agreements." in said


def test_without_agreements_the_pictures_say_so(plain):
    register = law.register(plain)
    assert "No agreement is stated." in texts(agreements_chart(plain, register))
    assert "No agreement is active." in texts(parties_chart(plain, register))


# contested questions


def test_readings_stand_side_by_side_with_who_holds_them(root):
    plans = read_history(root / "portfolios/exploration2026").known_on(None, "public")
    questions = law.contested(plans)
    chart = contested_chart(plans, questions, {})
    declared = [one for one in questions if any(reading.positions for reading in one.readings)]
    said = described(chart)
    assert len(said) == sum(len(one.readings) for one in declared)
    for one in declared:
        for letter, reading in zip("ABC", one.readings, strict=False):
            assert any(text.startswith(f"{one.label} Reading {letter}: {reading.label}.") for text in said)
    assert any("● Declared by" in text and "Luxembourg" in text for text in texts(chart))


def test_what_hinges_on_a_question_is_named(iss, found, names):
    questions = law.contested(iss, found)
    hinging = [one for one in questions if one.findings]
    assert hinging
    words = " ".join(texts(contested_chart(iss, hinging, names)))
    for one in hinging:
        assert f"{one.findings} finding{'s' * (one.findings > 1)} hinge" in words
        assert names[one.activities[0]] in words
    quiet = [replace(one, findings=0, readings=()) for one in questions]
    assert "Nothing hinges on a contested question" in " ".join(texts(contested_chart(iss, quiet, names)))


# all of them


@pytest.mark.parametrize("name", ["matrix", "determinations", "agreements", "parties", "contested"])
def test_nothing_leaves_the_page(name, iss, found, names):
    register = law.register(iss)
    charts = {
        "matrix": lambda: law_matrix_chart(iss, matrix(iss, found)),
        "determinations": lambda: determinations_chart(iss, open_questions(iss, found)),
        "agreements": lambda: agreements_chart(iss, register),
        "parties": lambda: parties_chart(iss, register),
        "contested": lambda: contested_chart(iss, law.contested(iss, found), names),
    }
    chart = charts[name]()
    spec = chart.to_dict(validate=True)
    assert len(chart.description.split()) > 8
    for _, rows in layers(spec):
        for row in rows:
            across = [row[key] for key in ("x", "x2") if key in row]
            down = [row[key] for key in ("y", "y2") if key in row]
            assert all(-0.5 <= x <= spec["width"] + 0.5 for x in across), row
            assert all(-0.5 <= y <= spec["height"] + 0.5 for y in down), row
