"""Nothing in the defaults tells of what came after the day of knowledge."""

import datetime as dt
import re

import pytest

from synodos.exchange import read_history
from synodos.schedule import default_defaults, risk
from synodos.schedule.networks.network import network
from tests.schedule.risk.studies import calm, commitment, portfolio, study
from tests.schedule.works import network as small
from tests.schedule.works import task

DAY = dt.date(2009, 12, 17)
SAID = re.compile(r"rest(?:s)? on sources up to (\d{4}-\d{2}-\d{2}), after the day of knowledge")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def texts(answer):
    """All that an answer tells of its defaults, but for the day up to which their sources go."""
    joint = [answer.joint.confidence_source] if answer.joint else []
    told = [text for one in answer.defaults for text in (one.name, one.says, one.source)]
    told += [text for one in answer.other_defaults for text in (one.name, one.value)]
    told += [one.name for one in answer.drivers if one.kind == "default"]
    return [SAID.sub("", text) for text in (*told, *joint, *answer.assumed, *answer.notes)]


@pytest.fixture(scope="module")
def early(exomars_history):
    known = exomars_history.known_on(DAY)
    return known, risk(network(known, ["exomars-rover"]), known, iterations=512, threads=2)


def test_no_later_year_stands_in_the_defaults(early):
    _, answer = early
    assert texts(answer)
    late = [text for text in texts(answer) if any(int(year) > DAY.year for year in YEAR.findall(text))]
    dates = {one.planned.year for one in answer.finishes if one.planned} | {2018}
    assert [text for text in late if {int(year) for year in YEAR.findall(text)} - dates] == []


def test_no_commitment_that_is_not_known_is_named(early, exomars_history):
    known, answer = early
    unknown = {one.id for one in exomars_history.statements if one.kind == "commitment"} - set(known.commitments)
    assert "roscosmos-insurance-money" in unknown
    assert [text for text in texts(answer) if any(one in text for one in unknown)] == []


def test_every_default_that_is_younger_says_so(early):
    _, answer = early
    hindsight = {one.name: one for one in answer.defaults if one.hindsight_to is not None}
    assert {"duration", "kept.intent", "replacement", "shock-per-year"} <= set(hindsight)
    for one in hindsight.values():
        said = f"judgement with hindsight: rests on sources up to {one.hindsight_to}, after the day of knowledge"
        assert one.source == said
        assert one.judgement
    note = next(said for said in answer.notes if "after the day of knowledge" in said)
    assert f"up to {max(one.hindsight_to for one in hindsight.values())}," in note


def test_once_its_sources_are_known_a_default_tells_them():
    shipped = default_defaults()
    replacement = shipped.sourced("replacement")
    assert "2024-05-16" in replacement.source_on(dt.date(2024, 5, 16))
    assert "ExoMars" not in replacement.source_on(dt.date(2024, 5, 15))
    assert shipped.sourced("correlation").source_on(DAY) == shipped.sourced("correlation").source


def test_no_default_rests_on_later_events_than_it_says():
    shipped = default_defaults()
    for table in (shipped.spreads, shipped.kept, shipped.numbers):
        for name, one in table.items():
            named = [dt.date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", one.source)]
            years = [int(year) for year in YEAR.findall(one.source)]
            assert (one.sources_to is not None) or not years, name
            assert all(day <= one.sources_to for day in named), name
            assert all(year <= one.sources_to.year for year in years), name


def test_the_chances_of_commitments_are_as_young_as_those_that_were_counted(root):
    default = default_defaults().sourced("kept.intent")
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+", default.source))
    stated = [
        one.as_of.latest
        for name in ("exomars", "gateway", "cassini-huygens", "iss", "jwst")
        for one in read_history(root / "portfolios" / name).statements
        if one.kind == "commitment" and one.id in named
    ]
    assert max(stated) <= default.sources_to


def test_defaults_younger_than_they_say_are_refused():
    content = default_defaults().model_dump()
    content["as_of"] = dt.date(2020, 1, 1)
    with pytest.raises(ValueError, match="no source after 2020-01-01; found later ones for duration, replacement"):
        type(default_defaults()).model_validate(content)


def test_what_nobody_uses_leaves_no_note():
    sure = {"shape": "discrete", "values": [1], "weights": [1]}
    given = small([task("build", 10, leads_to="rover", spread=type(calm().spread("cost"))(**sure))])
    answer = study(given, iterations=256)
    assert not any("after the day of knowledge" in said for said in answer.notes)
    told = study(given, commitment("money", ["rover"], level="intent"), iterations=256)
    assert any("after the day of knowledge" in said for said in told.notes)
    assert portfolio().known_on < default_defaults().as_of


def test_the_default_time_to_launch_tells_no_later_source(root):
    history = read_history(root / "portfolios" / "jwst")
    assumed = [said for node in network(history.known_on(dt.date(2000, 12, 17))).nodes for said in node.assumed]
    lasting = [said for said in assumed if said.startswith("duration: 87 months")]
    assert lasting
    assert all(SAID.search(said) for said in lasting)
    assert not any(int(year) > 2000 for said in lasting for year in YEAR.findall(SAID.sub("", said)))
