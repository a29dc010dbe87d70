import subprocess
import sys

import pytest
import yaml

from synodos.language import KIND_BY_PLURAL, KINDS

FOLDERS = ("records", "vocabularies", "schemas")
COMMAND = ".venv/bin/python scripts/write_docs.py"


def texts(docs):
    """Every file of the generated folders by its path."""
    paths = (path for folder in FOLDERS for path in (docs / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(docs)): path.read_text(encoding="utf-8") for path in paths}


def test_published_pages_and_schemas_are_those_of_the_code(root, tmp_path):
    subprocess.run([sys.executable, "scripts/write_docs.py", str(tmp_path)], cwd=root, check=True)
    published, expected = texts(root / "docs"), texts(tmp_path)
    stale = sorted(name for name in published.keys() | expected.keys() if published.get(name) != expected.get(name))
    assert stale == [], f"out of date or left over; write them anew with: {COMMAND}"


def test_every_kind_has_a_page_and_a_schema(root):
    for folder, ending in (("records", "md"), ("schemas", "json")):
        found = {path.stem for path in (root / "docs" / folder).glob(f"*.{ending}")}
        assert {kind.kind for kind in KINDS} <= found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_the_example_on_a_page_is_a_valid_file(root, kind):
    page = (root / f"docs/records/{kind.kind}.md").read_text(encoding="utf-8")
    (example,) = (block.partition("```")[0] for block in page.split("```yaml\n")[1:])
    content = yaml.safe_load(example)
    assert (content.pop("format"), content.pop("version")) == ("synodos-records", 1)
    assert [KIND_BY_PLURAL[name] for name in content] == [kind]
    assert all(kind.model_validate(record) for record in content[kind.plural])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_field_of_a_kind_is_on_its_page_or_on_that_of_all_kinds(root, kind):
    pages = [(root / f"docs/records/{name}.md").read_text(encoding="utf-8") for name in (kind.kind, "index")]
    described = {line.split("**")[1] for page in pages for line in page.splitlines() if line.startswith("| **")}
    assert set(kind.model_fields) <= described


def test_links_between_generated_pages_lead_somewhere(root):
    for page in (path for folder in FOLDERS for path in (root / "docs" / folder).glob("*.md")):
        text = page.read_text(encoding="utf-8")
        headings = {line.lstrip("# ").lower().replace(" ", "-") for line in text.splitlines() if line.startswith("#")}
        for link in (part.partition(")")[0] for part in text.split("](")[1:]):
            name, _, anchor = link.partition("#")
            assert (page.parent / name).exists() if name else anchor in headings, f"{page.name}: {link}"
