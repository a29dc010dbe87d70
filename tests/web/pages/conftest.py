"""Pages asked without a ledger: a shipped portfolio is laid on the table, as its viewer sees it."""

from functools import cache

import pytest
from django.test import Client

from synodos.exchange import read_history
from synodos.web.table import Table


@pytest.fixture(scope="session")
def history_of(root):
    """Return a function that reads a shipped portfolio once."""
    return cache(lambda name: read_history(root / "portfolios" / name))


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    """There is no ledger, on whose state an answer could rest."""
    monkeypatch.setattr("synodos.web.repeating.state_for", lambda *_: "")


@pytest.fixture
def laid(monkeypatch, history_of):
    """Return a function that lays a shipped portfolio on the table, and gives who asks for pages."""

    def lay(name="exploration2011", viewer="public"):
        seen = cache(lambda day: history_of(name).known_on(day, viewer))
        monkeypatch.setattr(Table, "portfolio", property(lambda table: seen(table.known_on)))
        return Client()

    return lay


@pytest.fixture
def no_log(monkeypatch):
    """What would be entered into the log of events."""
    entered = []
    monkeypatch.setattr(
        "synodos.web.accounts.audit.note", lambda request, event, *, about="", user=None: entered.append((event, about))
    )
    return entered
