"""Running the passes: as plain Python on a small network, compiled on a large one, with the same result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from synodos.schedule.paths.compiling import SMALL, compiled
from synodos.schedule.paths.flat import Column, Flat, as_arrays
from synodos.schedule.paths.walk import STEPS, Dates

WALKS: Final = 500
"""Walks through a network of just `SMALL` activities after which compiling is worth it all the same."""


class Runner:
    """Runs kernels over one network; results come back in the lists that were given."""

    def __init__(self, flat: Flat, times: int = 1) -> None:
        """Take the network as lists, and how often it will be walked through."""
        self._compiles = len(flat.order) > SMALL or len(flat.order) * times > SMALL * WALKS
        self._flat = as_arrays(flat) if self._compiles else flat

    def run(self, kernel: Callable[..., object], *given: Dates | Column | int) -> None:
        """Run a kernel, which fills the columns given; numbers go as they are."""
        if not self._compiles:
            kernel(self._flat, *given)
            return
        arrays: list[Column] = [_as_arrays(one) for one in given]
        compiled(kernel, *STEPS)(self._flat, *arrays)
        for one, filled in zip(given, arrays, strict=True):
            _take_back(one, filled)


def _as_arrays(given: Dates | Column | int) -> Dates | Column | int:
    """Return columns as arrays."""
    import numpy as np

    if isinstance(given, Dates):
        return Dates(*(np.array(column, dtype=np.int64) for column in given))
    return np.array(given) if isinstance(given, list) else given


def _take_back(given: Dates | Column | int, filled: Column) -> None:
    """Copy filled arrays into the lists that they came from."""
    if isinstance(given, list):
        given[:] = filled.tolist()
    elif isinstance(given, Dates):
        for column, values in zip(given, filled, strict=True):
            column[:] = values.tolist()
