"""The command line: every command in every form, its exit codes, and what it never lets out."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys

import pytest

from synodos.cooperation import OPPORTUNITY_KINDS
from synodos.exchange import read_history, write
from synodos.report import published_schemas
from tests.commands import ANSWERS, DONE, FAULTS, MISUSE, answered, did, listed, ran, refused
from tests.language.minimal import agency, history, statement


@pytest.fixture(scope="session")
def plans(root):
    """The portfolio of January 2012."""
    return str(root / "portfolios/exploration2011")


@pytest.fixture(scope="session")
def hubble(root):
    """A small portfolio."""
    return str(root / "portfolios/hubble")


@pytest.fixture
def broken(tmp_path, hubble):
    """A portfolio with two faults: an agency and a status that do not exist."""
    folder = shutil.copytree(hubble, tmp_path / "broken")
    text = (folder / "missions.yaml").read_text(encoding="utf-8")
    text = text.replace("agency: esa", "agency: essa", 1).replace("status: proposed", "status: propossed", 1)
    (folder / "missions.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def test_help_lists_every_command_and_what_it_is_for():
    text = did("--help")
    commands = " ".join(re.findall(r"^  ([a-z][a-z-]*) {2,}[A-Z]", text, re.MULTILINE))
    assert commands == (
        "check show opportunities dependence dossier brief annual risk launch-periods "
        "worth shares whatif exposure compare readiness align backtest calendar forum import convert schema report "
        "demo tour serve warm schedule law agreements edition ledger"
    )


@pytest.mark.parametrize(
    "command", ["check", "show", "opportunities", "dependence", "dossier", "brief", "annual", "convert", "report"]
)
def test_a_command_explains_itself(command):
    text = did(command, "--help")
    assert "folder" in text.lower()
    assert "FOLDER" in text or command == "dossier"


def test_a_process_keeps_data_and_talk_apart_and_returns_its_code(hubble, tmp_path):
    def process(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "synodos", *arguments], capture_output=True, encoding="utf-8", check=False
        )

    done = process("opportunities", hubble, "--format", "json")
    assert (done.returncode, done.stderr) == (DONE, "")
    ANSWERS["answer"].validate(json.loads(done.stdout))
    wrong = process("convert", hubble, "-o", str(tmp_path / "plans.pdf"))
    assert (wrong.returncode, wrong.stdout) == (MISUSE, "")
    assert "this is no portfolio" in wrong.stderr


# check


def test_check_says_what_a_portfolio_holds_and_how_much_is_unverified(plans):
    text = " ".join(did("check", plans).split())
    portfolio = read_history(plans).known_on()
    unverified = len(portfolio.unverified)
    assert unverified > 50
    assert f"{unverified} records rest on unverified facts" in text
    assert f"{unverified} unverified of {len(portfolio)} records" in text
    assert "compiled from public sources; not declared by the agencies" in text
    envelope = answered("check", plans)
    assert envelope["answer"]["unverified"] == len(envelope["unverified"]) == unverified
    assert sum(envelope["answer"]["records"].values()) == len(portfolio)
    assert envelope["viewer"] == "whole portfolio"
    assert listed("check", plans) == []


def test_check_tells_all_faults_at_once_with_place_and_nearest_value(broken):
    done = ran("check", broken)
    assert (done.exit_code, done.stdout) == (FAULTS, "")
    assert "2 errors, 0 warnings" in done.stderr
    for name, nearest in (("essa", "esa"), ("propossed", "proposed")):
        fault = re.search(rf"\(missions\.yaml:\d+.*\n  found '?{name}'?\n  expected .*; nearest: (\S+)", done.stderr)
        assert fault, done.stderr
        assert fault[1] == nearest


def test_check_gives_the_faults_as_data_too(broken):
    done = ran("check", broken, "--format", "json")
    assert (done.exit_code, done.stderr) == (FAULTS, "")
    envelope = json.loads(done.stdout)
    ANSWERS["answer"].validate(envelope)
    assert (envelope["portfolio"], envelope["answer"]["records"]) == (None, {})
    rows = list(csv.DictReader(io.StringIO(ran("check", broken, "--format", "csv").stdout, newline="")))
    assert len(rows) == 2
    assert rows == [{name: fault[name] for name in rows[0]} for fault in envelope["answer"]["faults"]]


@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("show", "hubble"),
        ("opportunities",),
        ("dependence",),
        ("dossier", "hubble"),
        ("convert",),
        ("report",),
    ],
    ids=" ".join,
)
def test_no_command_answers_on_a_portfolio_with_faults(command, broken, tmp_path):
    name, *arguments = command
    output = tmp_path / "output"
    done = ran(name, broken, *arguments, *(["-o", output] if name in ("convert", "report") else []))
    assert (done.exit_code, done.stdout) == (FAULTS, "")
    assert "nearest: esa" in done.stderr
    assert not output.exists()


# show


def test_show_lists_records_of_one_kind_or_one_owner(hubble):
    rows = listed("show", hubble)
    assert len(rows) == 17
    assert [row["id"] for row in listed("show", hubble, "--kind", "mission")] == ["hubble"]
    own = listed("show", hubble, "--for", "esa")
    assert own == [row for row in rows if row["owner"] == "ESA"]
    assert len(own) > 2
    envelope = answered("show", hubble, "--for", "esa")
    assert [(row["kind"], row["id"]) for row in envelope["answer"]] == [(row["kind"], row["id"]) for row in own]
    assert envelope["parameters"] == {"kind": None, "for": "esa"}


def test_show_tells_a_record_with_its_history_and_sources(hubble):
    text = did("show", hubble, "hubble")
    assert "11 statements, the first of 1976." in text
    assert re.search(r"1985\W+field: name\W+before: Space Telescope\W+after: Hubble Space Telescope", text)
    answer = answered("show", hubble, "mission:hubble")["answer"]
    assert answer["record"] == answer["history"][-1]
    assert answer["history"][0]["name"] == "Space Telescope"
    cited = read_history(hubble).header.sources[answer["record"]["sources"][0]]
    assert cited.title[:30] in text


def test_show_gives_what_was_known_on_a_day(hubble):
    record = answered("show", hubble, "hubble", "--on", "1977-12-31")["answer"]["record"]
    assert (record["name"], record["planned"]) == ("Space Telescope", "1983")
    early = ran("show", hubble, "--on", "1970-01-01", "--format", "json")
    assert (early.exit_code, json.loads(early.stdout)["answer"]) == (DONE, [])
    assert early.stderr == "Nothing was stated to public by then; the first statement is of 1976.\n"


def test_show_asks_which_record_is_meant(tmp_path):
    folder = tmp_path / "twins"
    write(history(statement("mission", id="twin"), statement("interest", id="twin")), folder)
    assert refused("show", folder, "twin") == "record: 'twin' may be interest:twin or mission:twin; say which\n"
    assert answered("show", folder, "mission:twin")["evidence"] == ["mission:twin"]
    assert answered("show", folder, "twin", "--kind", "interest")["evidence"] == ["interest:twin"]


# opportunities and dependence


def test_opportunities_are_ranked_alike_in_every_form(plans):
    envelope = answered("opportunities", plans, "--most", 7)
    rows = listed("opportunities", plans, "--most", 7)
    assert [row["why"] for row in rows] == [one["why"] for one in envelope["answer"]]
    assert [row["records"].split("; ") for row in rows] == [one["records"] for one in envelope["answer"]]
    assert [float(row["score"]) for row in rows] == pytest.approx([o["score"] for o in envelope["answer"]], abs=5e-4)
    assert [row["rank"] for row in rows] == list("1234567")
    text = did("opportunities", plans, "--most", 7)
    assert re.search(r"^7 of \d\d\d opportunities shown; already agreed and left out: \d+\.$", text, re.MULTILINE)
    assert "unverified" in text


def test_opportunities_narrow_to_an_agency_and_a_kind(plans):
    envelope = answered("opportunities", plans, "--for", "esa", "--kind", "complement", "--most", 500)
    assert envelope["parameters"] == {"for": "esa", "kind": "complement", "most": 500}
    assert len(envelope["answer"]) > 5
    for one in envelope["answer"]:
        assert one["kind"] == "complement"
        assert "esa" in one["agencies"]
    kinds = {one["kind"] for one in answered("opportunities", plans, "--most", 10_000)["answer"]}
    assert kinds == set(OPPORTUNITY_KINDS)


def test_dependence_is_the_same_in_every_form(plans):
    envelope = answered("dependence", plans)
    rows = listed("dependence", plans)
    assert len(rows) == len(envelope["answer"]["items"]) > 50
    essential = [item["essential"] for item in envelope["answer"]["items"]]
    forms = {True: "interdependence", False: "enhancement", None: "not known"}
    assert [row["form"] for row in rows] == [forms[one] for one in essential]
    assert [row["unverified"] for row in rows] == [str(item["unverified"]) for item in envelope["answer"]["items"]]
    counted = f"{len(rows)} dependences, {essential.count(True)} of them essential (programmatic interdependence)"
    assert counted in did("dependence", plans)


def test_dependence_narrows_to_an_agency(plans):
    items = answered("dependence", plans, "--for", "isro", "--most", 3)["answer"]["items"]
    assert len(items) == 3
    assert all("isro" in (item["dependent"], item["on"]) for item in items)


def test_dependence_follows_the_day(root):
    # SpaceNews, 2 August 2010: NASA launches the orbiter. SpaceNews, 14 March 2013: Roscosmos does.
    def launches(day):
        items = answered("dependence", root / "portfolios/exomars", "--on", day)["answer"]["items"]
        return {item["on"] for item in items if item["capability"] == "launch" and item["dependent"] == "esa"}

    assert "nasa" in launches("2010-12-31")
    assert "roscosmos" not in launches("2010-12-31")
    assert "roscosmos" in launches("2013-12-31")
    assert "nasa" not in launches("2013-12-31")


# dossier


def test_dossier_answers_in_every_form(plans):
    text = did("dossier", plans, "chandrayaan-2")
    assert "Chandrayaan-2 (lunar orbit, lunar surface) is led by ISRO, with Roscosmos" in text
    envelope = answered("dossier", plans, "chandrayaan-2")
    sections = {section["anchor"]: section for section in envelope["answer"]["sections"]}
    (partners,) = sections["partners"]["tables"]
    rows = listed("dossier", plans, "chandrayaan-2")
    assert [[row[name] or None for name in partners["columns"]] for row in rows] == partners["rows"]
    assert envelope["parameters"] == {"mission": "chandrayaan-2"}
    assert envelope["missing"]


def test_dossier_writes_a_page(hubble, tmp_path):
    page = tmp_path / "hubble.html"
    done = ran("dossier", hubble, "hubble", "-o", page)
    assert (done.exit_code, done.stdout, done.stderr) == (DONE, "", f"Wrote {page}\n")
    assert "Hubble Space Telescope: cooperation dossier</h1>" in page.read_text(encoding="utf-8")


def test_dossier_writes_no_other_form_and_leaves_nothing_half_written(hubble, tmp_path):
    assert "ends in .html or .pdf" in refused("dossier", hubble, "hubble", "-o", tmp_path / "hubble.odt")
    missing = tmp_path / "missing" / "hubble.html"
    assert f"'{missing}' cannot be written: No such file" in refused("dossier", hubble, "hubble", "-o", missing)
    (tmp_path / "folder.html").mkdir()
    assert "cannot be written" in refused("dossier", hubble, "hubble", "-o", tmp_path / "folder.html")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder.html"]


# convert


def test_convert_loses_nothing_in_any_form(hubble, tmp_path):
    original = read_history(hubble)
    before = hubble
    for name in ("plans.json", "plans.xlsx", "plans"):
        done = ran("convert", before, "-o", tmp_path / name)
        assert (done.exit_code, done.stdout, done.stderr) == (DONE, "", f"Wrote {tmp_path / name}\n")
        before = tmp_path / name
    assert set(read_history(before).statements) == set(original.statements)
    assert read_history(before).header == original.header


def test_convert_overwrites_only_on_request(hubble, tmp_path):
    there = tmp_path / "plans.json"
    there.write_text("mine", encoding="utf-8")
    assert "nothing is overwritten" in refused("convert", hubble, "-o", there)
    assert there.read_text(encoding="utf-8") == "mine"
    assert ran("convert", hubble, "-o", there, "--replace").exit_code == DONE
    assert read_history(there).header.id == read_history(hubble).header.id


@pytest.mark.parametrize("name", ["plans.pdf", "missing/plans.json", "missing/plans.xlsx", "file/plans"])
def test_convert_refuses_what_cannot_be_written(name, hubble, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    message = refused("convert", hubble, "-o", tmp_path / name)
    assert str(tmp_path / name) in message
    assert [path.name for path in tmp_path.rglob("*")] == ["file"]


# schema


def test_schema_prints_what_is_published(tmp_path):
    names = did("schema").split()
    assert names == list(published_schemas())
    assert {"mission", "portfolio", "records", "answer"} <= set(names)
    assert json.loads(did("schema", "mission")) == published_schemas()["mission"]
    assert ran("schema", "-o", tmp_path / "schemas").stderr == f"Wrote {len(names)} schemas to {tmp_path / 'schemas'}\n"
    written = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "schemas").iterdir()}
    assert written == published_schemas()


def test_schema_names_the_nearest(tmp_path):
    assert refused("schema", "misson") == "NAME: there is no 'misson' to be seen; did you mean 'mission'?\n"
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert "cannot be written" in refused("schema", "-o", tmp_path / "file")


# misuse


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "HUBBLE", "--as", "nassa"), "--as: there is no 'nassa' to be seen; did you mean 'nasa'?"),
        (("opportunities", "HUBBLE", "--for", "essa"), "--for: there is no 'essa' to be seen; did you mean 'esa'?"),
        (("dependence", "HUBBLE", "--for", "qqqq"), "--for: there is no 'qqqq' to be seen\n"),
        (("show", "HUBBLE", "--kind", "missions"), "did you mean 'mission'?"),
        (("opportunities", "HUBBLE", "--kind", "complements"), "did you mean 'complement'?"),
        (("show", "HUBBLE", "hubbel"), "record: there is no 'hubbel' to be seen; did you mean 'hubble'?"),
        (("show", "HUBBLE", "mission:hubbel"), "did you mean 'mission:hubble'?"),
        (("dossier", "HUBBLE", "hubbel"), "mission: there is no 'hubbel' to be seen; did you mean 'hubble'?"),
        (("dossier", "HUBBLE", "space-shuttle"), "mission: there is no 'space-shuttle' to be seen"),
        (("report", "HUBBLE", "--for", "essa"), "did you mean 'esa'?"),
        (("dependence", "HUBBLE", "--on", "2004-01-01"), "--on: the portfolio ends on 2003-12-31"),
        (("show", "HUBBLE", "--on", "1.2.1990"), "--on"),
        (("show", "HUBBLE", "--on", "1990-02-30"), "--on': expected a day of the calendar, written YYYY-MM-DD; found"),
        (("show", "HUBBLE", "--format", "xml"), "--format"),
        (("opportunities", "HUBBLE", "--most", "0"), "--most"),
        (("check", "NOWHERE"), "does not exist"),
        (("report", "NOWHERE"), "does not exist"),
        (("check",), "folder"),
        (("convert", "HUBBLE"), "--output"),
        (("chek", "HUBBLE"), "check"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_misuse_is_told_in_one_line_with_the_nearest_value(arguments, told, hubble, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = {"HUBBLE": hubble, "NOWHERE": tmp_path / "nowhere"}
    message = refused(*(places.get(argument, argument) for argument in arguments))
    assert told.lower() in message.lower()
    assert "Traceback" not in message
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_leaves_nothing(hubble, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = ran("report", hubble, "-o", tmp_path / "file")
    assert done.exit_code == MISUSE
    assert f"'{tmp_path / 'file'}' cannot be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# what is not released to a viewer


def plans_of(launcher):
    """Public plans that rest on one launcher."""
    requirements = [
        {"capability": "launch", "essential": True, "met_by": [launcher]},
        {"capability": "propulsion", "essential": True},
    ]
    landing = {"name": "Mars landing", "planned": "2018", "destinations": ["mars"]}
    return (
        agency("nasa", member_since="2007"),
        agency("kari", member_since="2007", short_name="KARI"),
        statement("mission", id="mars-landing", requirements=requirements, **landing),
        statement("element", id="airship", owner="nasa", stated_by="nasa", provides=["launch"], available="2015.."),
    )


TO_ESA = {"owner": "nasa", "stated_by": "nasa", "release": ["esa"], "sources": ["night-heron-file"]}
HIDDEN = (
    statement("agency", id="night-heron-works", name="Night Heron Works", short_name="Heron", **TO_ESA),
    statement("element", id="night-heron-rocket", name="Night Heron", provides=["launch"], **TO_ESA),
    statement(
        "element",
        id="night-heron-engine",
        name="Night Heron engine",
        provides=["propulsion"],
        destinations=["mars"],
        available="2016..",
        operator="night-heron-works",
        **TO_ESA,
    ),
    statement("mission", id="night-heron-flight", name="Night Heron flight", planned="2016", **TO_ESA),
    statement("offer", id="night-heron-ride", name="A ride with Night Heron", provides=["deep-space-ride"], **TO_ESA),
    statement("interest", id="night-heron-wish", name="Night Heron at Mars", **TO_ESA),
    statement("commitment", id="night-heron-money", name="Night Heron money", to=["mars-landing"], **TO_ESA),
    statement("agreement", id="night-heron-deal", name="Night Heron deal", covers=["mars-landing"], **TO_ESA),
)
SOURCES = {"report": {"title": "Report"}, "night-heron-file": {"title": "File on Night Heron"}}
HIDDEN_WORD = "heron"


@pytest.fixture(scope="session")
def plain_and_hidden(tmp_path_factory):
    """Two folders: public plans with next to nothing that is released to ESA alone, and the same plans with much."""
    folder = tmp_path_factory.mktemp("released")
    something = statement("element", id="q", name="q", provides=["launch"], **{**TO_ESA, "sources": ["report"]})
    write(history(*plans_of("q"), something, sources=SOURCES), folder / "without")
    write(history(*plans_of("night-heron-rocket"), *HIDDEN, sources=SOURCES), folder / "hidden")
    return folder / "without", folder / "hidden"


QUESTIONS = (
    ("show",),
    ("show", "--kind", "element"),
    ("show", "--for", "nasa"),
    ("show", "mars-landing"),
    ("show", "nasa"),
    ("opportunities", "--most", "100"),
    ("opportunities", "--for", "esa"),
    ("dependence",),
    ("dependence", "--for", "esa"),
    ("dossier", "mars-landing"),
    ("brief", "--for", "esa"),
    ("annual", "2011"),
)


@pytest.mark.parametrize("viewer", ["public", "kari"])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_an_answer_betrays_nothing_that_the_viewer_may_not_see(question, viewer, plain_and_hidden):
    command, *arguments = question
    for form in ("table", "json", "csv"):
        asked = (*arguments, "--as", viewer, "--format", form)
        without, hidden = (ran(command, folder, *asked) for folder in plain_and_hidden)
        assert (hidden.exit_code, hidden.stdout, hidden.stderr) == (DONE, without.stdout, without.stderr)
        assert HIDDEN_WORD not in hidden.output.lower()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_an_answer_shows_the_viewer_what_is_released_to_it(question, plain_and_hidden):
    command, *arguments = question
    seen = did(command, plain_and_hidden[1], *arguments, "--as", "esa", "--format", "json")
    assert (HIDDEN_WORD in seen) == (question not in {("show", "nasa"), ("annual", "2011")})  # of 2011 alone: no change


@pytest.mark.parametrize("viewer", ["public", "kari"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "FOLDER", "night-heron-rocket"),
        ("show", "FOLDER", "night-heron-rockets"),
        ("show", "FOLDER", "element:night-heron-rocket"),
        ("show", "FOLDER", "--for", "night-heron-works"),
        ("opportunities", "FOLDER", "--for", "night-heron-work"),
        ("dependence", "FOLDER", "--for", "night-heron-works"),
        ("dossier", "FOLDER", "night-heron-flight"),
        ("dossier", "FOLDER", "night-heron-flights"),
        ("report", "FOLDER", "--for", "night-heron-works"),
    ],
    ids=" ".join,
)
def test_a_refusal_betrays_nothing_either(arguments, viewer, plain_and_hidden):
    without, hidden = (
        refused(*(folder if argument == "FOLDER" else argument for argument in arguments), "--as", viewer)
        for folder in plain_and_hidden
    )
    assert hidden == without
    assert "did you mean" not in hidden


def test_a_viewer_who_is_misspelt_is_told_of_no_hidden_agency(plain_and_hidden):
    without, hidden = (refused("show", folder, "--as", "night-heron-work") for folder in plain_and_hidden)
    assert hidden == without == "--as: there is no 'night-heron-work' to be seen\n"


def test_a_hidden_record_and_none_at_all_get_the_same_words(plain_and_hidden):
    _, folder = plain_and_hidden
    hidden = refused("show", folder, "night-heron-rocket", "--as", "kari")
    nothing = refused("show", folder, "no-such-thing", "--as", "kari")
    assert hidden.replace("night-heron-rocket", "") == nothing.replace("no-such-thing", "")


def test_a_record_does_not_tell_what_it_said_while_it_was_hidden(tmp_path):
    draft = {"as_of": "2009", "name": "Night Heron", "release": ["nasa"]}
    told = (draft, {"as_of": "2010", "name": "Lander"}, {"as_of": "2011", "name": "Mars lander"})
    write(history(agency("nasa"), *(statement("mission", id="lander", **one) for one in told)), tmp_path / "plans")
    seen = answered("show", tmp_path / "plans", "lander", "--as", "public")["answer"]["history"]
    assert [one["name"] for one in seen] == ["Lander", "Mars lander"]
    assert "2 statements, the first of 2010" in did("show", tmp_path / "plans", "lander")
    assert "3 statements, the first of 2009" in did("show", tmp_path / "plans", "lander", "--as", "nasa")


def test_a_page_betrays_nothing(plain_and_hidden, tmp_path):
    _, folder = plain_and_hidden
    page = tmp_path / "dossier.html"
    assert ran("dossier", folder, "mars-landing", "--as", "kari", "-o", page).exit_code == DONE
    assert HIDDEN_WORD not in page.read_text(encoding="utf-8").lower()


@pytest.mark.proof
def test_pages_and_their_data_betray_nothing(plain_and_hidden, tmp_path):
    _, folder = plain_and_hidden
    done = ran("report", folder, "--as", "kari", "--for", "esa", "-o", tmp_path / "report")
    assert (done.exit_code, done.stdout) == (DONE, ""), done.output
    assert HIDDEN_WORD not in done.stderr.lower()
    written = [path for path in tmp_path.rglob("*") if path.suffix in (".html", ".svg", ".csv", ".json")]
    assert len(written) > 10
    for path in written:
        assert HIDDEN_WORD not in path.read_text(encoding="utf-8").lower(), path.name
    page = (tmp_path / "report/report.html").read_text(encoding="utf-8")
    assert page.index("Ten best opportunities for") < page.index("Roadmap")
