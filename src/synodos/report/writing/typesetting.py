"""Documents set by Typst: which faces there are, and what is done about letters that none of them has."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

FACE: Final = "Source Sans Pro"
"""What documents are set in: it comes with the package of that name, so that every machine has it."""
STAND_IN: Final = "\u25a1"
"""What stands for a letter that no face has: an empty square."""
USUAL: Final = 0x250
"""Code point below which the faces have every letter."""
SPACES: Final = frozenset("\n\t\r")
_ONE: Final = """#set document(title: "one")
#set text(font: ("{face}", "Libertinus Serif"))
#str.from-unicode({letter})"""


def typeset(template: str, name: str, content: dict[str, Any]) -> bytes:
    """Return what a template of the package makes of some content, as PDF/UA-1 with the same bytes every time.

    Parameters
    ----------
    template : str
        File among the templates.
    name : str
        Input by which the template knows the content, which it gets as JSON.
    content : dict
        Plain values. A letter that no face has stands as an empty square: a file that lacks one is not accessible.
    """
    source = files("synodos.report").joinpath("templates", template).read_bytes()
    return _compiled(source, {name: json.dumps(_settable(content))})


def _settable(value: Any) -> Any:  # noqa: ANN401 - plain values
    """Return plain values with text that can be set."""
    if isinstance(value, str):
        return settable(value)
    if isinstance(value, dict):
        return {key: _settable(item) for key, item in value.items()}
    return [_settable(item) for item in value] if isinstance(value, list | tuple) else value


def settable(text: str) -> str:
    """Return text with an empty square for each letter that no face has."""
    lacking = {letter for letter in set(text) if not _has(letter)}
    return text.translate({ord(letter): STAND_IN for letter in lacking}) if lacking else text


def _has(letter: str) -> bool:
    """Return whether a letter can be set."""
    usual = ord(letter) < USUAL and (letter.isprintable() or letter in SPACES)
    return usual or _tried(letter)


@cache
def _tried(letter: str) -> bool:
    """Return whether some face has a letter, found out by setting it."""
    import typst

    try:
        _compiled(_ONE.format(face=FACE, letter=ord(letter)).encode(), {})
    except typst.TypstError:
        return False
    return True


def _compiled(source: bytes, inputs: dict[str, str]) -> bytes:
    """Return what Typst makes of a source: tagged, without the time and without the machine's own faces."""
    import typst

    made: bytes = typst.compile(
        source,
        format="pdf",
        font_paths=_faces(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


@cache
def _faces() -> Any:  # noqa: ANN401 - a class of Typst's, which is loaded only here
    """Return the faces that documents are set in, and no other that a machine may have."""
    import typst

    folder = files("font_source_sans_pro").joinpath("files")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
