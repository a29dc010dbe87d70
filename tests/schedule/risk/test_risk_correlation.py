"""Stated correlations that cannot hold are refused, and the entries are named."""

import pytest

from tests.schedule.risk.studies import risk_record, spread, study
from tests.schedule.works import network, task

WIDE = spread("uniform", low=0.5, high=1.5)


def three(*pairs, agencies=("esa", "jaxa", "nasa"), **asked):
    nodes = [
        task(key, 100, agency, spread=WIDE) for key, agency in zip(("bus", "radar", "tank"), agencies, strict=True)
    ]
    entries = [{"activities": pair.split(), "coefficient": value} for pair, value in pairs]
    return study(network(nodes), risk_record("supplier", correlations=entries), iterations=256, **asked)


def test_a_combination_that_no_durations_can_have():
    with pytest.raises(ValueError, match=r"risk\.correlation") as raised:
        three(("bus radar", 0.9), ("radar tank", 0.9), ("bus tank", -0.9))
    for word in ("bus and radar", "radar and tank", "bus and tank", "risk:supplier"):
        assert word in str(raised.value)


def test_two_values_for_one_pair():
    with pytest.raises(ValueError, match=r"bus and radar correlate by 0\.5 .*and 0\.3 \(risk:supplier\)"):
        three(("bus radar", 0.3), ("radar bus", 0.5))


def test_an_activity_with_itself():
    with pytest.raises(ValueError, match="bus and bus"):
        three(("bus bus", 1.0))


def test_full_correlation_and_its_opposite_are_possible():
    assert three(("bus radar", 1.0)).iterations == 256
    found = three(("bus radar", -1.0), agencies=("esa", "esa", "esa"), agency_correlation=0.25)
    assert any("share no common factor" in note for note in found.notes)


def test_pairs_with_what_is_not_in_the_network_are_left_out():
    assert three(("bus harbour", 0.9)).iterations == 256
