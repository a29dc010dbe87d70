"""The answers of law and agreements as pages, the sections of a dossier, and the screening of agencies."""

import datetime as dt
import json
import re

import pytest

from synodos import law
from synodos.exchange import read_history
from synodos.report import dossier_answer, published_schemas
from tests.commands import answered, did, ran

INFORMS = "it informs and does not advise"
PAGES = {
    "assess": (("law", "assess", "{iss}", "--scope", "mission"), {"law", "determinations", "findings"}),
    "explain": (
        ("law", "explain", "{iss}", "INA-6", "--activity", "payment:soyuz-seats-ordered-2011-03", "--bearer", "nasa"),
        {"why-1"},
    ),
    "contested": (("law", "contested", "{iss}"), {"contested"}),
    "list": (("agreements", "list", "{iss}"), {"register", "parties", "uncovered"}),
}


@pytest.fixture(scope="module")
def iss(root):
    return str(root / "portfolios/iss")


@pytest.fixture(scope="module")
def exomars(root):
    """ExoMars as the public knew it when NASA was still to take part."""
    return read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1), "public")


@pytest.fixture(scope="module")
def dossier(exomars):
    return dossier_answer(exomars, "exomars-rover")


def section(answer, anchor):
    (found,) = (one for one in answer.document.sections if one.anchor == anchor)
    return found


def rows(found, name):
    """Rows of one table of a section; a table that holds nothing is left out of it."""
    return [
        dict(zip(table.columns, row, strict=True)) for table in found.tables if table.name == name for row in table.rows
    ]


@pytest.mark.parametrize("name", PAGES)
def test_an_answer_is_written_as_a_page(name, iss, tmp_path):
    arguments, sections = PAGES[name]
    page = tmp_path / "page.html"
    done = ran(*(argument.format(iss=iss) for argument in arguments), "-o", page)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"Wrote {page}\n"), done.output
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r'<section id="([a-z0-9-]+)"', text)) == sections
    header = text[text.index("<header>") : text.index("</header>")]
    assert INFORMS in header
    assert "known on 2020-12-31" in header


def test_a_page_ends_in_html_or_pdf(iss, tmp_path):
    done = ran("law", "contested", iss, "-o", tmp_path / "page.odt")
    assert done.exit_code == 2
    assert "--output" in done.stderr


# the dossier


def test_a_dossier_shows_what_has_to_be_done_first(exomars, dossier):
    found = section(dossier, "law")
    told = rows(found, "findings")
    states = [row["state"] for row in told]
    done = [state in ("met", "exempt") for state in states]
    assert done == sorted(done)
    assert "to be determined" in states
    assert "holds" not in states
    norms = {one.norm for one in law.assess(exomars, scope="mission:exomars-rover").findings if one.status != "met"}
    assert norms <= {row["norm"].partition(" · ")[0] for row in told}
    assert any(INFORMS in sentence for sentence in found.sentences)


def test_a_dossier_ticks_off_the_criteria_of_nasa(dossier):
    """NPD 1360.2B, in force in 2011, names its criteria in paragraph 1; they bind NASA alone."""
    told = {row["criterion"].partition(" · ")[0]: row for row in rows(section(dossier, "criteria"), "criteria")}
    assert {f"NPD1360.2B.{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9)} <= told.keys()
    assert all(row["of whom"] == "NASA" for key, row in told.items() if key.startswith("NPD1360.2B"))
    funding = told["NPD1360.2B.5"]
    assert (funding["state"], funding["to answer"]) == (
        "to be determined",
        "Does each partner fully fund its own part?",
    )
    assert "mission:exomars-rover" in told["NPD1360.2B.3"]["evidence"]
    assert not any(key.startswith(("OST", "PP-")) for key in told)


def test_a_dossier_says_which_instruments_are_needed_and_what_nothing_covers(exomars, dossier):
    found = section(dossier, "needs")
    needs = law.instruments(exomars, scope="mission:exomars-rover")
    assert [row["partner"] for row in rows(found, "needs")] == [exomars.agency_name(one.partner) for one in needs]
    open_promises = {row["commitment"] for row in rows(found, "uncovered")}
    assert open_promises
    assert open_promises <= {exomars.commitments[one.commitment].name for one in law.uncovered(exomars)}
    assert {key for one in needs for key in one.evidence} <= set(dossier.envelope.evidence)


def test_a_dossier_of_a_cancelled_mission_says_what_is_left(root):
    plans = read_history(root / "portfolios/exploration2026").known_on(None, "public")
    gone = [one.id for one in plans.missions.values() if one.status == "cancelled"]
    assert gone
    answer = dossier_answer(plans, gone[0])
    assert rows(section(answer, "needs"), "needs") == []


# screening

LISTED = (
    '7,"EUROPEAN SPACE AGENCY",-0- ,"MADE-UP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '8,"MADE UP WORKS",-0- ,"MADE-UP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
)


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "sdn.csv"
    file.write_text(LISTED, encoding="utf-8")
    return file


def test_agencies_are_screened_and_people_determine(iss, listed):
    envelope = answered("law", "screen", iss, "--list", listed)
    assert "answer-law-screen" in published_schemas()
    assert envelope["answer"]["listed"] == 2
    (match,) = envelope["answer"]["matches"]
    assert (match["party"], match["entry"], match["how"]) == ("esa", "7", "exact")
    assert match["standing"] == "possible match, to be determined"
    assert "does not say that a party is not listed" in envelope["notes"][0]
    assert "1 possible match, each to be determined by people." in did("law", "screen", iss, "--list", listed)
    nobody = answered("law", "screen", iss, "--list", listed, "--for", "nasa")
    assert (nobody["answer"]["compared"], nobody["answer"]["matches"]) == (1, [])


def test_a_file_that_is_no_list_is_refused(iss, tmp_path):
    file = tmp_path / "list.json"
    file.write_text(json.dumps({"a": 1}), encoding="utf-8")
    done = ran("law", "screen", iss, "--list", file)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "list.json" in done.stderr
    assert ran("law", "screen", iss, "--list", tmp_path / "none.csv").exit_code == 2
