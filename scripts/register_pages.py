"""The registers of the law catalogue, one page for each: who is bound, since when, by which source."""

from __future__ import annotations

from blocks import joined, plain, table

from synodos.law import Registers, registers

OTHERS = {
    "none": "A party without a row is outside.",
    "unknown": "Of a party without a row it is not known whether it is in.",
}


def register_pages() -> dict[str, str]:
    """Return the page of each register by its path."""
    known = registers()
    return {register_path(name): _page(known, name) for name in known.registers}


def register_path(name: str) -> str:
    """Return the path of the page of a register."""
    return f"catalogue/register-{name.lower()}.md"


def _page(known: Registers, name: str) -> str:
    """Return the page of one register."""
    one = known.registers[name]
    rows = [
        [
            f"`{row.party}`",
            row.status,
            str(row.since or ""),
            str(row.until or ""),
            "general knowledge, unverified" if row.confidence == "unverified" else row.confidence,
            plain(row.source),
            plain(row.note or ""),
        ]
        for row in sorted(known.rows.get(name, {}).values(), key=lambda row: row.party)
    ]
    return joined(
        f"# {plain(one.title)}",
        f"Register `{name}`, as at {one.as_at}. {OTHERS[one.others]}"
        + (f" A deposit takes effect after {one.waiting_days} days." if one.waiting_days else ""),
        table(["party", "status", "since", "until", "support", "source", "note"], rows),
    )
