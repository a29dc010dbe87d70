"""The commands that say under what: in every form, with their exit codes, and with what a viewer may not see."""

import shutil

import pytest

from tests.commands import ANSWERS, answered, did, listed, ran, refused

LAW = ("assess", "explain", "contested", "screen")
AGREEMENTS = ("list", "watch", "needed", "draft", "close-out")
PAGE = """\
format: synodos-portfolio
version: 1
id: twin-orbiters
title: Twin orbiters
known_on: 2013-06-30
sources: {made-up: {title: Made up for a test}}
"""
HEAD = """\
format: synodos-records
version: 1
defaults: {as_of: 2012-01-01, confidence: computed, sources: [made-up], stated_by: nasa, owner: nasa, release: RELEASE}
"""
OPEN = """\
states:
  - {id: usa, owner: usa, stated_by: usa, name: United States}
  - {id: rus, owner: rus, stated_by: rus, name: Russia}
  - {id: jpn, owner: jpn, stated_by: jpn, name: Japan}
agencies:
  - {id: nasa, name: NASA, short_name: NASA, actor: agency, state: usa}
  - {id: roscosmos, owner: roscosmos, stated_by: roscosmos, name: Roscosmos, short_name: Roscosmos, actor: agency,
     state: rus}
  - {id: jaxa, owner: jaxa, stated_by: jaxa, name: JAXA, short_name: JAXA, actor: agency, state: jpn}
elements:
  - {id: radio, owner: jaxa, stated_by: jaxa, name: Radio, form: instrument, status: approved, provides: [imaging]}
missions:
  - id: twin
    name: Twin Orbiter
    form: orbiter
    status: approved
    crewed: false
    destinations: [lunar-orbit]
    planned: 2014-05-01
    partners: [{agency: jaxa, role: camera}]
    requirements: [{capability: imaging, essential: true, met_by: [radio]}]
  - {id: station-crew, name: Crew of the station, status: approved, crewed: true, destinations: [iss], planned: 2012}
  - {id: lone, name: Lone Orbiter, form: orbiter, status: approved, destinations: [lunar-orbit], planned: 2014-07-01}
agreements:
  - {id: frame, name: Framework of the two, instrument: framework-agreement, parties: [nasa, jaxa], binding: true,
     signed: 2005-03-01, in_force: 2005-03-01..2014-02-28}
payments:
  - {id: swap, name: Seats for seats, payer: nasa, payee: roscosmos, purpose: seats, in_kind: true, when: 2012-11-01,
     contracted: 2012-10-01, plans: [station-crew]}
resource-uses:
  - {id: ice, name: Use of ice, user: nasa, body: lunar-south-pole, use: science, when: 2014-08-01}
"""
KEPT = """\
payments:
  - {id: hushed-seats, name: Hushed seats, payer: nasa, payee: roscosmos, purpose: seats, in_kind: false,
     when: 2012-05-01, rendered: 2013-03-01, contracted: 2012-05-01}
transfers:
  - {id: hushed-radio, name: Hushed radio, from_agency: nasa, to_agency: roscosmos, what: hardware,
     classification: USML XV(a), when: 2012-09-01}
determinations:
  - {id: hushed-answer, question: registered, about: [twin], party: usa, answer: 'no', statement: Hushed by counsel}
legal-positions:
  - {id: hushed-position, reading: barter-is-no-payment, statement: Hushed position of counsel}
agreements:
  - {id: hushed-arrangement, name: Hushed arrangement, instrument: implementing-arrangement, parties: [nasa, jaxa],
     binding: true, signed: 2012-02-01, in_force: 2012-02-01..2013-12-31, covers: [twin], parent: frame,
     clauses: [cross-waiver], obligations: [{text: Hushed duty, bearer: nasa, due: 2013-01-31}]}
commitments:
  - {id: hushed-money, name: Hushed money, to: [twin], level: budgeted, with_agencies: [jaxa]}
"""


