"""Answers on schedules, risk and launch periods: they hold what the engines say, and say what they rest on."""

import datetime as dt
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from synodos.exchange import read_history
from synodos.report import (
    as_csv,
    difference_answer,
    dossier_answer,
    health_answer,
    launch_periods_answer,
    path_answer,
    risk_answer,
    why_answer,
    write_page,
)
from synodos.report.answering.wording import amount, days_text, listed, percent
from synodos.report.schedule.flying import flight, next_joint
from synodos.report.schedule.moments import finish_text, last_day, reached_text, start_text
from synodos.schedule import (
    critical_path,
    difference,
    drags,
    health,
    launch_periods,
    minutes_of,
    moment_of,
    near_critical,
    network,
    porkchop,
    risk,
    who_holds,
    why,
)

ADOPTED, REPLACED = dt.date(2009, 12, 17), dt.date(2016, 3, 31)
"""Days on which ExoMars was adopted with NASA, and worked on with Roscosmos."""


@pytest.fixture(scope="module")
def exomars(root):
    return read_history(root / "portfolios/exomars")


@pytest.fixture(scope="module")
def relay(root):
    """A made-up mission of two made-up agencies that state activities, costs, risks and spreads."""
    return read_history(root / "tests/schedule/twin-relay").known_on()


@pytest.fixture(scope="module")
def paths(exomars, relay):
    """For each portfolio what the engine says of it."""
    seen = {
        "adopted": exomars.known_on(ADOPTED, "public"),
        "replaced": exomars.known_on(REPLACED, "public"),
        "relay": relay,
    }
    return {name: (portfolio, critical_path(network(portfolio))) for name, portfolio in seen.items()}


@pytest.fixture(scope="module")
def studies(paths):
    return {
        name: (portfolio, risk(path.network, portfolio, iterations=1_000)) for name, (portfolio, path) in paths.items()
    }


