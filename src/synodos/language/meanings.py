"""What each field means: the text below it in the source, read only when somebody asks.

Pydantic can read these texts too, but does so while classes are built, at the start of every command.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache


@cache
def meanings(model: type) -> Mapping[str, str]:
    """Return the meaning of each field of `model`, its own and those that it inherits, by name."""
    found: dict[str, str] = {}
    for above in reversed(model.__mro__):
        if above.__module__.partition(".")[0] == __package__.partition(".")[0]:
            found.update(_stated(above.__module__).get(above.__qualname__, {}))
    return found


@cache
def _stated(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts below the fields of every class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _texts(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _texts(node: ast.ClassDef) -> dict[str, str]:
    """Return the text that stands right below each annotated name of a class."""
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in zip(node.body, node.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
