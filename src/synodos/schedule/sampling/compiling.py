"""How kernels are compiled: those that Python calls are kept on disk, the others live within them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def inner(*, fastmath: Collection[str] = ()) -> Callable[[Kernel], Kernel]:
    """Compile a kernel that only kernels call: it needs no way in from Python, nor a place on disk of its own."""
    return _njit(fastmath, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def outer(*, fastmath: Collection[str] = ()) -> Callable[[Kernel], Kernel]:
    """Compile a kernel that Python calls."""
    compile_it = _njit(fastmath, cache=True, nogil=True)

    def kept(kernel: Kernel) -> Kernel:
        compiled = compile_it(kernel)
        cache: Any = getattr(compiled, "_cache", None)
        if hasattr(cache, "_load_overload"):  # without all that numba knows about Python, which only compiling needs
            cache.load_overload = cache._load_overload  # noqa: SLF001
        return compiled

    return kept


def _njit(fastmath: Collection[str], **options: bool) -> Callable[[Kernel], Kernel]:
    """Compile a kernel that makes no arrays: so it need not count references, over which threads would fight."""
    load_numba()
    from numba import njit

    more: dict[str, Any] = {"_nrt": False, **options}
    compiled: Callable[[Kernel], Kernel] = njit(error_model="numpy", fastmath=set(fastmath) or False, **more)
    return compiled


def load_numba() -> None:
    """Load numba without SciPy, which it looks for and which takes long to load; no kernel multiplies matrices."""
    hidden = "scipy" not in sys.modules
    if hidden:
        sys.modules["scipy"] = None  # type: ignore[assignment]  # as Python marks what cannot be imported
    try:
        import_module("numba")
    finally:
        if hidden:
            del sys.modules["scipy"]


def sources() -> str:
    """Return a name for the state of this folder's code.

    numba renews what it keeps of a kernel if its own file changes, not if another does from which it took code. As part
    of a type that all outer kernels take, this name makes it renew them.
    """
    state = 0
    for file in sorted(Path(__file__).parent.glob("*.py")):
        state = crc32(file.read_bytes(), state)
    return f"sources_{state:08x}"