POINTING = """\
agreements:
  - {id: public-protocol, name: Protocol on the pictures, instrument: implementing-arrangement, parties: [nasa, jaxa],
     binding: true, signed: 2012-03-01, in_force: 2012-03-01.., covers: [twin], parent: hushed-arrangement,
     supersedes: [hushed-arrangement]}
determinations:
  - {id: public-answer, question: cross-waiver-agreed, about: [hushed-seats, twin], answer: 'yes'}
transfers:
  - {id: public-radio, name: Radio, from_agency: jaxa, to_agency: nasa, what: hardware, when: 2012-10-01,
     plans: [twin], under: [hushed-arrangement]}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The same plans twice: with records that NASA keeps to itself, and without them."""
    found = []
    for name, secret in (("full", KEPT), ("bare", "")):
        folder = tmp_path_factory.mktemp("plans") / name
        folder.mkdir()
        (folder / "portfolio.yaml").write_text(PAGE, encoding="utf-8")
        (folder / "open.yaml").write_text(HEAD.replace("RELEASE", "public") + OPEN, encoding="utf-8")
        if secret:
            (folder / "secret.yaml").write_text(HEAD.replace("RELEASE", "private") + secret, encoding="utf-8")
        found.append(str(folder))
    return found


@pytest.fixture(scope="module")
def iss(root):
    """Plans with payments to Russia."""
    return str(root / "portfolios/iss")


@pytest.fixture(scope="module")
def exomars(root):
    """Plans whose agreements changed hands."""
    return str(root / "portfolios/exomars")


