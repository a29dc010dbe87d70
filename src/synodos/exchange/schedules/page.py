"""Adding a source to a portfolio's page without disturbing what else stands on it."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from synodos.exchange.folder import page_lines
from synodos.exchange.yaml_text import compose
from synodos.exchange.yaml_writing import yaml_lines
from synodos.language import Header, PortfolioError

_SOURCES: Final = re.compile(r"^sources:[ \t]*(?:#.*)?\n", re.MULTILINE)
_KNOWN_ON: Final = re.compile(r"^known_on:.*$", re.MULTILINE)
_ENTRY: Final = re.compile(r"^([ \t]+)[^#\s]", re.MULTILINE)
_BLOCK: Final = re.compile(r"(?:[ \t]*(?:#.*)?\n)*(?:[ \t]+\S.*(?:\n|\Z)(?:[ \t]*\n(?=[ \t]+\S))*)*")


def page_with_source(text: str, header: Header, key: str) -> str:
    """Return the text of a page that says what `header` says.

    Parameters
    ----------
    text : str
        The page as it stands; comments and order are kept where its form allows.
    header : Header
        What it has to say: what it says now, with one source more and perhaps a later day.
    key : str
        Key of the new source.
    """
    edited = _edited(text if text.endswith("\n") else text + "\n", header, key)
    return edited if _says(edited, header) else "\n".join(page_lines(header)) + "\n"


def _says(text: str, header: Header) -> bool:
    """Return whether a page says what `header` says."""
    try:
        document = compose(text, "")
        said = {name: value for name, value in document.content.items() if name not in ("format", "version")}
        return not document.faults and Header.model_validate(said) == header
    except (PortfolioError, ValidationError, AttributeError):
        return False


def _edited(text: str, header: Header, key: str) -> str:
    """Return the page with the day replaced and the source put behind the others."""
    day = next(yaml_lines({"known_on": header.known_on.text}))
    text = _KNOWN_ON.sub(lambda _: day, text, count=1)
    source = header.sources[key].model_dump(mode="json", exclude_defaults=True)
    found = _SOURCES.search(text)
    if found is None:
        return text + "".join(f"{line}\n" for line in ("sources:", *yaml_lines({key: source}, "  ")))
    block = _BLOCK.match(text, found.end())
    end = block.end() if block is not None else found.end()
    entry = _ENTRY.search(text, found.end(), end)
    lines = "".join(f"{line}\n" for line in yaml_lines({key: source}, entry[1] if entry is not None else "  "))
    return text[:end] + lines + text[end:]
