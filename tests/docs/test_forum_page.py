"""The page on the forum: its example runs, its records are records, and every verdict is explained."""

import contextlib
import io

import pytest
import yaml

from synodos.forum import VERDICTS, outcome
from synodos.language import KIND_BY_PLURAL, History
from tests.docs.pages import BLOCK, follow
from tests.language.minimal import agency, header


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/forum.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def blocks(page):
    return {found["language"]: found["body"] for found in BLOCK.finditer(page)}


def test_the_example_prints_what_the_page_shows(root, blocks, monkeypatch):
    monkeypatch.chdir(root)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(blocks["python"], {})  # noqa: S102 - the page's own example
    assert printed.getvalue().strip() == blocks["text"].strip()


def test_the_records_of_the_page_come_to_what_it_says(blocks):
    usual = {"owner": "esa", "stated_by": "esa", "release": "public", "as_of": "2027-03-02"}
    usual |= {"confidence": "read", "sources": ["report"]}
    said = [
        KIND_BY_PLURAL[plural].model_validate(usual | one)
        for plural, records in yaml.safe_load(blocks["yaml"]).items()
        for one in records
    ]
    member = agency("esa", member_since="2007")
    others = agency("nasa", member_since="2007")
    portfolio = History(header(known_on="2027-12-31"), (member, others, *said)).known_on()
    assert outcome(portfolio, "landing-sites").verdict == "consensus-some-aside"


def test_every_verdict_is_explained(page):
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert {f"`{verdict}`" for verdict in VERDICTS} <= set(rows)


def test_the_page_shows_what_commands_print(root, page, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)
