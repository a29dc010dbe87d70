"""What is written from the code as the site is built: nothing of the code is left out of it."""

import importlib
import re
import sys
from xml.sax.saxutils import unescape

import pytest
import yaml
from typer.main import get_command

from synodos.cli import app
from synodos.law import catalogue


@pytest.fixture(scope="module")
def site(root):
    """The script that adds the pages."""
    sys.path.insert(0, str(root / "scripts"))
    yield importlib.import_module("site_pages")
    sys.path.remove(str(root / "scripts"))


@pytest.fixture(scope="module")
def pages(site):
    return site.pages()


def names(group, before="synodos"):
    """Each command as it is typed."""
    for name, command in group.commands.items():
        yield from names(command, f"{before} {name}") if hasattr(command, "commands") else [f"{before} {name}"]


def test_every_command_and_option_is_on_the_page(pages):
    page = pages["reference/commands.md"]
    assert [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")] == [
        *names(get_command(app))
    ]
    assert "| `--withdraw` |" in page


def test_manual_and_readme_name_commands_and_options_that_exist(pages, root):
    known = dict(
        re.findall(r"^## (synodos [^\n]+)\n(.*?)(?=^## |\Z)", pages["reference/commands.md"], re.DOTALL | re.MULTILINE)
    )
    words = {" ".join(name.split()[:n]) for name in known for n in (1, 2, 3)}
    wrong = []
    for path in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]:
        for typed in re.findall(r"`(synodos [a-z][^`|]*)`", path.read_text(encoding="utf-8")):
            command = max((name for name in words if f"{typed} ".startswith(f"{name} ")), key=len)
            told = "".join(text for name, text in known.items() if name.startswith(command))
            missing = [option for option in re.findall(r"--[a-z][a-z0-9-]+", typed) if f"`{option}`" not in told]
            if command == "synodos" or missing:
                wrong.append(f"{path.name}: {typed}: {missing or 'no such command'}")
    assert wrong == []


def test_every_public_name_has_its_place(pages):
    for room in (path.split("/")[-1].removesuffix(".md") for path in pages if path.startswith("reference/python/")):
        if room != "index":
            page = pages[f"reference/python/{room}.md"]
            missing = [name for name in importlib.import_module(f"synodos.{room}").__all__ if name not in page]
            assert missing == []


def test_every_norm_stands_with_its_pinpoint_and_sources(pages):
    known = catalogue()
    for norm in known.norms.values():
        page = unescape(pages[f"catalogue/{known.instrument_of[norm.id]}.md"])
        assert f"## {norm.id} · " in page
        assert " ".join(norm.pinpoint.split()) in page
        for key in known.sources_of(norm.id):
            assert f"**{key}**" in page, norm.id


def test_what_waits_for_a_release_stands_in_the_changelog(pages, root):
    page = pages["changelog.md"]
    waiting = [path for path in (root / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert all(" ".join(path.read_text(encoding="utf-8").split())[:60] in page for path in waiting)
    assert page.index("## Unreleased") < page.index("## First light")


def test_a_release_moves_the_fragments(site, tmp_path):
    changelog = importlib.import_module("changelog")
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\nWords.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n", encoding="utf-8"
    )
    for name, text in (("b.fixed.md", "Mended.\n"), ("a.added.md", "New.\n"), ("README.md", "How.\n")):
        (tmp_path / "changelog.d" / name).write_text(text, encoding="utf-8")
    changelog.release("0.2.0", "2027-01-01", tmp_path)
    kept = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
    assert kept == (
        "# Changelog\n\nWords.\n\n## 0.2.0 (2027-01-01)\n\n### Added\n\n- New.\n\n### Fixed\n\n- Mended.\n"
        "\n## 0.1.0 (2026-01-01)\n\n- Old.\n"
    )
    assert [path.name for path in (tmp_path / "changelog.d").iterdir()] == ["README.md"]
    (tmp_path / "changelog.d/c.better.md").write_text("?", encoding="utf-8")
    with pytest.raises(ValueError, match=r"c\.better\.md: expected"):
        changelog.section(tmp_path / "changelog.d")


def test_the_citation_names_this_version(root):
    told = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0"
    assert told["version"] == importlib.import_module("synodos").__version__
    assert {"message", "title", "authors"} <= told.keys()
