import re

import pytest

from synodos.cooperation import OPPORTUNITY_KINDS
from synodos.language import KINDS, fields


@pytest.fixture(scope="module")
def sections(root):
    """Terms and meanings of the glossary under each heading."""
    found, heading = {}, ""
    for line in (root / "docs/glossary.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("| ") and not line.startswith(("| term |", "| --- |")):
            term, meaning = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(heading, []).append((term, meaning))
    return found


def models():
    """Every kind, and every part of a record."""
    found = list(KINDS)
    for model in found:
        found += dict.fromkeys(field.part for field in fields(model) if field.part and field.part not in found)
    return found


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_the_names_of_kinds_and_parts_are_in_the_glossary(sections, model):
    terms = {term for rows in sections.values() for term, _ in rows}
    assert {model.__name__.lower(), re.sub(r"(?<!^)([A-Z])", r" \1", model.__name__).lower()} & terms


WORDS = {(field.name, field.words) for model in models() for field in fields(model) if field.words}


@pytest.mark.parametrize(("name", "words"), sorted(WORDS), ids=lambda value: value if isinstance(value, str) else "")
def test_the_words_that_a_field_takes_are_explained_together(sections, name, words):
    explained = [[term for term, _ in rows] for heading, rows in sections.items() if f"`{name}`" in heading]
    assert any(set(words) <= set(terms) for terms in explained)


def test_nothing_is_explained_that_no_field_takes(sections):
    taken = {}
    for name, words in WORDS:
        taken.setdefault(name, []).append({*words, "withheld"})
    for heading, rows in sections.items():
        for name in (part for part in heading.split("`")[1::2]):
            assert any({term for term, _ in rows} <= words for words in taken[name]), heading


def test_the_kinds_of_opportunities_are_in_the_glossary(sections):
    assert set(OPPORTUNITY_KINDS) <= {term for term, _ in sections["Answers"]}


def test_a_term_is_explained_once_in_one_sentence(sections):
    for heading, rows in sections.items():
        terms = [term for term, _ in rows]
        assert len(set(terms)) == len(terms), heading
        for term, meaning in rows:
            assert meaning.endswith("."), term
            assert ". " not in meaning, term
