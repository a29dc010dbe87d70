"""A door that loads what stands behind it when it is first asked for: a short question need not load every engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def deferred(door: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a door.

    Parameters
    ----------
    door : str
        The package, as its `__name__` says.
    names : mapping of str to tuple of str
        For each module behind it the names that it gives.
    """
    home = {name: module for module, given in names.items() for name in given}

    def load(name: str) -> object:
        if name not in home:
            message = f"module {door!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = getattr(import_module(home[name]), name)
        setattr(sys.modules[door], name, found)
        return found

    return load
