"""What is installed only where it is asked for: the extra that brings each heavy library."""

from __future__ import annotations

from typing import Final

EXTRA_BY_LIBRARY: Final = {
    "numba": "risk",
    "ortools": "worth",
    "docxtpl": "documents",
    "font_source_sans_pro": "documents",
    "typst": "documents",
    "jpype": "schedules",
    "mpxj": "schedules",
    "distributed": "cluster",
    "allauth": "table",
    "cryptography": "table",
    "django": "table",
    "granian": "table",
    "ninja": "table",
    "psycopg": "table",
    "rfc8785": "table",
    "whitenoise": "table",
}
"""By the name under which a library is imported."""


def what_to_install(error: ImportError) -> str | None:
    """Return in a few words which extra brings a library that is missing; None if no extra does.

    Examples
    --------
    >>> what_to_install(ModuleNotFoundError(name="numba.core"))
    "needs the extra `risk`; install it with: pip install 'synodos[risk]'"
    """
    extra = EXTRA_BY_LIBRARY.get((error.name or "").partition(".")[0])
    return extra and f"needs the extra `{extra}`; install it with: pip install 'synodos[{extra}]'"