LIST = (
    '7,"PROGRESS ROCKET WORKS",-0- ,"MADE-UP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '8,"HUSHED WORKS",-0- ,"MADE-UP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
"""A made-up list of sanctioned parties as OFAC writes one."""
WORKS = """\
agencies:
  - {id: progress, owner: progress, stated_by: progress, name: Progress Rocket Works, short_name: PRW, actor: company,
     release: public}
  - {id: hushed-works, owner: hushed-works, stated_by: hushed-works, name: Hushed Works, short_name: HW,
     actor: company}
"""


@pytest.fixture(scope="module")
def listing(folders, tmp_path_factory):
    """Plans with two firms, one of which its owner keeps to itself, and a list that names both."""
    folder = shutil.copytree(folders[1], tmp_path_factory.mktemp("plans") / "works")
    (folder / "works.yaml").write_text(HEAD.replace("RELEASE", "private") + WORKS, encoding="utf-8")
    file = folder.parent / "sdn.csv"
    file.write_text(LIST, encoding="utf-8", newline="")
    return str(folder), str(file)


def test_agencies_are_compared_with_a_list_and_people_determine_the_rest(listing):
    asked = ("law", "screen", listing[0], "--list", listing[1])
    envelope = answered(*asked)
    assert envelope["question"] == "law-screen"
    assert "answer-law-screen" in ANSWERS
    assert [match["party"] for match in envelope["answer"]["matches"]] == ["progress"]
    assert [row["agency"] for row in listed(*asked)] == ["progress"]
    text = did(*asked)
    assert "to be determined" in text
    assert "ushed" not in text
    own = answered(*asked, "--as", "hushed-works")["answer"]
    assert sorted(match["party"] for match in own["matches"]) == ["hushed-works", "progress"]


def test_a_list_that_is_none_is_refused_with_its_fault(listing, tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("no list\n", encoding="utf-8")
    done = ran("law", "screen", listing[0], "--list", file)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "list.txt" in done.stderr


EXPLAIN = ("INA-6", "--activity", "payment:soyuz-seats-ordered-2011-03", "--bearer", "nasa")
QUESTIONS = {
    ("law", "assess"): ("{iss}", "--scope", "payment:soyuz-seats-ordered-2011-03"),
    ("law", "explain"): ("{iss}", *EXPLAIN),
    ("law", "contested"): ("{iss}",),
    ("agreements", "list"): ("{exomars}",),
    ("agreements", "watch"): ("{exomars}", "--at", "2010-06-30"),
    ("agreements", "needed"): ("{exomars}", "--proposed", "2"),
    ("agreements", "draft"): ("{exomars}", "--mission", "exomars-2016"),
    ("agreements", "close-out"): ("{iss}", "nodes-for-columbus-launch"),
}


@pytest.mark.parametrize(("room", "names"), [("law", LAW), ("agreements", AGREEMENTS)])
def test_help_lists_the_questions(room, names):
    text = did(room, "--help")
    assert all(f"  {name} " in text for name in names)
    for name in names:
        assert "--as " in did(room, name, "--help")


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_question_is_answered_in_every_form_and_as_its_schema_says(question, iss, exomars):
    asked = [*question, *(argument.format(iss=iss, exomars=exomars) for argument in QUESTIONS[question])]
    envelope = answered(*asked)
    assert envelope["question"] == "-".join(question)
    schema, answer = ANSWERS[f"answer-{envelope['question']}"], envelope["answer"]
    spoilt = [{**answer[0], "guess": 1}] if isinstance(answer, list) else {**answer, "guess": 1}
    assert not schema.is_valid({**envelope, "answer": spoilt})
    assert not schema.is_valid({**envelope, "answer": "nothing"})
    assert listed(*asked)
    assert did(*asked)


@pytest.mark.parametrize("what", ["registration", "information"])
def test_notifications_are_drafted_with_their_blanks(what, exomars):
    asked = ("agreements", "draft", exomars, "--mission", "exomars-2016", "--what", what)
    envelope = answered(*asked)
    assert envelope["missing"]
    assert "____" in did(*asked)


def test_findings_are_narrowed_to_a_scope(iss):
    one = "payment:soyuz-seats-ordered-2011-03"
    answer = answered("law", "assess", iss, "--scope", one)["answer"]
    assert {found["activity"] for found in answer["findings"]} == {one}
    both = answered("law", "assess", iss, "--scope", one, "--scope", "payment:soyuz-seats-ordered-2007")["answer"]
    assert {found["activity"] for found in both["findings"]} == {one, "payment:soyuz-seats-ordered-2007"}
    of_kind = answered("law", "assess", iss, "--scope", "payment")["answer"]
    assert {found["activity"].partition(":")[0] for found in of_kind["findings"]} == {"payment"}


def test_findings_are_narrowed_to_an_agency(exomars):
    asked = ("law", "assess", exomars, "--on", "2011-12-01")
    whole, of_one = answered(*asked)["answer"], answered(*asked, "--for", "asi")["answer"]
    assert 0 < len(of_one["activities"]) < len(whole["activities"])


def test_the_state_of_the_law_is_a_day_of_its_own(iss):
    """Congress let NASA pay for seats until mid-2016 in 2008, and until the end of 2020 in January 2013."""
    asked = ("law", "explain", iss, "INA-6", "--activity", "payment:soyuz-seats-ordered-2013-04", "--bearer", "nasa")
    before = answered(*asked, "--law-on", "2012-12-31")["answer"]["finding"]
    after = answered(*asked, "--law-on", "2013-12-31")["answer"]["finding"]
    assert before["status"] != "exempt"
    assert after["status"] == "exempt"
    told = answered("law", "assess", iss, "--law-on", "2012-12-31")["answer"]
    assert told["law_known_on"] == "2012-12-31"


def test_a_reading_is_taken_and_named(root):
    plans = str(root / "portfolios/exploration2026")
    plain = answered("law", "assess", plans, "--scope", "resource-use")
    taken = answered(
        "law", "assess", plans, "--scope", "resource-use", "--reading", "extracted-resources-may-not-be-owned"
    )
    assert plain["answer"]["readings"] == {}
    assert taken["answer"]["readings"] == {"extracted-resources": "extracted-resources-may-not-be-owned"}
    assert taken["parameters"]["readings"] == taken["answer"]["readings"]


def test_standing_duties_are_listed_when_asked_for(exomars):
    asked = ("law", "assess", exomars, "--on", "2011-12-01")
    without, with_them = listed(*asked), listed(*asked, "--standing")
    assert "holds" not in {row["state"] for row in without}
    assert "holds" in {row["state"] for row in with_them}
    assert "Not listed: " in " ".join(did(*asked).split())


def test_most_limits_the_open_questions(exomars):
    asked = ("law", "assess", exomars, "--on", "2011-12-01")
    few, more = (did(*asked, "--most", number).partition("Open determinations")[2] for number in ("1", "3"))
    assert 0 < few.count("?") < more.count("?")


def test_an_explanation_is_given_also_where_a_norm_says_nothing(exomars):
    asked = ("law", "explain", exomars, "IGA-5", "--activity", "mission:exomars-2016", "--bearer", "esa")
    answer = answered(*asked, "--on", "2011-12-01")["answer"]
    assert answer["finding"] is None
    assert [branch["status"] for branch in answer["branches"]] == ["not_applicable"]
    assert answer["branches"][0]["reasons"]


def test_the_register_stands_on_the_day_that_is_asked_about(exomars):
    states = [
        {
            row["agreement"]: row["state"]
            for row in answered("agreements", "list", exomars, "--at", day)["answer"]["rows"]
        }
        for day in ("2010-06-30", "2016-03-31")
    ]
    assert states[0].keys() == states[1].keys()
    assert states[0] != states[1]


def test_looking_further_ahead_finds_more(exomars):
    short, long = (
        answered("agreements", "watch", exomars, "--at", "2010-06-30", "--within-days", days)["answer"]["watched"]
        for days in ("0", "3650")
    )
    assert len(short) < len(long)


def test_proposed_cooperations_are_looked_at_when_asked_for(root):
    plans = str(root / "portfolios/exploration2011")
    agreed, more = (answered("agreements", "needed", plans, "--proposed", number)["answer"] for number in ("0", "3"))
    assert not any(need["proposed"] for need in agreed)
    assert any(need["proposed"] for need in more)


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_term_sheet_is_written(ending, folders, tmp_path):
    output = tmp_path / f"sheet{ending}"
    done = ran("agreements", "draft", folders[0], "--mission", "twin", "--as", "nasa", "-o", output)
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    assert done.stderr == f"Wrote {output}\n"
    assert output.read_bytes().startswith({".docx": b"PK", ".pdf": b"%PDF"}[ending])


PAGES = (
    ("law", "assess", "{folder}"),
    ("law", "contested", "{folder}"),
    ("agreements", "list", "{folder}"),
)


@pytest.mark.parametrize("arguments", PAGES, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_page_is_written_that_holds_what_its_viewer_may_see(arguments, folders, tmp_path):
    page = tmp_path / "page.html"
    done = ran(*(argument.format(folder=folders[0]) for argument in arguments), "--as", "jaxa", "-o", page)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"Wrote {page}\n"), done.output
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "ushed" not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("law", "assess", "{full}", "-o", "page.doc"), ".html"),
        (("law", "screen", "{full}", "--list", "no-such-file"), "--list"),
        (("law", "screen", "{full}"), "--list"),
        (("law", "assess", "{full}", "--scope", "nothing-such"), "nothing-such"),
        (("law", "assess", "{full}", "--scope", "mission:nothing-such"), "nothing-such"),
        (("law", "assess", "{full}", "--reading", "barter-is-no-paymnt"), "barter-is-no-payment"),
        (("law", "assess", "{full}", "--reading", "extracted-resources"), "extracted-resources"),
        (
            ("law", "assess", "{full}", "--reading", "barter-is-payment", "--reading", "barter-is-no-payment"),
            "one question",
        ),
        (("law", "assess", "{full}", "--law-on", "soon"), "--law-on"),
        (("law", "assess", "{full}", "--on", "2040-01-01"), "--on"),
        (("law", "assess", "{full}", "--for", "nothing-such"), "--for"),
        (("law", "assess", "{full}", "--most", "0"), "--most"),
        (("law", "explain", "{full}", "OST62", "--activity", "mission:twin", "--bearer", "nasa"), "OST62"),
        (("law", "explain", "{full}", "OST-6.99", "--activity", "mission:twin", "--bearer", "nasa"), "OST-6.99"),
        (("law", "explain", "{full}", "OST-6.2", "--activity", "mission:tvin", "--bearer", "nasa"), "mission:tvin"),
        (("law", "explain", "{full}", "OST-6.2", "--activity", "mission:twin", "--bearer", "nassa"), "nassa"),
        (("law", "contested", "{full}", "--as", "nobody"), "--as"),
        (("agreements", "list", "{full}", "--at", "soon"), "--at"),
        (("agreements", "list", "{full}", "--for", "nothing-such"), "--for"),
        (("agreements", "watch", "{full}", "--within-days", "-1"), "--within-days"),
        (("agreements", "needed", "{full}", "--proposed", "-1"), "--proposed"),
        (("agreements", "close-out", "{full}", "frme"), "frame"),
        (("agreements", "draft", "{full}", "--mission", "twinn"), "twin"),
        (("agreements", "draft", "{full}", "--mission", "lone"), "--mission"),
        (("agreements", "draft", "{full}", "--mission", "twin", "-o", "sheet.odt"), ".docx"),
        (("agreements", "draft", "{full}", "--mission", "twin", "-o", "no/such/folder/sheet.pdf"), "--output"),
        (("agreements", "draft", "{full}", "--mission", "twin", "--what", "registration", "-o", "a.pdf"), "--output"),
        (("agreements", "draft", "{full}", "--mission", "twin", "--what", "treaty"), "--what"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_answered_is_refused_in_one_line(arguments, told, folders):
    said = refused(*(argument.format(full=folders[0]) for argument in arguments))
    lines = [line for line in said.splitlines() if line and not line.startswith(("Usage: ", "Try "))]
    assert len(lines) == 1, said
    assert told in lines[0]


ASKED = (
    ("law", "assess", "{folder}", "--standing", "--most", "500"),
    ("law", "explain", "{folder}", "REG-2.1", "--activity", "mission:twin", "--bearer", "usa"),
    ("law", "contested", "{folder}"),
    ("agreements", "list", "{folder}"),
    ("agreements", "watch", "{folder}"),
    ("agreements", "needed", "{folder}", "--proposed", "5"),
    ("agreements", "draft", "{folder}", "--mission", "twin"),
    ("agreements", "draft", "{folder}", "--mission", "twin", "--what", "registration"),
    ("agreements", "draft", "{folder}", "--mission", "twin", "--what", "information"),
    ("agreements", "close-out", "{folder}", "frame"),
    ("dossier", "{folder}", "twin"),
    ("law", "assess", "{folder}", "--scope", "payment:hushed-seats"),
    ("law", "assess", "{folder}", "--scope", "payment"),
    ("law", "explain", "{folder}", "INA-6", "--activity", "payment:hushed-seats", "--bearer", "nasa"),
    ("law", "explain", "{folder}", "INA-6", "--activity", "payment:hushed-seat", "--bearer", "nasa"),
    ("agreements", "close-out", "{folder}", "hushed-arrangement"),
    ("agreements", "close-out", "{folder}", "hushed-arrangment"),
)


@pytest.mark.parametrize("viewer", ["public", "jaxa"])
@pytest.mark.parametrize("arguments", ASKED, ids=lambda arguments: " ".join(arguments[:2] + arguments[3:]))
def test_who_may_not_see_a_record_gets_the_answer_of_plans_without_it(arguments, viewer, folders):
    """Answers, counts, drafts and errors are those of the plans without what NASA keeps to itself."""
    kept, without = (
        ran(*(argument.format(folder=folder) for argument in arguments), "--as", viewer, "--format", "json")
        for folder in folders
    )
    assert (kept.exit_code, kept.stderr) == (without.exit_code, without.stderr)
    assert _without_hash(kept.stdout) == _without_hash(without.stdout)
    assert "ushed" not in kept.stdout.replace("payment:hushed-seats", "")


@pytest.fixture(scope="module")
def pointing(folders, tmp_path_factory):
    """The plans with records that everybody may see and that name records which they may not."""
    folder = shutil.copytree(folders[0], tmp_path_factory.mktemp("plans") / "pointing")
    (folder / "pointing.yaml").write_text(HEAD.replace("RELEASE", "public") + POINTING, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("arguments", ASKED[:11], ids=lambda arguments: " ".join(arguments[:2] + arguments[3:]))
def test_a_record_that_names_a_withheld_one_gives_nothing_of_it_away(arguments, pointing):
    asked = [argument.format(folder=pointing) for argument in arguments]
    for form in ("json", "table"):
        done = ran(*asked, "--format", form)
        assert done.exit_code == 0, done.output
        assert "ushed" not in done.output
    assert "ushed" in did("agreements", "list", pointing, "--as", "nasa")


def _without_hash(text):
    """An answer without the line that tells two folders apart."""
    return [line for line in text.splitlines() if '"sha256"' not in line]


@pytest.mark.parametrize("arguments", ASKED[:7], ids=lambda arguments: " ".join(arguments[:2]))
def test_its_owner_gets_an_answer_that_uses_it(arguments, folders):
    kept, without = (
        answered(*(argument.format(folder=folder) for argument in arguments), "--as", "nasa") for folder in folders
    )
    assert (kept["answer"], kept["evidence"]) != (without["answer"], without["evidence"])


def test_a_position_that_is_kept_back_moves_no_finding_of_others(folders):
    asked = ("law", "explain", folders[0], "INA-6", "--activity", "payment:swap", "--bearer", "nasa", "--as")
    own, public = (answered(*asked, viewer)["answer"]["finding"] for viewer in ("nasa", "public"))
    assert own["own_reading"] == ["barter-is-no-payment"]
    assert (public["own_reading"], public["status"]) == ([], "needs_determination")
    assert not any(lead["holders"] and "NASA" in lead["holders"] for lead in public["contested"])


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_term_sheet_for_a_partner_holds_nothing_that_is_kept_from_it(ending, folders, tmp_path):
    written = []
    for name, folder in zip(("kept", "without"), folders, strict=True):
        output = tmp_path / name / f"sheet{ending}"
        output.parent.mkdir()
        done = ran("agreements", "draft", folder, "--mission", "twin", "--as", "jaxa", "-o", output)
        assert done.exit_code == 0, done.output
        written.append(output)
    if ending == ".docx":
        texts = []
        for output in written:
            shutil.unpack_archive(output, output.parent / "parts", "zip")
            texts.append((output.parent / "parts/word/document.xml").read_text(encoding="utf-8"))
        assert "ushed" not in texts[0]
        assert "Twin Orbiter" in texts[0]


def test_a_loop_of_agreements_is_named_with_its_lines(folders, tmp_path):
    folder = shutil.copytree(folders[1], tmp_path / "loop")
    loop = (
        "agreements:\n"
        "  - {id: one, name: One, instrument: memorandum-of-understanding, parties: [nasa, jaxa], parent: two}\n"
        "  - {id: two, name: Two, instrument: memorandum-of-understanding, parties: [nasa, jaxa], parent: one}\n"
    )
    (folder / "loop.yaml").write_text(HEAD.replace("RELEASE", "public") + loop, encoding="utf-8")
    done = ran("agreements", "list", folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "loop.yaml:5" in done.stderr
