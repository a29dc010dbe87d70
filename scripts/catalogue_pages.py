"""The law catalogue, one page for each instrument: norms, pinpoints, windows, readings and sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from blocks import joined, plain, table
from register_pages import register_pages, register_path

from synodos.language import Source, load
from synodos.law import Catalogue, Instrument, Norm, catalogue

STRENGTHS: Final = ("treaty", "statute", "regulation", "directive", "resolution", "commitment", "policy", "guidance")
HEADINGS: Final = {
    "treaty": "Treaties",
    "statute": "Statutes",
    "regulation": "Regulations",
    "directive": "Directives",
    "resolution": "Resolutions",
    "commitment": "Political commitments",
    "policy": "Policies",
    "guidance": "Guidance",
}


def catalogue_pages() -> dict[str, str]:
    """Return the pages of the catalogue by their paths."""
    known = catalogue()
    pages = {"catalogue/index.md": _overview(known), "catalogue/contested.md": _contested(known)}
    pages |= register_pages()
    return pages | {f"catalogue/{one.id}.md": _instrument(known, one) for one in known.instruments.values()}


def _overview(known: Catalogue) -> str:
    """Return the page that lists the instruments by their strength."""
    found = {
        strength: [one for one in known.instruments.values() if one.strength == strength] for strength in STRENGTHS
    }
    return joined(
        "# The law catalogue",
        f"{len(known.norms)} norms of {len(known.instruments)} instruments. Every sentence is ours; pinpoint and\n"
        "source lead to the text. [Law](../law.md) says how they are applied to plans, [norms](../norms.md) how one\n"
        "is added, and [contested questions](contested.md) what is read in more than one way.",
        *(block for strength, listed in found.items() if listed for block in _group(known, strength, listed)),
        "## Registers",
        "Who is bound by what, with a source for each row.",
        "\n".join(
            f"- [{plain(one.title)}]({Path(register_path(name)).name})"
            for name, one in known.registers.registers.items()
        ),
    )


def _group(known: Catalogue, strength: str, listed: list[Instrument]) -> Iterator[str]:
    """Yield heading and table of the instruments of one strength."""
    yield f"## {HEADINGS[strength]}"
    rows = [
        [f"[{plain(one.title)}]({one.id}.md)", _bound(one), _window(one), str(len(_norms(known, one)))]
        for one in listed
    ]
    yield table(["instrument", "binds", "in force", "norms"], rows)


def _norms(known: Catalogue, instrument: Instrument) -> list[Norm]:
    """Return the norms of an instrument in order."""
    return [norm for norm in known.norms.values() if known.instrument_of[norm.id] == instrument.id]


def _instrument(known: Catalogue, one: Instrument) -> str:
    """Return the page on one instrument."""
    norms = _norms(known, one)
    keys = dict.fromkeys([*one.sources, *(key for norm in norms for key in norm.sources)])
    return joined(
        f"# {plain(one.title)}",
        _listed(
            [
                ["strength", one.strength],
                ["binds", _bound(one)],
                ["in force", _window(one)],
                *_renewals(one),
                ["text public since", str(one.known_since or "the first day in force")],
                ["support", _support(one.confidence)],
            ]
        ),
        plain(one.note or ""),
        *(block for norm in norms for block in _norm(known, norm)),
        "## Sources",
        "\n".join(f"- **{key}** · {_source(known.sources[key])}" for key in keys),
    )


def _norm(known: Catalogue, norm: Norm) -> Iterator[str]:
    """Yield the blocks on one norm."""
    yield f"## {norm.id} · {plain(norm.title)}"
    yield plain(norm.text)
    rows = [
        ["pinpoint", plain(norm.pinpoint)],
        ["bearer", plain(norm.bearer)],
        ["kind", norm.modality],
        *_details(known, norm),
    ]
    yield _listed(rows)
    if norm.note:
        yield f"Note: {plain(norm.note)}"
    for one in norm.later:
        yield f"Known since {one.known_since}: {plain(one.text)}"


def _details(known: Catalogue, norm: Norm) -> Iterator[list[str]]:
    """Yield what is said of a norm beyond what all have."""
    if norm.begins or norm.until:
        yield ["in force", _window(norm)]
    yield from _renewals(norm)
    if norm.met_when:
        words = load("legal-questions").terms
        asked = (
            f"{plain(norm.questions.get(key, words[key].label))} {answer}" for key, answer in norm.met_when.items()
        )
        yield ["met when", "; ".join(asked)]
    if norm.lifts:
        yield ["exempts from", ", ".join(f"[{one}]({known.instrument_of[one]}.md)" for one in norm.lifts)]
    if norm.arises:
        yield ["arises", plain(norm.arises)]
    if norm.contested:
        words = load("contested-questions").terms
        yield ["contested", "; ".join(f"[{plain(words[one].label)}](contested.md#{one})" for one in norm.contested)]
    if norm.confidence:
        yield ["support", _support(norm.confidence)]
    if norm.sources:
        yield ["sources", ", ".join(norm.sources)]


def _contested(known: Catalogue) -> str:
    """Return the page on contested questions and their readings."""
    words = load("contested-questions")
    blocks: list[str] = []
    for question in words.children(None):
        norms = [norm for norm in known.norms.values() if question in norm.contested]
        blocks.append(f"## {plain(words.terms[question].label)} {{ #{question} }}")
        blocks.append(
            table(
                ["reading", "who holds it", "support"],
                [
                    [plain(term.label), plain((term.note or "").removeprefix("Held by: ")), _support(term.confidence)]
                    for term in (words.terms[key] for key in words.children(question))
                ],
            )
        )
        if norms:
            listed = ", ".join(f"[{norm.id}]({known.instrument_of[norm.id]}.md)" for norm in norms)
            blocks.append(f"Norms that hinge on it: {listed}.")
    return joined(
        "# Contested questions of law",
        "Where a text is read in more than one way, every reading stands here with those who hold it. Synodos weighs\n"
        "none; [`synodos law contested`](../reference/commands.md#synodos-law-contested) lays them beside a portfolio.",
        *blocks,
        "## Sources",
        "\n".join(f"- **{key}** · {_source(source)}" for key, source in words.sources.items()),
    )


def _bound(one: Instrument) -> str:
    """Return whom an instrument binds."""
    told = one.binds
    if told.listed_in:
        return f"whom the register [{told.listed_in}]({Path(register_path(told.listed_in)).name}) lists"
    if told.agencies is not None:
        return "agencies: " + ", ".join(told.agencies)
    if told.everybody:
        return {"states": "all states and organisations", "actors": "everybody who takes part"}[told.everybody]
    words = {"state": told.state, "agencies of": told.agencies_of, "persons of": told.persons_of}
    return "; ".join(f"{name} {value}" for name, value in words.items() if value)


def _listed(rows: list[list[str]]) -> str:
    """Return names with what they are as a list."""
    return "\n".join(f"- **{name}**: {text}" for name, text in rows)


def _renewals(one: Instrument | Norm) -> Iterator[list[str]]:
    """Yield the acts that carried a window further."""
    if one.renewed:
        acts = (f"until {act.until} (known since {act.known_since})" for act in one.renewed)
        yield ["carried on", ", then ".join(acts)]


def _window(one: Instrument | Norm) -> str:
    """Return from when until when something is in force."""
    since = f"from {one.begins}" if one.begins else ""
    end = one.renewed[-1].until if one.renewed else one.until
    until = f"until {end}" if end else ""
    after = " (what came then was not found)" if one.afterwards == "unknown" else ""
    return f"{since} {until}{after}".strip() or "always"


def _support(confidence: str) -> str:
    """Return how well something is supported."""
    return "general knowledge, unverified" if confidence == "unverified" else confidence


def _source(source: Source) -> str:
    """Return a source in one line."""
    address = f"<{source.url}>" if source.url else None
    date = str(source.date) if source.date else None
    return " · ".join(filter(None, (plain(source.title), source.publisher, date, address, source.note)))
