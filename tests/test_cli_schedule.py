"""The commands that say when: in every form, with their exit codes."""

import shutil

import pytest

from tests.commands import FAULTS, answered, did, listed, ran, refused

SCHEDULE = ("path", "health")


@pytest.fixture(scope="session")
def relay(root):
    """Made-up schedules of two agencies with a shared milestone."""
    return str(root / "tests/schedule/twin-relay")


@pytest.fixture(scope="session")
def exomars(root):
    """A portfolio in which no agency declares an activity."""
    return str(root / "portfolios/exomars")


def test_help_lists_the_questions_to_a_schedule():
    text = did("schedule", "--help")
    assert all(f"  {name} " in text for name in ("path", "why", "diff", "health"))


@pytest.mark.parametrize("question", SCHEDULE)
def test_a_question_to_a_schedule_is_answered_in_every_form(question, relay):
    envelope = answered("schedule", question, relay)
    assert envelope["question"] == f"schedule-{question}"
    assert envelope["evidence"]
    assert listed("schedule", question, relay)
    assert did("schedule", question, relay)


def test_the_path_is_narrowed_to_what_a_mission_needs(exomars):
    whole = answered("schedule", "path", exomars, "--on", "2009-12-17")
    narrow = answered("schedule", "path", exomars, "--on", "2009-12-17", "--scope", "exomars-2016")
    assert set(narrow["evidence"]) < set(whole["evidence"])
    assert "mission:exomars-rover" not in narrow["evidence"]


def test_a_mission_may_stand_for_its_launch(exomars):
    by_mission = answered("schedule", "path", exomars, "--on", "2009-12-17", "--until", "exomars-2016")
    by_launch = answered("schedule", "path", exomars, "--on", "2009-12-17", "--until", "launch:exomars-2016")
    assert by_mission["answer"] == by_launch["answer"]


def test_why_follows_the_driving_links(relay):
    activity = listed("schedule", "path", relay)[0]["id"]
    assert activity in str(answered("schedule", "why", relay, activity)["answer"])


def test_two_days_of_one_portfolio_are_compared(exomars):
    envelope = answered("schedule", "diff", exomars, "--since", "2009-12-17", "--on", "2016-03-31")
    assert envelope["portfolio"]["known_on"] == "2016-03-31"
    assert envelope["parameters"]["since"] == "2009-12-17"


