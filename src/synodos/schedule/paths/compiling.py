"""Compiling a kernel, where the network is large enough to be worth it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

SMALL: Final = 2_000
"""Up to so many activities a kernel runs as plain Python: importing the compiler takes longer than the answer."""
INNER: Final = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Only compiled code calls the inner functions; ways in from elsewhere take a fifth of the time to compile."""
Kernel = Callable[..., Any]


@cache
def compiled(kernel: Kernel, *uses: Kernel) -> Kernel:
    """Return a kernel compiled by Numba, with the functions of its module that it calls.

    Parameters
    ----------
    kernel : callable
        A function that takes flat arrays and fills flat arrays.
    uses : callable
        The functions that it calls.

    Returns
    -------
    callable
        The same function, compiled when it is first called; machine code is kept between processes.
    """
    from numba import njit
    from numba.extending import register_jitable

    _teach_bisection()
    for one in uses:
        register_jitable(**INNER)(one)
    fast = njit(cache=True, nogil=True, error_model="numpy")(kernel)
    _forget_stale(fast.stats.cache_path or "", kernel, (*uses, _right))
    found: Kernel = fast
    return found


def _forget_stale(folder: str, kernel: Kernel, uses: tuple[Kernel, ...]) -> None:
    """Remove machine code that is older than a function that a kernel calls; Numba minds only the kernel's own file."""
    if not folder:
        return
    newest = max(Path(one.__code__.co_filename).stat().st_mtime for one in uses)
    for kept in Path(folder).glob(f"*.{kernel.__qualname__}-*.nbi"):
        if kept.stat().st_mtime < newest:
            kept.unlink(missing_ok=True)


@cache
def _teach_bisection() -> None:
    """Let compiled code call the bisection of the standard library, which plain Python runs at the speed of C."""
    from numba.extending import overload

    overload(bisect_right, strict=False)(lambda column, value, low, high: _right)  # noqa: ARG005 - the names have to be the same
    overload(bisect_left, strict=False)(lambda column, value, low, high: _left)  # noqa: ARG005


def _right(column: Any, value: int, low: int, high: int) -> int:  # noqa: ANN401 - an array of any integers
    """Return the first place from `low` to `high` of a larger number."""
    while low < high:
        middle = (low + high) >> 1
        if value < column[middle]:
            high = middle
        else:
            low = middle + 1
    return low


def _left(column: Any, value: int, low: int, high: int) -> int:  # noqa: ANN401
    """Return the first place from `low` to `high` of a number that is not smaller."""
    while low < high:
        middle = (low + high) >> 1
        if column[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low