def rows(answer, name):
    """Rows of one table, as mappings."""
    (table,) = (table for table in answer.tables if table.name == name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def answered(portfolio, path, **more):
    return path_answer(portfolio, path, who_holds(path), near_critical(path, 30), **more)


# the critical path


@pytest.mark.parametrize("name", ["adopted", "replaced", "relay"])
def test_every_activity_stands_in_the_answer_as_the_engine_has_it(name, paths):
    portfolio, path = paths[name]
    answer = answered(portfolio, path)
    listed = rows(answer, "path")
    assert [row["early start"] for row in listed] == sorted(row["early start"] for row in listed)
    assert {row["id"] for row in listed} == set(path.network.place)
    for row, record in zip(listed, answer.envelope.answer["activities"], strict=True):
        place = path.network.place[row["id"]]
        assert row["total float (days)"] == round(path.total_float_days(place), 1)
        drag = drags(path)[place]
        assert (row["critical"], row["drag (days)"]) == (bool(path.critical[place]), round(drag / 1440, 1))
        assert minutes_of(dt.datetime.fromisoformat(record["early_finish"])) == path.early_finish[place]
        assert record["on_longest_path"] == bool(path.on_longest_path[place])
        assert row["agency"] == portfolio.agency_name(path.network.nodes[place].agency)


@pytest.mark.parametrize("name", ["adopted", "replaced", "relay"])
def test_holders_add_up_and_handovers_are_the_engines(name, paths):
    portfolio, path = paths[name]
    holding, answer = who_holds(path), answered(portfolio, path)
    shares = [row["share"] for row in rows(answer, "holders")]
    assert sum(shares) == pytest.approx(1, abs=0.01)
    assert shares == sorted(shares, reverse=True)
    found = rows(answer, "handovers")
    assert [(row["number"], row["what"]) for row in found] == [(n, h.text) for n, h in enumerate(holding.handovers, 1)]
    assert [row["on"] for row in found] == [str(moment_of(h.at).date()) for h in holding.handovers]
    assert answer.envelope.answer["longest_path"] == list(holding.chain)


def test_exomars_without_activities_is_labelled_defaults_only(paths):
    for name in ("adopted", "replaced"):
        answer = answered(*paths[name])
        assert any(sentence.startswith("Defaults only") for sentence in answer.sentences)
        assert answer.envelope.answer["defaults_only"] is True
        assert any(line.startswith("develop:exomars-rover-vehicle: how long") for line in answer.envelope.missing)


def test_stated_durations_are_not_labelled(paths):
    answer = answered(*paths["relay"])
    assert not any("Defaults only" in sentence for sentence in answer.sentences)
    assert answer.envelope.answer["defaults_only"] is False


def test_what_rests_on_unverified_facts_is_marked(paths):
    portfolio, path = paths["adopted"]
    answer = answered(portfolio, path)
    doubtful = {f"{record.kind}:{record.id}" for record in portfolio.unverified}
    marked = {row["id"] for row in rows(answer, "path") if row["unverified"]}
    assert marked == {node.id for node in path.network.nodes if doubtful & set(node.records)}
    assert marked
    assert set(answer.envelope.unverified) == doubtful & {key for node in path.network.nodes for key in node.records}


@pytest.mark.parametrize(("name", "day"), [("adopted", ADOPTED), ("replaced", REPLACED)])
def test_no_answer_rests_on_what_was_stated_later(name, day, exomars, paths, studies):
    known = {f"{one.kind}:{one.id}" for one in exomars.statements if one.as_of.latest <= day}
    portfolio, path = paths[name]
    answers = (answered(portfolio, path), risk_answer(*studies[name]), dossier_answer(portfolio, "exomars-rover"))
    for answer in answers:
        assert answer.envelope.evidence
        assert set(answer.envelope.evidence) <= known
        assert answer.envelope.portfolio.known_on == day


def test_dates_that_cannot_be_kept_are_told_with_their_cause(paths):
    portfolio, path = paths["relay"]
    started = path.early_start[path.network.place["bus-tests"]]
    rules = tuple(replace(one, finish_by=int(started)) for one in path.network.schedules)
    late = critical_path(replace(path.network, schedules=rules))
    (sentence,) = (s for s in answered(portfolio, late).sentences if "cannot keep" in s)
    worst = min(late.total_float_days(place) for place in range(len(late.network.nodes)))
    assert f"too late by {days_text(round(-worst, 1))}" in sentence
    assert f"has to be complete by {last_day(moment_of(started))}" in sentence


# why, what changed, whether it is sound


def test_why_gives_the_steps_and_reasons_of_the_engine(paths):
    portfolio, path = paths["relay"]
    found = why(path, "bus-tests")
    answer = why_answer(portfolio, path, found)
    assert answer.sentences == (found.verdict, *found.reasons)
    assert [row["step"] for row in rows(answer, "why")] == [step.text for step in found.steps]
    assert answer.envelope.evidence == found.records
    assert answer.envelope.parameters == {"activity": "bus-tests"}


def test_a_difference_tells_every_change_and_what_moved_the_finish(paths):
    portfolio, path = paths["relay"]
    place = path.network.place["bus-structure"]
    nodes = list(path.network.nodes)
    nodes[place] = replace(nodes[place], duration=nodes[place].duration * 4, remaining=nodes[place].remaining * 4)
    after = critical_path(replace(path.network, nodes=tuple(nodes)))
    found = difference(path, after)
    answer = difference_answer(portfolio, path, after, found)
    assert (
        {row["id"] for row in rows(answer, "changes")} == {one.activity for one in found.changes} == {"bus-structure"}
    )
    assert sum(row["moves the finish (days)"] for row in rows(answer, "movements")) == pytest.approx(
        found.days, abs=0.1
    )
    assert answer.envelope.evidence[0] == "activity:bus-structure"
    assert answer.envelope.answer["finish_after"] == moment_of(after.finish).isoformat()[:16]


def test_nothing_changed_is_an_answer(paths):
    portfolio, path = paths["relay"]
    answer = difference_answer(portfolio, path, path, difference(path, path))
    assert answer.sentences[0].startswith("The finish stays on ")
    assert rows(answer, "changes") == []


def test_the_fourteen_checks_stand_in_their_order(paths):
    portfolio, path = paths["relay"]
    found = health(path)
    answer = health_answer(portfolio, path, found)
    listed = rows(answer, "health")
    assert [row["number"] for row in listed] == list(range(1, 15))
    assert [row["verdict"] for row in listed] == [check.verdict for check in found.checks]
    assert answer.sentences[0].startswith(f"{len(found.passed)} of 14 checks pass, {len(found.failed)} fail")
    assert found.source in answer.sentences[1]


# risk


@pytest.mark.parametrize("name", ["adopted", "replaced", "relay"])
def test_dates_and_chances_are_the_studys(name, studies):
    portfolio, study = studies[name]
    answer = risk_answer(portfolio, study)
    assert (answer.envelope.seed, answer.envelope.parameters["iterations"]) == (1, 1_000)
    for row, finish in zip(rows(answer, "dates"), study.finishes, strict=True):
        assert row["id"] == finish.node
        for share in (10, 50, 70, 80, 90, 95):
            when = finish.percentile(share)
            assert row[f"P{share}"] == reached_text(portfolio, finish, when)
        chances = [one["chance"] for one in rows(answer, "launch-period-chances") if one["mission"] == finish.name]
        assert not finish.periods or sum(chances) + finish.later + finish.never == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("name", ["adopted", "replaced"])
def test_exomars_rests_on_defaults_and_asks_for_durations(name, studies):
    portfolio, study = studies[name]
    answer = risk_answer(portfolio, study)
    assert answer.sentences[0].startswith("Defaults only: no agency gave")
    assert study.sharpen
    assert [row["id"] for row in rows(answer, "durations-to-ask-for")] == [one.node for one in study.sharpen]
    assert len(answer.envelope.missing) == len(study.sharpen)
    assert rows(answer, "other-defaults")[0]["default"] == "as shipped"
    assert {row["default"] for row in rows(answer, "defaults")} == {one.name for one in study.defaults}
    intended = next(one for one in study.finish.periods if one.intended)
    assert (
        f"{percent(intended.share)} leave in the intended launch period 2018-04-06..2018-06-16" in answer.sentences[1]
    )


def test_the_delay_by_agency_adds_up_to_the_whole(studies):
    for portfolio, study in studies.values():
        found = {row["agency"]: row for row in rows(risk_answer(portfolio, study), "delay")}
        whole = found.pop("whole expected delay")["fair share (days)"]
        assert whole == round(study.delay.delay_days, 1)
        assert sum(row["fair share (days)"] or 0.0 for row in found.values()) == pytest.approx(whole, abs=0.5)
        assert sum(row["causes (days)"] or 0.0 for row in found.values()) == pytest.approx(whole, abs=0.5)
        shares = [
            row["fair share (days)"] for name, row in found.items() if name in {a.name for a in study.delay.agencies}
        ]
        assert shares == sorted(shares, reverse=True)


def test_drivers_and_activities_come_sorted(studies):
    for portfolio, study in studies.values():
        answer = risk_answer(portfolio, study)
        adds = [abs(row["adds (days)"]) for row in rows(answer, "tornado")]
        assert adds == sorted(adds, reverse=True)
        crucial = [row["cruciality"] for row in rows(answer, "criticality")]
        assert crucial == sorted(crucial, reverse=True)


def test_cost_and_date_are_told_where_costs_are_stated(studies):
    _, without = studies["adopted"]
    assert without.joint is None
    portfolio, study = studies["relay"]
    answer = risk_answer(portfolio, study)
    table = dict(next(table for table in answer.tables if table.name == "joint-confidence").rows)
    assert table["joint confidence level: both kept"] == round(study.joint.joint, 4)
    assert any(f"Joint confidence level {percent(study.joint.joint)}, which falls short" in s for s in answer.sentences)


def test_an_interrupted_study_says_so(studies):
    portfolio, study = studies["relay"]
    answer = risk_answer(portfolio, replace(study, asked=5_000, delay=None, drivers=()))
    assert "Interrupted: 1,000 of 5,000 iterations were done." in answer.sentences


# report and dossier


def test_the_dossier_says_when_the_mission_can_fly(paths, studies):
    portfolio, _ = paths["adopted"]
    told, drawn = (dossier_answer(portfolio, "exomars-rover", drawn=drawn) for drawn in (False, True))
    titles = [section.title for section in told.document.sections]
    start = titles.index("When can it fly")
    assert titles[start : start + 3] == ["When can it fly", "How sure is the date", "Launch periods"]
    annex = titles.index("What leads to the date")
    assert annex > titles.index("Open questions")
    assert titles[annex + 1 : annex + 4] == [
        "Who holds the longest path",
        "What moves the date",
        "Who causes the delay",
    ]
    assert {"What is assumed, and what would sharpen it", "Launch periods"} <= set(titles)
    assert not any(section.figure for section in told.document.sections)
    assert [section.figure.name for section in drawn.document.sections if section.figure] == [
        *("gantt", "confidence", "porkchop", "handovers", "tornado", "delay"),
    ]
    assert drawn.envelope == told.envelope
    first = told.document.sections[start].sentences
    assert first[0].startswith("Defaults only")
    assert first[1].startswith("Launch of ExoMars rover mission: P50 20")


def test_what_flies_already_has_nothing_left(root):
    hubble = read_history(root / "portfolios/hubble").known_on(None, "public")
    (section,) = (one for one in dossier_answer(hubble, "hubble").document.sections if one.anchor == "when")
    assert section.sentences == ("Nothing is left to be done: it flies or exists already, or is not planned.",)
    assert next_joint(hubble, None) is None


def test_a_report_shows_a_joint_mission_with_launch_periods(root):
    plans = read_history(root / "portfolios/exploration2011").known_on(None, "public")
    assert next_joint(plans, None) == "exomars-2016"
    own = plans.missions[next_joint(plans, "roscosmos")]
    providers = {plans.provider_record(key).owner for requirement in own.requirements for key in requirement.met_by}
    assert "roscosmos" in {own.owner, *providers, *(requirement.provider for requirement in own.requirements)}
    assert flight(plans, "exomars-2016", 300).transfer is not None


# launch periods


@pytest.fixture(scope="module")
def mars():
    return launch_periods("earth", "mars", dt.date(2016, 1, 1), dt.date(2021, 1, 1))


def test_launch_periods_are_the_engines(mars):
    answer = launch_periods_answer(mars)
    assert [(row["opens"], row["closes"], row["best day"]) for row in rows(answer, "launch-periods")] == [
        (str(one.opens), str(one.closes), str(one.best_departure)) for one in mars.periods
    ]
    for row, one in zip(rows(answer, "launch-periods"), mars.periods, strict=True):
        energies = row["C3 (km²/s²)"], row["C3 limit (km²/s²)"]
        assert energies == (round(one.c3_km2_s2, 2), round(one.c3_max_km2_s2, 2))
        assert row["time of flight (days)"] == one.time_of_flight_days
    assert [row["C3 (km²/s²)"] for row in rows(answer, "minima")] == [round(one.c3_km2_s2, 2) for one in mars.minima]
    assert answer.envelope.parameters["arrival"] == "mars"
    assert answer.envelope.portfolio is None
    assert sum(note.startswith("Orbit of ") for note in answer.envelope.notes) == 2
    assert answer.document is None


def test_every_drawn_answer_is_a_page(mars, paths, studies, tmp_path):
    grid = porkchop("earth", "mars", dt.date(2018, 1, 1), dt.date(2018, 12, 31), departure_step_days=4)
    drawn = {
        "path": answered(*paths["relay"], drawn=True),
        "risk": risk_answer(*studies["relay"], drawn=True),
        "launch": launch_periods_answer(mars, grid=grid),
    }
    figures = {"path": 2, "risk": 4, "launch": 1}
    for name, answer in drawn.items():
        write_page(answer, tmp_path / f"{name}.html")
        text = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert text.count('class="still"') == figures[name]
        text = unescape(text)
        assert all(section.figure.alt in text for section in answer.document.sections if section.figure)


def test_all_tables_can_be_written_as_csv(mars, paths, studies):
    answers = (answered(*paths["relay"]), risk_answer(*studies["relay"]), launch_periods_answer(mars))
    for table in (table for answer in answers for table in answer.tables):
        assert len(as_csv(table).splitlines()) >= 1 + len(table.rows)
        assert all(len(row) == len(table.columns) for row in table.rows)


# words


def test_a_finish_at_midnight_ends_the_day_before_and_a_launch_does_not():
    midnight = minutes_of(dt.datetime(2018, 4, 6))  # noqa: DTZ001 - schedules state times without a zone
    assert finish_text("task", midnight - 100, midnight) == "2018-04-05"
    assert finish_text("finish-milestone", midnight, midnight) == "2018-04-05"
    assert (
        finish_text("launch", midnight, midnight) == finish_text("start-milestone", midnight, midnight) == "2018-04-06"
    )
    assert start_text(midnight) == "2018-04-06"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (percent(0), "0 %"),
        (percent(0.005), "<1 %"),
        (percent(0.995), ">99 %"),
        (percent(0.5), "50 %"),
        (days_text(-1), "-1 day"),
        (days_text(12345.6), "12,346 days"),
        (amount(2.5e9, "USD"), "USD 2,500 million"),
        (listed([]), "nothing"),
        (listed(["a"]), "a"),
    ],
)
def test_numbers_read_well(said, words):
    assert said == words


