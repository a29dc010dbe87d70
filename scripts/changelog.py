"""Gather the fragments of changelog.d into a section: for the site as it is built, and for CHANGELOG.md at a release.

At a release: `.venv/bin/python scripts/changelog.py 0.2.0 2027-01-31` writes the section and removes the fragments.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
KINDS: Final = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "removed": "Removed"}
HEADING: Final = "## Unreleased"


def fragments(folder: Path) -> dict[str, list[Path]]:
    """Return the fragments of each kind, in the order of their names.

    Raises
    ------
    ValueError
        If a fragment is of no known kind.
    """
    found: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        kind = path.stem.rpartition(".")[2]
        if kind not in found:
            message = f"{path.name}: expected <short-name>.<kind>.md with one of {', '.join(KINDS)}"
            raise ValueError(message)
        found[kind].append(path)
    return found


def section(folder: Path, heading: str = HEADING) -> str:
    """Return the fragments as a section of the changelog."""
    blocks = [heading]
    for kind, paths in fragments(folder).items():
        if paths:
            items = [
                " ".join(path.read_text(encoding="utf-8").split()).replace("](../docs/", "](docs/") for path in paths
            ]
            blocks += [f"### {KINDS[kind]}", "\n".join(f"- {item}" for item in items)]
    return "\n\n".join(blocks) + "\n"


def whole(root: Path = ROOT) -> str:
    """Return the changelog with what is not released yet."""
    kept = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    before, sign, after = kept.partition("\n## ")
    return f"{before}\n{section(root / 'changelog.d')}{sign}{after}"


def release(version: str, date: str, root: Path = ROOT) -> None:
    """Move the fragments into CHANGELOG.md, under a version."""
    text = whole(root).replace(HEADING, f"## {version} ({date})", 1)
    (root / "CHANGELOG.md").write_text(text, encoding="utf-8")
    for paths in fragments(root / "changelog.d").values():
        for path in paths:
            path.unlink()


if __name__ == "__main__":
    release(sys.argv[1], sys.argv[2])
