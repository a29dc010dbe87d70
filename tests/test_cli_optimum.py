"""Scenarios laid beside the one that a reader's weights propose."""

import pytest

from synodos.exchange import write
from synodos.language import Scenario
from tests.coalition.planned_worlds import agency, history, mission
from tests.commands import answered, did, ran, refused

QUICK = ("--part", "objectives")
MAPS, LIFE = "objective-resource-maps", "objective-past-or-present-life"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two missions, of which one states its cost, and a scenario that flies the other."""
    declared = Scenario(
        id="declared", name="Declared", owner="jaxa", stated_by="compilers", release="public", as_of="2011",
        confidence="read", sources=("paper",), missions=("rover",),
    )  # fmt: skip
    records = (
        agency("esa", 1_000),
        agency("jaxa", 1_000),
        mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["lunar-orbit"]),
        mission("rover", "jaxa", (), None, objectives=[LIFE], destinations=["mars-surface"]),
        declared,
    )
    path = tmp_path_factory.mktemp("optimum") / "plans"
    write(history(*records), path)
    return path


def test_the_optimum_stands_beside_what_was_declared(folder, tmp_path):
    found = answered("compare", folder, *QUICK, "--optimum", "moon=1", "--optimum", "mars=2")
    assert [one["id"] for one in found["answer"]["scenarios"]] == ["declared", "optimum"]
    assert found["answer"]["scenarios"][1]["missions"] == ["mapper"]
    assert found["parameters"]["optimum"] == {"moon": 1, "mars": 2}
    assert found["portfolio"]["sha256"] == answered("compare", folder, *QUICK)["portfolio"]["sha256"]
    text = " ".join(did("compare", folder, *QUICK, "--optimum", "moon=1", "--optimum", "mars=2").split())
    assert "Optimum: 1 mission reaches 1 of a weight of 3 (33 %)." in text
    assert "Not reached: 1 of 2 that are weighed, 1 of them since no mission that serves it states its cost." in text
    page = tmp_path / "compared.html"
    assert ran("compare", folder, *QUICK, "--optimum", "moon=1", "-o", page).exit_code == 0
    assert "What your weights propose" in page.read_text(encoding="utf-8")


def test_where_nothing_is_priced_the_rest_is_compared_and_it_is_said(folder):
    found = answered("compare", folder, *QUICK, "--optimum", "mars=1")
    assert [one["id"] for one in found["answer"]["scenarios"]] == ["declared"]
    assert any(note.startswith("No optimum: No mission that serves") for note in found["notes"])


def test_weights_that_make_no_sense_are_refused(folder, root):
    assert "did you mean 'mars'" in refused("compare", folder, "--optimum", "marz=1")
    assert "as mars=2" in refused("compare", folder, "--optimum", "mars")
    assert "found -1 for mars" in refused("compare", folder, "--optimum", "mars=-1")
    nothing = refused("compare", root / "portfolios/exomars", "--optimum", "mars=1")
    assert "no scenario to be seen. No mission that serves anything with a weight states its cost" in nothing