# days and notes


def test_a_finish_is_told_as_the_same_day_by_every_answer(paths, studies):
    portfolio, path = paths["relay"]
    _, study = studies["relay"]
    (day,) = {
        row["early finish"] for row in rows(answered(portfolio, path), "path") if row["id"] == "twin-relay-launch"
    }
    same = difference_answer(portfolio, path, path, difference(path, path))
    assert same.sentences[0] == f"The finish stays on {day}."
    row = next(row for row in rows(risk_answer(portfolio, study), "dates") if row["id"] == "twin-relay-launch")
    assert row["if all goes to plan"] == day


@pytest.mark.parametrize(
    ("form", "node", "when", "day"),
    [
        ("mission", "launch:relay", "2031-06-01", "2031-06-01"),
        ("mission", "launch:relay", "2031-07-01", "2031-06-30"),
        ("milestone", "gate", "2031-06-01", "2031-05-31"),
        ("milestone", "opening", "2031-06-01", "2031-06-01"),
        ("task", "work", "2031-06-01T17:00", "2031-06-01"),
    ],
)
def test_what_ends_at_midnight_ends_on_the_day_before_and_what_begins_does_not(form, node, when, day, paths, studies):
    portfolio, _ = paths["relay"]
    opening = next(iter(portfolio.activities.values())).model_copy(update={"type": "start-milestone"})
    known = SimpleNamespace(activities={"opening": opening})
    finish = replace(studies["relay"][1].finish, form=form, node=node, planned=dt.datetime.fromisoformat("2031-07-01"))
    assert reached_text(known, finish, dt.datetime.fromisoformat(when)) == day
    assert reached_text(known, finish, None) is None


