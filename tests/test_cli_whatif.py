"""The commands that think a change through: in every form, with their exit codes, from steps to pages."""

import json

import pytest

from synodos.exchange import read_changes, write
from tests.commands import FAULTS, answered, did, ran, refused
from tests.language.minimal import agency, history, statement

TWO = """\
format: synodos-records
version: 1
defaults: {owner: esa, stated_by: esa, release: public, as_of: '2011', confidence: read, sources: [report]}
changes:
  - {id: given-up, name: The lander is given up, happens: [{does: cancel, plans: [lander]}]}
  - {id: nasa-leaves, name: NASA leaves, happens: [{does: withdraw, agency: nasa, plans: [landing]}]}
"""
QUICK = ("--part", "missions", "--part", "objectives", "--part", "dependences", "--part", "agreements")


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """A landing of ESA that hangs on a launch of NASA, and a secret of NASA."""
    folder = tmp_path_factory.mktemp("plans") / "plans"
    rocket = {"name": "Rocket", "owner": "nasa", "stated_by": "nasa", "provides": ["launch"], "status": "planned"}
    needs = [
        {"capability": "launch", "essential": True, "met_by": ["rocket"]},
        {"capability": "mars-edl", "essential": True, "met_by": ["lander"]},
    ]
    write(
        history(
            agency("nasa", short_name="NASA"),
            statement("element", id="rocket", **rocket),
            statement("element", id="lander", name="Lander", provides=["mars-edl"]),
            statement(
                "mission",
                id="landing",
                name="Landing",
                also_called=["landing-2016"],
                planned="2016",
                requirements=needs,
            ),
            statement("element", id="secret", **{**rocket, "name": "Secret", "release": "private"}),
        ),
        folder,
    )
    return folder


def steps(answer):
    (given,) = answer["parameters"]["changes"].values()
    return given


def test_a_partner_leaves(plans):
    text = " ".join(did("whatif", plans, "--withdraw", "nasa:landing", *QUICK).split())
    assert "1 requirement would have nobody to meet it any more, 1 of them essential." in text
    assert "Until somebody takes over, Landing cannot fly." in text
    found = answered("whatif", plans, "--withdraw", "nasa:landing", *QUICK)
    (orphan,) = found["answer"]["consequences"]["orphans"]
    assert (orphan["capability"], orphan["provider"], orphan["new"]) == ("launch", "nasa", True)
    assert "after" not in found["answer"]["consequences"]


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (("--withdraw", "nasa"), {"does": "withdraw", "agency": "nasa"}),
        (("--withdraw", "nasa:landing-2016"), {"does": "withdraw", "agency": "nasa", "plans": ["landing"]}),
        (("--withdraw", "nasa:landing,lander"), {"does": "withdraw", "agency": "nasa", "plans": ["landing", "lander"]}),
        (
            ("--slip", "esa:lander=90"),
            {
                "does": "slip",
                "agency": "esa",
                "plans": ["lander"],
                "delay": {"shape": "triangular", "of": "days", "low": 90.0, "likely": 90.0, "high": 90.0},
            },
        ),
        (
            ("--slip", ":lander=30/90/200"),
            {
                "does": "slip",
                "plans": ["lander"],
                "delay": {"shape": "triangular", "of": "days", "low": 30.0, "likely": 90.0, "high": 200.0},
            },
        ),
        (
            ("--cut", "nasa=226e6USD2012@2013"),
            {
                "does": "cut",
                "agency": "nasa",
                "cuts": [{"money": {"amount": 226e6, "currency": "USD", "price_year": 2012}, "period": "2013"}],
            },
        ),
        (("--step", "cancel lander"), {"does": "cancel", "plans": ["lander"]}),
        (("--step", "replace rocket=lander"), {"does": "replace", "plans": ["rocket"], "replacement": "lander"}),
        (
            ("--step", "miss landing=2016-01..2016-03"),
            {"does": "miss", "plans": ["landing"], "period": "2016-01..2016-03"},
        ),
        (("--step", "offer nasa:launch"), {"does": "offer", "agency": "nasa", "provides": ["launch"]}),
        (("--step", "join nasa"), {"does": "join", "agency": "nasa"}),
        (("--step", "repeal OST-2"), {"does": "repeal", "norms": ["OST-2"]}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "step",
)
def test_every_sort_of_step_is_understood(plans, given, step):
    answer = answered("whatif", plans, *given, "--part", "missions")
    assert steps(answer) == [step]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "nothing is to change"),
        (("--withdraw", "nasa:"), "expected AGENCY or AGENCY:PLAN,PLAN"),
        (("--withdraw", ""), "--withdraw: expected AGENCY or AGENCY:PLAN,PLAN; found ''"),
        (("--slip", "esa:=90"), "expected AGENCY=DAYS"),
        (("--slip", "esa:lander=3/2/1"), "--slip: 'esa:lander=3/2/1': low, likely and high in this order"),
        (("--step", "fly lander"), "there is no 'fly' to be seen; one of withdraw, slip,"),
        (("--withdraw", "nasa", "--part", "weather"), "one of missions, dates, costs"),
        (("--withdraw", "nsa"), "did you mean 'nasa'?"),
        (("--withdraw", "nasa:landings"), "did you mean 'landing'?"),
        (("--withdraw", "nasa:secret"), "there is no 'secret' to be seen"),
        (("--slip", "esa:lander"), "expected AGENCY=DAYS"),
        (("--slip", "esa:lander=soon"), "expected AGENCY=DAYS"),
        (("--slip", "esa:lander=1/2"), "expected AGENCY=DAYS"),
        (("--slip", "esa:lander=9/5/7"), "low, likely and high"),
        (("--cut", "nasa=lots"), "expected AGENCY=AMOUNT"),
        (("--step", "explode lander"), "there is no 'explode'"),
        (("--step", "replace rocket"), "expected replace PLAN=RECORD"),
        (("--step", "repeal NO-1"), "NO-1"),
        (("--change", "nothing"), "there is no 'nothing'"),
        (("--step", "join jaxa"), "jaxa"),
        (("--withdraw", "nasa", "--part", "weather"), "--part"),
        (("--withdraw", "nasa", "--save", "x.yaml"), "--for"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, tuple) else "said",
)
def test_what_makes_no_sense_is_refused_in_one_line(plans, given, said):
    told = refused("whatif", plans, *given)
    assert said in told
    assert len(told.strip().splitlines()) == 1


