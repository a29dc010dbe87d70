"""The roadmap that is asked for, coverage, single findings, and how answers are computed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos import law
from synodos.cooperation import dependence, opportunities
from synodos.exchange import read_history
from synodos.language import DateRange
from synodos.report import (
    PlanFilter,
    about_answer,
    coverage_answer,
    finding_state,
    findings_answer,
    roadmap_answer,
)


@pytest.fixture(scope="module")
def portfolio(root):
    return read_history(root / "portfolios/exploration2011").known_on(None, "public")


def plans(portfolio):
    return {f"{one.kind}:{one.id}": one for table in (portfolio.missions, portfolio.elements) for one in table.values()}


def test_without_a_choice_every_plan_is_meant(portfolio):
    assert PlanFilter().keys(portfolio) == plans(portfolio).keys()


def test_every_plan_stands_somewhere_and_in_one_place_alone(portfolio):
    known = plans(portfolio)
    found = [PlanFilter(status=status).keys(portfolio) for status in {one.status for one in known.values()}]
    assert sum(map(len, found)) == len(known)
    assert frozenset().union(*found) == known.keys()


def test_a_partner_counts_as_well_as_a_lead(portfolio):
    known = plans(portfolio)
    found = PlanFilter(agency="csa").keys(portfolio)
    led = {key for key, plan in known.items() if plan.owner == "csa"}
    joint = found - led
    assert led < found
    assert all("csa" in [part.agency for part in known[key].partners] for key in joint)


def test_a_place_counts_with_all_that_lies_in_it(portfolio):
    moon, surface = (PlanFilter(destination=place).keys(portfolio) for place in ("moon", "lunar-surface"))
    assert surface < moon
    assert "mission:chandrayaan-2" in moon


@pytest.mark.parametrize(("years", "there"), [("2008", True), ("2009..", True), ("2007", False), ("..2007", False)])
def test_a_plan_falls_into_the_years_from_its_date_to_its_end(portfolio, years, there):
    mission = portfolio.missions["chandrayaan-2"]
    moved = portfolio.replace(
        mission.model_copy(update={"planned": DateRange("2008-10"), "ends": DateRange("2009-08")})
    )
    assert ("mission:chandrayaan-2" in PlanFilter(years=DateRange(years)).keys(moved)) is there


def test_a_plan_without_a_date_falls_into_no_years(portfolio):
    mission = portfolio.missions["chandrayaan-2"]
    undated = portfolio.replace(mission.model_copy(update={"planned": None}))
    assert "mission:chandrayaan-2" not in PlanFilter(years=DateRange("1900..2100")).keys(undated)


@given(st.sampled_from(["esa", "nasa", None]), st.sampled_from(["mars", "moon", None]), st.integers(2005, 2035))
def test_choices_together_leave_what_each_leaves(portfolio, agency, destination, year):
    years = DateRange(str(year))
    apart = (PlanFilter(agency=agency), PlanFilter(destination=destination), PlanFilter(years=years))
    together = PlanFilter(agency=agency, destination=destination, years=years)
    assert together.keys(portfolio) == frozenset.intersection(*(one.keys(portfolio) for one in apart))


def test_the_picture_and_the_rows_hold_the_same_plans(portfolio):
    chosen = PlanFilter(agency="isro")
    found = opportunities(portfolio), dependence(portfolio)
    answer = roadmap_answer(portfolio, *found, chosen, drawn=True, links=True)
    rows = {f"{row['kind']}:{row['id']}" for row in answer.envelope.answer}
    definition = str(answer.document.sections[0].figure.chart.to_dict(validate=False))
    assert rows == chosen.keys(portfolio) == set(answer.envelope.evidence)
    assert all(f"#record-{key.replace(':', '-', 1)}" in definition for key in rows)
    assert "#record-mission-exomars" not in definition
    assert answer.sentences[0].startswith(f"{sum(key.startswith('mission:') for key in rows)} missions")


def test_coverage_counts_what_its_rows_say(portfolio):
    answer = coverage_answer(portfolio)
    provided = {row["capability"] for row in answer.envelope.answer if row["part"] == "provides"}
    assert answer.sentences[0].startswith(f"{len(provided)} capabilities provided by somebody")


def test_findings_are_told_as_they_were_chosen(portfolio):
    found = law.assess(portfolio, scope="mission:chandrayaan-2")
    chosen = [one for one in found.findings if one.bearer == "ind"]
    assert 0 < len(chosen) < len(found.findings)
    answer = findings_answer(portfolio, found, chosen, {"bearer": "ind"})
    states = [row[answer.tables[0].columns.index("state")] for row in answer.tables[0].rows]
    assert states == [finding_state(one) for one in chosen]
    assert answer.sentences[0].startswith(f"{len(chosen)} of {len(found.findings)} findings")
    assert [one["norm"] for one in answer.envelope.answer["findings"]] == [one.norm for one in chosen]


def test_about_says_how_much_is_unverified_and_how_each_answer_is_computed(portfolio):
    answer = about_answer(portfolio)
    assert f"{len(portfolio)} records compiled from public sources" in answer.sentences[0]
    counts = answer.envelope.answer["records"]
    assert sum(row["records"] for row in counts) == len(portfolio)
    assert sum(row["unverified"] for row in counts) == len(portfolio.unverified)
    assert all(all(row.values()) for row in answer.envelope.answer["methods"])
    weights = next(section for section in answer.document.sections if section.anchor == "method").tables[0]
    assert weights.rows
