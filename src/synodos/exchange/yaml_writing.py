"""Plain values as YAML that people like to read: block style, quotes only where they are needed.

What is written reads back as the same values, here and with any reader of YAML 1.1 or 1.2; only dates may stand
unquoted, which a reader of YAML 1.1 takes for dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from synodos.exchange.yaml_text import resolved

WIDTH: Final = 110
"""Characters of a line beyond which text is folded."""

_STEP: Final = "  "
_MOST_WHOLE: Final = 1e16
"""Numbers from here on are written with an exponent, as Python does."""
# Letters of any script, then what cannot end a plain scalar: no colon or hash at all is simpler than their rules.
_PLAIN: Final = re.compile(r"[^\W_][\w .,;()/+'%&*@!?=<>|~^\u2013\u2014-]*\Z")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")
_OTHER_READERS: Final = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null)\Z|[-+]?[.0-9][0-9_.xob,:a-fA-F]*\Z")
"""What YAML 1.1 takes for booleans and numbers; dates do not match."""
_DATE: Final = re.compile(r"\d{4}(?:-\d\d){1,2}\Z|(?:\d{4}(?:-\d\d){0,2})?\.\.(?:\d{4}(?:-\d\d){0,2})?\Z")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def yaml_lines(values: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Yield the lines of a mapping; empty lists and mappings in it are written as such.

    Parameters
    ----------
    values : mapping of str to object
        Plain values: text, numbers, booleans, None, lists and dictionaries. Names have at most 1,000 characters;
        YAML reads longer ones only in another form.
    indent : str
        Blanks that open each line.
    """
    for name, value in values.items():
        yield from _entry(f"{indent}{_flow(name)}:", value, indent)


def _entry(opening: str, value: object, indent: str) -> Iterator[str]:
    """Yield the lines of a value after what opens it, such as `name:` or `-`."""
    if isinstance(value, dict) and value:
        yield opening
        yield from yaml_lines(value, indent + _STEP)
    elif isinstance(value, list) and value:
        flow = _flow_list(value)
        if flow is not None and len(opening) + len(flow) < WIDTH:
            yield f"{opening} {flow}"
        else:
            yield opening
            for item in value:
                yield from yaml_item(item, indent + _STEP)
    else:
        yield from _scalar(opening, value, indent)


def yaml_item(value: object, indent: str) -> Iterator[str]:
    """Yield the lines of one item of a list; see `yaml_lines`."""
    if isinstance(value, dict) and value:
        lines = yaml_lines(value, indent + _STEP)
        yield f"{indent}- {next(lines)[len(indent) + len(_STEP) :]}"
        yield from lines
    else:
        yield from _entry(f"{indent}-", value, indent)


def _flow_list(values: Sequence[Any]) -> str | None:
    """Return a list of short single values in one line, or None."""
    if any(isinstance(value, dict | list) or len(str(value)) > WIDTH for value in values):
        return None
    if any(isinstance(value, str) and not _WORD.match(value) for value in values) and len(values) > 1:
        return None
    return f"[{', '.join(map(_flow, values))}]"


def _scalar(opening: str, value: object, indent: str) -> Iterator[str]:
    """Yield the lines of a single value."""
    if not isinstance(value, str):
        yield f"{opening} {_flow(value)}"
    elif "\n" in value and _fits_block(value):
        yield f"{opening} |-"
        yield from (f"{indent}{_STEP}{line}" if line else "" for line in value.split("\n"))
    elif len(opening) + len(value) >= WIDTH and " " in value and _fits_block(value):
        yield f"{opening} >-"
        yield from (f"{indent}{_STEP}{line}" for line in _folded(value, WIDTH - len(indent) - len(_STEP)))
    elif _PLAIN.match(value) and not value.endswith(" ") and not _mistaken(value):
        yield f"{opening} {value}"
    else:
        yield f"{opening} {_quoted(value)}"


def _flow(value: object) -> str:
    """Return a single value as it may stand anywhere."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if not isinstance(value, str):
        return str(value) if not isinstance(value, dict | list) else "{}" if isinstance(value, dict) else "[]"
    return value if _WORD.match(value) and not _mistaken(value) else _quoted(value)


def _number(value: float) -> str:
    """Return a number; YAML 1.1 takes one without a point, such as 1e-07, for text."""
    if value.is_integer() and 0 < abs(value) < _MOST_WHOLE:
        return str(int(value))
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")


@lru_cache(maxsize=4096)
def _mistaken(text: str) -> bool:
    """Return whether some reader would take unquoted `text` for something else."""
    if _DATE.match(text):
        return False
    try:
        return _OTHER_READERS.match(text) is not None or resolved(text) != text
    except OverflowError:
        return True


def _fits_block(text: str) -> bool:
    """Return whether text may stand line by line without quotes."""
    lines = text.split("\n")
    printable = all(line.isprintable() for line in lines)
    return printable and text.strip() == text and all(line == "" or line.strip(" ") for line in lines)


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield `text` in lines that were parted at single blanks, where that is possible within `width`."""
    line = ""
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _quoted(text: str) -> str:
    """Return text in double quotes, with escapes for what cannot be seen."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    """Return one character as it stands between double quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"  # noqa: PLR2004