def test_a_version_does_not_differ_from_itself(relay):
    assert answered("schedule", "diff", relay, relay)["answer"]["changes"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("schedule", "path", "{relay}", "--scope", "nothing-such"), "nothing-such"),
        (("schedule", "path", "{relay}", "--until", "nothing-such"), "nothing-such"),
        (("schedule", "why", "{relay}", "nothing-such"), "nothing-such"),
        (("schedule", "diff", "{relay}"), "--since"),
        (("schedule", "diff", "{relay}", "--since", "2040-01-01"), "--since"),
        (("schedule", "diff", "{relay}", "--since", "2030-02-01", "--on", "2030-01-01"), "before --since"),
        (("schedule", "health", "{relay}", "--baseline", "2040-01-01"), "--baseline"),
        (("launch-periods", "earth", "mars", "--after", "2018", "--before", "2019", "--c3-max", "inf"), "--c3-max"),
        (("risk", "{relay}", "--until", "nothing-such"), "nothing-such"),
        (("risk", "{relay}", "--cluster", "tcp://127.0.0.1:1"), "--cluster"),
        (("launch-periods", "earth", "marz", "--after", "2018", "--before", "2019"), "nearest: mars"),
        (("launch-periods", "earth", "moon", "--after", "2018", "--before", "2019"), "moon"),
        (("launch-periods", "earth", "mars", "--after", "soon", "--before", "2019"), "--after"),
        (("launch-periods", "earth", "mars", "--after", "2019", "--before", "2018"), "2018"),
        (("schedule", "path", "{relay}", "-o", "path.doc"), ".html"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_answered_is_refused_in_one_line(arguments, told, relay):
    said = refused(*(argument.format(relay=relay) for argument in arguments))
    assert told in said
    assert len(said.strip().splitlines()) == 1, said


def test_risk_is_the_same_for_the_same_seed_and_another_for_another(relay):
    first, again, other = (
        answered("risk", relay, "--iterations", "300", "--seed", seed)["answer"] for seed in ("1", "1", "2")
    )
    assert first == again
    assert first["finishes"] != other["finishes"]


def test_risk_without_stated_durations_says_so(exomars):
    text = did("risk", exomars, "--on", "2016-03-31", "--iterations", "300")
    assert "Defaults only" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("schedule", "path", "{relay}"),
        ("risk", "{relay}", "--iterations", "300"),
        ("launch-periods", "earth", "mars", "--after", "2018", "--before", "2020"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_page_with_pictures_is_written(arguments, relay, tmp_path):
    page = tmp_path / "page.html"
    done = ran(*(argument.format(relay=relay) for argument in arguments), "-o", page)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "<svg" in page.read_text(encoding="utf-8")


def test_a_loop_is_named_with_its_files_and_lines(relay, tmp_path):
    folder = shutil.copytree(relay, tmp_path / "loop")
    file = folder / "loop.yaml"
    shared = "owner: aurora, stated_by: aurora, release: public, as_of: 2030-03, confidence: read, sources: [{}]"
    source = next(iter(answered("show", relay)["answer"]))["id"]
    assert source
    key = next(
        line.strip().partition(":")[0]
        for line in (folder / "portfolio.yaml").read_text(encoding="utf-8").partition("sources:")[2].splitlines()[1:]
        if line.strip()
    )
    file.write_text(
        "format: synodos-records\nversion: 1\n"
        f"defaults: {{{shared.format(key)}}}\n"
        "activities:\n"
        "  - {id: one, name: One, duration_days: 1, after: [{activity: two}]}\n"
        "  - {id: two, name: Two, duration_days: 1, after: [{activity: one}]}\n",
        encoding="utf-8",
    )
    done = ran("check", folder)
    assert done.exit_code == FAULTS
    assert "schedule.cycle" in done.stderr
    assert "(loop.yaml:6: activity two: after[0].activity)" in done.stderr
    assert "found two (loop.yaml:6) → one (:5) → two" in done.stderr


def test_a_viewer_who_sees_nothing_is_told_so(relay, tmp_path):
    folder = shutil.copytree(relay, tmp_path / "hidden")
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("release: public", "release: private"), encoding="utf-8")
    done = ran("schedule", "path", folder)
    assert "max()" not in done.output
    assert "aurora" not in done.output.lower()


@pytest.fixture(scope="module")
def withheld(relay, tmp_path_factory):
    """The schedules, of which Boreal keeps its own to itself."""
    folder = shutil.copytree(relay, tmp_path_factory.mktemp("schedules") / "withheld")
    file = folder / "schedules.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    owner: boreal\n", "    owner: boreal\n    release: private\n"), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ("schedule", "path", "{withheld}"),
        ("schedule", "why", "{withheld}", "bus-tests"),
        ("schedule", "health", "{withheld}"),
        ("schedule", "diff", "{withheld}", "{withheld}"),
        ("risk", "{withheld}", "--iterations", "100"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_every_answer_says_what_work_is_withheld(arguments, withheld):
    asked = [argument.format(withheld=withheld) for argument in arguments]
    noted = [note for note in answered(*asked)["notes"] if "is not released" in note]
    assert noted
    told = " ".join(did(*asked).split())
    assert all(f"Note: {note}" in told for note in noted)
    assert "radio-boards" not in told
    assert "radio-tests" not in told


@pytest.mark.parametrize(("plan", "activity"), [("twin-relay", "twin-relay-launch"), ("relay-bus", "bus-tests")])
def test_a_mission_or_an_element_may_stand_for_its_activity(plan, activity, relay):
    assert answered("schedule", "why", relay, plan)["answer"]["activity"] == activity


def test_an_owner_that_is_no_id_is_refused_in_one_line(root, tmp_path):
    said = refused("import", root / "pyproject.toml", "--owner", "Some One", "--into", tmp_path / "new")
    assert said.startswith("--owner: ")
    assert len(said.strip().splitlines()) == 1


def test_a_remark_is_told_once(relay):
    told = did("launch-periods", "earth", "mars", "--after", "2018", "--before", "2019")
    assert told.count("Impulsive departures") == 1
    assert "Note: Orbit of Mars" in told


def test_a_loop_of_an_earlier_day_is_named_with_its_files_and_lines(relay, tmp_path):
    folder = shutil.copytree(relay, tmp_path / "mended")
    page = (folder / "portfolio.yaml").read_text(encoding="utf-8").partition("sources:")[2].splitlines()[1:]
    source = next(line.strip().partition(":")[0] for line in page if line.strip())
    shared = f"owner: aurora, stated_by: aurora, release: public, confidence: read, sources: [{source}]"
    for name, day, waits in (("loop", "2030-01", "[{activity: two}]"), ("mended", "2030-02", "[]")):
        (folder / f"{name}.yaml").write_text(
            f"format: synodos-records\nversion: 1\ndefaults: {{as_of: {day}, {shared}}}\n"
            "activities:\n"
            f"  - {{id: one, name: One, duration_days: 1, after: {waits}}}\n"
            + ("  - {id: two, name: Two, duration_days: 1, after: [{activity: one}]}\n" if name == "loop" else ""),
            encoding="utf-8",
        )
    assert ran("check", folder).exit_code == 0
    for asked in (["path", folder, "--on", "2030-01-31"], ["diff", folder, "--since", "2030-01-31"]):
        done = ran("schedule", *asked)
        assert done.exit_code == FAULTS
        assert "schedule.cycle" in done.stderr
        assert "loop.yaml:6" in done.stderr
        assert "found two (loop.yaml:6) → one (:5) → two" in done.stderr
