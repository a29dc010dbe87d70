"""Where e-mail goes: to a server, or into a folder of this machine as long as none is named."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465}
PATIENCE_S: Final = 10
"""Seconds that a mail server has to answer in."""
EXPECTED: Final = "expected smtp://USER:PASSWORD@HOST:PORT, smtps://… or a folder"
"""How a place for mail is written."""


def mail_settings(place: str, database: str, address: str) -> dict[str, Any]:
    """Return Django's settings of e-mail.

    Parameters
    ----------
    place : str
        `smtp://user:password@host:port`, whose connection is encrypted once it stands unless it is to this machine;
        `smtps://…`, encrypted from the start; or a folder, into which each message is written as a file. Nothing: a
        folder beside the database, or here for a database server.
    database : str
        As in `database_settings`.
    address : str
        Address at which people reach the table; its host is that of the sender.

    Raises
    ------
    ValueError
        If the place is none of these.
    """
    sender = {"DEFAULT_FROM_EMAIL": f"Synodos <synodos@{urlsplit(address).hostname or 'localhost'}>"}
    parts = urlsplit(place)
    if parts.scheme in PORTS and "://" in place:
        return {**_server(parts), **sender}
    if "://" in place:
        raise ValueError(EXPECTED)
    folder = Path(place or _beside(database)).absolute()
    backend = "django.core.mail.backends.filebased.EmailBackend"
    return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(folder), **sender}


def _server(parts: SplitResult) -> dict[str, Any]:
    """Return the settings of a mail server."""
    try:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError(EXPECTED) from None
    if not host:
        raise ValueError(EXPECTED)
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": not at_once and not _is_here(host),
        "EMAIL_TIMEOUT": PATIENCE_S,
    }


def _beside(database: str) -> str:
    """Return the folder for mail beside a database file, or here for a server."""
    return "synodos.mail" if "://" in database else f"{database}.mail"


def _is_here(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mail_leaves() -> bool:
    """Return whether messages leave this machine, and do not only lie in a folder."""
    from django.conf import settings

    return not str(settings.EMAIL_BACKEND).endswith("filebased.EmailBackend")


def absolute(path: str) -> str:
    """Return the whole address of a page, for those who are not on one."""
    from django.conf import settings

    return f"{settings.SYNODOS_AT}{path}"
