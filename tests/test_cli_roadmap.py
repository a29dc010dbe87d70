"""The commands of the roadmap: in every form, with their exit codes and pages."""

from tests.commands import answered, did, ran, refused

FOLDER = "portfolios/exploration2011"


def test_readiness_tells_what_nobody_works_on(root):
    text = " ".join(did("readiness", root / FOLDER, "asteroid-next").split())
    assert "Asteroid Next: of 12 missions, 5 cannot do without something that nobody supplies" in text
    assert "landing of crew on Mars" in text
    found = answered("readiness", root / FOLDER, "moon-next")
    assert found["parameters"] == {"scenario": "moon-next"}
    assert found["answer"]["scenario"] == "moon-next"
    assert "mission:crewed-mars" in found["evidence"]


def test_readiness_has_a_page_and_a_table(root, tmp_path):
    page = tmp_path / "ready.html"
    assert ran("readiness", root / FOLDER, "moon-next", "-o", page).exit_code == 0
    assert "How ready is Moon Next?" in page.read_text(encoding="utf-8")
    assert did("readiness", root / FOLDER, "moon-next", "--format", "csv").startswith("mission,led by,planned,")


def test_a_scenario_that_is_not_there_is_refused(root):
    assert "did you mean 'moon-next'" in refused("readiness", root / FOLDER, "moon-nxt")
    assert ".html" in refused("readiness", root / FOLDER, "moon-next", "-o", "page.doc")


def test_compare_lays_scenarios_side_by_side(root, tmp_path):
    quick = ("--part", "objectives", "--part", "path")
    found = answered("compare", root / FOLDER, *quick)
    assert [one["id"] for one in found["answer"]["scenarios"]] == ["asteroid-next", "moon-next"]
    assert found["answer"]["aspects"] == ["objectives", "path"]
    page = tmp_path / "compared.html"
    assert ran("compare", root / FOLDER, "moon-next", *quick, "-o", page).exit_code == 0
    assert "Scenarios side by side" in page.read_text(encoding="utf-8")
    assert "did you mean 'moon-next'" in refused("compare", root / FOLDER, "moon-nxt")
    assert "--part" in refused("compare", root / FOLDER, "--part", "beauty")
    assert "no scenario" in refused("compare", root / "portfolios/hubble")


def test_on_a_narrow_terminal_each_cell_stands_with_its_scenario(root):
    told = did("compare", root / "portfolios/exploration2026", "--part", "objectives", "--part", "costs")
    rows = told.partition("Side by side")[2].splitlines()
    place = next(at for at, line in enumerate(rows) if line == "missions · with people")
    assert {line.strip() for line in rows[place + 1 : place + 7]} >= {
        "International Lunar Research Station: 1",
        "Moon Base in three phases: 0",
    }
    assert "objectives · search for life · all: none stated" in rows
    assert "costs · stated costs together, at least · not stated" in rows
    assert "prices): none" in told


def test_what_names_a_row_stands_first_however_long_it_is(root):
    told = did("dossier", root / FOLDER, "exomars-2016").partition("What is to be done")[2].partition("Partners")[0]
    steps = [line for line in told.splitlines() if line and not line.startswith(" ")]
    assert any(line.startswith("Look at the agreement “Mars Exploration Joint") for line in steps)
    assert not [line for line in told.splitlines() if " ·  · " in line or line.lstrip().startswith("·")]


def test_more_than_can_be_drawn_is_refused(root):
    for command in (
        ("compare", root / FOLDER),
        ("backtest", root / FOLDER, root / "portfolios/outcomes/after-2011.yaml"),
    ):
        assert "1000000" in refused(*command, "--iterations", "1000001")


def test_align_advises_one_agency(root):
    text = " ".join(did("align", root / FOLDER, "asteroid-next", "--for", "esa").split())
    assert "Asteroid Next uses 2 of" in text
    found = answered("align", root / FOLDER, "asteroid-next", "--for", "esa")
    assert {"offer", "develop"} <= {one["sort"] for one in found["answer"]["advice"]}
    assert "did you mean 'esa'" in refused("align", root / FOLDER, "asteroid-next", "--for", "esx")
