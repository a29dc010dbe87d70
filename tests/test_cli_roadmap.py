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


def test_align_advises_one_agency(root):
    text = " ".join(did("align", root / FOLDER, "asteroid-next", "--for", "esa").split())
    assert "Asteroid Next uses 2 of" in text
    found = answered("align", root / FOLDER, "asteroid-next", "--for", "esa")
    assert {"offer", "develop"} <= {one["sort"] for one in found["answer"]["advice"]}
    assert "did you mean 'esa'" in refused("align", root / FOLDER, "asteroid-next", "--for", "esx")
