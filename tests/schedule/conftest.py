"""A made-up network of two agencies, with calendars, a shared milestone, launch periods and progress."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from synodos.exchange import read_history, read_portfolio
from synodos.schedule.networks.network import network

TWIN_RELAY = Path(__file__).parent / "twin-relay"
NO_PERIODS = SimpleNamespace(periods=())
EXOMARS = Path(__file__).parents[2] / "portfolios" / "exomars"


@pytest.fixture(scope="session")
def twin_relay_folder():
    """The folder of the made-up portfolio."""
    return TWIN_RELAY


@pytest.fixture(scope="session")
def twin_relay():
    """The made-up portfolio."""
    return read_portfolio(TWIN_RELAY)


@pytest.fixture(scope="session")
def twin_relay_network(twin_relay):
    """Its network: two schedules, joined where the radio changes hands, and a launcher without activities."""
    return network(twin_relay)


@pytest.fixture(scope="session")
def exomars_history():
    """ExoMars as stated from 2005 to 2026."""
    return read_history(EXOMARS)


@pytest.fixture(scope="module")
def without_search():
    """No search for launch periods, which takes its time, where they do not matter."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("synodos.schedule.networks.openings.launch_periods", lambda *_args, **_limits: NO_PERIODS)
        yield
