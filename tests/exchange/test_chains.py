"""A chain of records that wait for each other is told with the file and line of each link."""

import pytest

from synodos.exchange import inspect

AGENCY = """format: synodos-records
version: 1
defaults: {owner: esa, stated_by: esa, release: public, as_of: 2011, confidence: read, sources: [report]}
agencies:
  - {id: esa, name: European Space Agency, short_name: ESA, actor: intergovernmental}
"""
ANTENNA = """schedules:
  - {id: relay, name: Lunar Relay}
activities:
  - id: antenna-delivery
    name: Antenna delivered
    schedule: relay
    after:
      - activity: bus-integration
"""
BUS = """format: synodos-records
version: 1
defaults: {owner: esa, stated_by: esa, release: public, as_of: 2011, confidence: read, sources: [report]}
activities:
  - id: bus-integration
    name: Integration of the bus
    after: [{activity: bus-ready}, {activity: antenna-received}]
  - {id: bus-ready, name: Bus ready}
  - {id: antenna-received, name: Antenna received, same_as: [antenna-delivery]}
"""
PAGE = """format: synodos-portfolio
version: 1
id: relay
title: Relay
known_on: 2012
sources: {report: {title: Report}}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("portfolio", PAGE), ("agency", AGENCY + ANTENNA), ("bus", BUS)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_loop_is_told_with_the_file_and_line_of_each_link(folder):
    history, (fault,) = inspect(folder)
    assert history is None
    assert fault.code == "schedule.cycle"
    assert fault.message.startswith('"Lunar Relay" has no critical path')
    assert fault.place == "bus.yaml:7"
    assert fault.found == (
        "bus-integration (bus.yaml:7) → antenna-delivery (agency.yaml:13) = antenna-received (bus.yaml:9)"
        " → bus-integration"
    )


def test_one_link_less_is_no_loop(folder):
    file = folder / "agency.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("activity: bus-integration", "activity: bus-ready"))
    history, found = inspect(folder)
    assert found == ()
    assert len(history.statements) == 6
