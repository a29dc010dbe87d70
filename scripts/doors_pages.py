"""The reference of the Python interface: what the door of each room lists, with its docstring."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from blocks import joined, plain, table

from synodos.language import Record

ROOMS: Final = (
    "language",
    "exchange",
    "cooperation",
    "schedule",
    "law",
    "coalition",
    "whatif",
    "roadmap",
    "forum",
    "report",
)
UNDERLINED: Final = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
LONG: Final = 200
"""Letters of a constant up to which it is shown."""
WIDE: Final = 100
"""Letters of a signature that a page shows without a bar."""


def doors_pages() -> dict[str, str]:
    """Return the page of each room, and the page that lists the rooms, by their paths."""
    rooms = {name: importlib.import_module(f"synodos.{name}") for name in ROOMS}
    rows = [[f"[`synodos.{name}`]({name}.md)", _first(room), str(len(_names(room)))] for name, room in rooms.items()]
    overview = joined(
        "# Python interface",
        "Each room of the package answers one question. What its door lists is public; all else may change without\n"
        "notice. Engines take a `Portfolio` and return values: they read no files and print nothing. An example:",
        EXAMPLE,
        table(["room", "question", "names"], rows),
        "The ledger and the pages need Django and a database; their interface to other programs is the\n"
        "[API](../../api.md).",
    )
    return {"reference/python/index.md": overview} | {
        f"reference/python/{name}.md": _page(name, room) for name, room in rooms.items()
    }


EXAMPLE: Final = """\
```python
from synodos.cooperation import dependence
from synodos.exchange import read_portfolio

portfolio = read_portfolio("portfolios/exploration2011").as_seen_by("public")
for one in dependence(portfolio).single_points[:3]:
    print(one.provider, one.capability, len(one.missions))
```"""


def _names(room: ModuleType) -> list[str]:
    """Return the names that a door lists."""
    listed: list[str] = room.__all__
    return sorted(listed, key=str.lower)


def _first(value: object) -> str:
    """Return the first paragraph of a docstring."""
    return plain(inspect.cleandoc(getattr(value, "__doc__", None) or "").split("\n\n")[0])


def _page(name: str, room: ModuleType) -> str:
    """Return the page of one room."""
    found = {one: getattr(room, one) for one in _names(room)}
    functions = {one: value for one, value in found.items() if inspect.isroutine(value)}
    classes = {one: value for one, value in found.items() if inspect.isclass(value)}
    others = {one: value for one, value in found.items() if one not in functions and one not in classes}
    return joined(
        f"# synodos.{name}",
        _first(room),
        *(block for one, value in functions.items() for block in _function(one, value)),
        *(block for one, value in classes.items() for block in _class(one, value)),
        *_others(name, others),
    )


def _function(name: str, function: Any) -> Iterator[str]:  # noqa: ANN401 - any function
    """Yield the blocks on a function."""
    yield f"## {name}"
    yield f"```python\n{_called(name, function)}\n```"
    yield from _told(function)


def _called(name: str, function: Any) -> str:  # noqa: ANN401
    """Return how a function is called, over several lines where one is too long."""
    try:
        signature = inspect.signature(function)
    except ValueError:
        return f"{name}(...)"
    text = _unquoted(f"{name}{signature}")
    if len(text) <= WIDE:
        return text
    words = ",\n    ".join(_unquoted(str(one)) for one in signature.parameters.values())
    back = "" if signature.return_annotation is inspect.Signature.empty else f" -> {signature.return_annotation}"
    return f"{name}(\n    {words},\n){back}"


def _unquoted(text: str) -> str:
    """Return a signature without the quotes round types that are read later."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)


def _class(name: str, value: type) -> Iterator[str]:
    """Yield the blocks on a class."""
    yield f"## {name}"
    if issubclass(value, Record) and value is not Record and hasattr(value, "kind"):
        yield f"{_first(value)} Its fields stand on [its page](../../records/{value.kind}.md)."
        return
    yield from _told(value)
    public = [(key, one) for key, one in vars(value).items() if not key.startswith("_")]
    for key, one in public:
        function = one.__func__ if isinstance(one, classmethod | staticmethod) else one
        if inspect.isfunction(function) and function.__doc__:
            yield f"**`{_called(key, function)}`**"
            yield from _told(function)


def _told(value: object) -> Iterator[str]:
    """Yield the blocks of a docstring in numpy's form."""
    text = inspect.cleandoc(getattr(value, "__doc__", None) or "")
    parts = UNDERLINED.split(text)
    yield from (plain(one) for one in parts[0].split("\n\n"))
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        yield f"*{heading}*"
        if heading == "Examples":
            yield f"```pycon\n{body.strip()}\n```"
        elif heading in {"Notes", "See Also"}:
            yield from (plain(one) for one in body.split("\n\n"))
        else:
            yield "\n".join(_entries(body))


def _entries(body: str) -> Iterator[str]:
    """Yield each parameter, attribute or error as an item of a list."""
    for entry in re.split(r"\n(?=\S)", body.strip("\n")):
        head, _, rest = entry.partition("\n")
        name, colon, kind = head.partition(" : ")
        said = f"**{name}**" + (f" ({plain(kind)})" if colon else "")
        yield f"- {said}: {plain(rest)}" if rest.strip() else f"- {said}"


def _others(room: str, values: dict[str, object]) -> Iterator[str]:
    """Yield a table of constants and types."""
    if values:
        yield "## Constants and types"
        yield table(
            ["name", "meaning", "value"], [[f"`{one}`", _said(room, one), _shown(values[one])] for one in values]
        )


def _shown(value: object) -> str:
    """Return a value where it is short."""
    text = repr(value)
    return f"`{text}`" if len(text) <= LONG and "`" not in text and " at 0x" not in text else ""


@cache
def _constants(room: str) -> dict[str, str]:
    """Return the docstrings that stand below the assignments of a room."""
    found: dict[str, str] = {}
    package = importlib.import_module(f"synodos.{room}")
    for path in Path(package.__file__ or "").parent.rglob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for statement, after in pairwise(body):
            named = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
            if isinstance(named, ast.Name) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                found[named.id] = str(after.value.value)
    return found


def _said(room: str, name: str) -> str:
    """Return what the docstring of a constant says."""
    return plain(_constants(room).get(name, ""))
