import csv
from importlib.resources import files
from typing import get_args

import pytest
import yaml

from synodos.language import BANDS, GENERAL_KNOWLEDGE, NAMES, Source, VocabularyTerm, load
from synodos.language.marks import Confidence

FOLDER = files("synodos.language").joinpath("vocabularies")
EVERY_VOCABULARY = pytest.mark.parametrize("name", NAMES)


def content(name):
    return yaml.safe_load(FOLDER.joinpath(name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def building_blocks():
    """Rows of the lists of other bodies."""
    with FOLDER.joinpath("building_blocks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_shipped_vocabulary_is_named():
    shipped = {path.name.removesuffix(".yaml") for path in FOLDER.iterdir() if path.name.endswith(".yaml")}
    assert shipped == {*NAMES, "building_blocks_sources"}
    with pytest.raises(KeyError):
        load("building_blocks_sources")


@EVERY_VOCABULARY
def test_a_file_says_what_it_is(name):
    file = content(f"{name}.yaml")
    assert (file["format"], file["version"], file["name"]) == ("synodos-vocabulary", 1, name)
    assert load(name).title == file["title"]


@EVERY_VOCABULARY
def test_ids_are_unique_and_none_is_lost(name):
    ids = [term["id"] for term in content(f"{name}.yaml")["terms"]]
    assert len(set(ids)) == len(ids) > 0
    assert list(load(name)) == ids


@EVERY_VOCABULARY
def test_parents_stand_before_their_children(name):
    above = set()
    for term in load(name).terms.values():
        assert term.parent is None or term.parent in above, term.id
        above.add(term.id)


@EVERY_VOCABULARY
def test_what_a_term_serves_stands_before_it_in_another_branch(name):
    above = set()
    vocabulary = load(name)
    for term in vocabulary.terms.values():
        assert above.issuperset(term.serves), term.id
        assert not any(vocabulary.covers(wider, term.id) for wider in term.serves), term.id
        above.add(term.id)


@EVERY_VOCABULARY
def test_every_term_cites_sources_that_exist_and_every_source_is_cited(name):
    vocabulary = load(name)
    cited = {key for term in vocabulary.terms.values() for key in term.sources}
    assert cited == set(vocabulary.sources)


@EVERY_VOCABULARY
def test_general_knowledge_alone_is_marked_unverified(name):
    for term in load(name).terms.values():
        assert term.confidence in get_args(Confidence)
        if set(term.sources) == {GENERAL_KNOWLEDGE}:
            assert term.confidence == "unverified", term.id


@EVERY_VOCABULARY
def test_cross_references_lead_to_lists_of_other_bodies(name, building_blocks):
    known = {f"{row['scheme']}:{row['code']}" for row in building_blocks}
    for term in load(name).terms.values():
        assert set(term.refs) <= known, term.id
        assert len(set(term.refs)) == len(term.refs), term.id


@EVERY_VOCABULARY
def test_siblings_have_labels_of_their_own(name):
    vocabulary = load(name)
    for parent in (None, *vocabulary):
        labels = [vocabulary.label(child).casefold() for child in vocabulary.children(parent)]
        assert len(set(labels)) == len(labels), parent


def test_bands_are_those_of_the_picture():
    destinations = load("destinations")
    for term in destinations.terms.values():
        assert term.band in BANDS, term.id
    assert {term.band for term in destinations.terms.values()} == set(BANDS)
    for name in set(NAMES) - {"destinations"}:
        assert {term.band for term in load(name).terms.values()} == {None}


def test_only_capabilities_are_of_use_anywhere_and_only_standards_have_revisions():
    for name in NAMES:
        terms = load(name).terms.values()
        assert any(term.anywhere for term in terms) == (name == "capabilities")
        assert any(term.revisions for term in terms) == (name == "interface-standards")


def test_there_are_nine_levels_of_technology_readiness():
    """ISO 16290 counts TRL 1 to TRL 9."""
    assert list(load("technology-readiness")) == [f"trl-{level}" for level in range(1, 10)]


def test_there_are_five_themes_and_eight_goals():
    """Five themes of the Global Exploration Strategy (2007), eight goals of the Global Exploration Roadmap (2011)."""
    roots = load("exploration-objectives").children(None)
    assert sum(term.startswith("theme-") for term in roots) == 5
    assert sum(term.startswith("goal-") for term in roots) == 8


def test_the_first_level_of_capabilities_is_the_technology_taxonomy():
    """The NASA Technology Taxonomy of 2020 has seventeen areas, TX01 to TX17."""
    areas = [term for term in load("capabilities").children(None) if term.startswith("tx")]
    assert areas == [f"tx{number:02d}" for number in range(1, 18)]


def test_lists_of_other_bodies_are_well_formed(building_blocks):
    sources = content("building_blocks_sources.yaml")["sources"]
    codes = [(row["scheme"], row["code"]) for row in building_blocks]
    assert len(set(codes)) == len(codes) > 200
    for row in building_blocks:
        assert row["label"].strip(), row
        # NASA's Moon-to-Mars functions and use cases stand under its sub-architectures.
        schemes = (row["scheme"], "M2M_SUBARCH") if row["scheme"].startswith("M2M") else (row["scheme"],)
        assert not row["parent"] or any((scheme, row["parent"]) in codes for scheme in schemes), row
        assert row["confidence"] in get_args(Confidence), row
        assert set(row["source"].split("; ")) <= set(sources), row
    assert all(Source.model_validate(source).title for source in sources.values())


def term(name, parent=None):
    return VocabularyTerm(id=name, label=name, parent=parent, confidence="read", sources=("report",))


def test_a_portfolio_may_add_terms_below_those_of_the_package():
    tree = load("capabilities")
    more = tree.extended([term("own-engine", "propulsion"), term("own-root")], {"report": Source(title="Report")})
    assert "own-engine" in more
    assert "own-engine" not in tree
    assert more.covers("propulsion", "own-engine")
    assert not more.covers("own-engine", "propulsion")
    assert more.ancestors("own-engine")[:2] == ("own-engine", "propulsion")
    assert more.children("propulsion")[-1] == "own-engine"
    assert more.children(None)[-1] == "own-root"
    assert more.label("own-engine") == "own-engine"
    assert more.label("no-such-term") == "no-such-term"
    assert more.ancestors("no-such-term") == ()


@EVERY_VOCABULARY
def test_a_term_is_covered_by_itself_and_all_above_it_only(name):
    vocabulary = load(name)
    for narrow in vocabulary:
        above = vocabulary.ancestors(narrow)
        assert above[0] == narrow
        assert vocabulary.terms[above[-1]].parent is None
        assert [wide for wide in vocabulary if vocabulary.covers(wide, narrow)] == [
            wide for wide in vocabulary if wide in above
        ]
