"""Setting Django up for one process."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

SECRET: Final = "SYNODOS_SECRET_KEY"  # noqa: S105 - the name of a variable
SECRET_BYTES: Final = 50


def start(database: str) -> None:
    """Set Django up on a database: a path (SQLite) or a `postgresql://` address; asked again, look at another one."""
    import django
    from django.apps import apps

    os.environ["SYNODOS_DATABASE"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "synodos.web.settings"
    if apps.ready:
        _look_at(database)
    else:
        django.setup()


def _look_at(database: str) -> None:
    """Let Django's connection lead to a database."""
    from django.db import connections

    from synodos.web.databases import database_settings

    connections["default"].close()
    configured = connections.configure_settings({"default": database_settings(database)})
    connections.settings["default"] = configured["default"]
    del connections["default"]


def keep_secret(beside: Path) -> None:
    """Take the key of sessions from the environment, or from a file that only this user can read; make it if need be.

    Parameters
    ----------
    beside : pathlib.Path
        The database file; the key's file has the same name with `.secret` after it.
    """
    if not os.environ.get(SECRET):
        os.environ[SECRET] = _kept(beside.with_name(f"{beside.name}.secret"))


def _kept(path: Path) -> str:
    """Return what a file holds, which is made if it is not there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(SECRET_BYTES)
        file.write(f"{made}\n")
    return made
