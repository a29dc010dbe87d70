"""Parts of pages that are written from the code."""

from __future__ import annotations

from collections.abc import Sequence


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def joined(*blocks: str) -> str:
    """Return a page of blocks; empty ones are left out."""
    return "\n\n".join(filter(None, blocks)) + "\n"


def plain(text: str) -> str:
    """Return a text of ours without what Markdown would take for markup."""
    parts = " ".join(text.split()).split("`")
    return "`".join(
        part if place % 2 else part.replace("<", "&lt;").replace("*", "\\*") for place, part in enumerate(parts)
    )
