"""Where the library that draws durations is not installed, a page says so in place of the dates, and goes on."""

import pytest

from synodos.report.schedule import flying
from tests.language.minimal import agency, history, statement


@pytest.fixture
def plans():
    lander = statement("mission", id="lander", owner="esa", as_of="2011", name="Lander", planned="2020")
    return history(agency("esa"), lander).known_on()


@pytest.mark.parametrize("library", ["numba", "numba.core"])
def test_the_extra_is_named_in_place_of_the_dates(plans, monkeypatch, library):
    def missing(*_given, **_more):
        raise ModuleNotFoundError(name=library)

    monkeypatch.setattr(flying, "risk", missing)
    said = flying.flight(plans, "lander")
    assert said == "How sure the date is needs the extra `risk`; install it with: pip install 'synodos[risk]'."


def test_another_library_that_is_missing_is_a_fault(plans, monkeypatch):
    def missing(*_given, **_more):
        raise ModuleNotFoundError(name="synodos.nothing")

    monkeypatch.setattr(flying, "risk", missing)
    with pytest.raises(ModuleNotFoundError):
        flying.flight(plans, "lander")