def test_remarks_on_dates_stand_in_every_answer_on_a_schedule(paths):
    portfolio, path = paths["relay"]
    noted = replace(path, network=replace(path.network, notes=("Of the network.",)), notes=("Of its dates.",))
    for answer in (
        answered(portfolio, noted),
        why_answer(portfolio, noted, why(noted, "bus-tests")),
        health_answer(portfolio, noted, health(noted)),
        difference_answer(portfolio, path, noted, difference(path, noted)),
    ):
        assert {"Of the network.", "Of its dates."} <= set(answer.envelope.notes), answer.envelope.question


def test_a_dossier_says_what_a_study_says_of_its_dates(exomars):
    portfolio = exomars.known_on(ADOPTED, "public")
    answer = dossier_answer(portfolio, "exomars-rover")
    study = flight(portfolio, "exomars-rover").risk
    assert any("after the day of knowledge" in note for note in study.notes)
    assert set(study.notes) <= set(answer.envelope.notes)
    assert set(study.notes) <= set(
        next(one for one in answer.document.sections if one.anchor == "when-notes").sentences
    )


def test_changes_are_told_by_names(paths):
    portfolio, path = paths["relay"]
    edges = path.network.edges[1:]
    after = critical_path(replace(path.network, edges=edges))
    answer = difference_answer(portfolio, path, after, difference(path, after))
    cut = path.network.edges[0]
    names = {node.id: node.name for node in path.network.nodes}
    told = {row["what"] for row in rows(answer, "changes")}
    assert f"link from {path.network.nodes[cut.predecessor].name}" in told
    assert all(row["activity"] == names[row["id"]] for row in rows(answer, "floats"))
