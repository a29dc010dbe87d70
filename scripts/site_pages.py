"""Adds to the documentation site what is written from the code as it is built: nothing of it is kept in the repository.

MkDocs calls `on_config` and `on_files`; `pages` gives the same to tests.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from catalogue_pages import catalogue_pages
from changelog import whole
from commands_page import commands_page
from doors_pages import doors_pages
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from settings_page import settings_page


@cache
def pages() -> dict[str, str]:
    """Return every page by its path below `docs`."""
    found = {"reference/commands.md": commands_page(), "reference/settings.md": settings_page()}
    return found | {"changelog.md": changelog_page()} | doors_pages() | catalogue_pages()


def changelog_page() -> str:
    """Return the changelog, with what is not released yet and links that lead somewhere here."""
    return whole().replace("](changelog.d/README.md)", "](contributing/index.md)").replace("](docs/", "](")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of a folder into the navigation where it names them as `folder/*`."""
    config.nav = _filled(config.nav, Path(config.docs_dir))
    return config


def _filled(entry: Any, docs: Path) -> Any:  # noqa: ANN401 - lists, mappings and names, within each other
    """Return a part of the navigation with the pages of each folder that it names, the overview first."""
    if isinstance(entry, list):
        return [_filled(one, docs) for one in entry]
    if isinstance(entry, dict):
        return {title: _filled(one, docs) for title, one in entry.items()}
    if not entry.endswith("/*"):
        return entry
    folder = entry.removesuffix("*")
    written = {name for name in pages() if name.startswith(folder)}
    kept = {path.relative_to(docs).as_posix() for path in (docs / folder).glob("*.md")}
    return sorted(written | kept, key=lambda name: (not name.endswith("/index.md"), name))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that stand in `docs`."""
    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files