def test_what_is_hidden_is_refused_as_what_is_not_there(plans):
    hidden = refused("whatif", plans, "--withdraw", "nasa:secret")
    assert hidden == refused("whatif", plans, "--withdraw", "nasa:sacred").replace("sacred", "secret")


def test_changes_in_a_file_stand_side_by_side_or_are_one(plans, tmp_path):
    file = tmp_path / "changes.yaml"
    file.write_text(TWO, encoding="utf-8")
    text = did("whatif", plans, "--file", file, *QUICK)
    assert "Changes side by side" in text
    assert text.index("given-up") < text.index("nasa-leaves")
    together = answered("whatif", plans, "--file", file, "--together", *QUICK)
    assert [step["does"] for step in steps(together)] == ["cancel", "withdraw"]


def test_a_cut_is_no_promise_that_what_is_left_suffices(plans):
    text = " ".join(
        did("whatif", plans, "--cut", "nasa=226e6USD@2013", "--part", "missions", "--part", "costs").split()
    )
    assert "so what the cut leaves is not known" in text
    assert "No mission is stopped by it." not in text


def test_nothing_has_to_be_done_where_nothing_is_open(plans):
    text = " ".join(did("whatif", plans, "--step", "offer nasa:launch", "--part", "options").split())
    assert "Nothing is open that somebody would have to take over." in text


def test_a_file_with_faults_is_refused_with_their_places(plans, tmp_path):
    file = tmp_path / "changes.yaml"
    file.write_text(TWO.replace("lander]", "landers]"), encoding="utf-8")
    done = ran("whatif", plans, "--file", file)
    assert (done.exit_code, done.stdout) == (FAULTS, "")
    assert "changes.yaml:5" in done.stderr


def test_a_change_that_was_saved_gives_the_same_answer(plans, tmp_path):
    file = tmp_path / "saved.yaml"
    done = ran(
        "whatif", plans, "--withdraw", "nasa:landing", "--save", file, "--for", "esa", *QUICK, "--format", "json"
    )
    assert done.exit_code == 0, done.output
    (change,) = read_changes(file, plans)
    assert (change.owner, change.release) == ("esa", "private")
    again = answered("whatif", plans, "--file", file, *QUICK)
    assert again["answer"] == json.loads(done.stdout)["answer"]


def test_the_page_says_that_it_is_a_thought(plans, tmp_path):
    page = tmp_path / "page.html"
    done = ran("whatif", plans, "--withdraw", "nasa:landing", *QUICK, "-o", page)
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    assert "A thought, not a plan" in text
    assert "Landing cannot fly" in text


def test_who_can_hurt_whom(plans, tmp_path):
    text = " ".join(did("exposure", plans).split())
    assert "if NASA left all that it shares, 1 mission led by ESA" in text
    found = answered("exposure", plans, "--for", "esa")["answer"]
    (hurt,) = found["overall"]
    assert (hurt["leaver"], hurt["victim"], hurt["stopped"]) == ("nasa", "esa", ["mission:landing"])
    page = tmp_path / "page.html"
    assert ran("exposure", plans, "-o", page).exit_code == 0
    assert "Who can hurt whom by leaving" in page.read_text(encoding="utf-8")


def test_what_rests_on_the_unseen_is_not_called_safe(tmp_path):
    hidden = {"name": "Relay", "owner": "nasa", "stated_by": "nasa", "release": "private", "provides": ["launch"]}
    needs = [{"capability": "launch", "essential": True, "met_by": ["relay"]}]
    write(
        history(
            agency("nasa"),
            statement("element", id="relay", **hidden),
            statement("mission", id="landing", requirements=needs),
        ),
        tmp_path / "plans",
    )
    text = " ".join(did("exposure", tmp_path / "plans", "--as", "esa").split())
    assert "who could hurt them cannot be told" in text
    assert "NASA" not in text


def test_nobody_is_hurt_by_those_who_share_nothing(plans):
    assert "None stops or weakens a mission" in did("exposure", plans, "--for", "nasa")
    assert "did you mean 'nasa'" in refused("exposure", plans, "--for", "nas")
