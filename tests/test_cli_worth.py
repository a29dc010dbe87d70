"""The command that says what cooperating is worth: in every form, with its exit codes, kept work and pages."""

import re
import shutil

import pytest

from synodos.cli.valuing import INTERRUPTED
from synodos.exchange import KeptWorths, cache_folder
from tests.commands import DONE, answered, did, listed, ran, refused

YAML = re.compile(r'^```yaml title="(?P<file>[^"]+)"\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def relays(root, tmp_path_factory):
    """The portfolio of the page on worth: three landers on Mars, three relays and two sources of power."""
    folder = tmp_path_factory.mktemp("worth")
    (folder / "mars-relays").mkdir()
    for block in YAML.finditer((root / "docs/worth.md").read_text(encoding="utf-8")):
        (folder / block["file"]).write_text(block["body"], encoding="utf-8")
    return folder / "mars-relays"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache folder of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/synodos/worths"


@pytest.fixture(scope="module")
def savings(relays, tmp_path_factory):
    """The answer in JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return answered("worth", relays)


# By hand: a relay for 190 shared by three costs 190 * 3 ** 0.15 = 224.04; power for 110 shared by two, 122.05.
TOGETHER = 190 * 3**0.15 + 110 * 2**0.15


def test_alone_and_together_add_up(savings):
    answer = savings["answer"]
    assert answer["game"] == "savings"
    assert answer["players"] == ["east", "north", "west"]
    assert len(answer["worths"]) == 8
    assert answer["worths"][7] == pytest.approx((370 + 190 + 450 - TOGETHER) * 1e6)
    settled = answer["settlement"]
    assert settled["alone"] == pytest.approx([370e6, 190e6, 450e6])
    assert sum(settled["together"]) == pytest.approx(TOGETHER * 1e6)
    assert answer["together"]["terms"] == ["EUR", 2026]
    assert sum(amount for _, amount in answer["together"]["costs"]) == pytest.approx(TOGETHER * 1e6)
    assert {one["agency"]: one["cost"] for one in answer["alone"]} == pytest.approx(
        {"east": 370e6, "north": 190e6, "west": 450e6}
    )


def test_what_each_brings_and_what_is_left_to_barter_add_up(savings):
    in_kind = savings["answer"]["settlement"]["in_kind"]
    assert sum(in_kind["brought"]) == pytest.approx(300e6)
    assert in_kind["uncovered"] == pytest.approx((TOGETHER - 300) * 1e6, rel=1e-4)  # planned in thousands
    left = dict(zip(in_kind["players"], in_kind["balances"], strict=True))
    for one in in_kind["barter"]:
        left[one["giver"]] += one["amount"]
        left[one["receiver"]] -= one["amount"]
    assert all(abs(amount) < 10 for amount in left.values())
    assert in_kind["proven"]


def test_the_envelope_names_evidence_estimates_and_assumptions(savings):
    assert {"element:east-power", "estimate:north-relay-cost", "benefit:west-network"} <= set(savings["evidence"])
    assumed = {one["name"]: one for one in savings["answer"]["together"]["assumptions"]}
    assert (assumed["exponent"]["value"], assumed["exponent"]["judgement"]) == (0.15, True)
    assert all(one["source"] for one in assumed.values())
    relay = next(one for one in savings["answer"]["together"]["builds"] if one["record"] == "element:north-relay")
    assert (relay["figure"], relay["estimated"]) == ("estimate:north-relay-cost", True)


def test_benefits_stand_apart(savings):
    benefits = savings["answer"]["settlement"]["benefits"]
    told = [(one["sort"], one["alone"], one["together"]) for one in benefits["sums"]]
    assert told == [("science-return", 5, 5), ("foreign-policy", 0, 3)]
    assert benefits["silent"] == ["east", "north"]


def test_a_programme_reaches_more_together(relays):
    answer = answered("worth", relays, "--game", "programme", "--rule", "shapley")["answer"]
    assert answer["worths"][-1] > 0
    assert [one["worth"] for one in answer["alone"]] == [0, 0.5, 0]
    flown = {one["mission"] for one in answer["together"]["flights"]}
    assert flown == {"mission:west-rover", "mission:east-drill", "mission:north-weather"}
    assert answer["worths"][-1] == pytest.approx(1.7)
    assert sum(answer["served"]) == pytest.approx(2.2)
    assert all(one["amount"] <= one["budget"] * (1 + 1e-9) for one in answer["together"]["spending"])
    settled = answer["settlement"]
    assert settled["rule"] == "shapley"
    assert sum(settled["due"]) == pytest.approx(sum(amount for _, amount in answer["together"]["costs"]))


def test_a_shorter_look_ahead_is_a_parameter(relays):
    shorter = answered("worth", relays, "--game", "programme", "--flight-years", "1")
    assert shorter["parameters"]["flight_years"] == 1
    assert [one["worth"] for one in shorter["answer"]["alone"]] == [0, 0, 0], "Northland alone is too late then"


def test_rules_are_named_as_people_name_them(relays):
    text = " ".join(did("worth", relays, "--rule", "proportional", "--for", "west").split())
    assert "By budgets the savings go to WEST" in text
    assert "together, by budgets." in text


def test_who_is_as_useful_as_whom_is_told(relays):
    text = " ".join(did("worth", relays).split())
    assert "In every group WEST is at least as useful as any other" in text
    assert "How useful each is to groups, on the figures stated" in text


def test_where_a_figure_is_missing_nothing_is_said_to_be_saved_or_not(relays, tmp_path):
    folder = shutil.copytree(relays, tmp_path / "part")
    for name in ("west", "east"):
        text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        power = re.compile(r"(provides: \[surface-power\]), costs: .*\}\]\}")
        assert power.search(text)
        (folder / f"{name}.yaml").write_text(power.sub(r"\1}", text), encoding="utf-8")
    text = " ".join(did("worth", folder, "--players", "west,east").split())
    assert "save at least 271.5 of the 560 million EUR" in text
    assert "for 2 building blocks it cannot be told." in text
    found = answered("worth", folder, "--players", "west,east")["answer"]["together"]
    assert {one["record"] for one in found["builds"]} == {"element:east-relay"}
    assert [(one["record"], one["agency"], one["wanted_by"]) for one in found["unplanned"]] == [
        ("element:east-power", "east", ["east"]),
        ("element:west-power", "west", ["west"]),
    ]


def test_tables_are_for_people_and_narrow_to_an_agency(relays):
    rows = listed("worth", relays)
    assert [row["agency"] for row in rows] == ["EAST", "NORTH", "WEST"]
    assert float(rows[0]["saves"]) + float(rows[1]["saves"]) + float(rows[2]["saves"]) == pytest.approx(
        1010 - TOGETHER, abs=1e-3
    )
    text = " ".join(did("worth", relays, "--for", "north").split())
    assert "NORTH pays 190 alone and" in text
    assert "Northland relay orbiter" in text
    assert "Eastland power source EAST WEST" not in text
    assert "Benefits beside money, each agency on its own scale" in text


def test_players_may_be_chosen_and_parameters_count(relays):
    two = answered("worth", relays, "--players", "west,east", "--exponent", "0")
    assert two["answer"]["players"] == ["west", "east"]
    assert two["answer"]["worths"][-1] == pytest.approx(450e6)
    assert two["parameters"]["exponent"] == 0
    alone = did("worth", relays, "--players", "north")
    assert "Nobody is better off together than alone." in alone


def test_shares_of_a_folder_are_those_of_its_worths(relays, savings):
    shares = answered("shares", relays)
    assert shares["answer"] == savings["answer"]["settlement"]["shares"]
    assert shares["parameters"]["unit"] == "EUR at 2026 prices"
    assert shares["portfolio"]["id"] == "mars-relays"
    whole = round(savings["answer"]["worths"][-1] / 1e6)
    given = answered(
        "shares", relays, "--share", f"west={whole}", "--share", "east=0", "--share", "north=0", "--most", 1
    )
    proposal = given["answer"]["rules"][-1]
    assert proposal["rule"] == "proposal"
    assert proposal["objecting"] == 1
    assert proposal["complaints"][0]["members"] == ["east", "north"]


def test_proposals_have_to_add_up_to_what_is_shown(relays):
    shares = [f"--share={one}=10" for one in ("west", "east", "north")]
    assert "--share: expected shares that add up to 663.9 million EUR at 2026 prices; found 30" in refused(
        "shares", relays, *shares
    )


def test_shares_of_a_portfolio_in_one_file(relays, tmp_path):
    assert ran("convert", relays, "-o", tmp_path / "relays.json").exit_code == DONE
    assert "What is divided is what all save together" in did("shares", tmp_path / "relays.json")


def test_pages_show_pictures_and_say_what_holds(relays, tmp_path):
    page = tmp_path / "worth.html"
    done = ran("worth", relays, "-o", page)
    assert (done.exit_code, done.stdout) == (DONE, "")
    text = page.read_text(encoding="utf-8")
    assert "What each pays alone, and together (million EUR at 2026 prices)" in text
    assert "What each brings in kind, and what is due from it" in text
    assert "Barter still to be agreed" in text
    assert "What is taken for granted" in text


def test_work_is_kept_and_forgotten_when_told_so(relays, cache):
    first = did("worth", relays, "--format", "json")
    kept = {file.name: file.read_bytes() for file in cache.iterdir()}
    assert kept
    assert did("worth", relays, "--format", "json") == first
    assert {file.name: file.read_bytes() for file in cache.iterdir()} == kept
    for file in cache.iterdir():
        file.write_text("no worths\n1 2\n7 ", encoding="utf-8")
    assert did("worth", relays, "--format", "json") == first
    assert did("worth", relays, "--fresh", "--format", "json") == first
    assert all(b"no worths" not in file.read_bytes() for file in cache.iterdir())


def test_where_nothing_can_be_kept_it_is_said_and_answered_all_the_same(relays, cache):
    cache.parent.parent.mkdir()
    cache.parent.write_text("in the way", encoding="utf-8")
    done = ran("worth", relays)
    assert done.exit_code == DONE
    assert "Worths cannot be kept in" in done.stderr


def test_an_interrupt_says_how_to_go_on(relays, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("synodos.coalition.worth", interrupted)
    done = ran("worth", relays)
    assert (done.exit_code, done.stdout) == (INTERRUPTED, "")
    assert "the same command goes on from there" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--players", "weste"], "--players: there is no 'weste' to be seen; did you mean 'west'?"),
        (["--players", "west", "--players", "west"], "--players: west stands twice"),
        (["--terms", "EUR"], "--terms: expected a currency and a year, such as EUR@2011; found 'EUR'"),
        (["--exponent", "2"], "coalition.assumption: expected for exponent a value from 0 to 1; found 2.0"),
        (["--for", "nobody"], "--for: there is no 'nobody'"),
        (
            ["--rule", "proportional", "--players", "west", "--terms", "USD@2026"],
            "coalition.rule: expected a rule that",
        ),
    ],
    ids=["unknown", "twice", "terms", "exponent", "for", "rule"],
)
def test_what_cannot_be_asked_is_refused(relays, arguments, said):
    assert said in refused("worth", relays, *arguments)


def test_options_of_portfolios_are_refused_for_worths_that_are_stated(tmp_path):
    file = tmp_path / "game.csv"
    file.write_text("members,worth\nA,1\nB,2\nA;B,5\n", encoding="utf-8")
    said = refused("shares", file, "--game", "programme")
    assert "--game: is about the worth of plans; game.csv states worths already" in said
    assert "--as: is about the worth of plans" in refused("shares", file, "--as", "esa")


def test_plans_without_figures_name_what_is_missing(relays, tmp_path):
    folder = shutil.copytree(relays, tmp_path / "bare")
    for file in folder.iterdir():
        text = re.sub(r"\n    ( costs|costs): .*|,\s+costs: \[\{.*\}\]", "", file.read_text(encoding="utf-8"))
        text = re.sub(r"estimates:\n(?:  .*\n|     .*\n)+", "", text)
        file.write_text(text, encoding="utf-8")
    text = " ".join(did("worth", folder).split())
    assert "No building block of these 3 agencies has a figure: what they would save cannot be told." in text
    assert "Cannot be planned: no figure" in text
    assert "Nobody is better off" not in text
    assert "A lower bound:" in text
    assert "No contribution in kind has a figure, so none can be shared out." in text
    envelope = answered("worth", folder)
    assert any("element:west-relay: cost of Westland relay orbiter" in one for one in envelope["missing"])


# what is kept


def test_lines_that_were_cut_off_do_not_count(tmp_path):
    store = KeptWorths(tmp_path / "worths")
    store.put("key", {3: (40, 1), 5: (60, 4)})
    with (tmp_path / "worths/key.worths").open("a", encoding="ascii") as file:
        file.write("7 1")  # the machine stopped here
    assert store.get("key") == {3: (40, 1), 5: (60, 4)}
    store.put("key", {6: (80, 2)})
    assert store.get("key") == {3: (40, 1), 5: (60, 4), 6: (80, 2)}
    assert store.get("other") == {}
    assert KeptWorths(tmp_path / "worths").get("key") == {3: (40, 1), 5: (60, 4), 6: (80, 2)}
    assert KeptWorths(tmp_path / "worths", fresh=True).get("key") == {}
    assert KeptWorths(tmp_path / "worths").get("key") == {}


def test_the_cache_folder_is_where_the_system_keeps_such(monkeypatch, tmp_path):
    assert cache_folder() == tmp_path / "cache/synodos"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder().parts[-2:] == (".cache", "synodos")
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder().parts[-3:] == ("Library", "Caches", "synodos")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder() == tmp_path / "synodos/cache"
