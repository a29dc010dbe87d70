"""What tests of accounts look at: agencies to choose from."""

import pytest

from synodos.exchange import read_history
from synodos.web.table import Table


@pytest.fixture(scope="session")
def plans_of_2011(root):
    return read_history(root / "portfolios" / "exploration2011").known_on(None, "public")


@pytest.fixture(autouse=True)
def _agencies(monkeypatch, plans_of_2011):
    """Show the plans of 2011 to everybody: how a ledger is read is tested elsewhere."""
    monkeypatch.setattr(Table, "portfolio", plans_of_2011)
