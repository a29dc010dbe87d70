"""Which database holds the table: a file, or a PostgreSQL server."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES: Final = ("postgresql", "postgres")
REOPENED_S: Final = 5
"""Seconds after which a file is opened anew: opening takes longer than asking, and a file may be replaced."""


def database_settings(address: str) -> dict[str, Any]:
    """Return Django's settings of a database.

    Parameters
    ----------
    address : str
        A path (SQLite), or `postgresql://user:password@host:port/name`.

    Raises
    ------
    ValueError
        If the address has a scheme that is not known.
    """
    scheme, separator, _ = address.partition("://")
    if not separator:
        return _sqlite(address)
    if scheme not in SCHEMES:
        message = f"a path, or an address that begins with postgresql://; found {scheme}://"
        raise ValueError(message)
    return _postgresql(address)


def keys_beside(address: str) -> str:
    """Return the folder in which private keys lie if nobody says where: beside the file, or here for a server."""
    return "synodos.keys" if "://" in address else f"{address}.keys"


def _sqlite(path: str) -> dict[str, Any]:
    """Return the settings of a file: writers wait for each other, and what was acknowledged is on the disk."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": REOPENED_S,
        "OPTIONS": options,
    }


def _postgresql(address: str) -> dict[str, Any]:
    """Return the settings of a server."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
