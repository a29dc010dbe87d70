"""Letting Django look at another database for a while, and back at the tests' own."""

import os
from contextlib import contextmanager

from django.db import connections

from synodos.web import start


@contextmanager
def kept_connection():
    """Put the tests' own database back in its place afterwards."""
    before, settings = connections["default"], connections.settings["default"]
    named = os.environ.get("SYNODOS_DATABASE")
    try:
        yield
    finally:
        os.environ.pop("SYNODOS_DATABASE", None)
        os.environ.update({} if named is None else {"SYNODOS_DATABASE": named})
        if connections["default"] is not before:
            connections["default"].close()
        connections["default"] = before
        connections.settings["default"] = settings


@contextmanager
def opened(path):
    """Let Django look at the database in a file."""
    with kept_connection():
        start(str(path))
        yield
