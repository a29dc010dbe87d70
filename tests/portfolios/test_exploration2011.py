"""The portfolio of January 2012: what stands in it, and facts that its sources tell."""

import datetime as dt

import pytest

from synodos.exchange import inspect, read_history
from synodos.language import GENERAL_KNOWLEDGE, Cites, Money, in_terms_of, references, requirements

DAY = dt.date(2012, 1, 31)
FOUNDERS = {
    "asi",
    "cnes",
    "cnsa",
    "csa",
    "csiro",
    "dlr",
    "esa",
    "isro",
    "jaxa",
    "kari",
    "nasa",
    "roscosmos",
    "ssau",
    "uksa",
}


@pytest.fixture(scope="module")
def folder(root):
    return root / "portfolios" / "exploration2011"


@pytest.fixture(scope="module")
def history(folder):
    return read_history(folder)


@pytest.fixture(scope="module")
def portfolio(history):
    return history.known_on()


def provider_of(portfolio, record, capability):
    """Return who meets a capability that a record requires, as (agency, record) pairs."""
    found = [r for _, r in requirements(record) if r.capability == capability]
    assert found, f"{record.id} requires no {capability}"
    named = {(portfolio.provider_record(key).owner, key) for r in found for key in r.met_by}
    return named | {(r.provider, None) for r in found if r.provider}


def test_it_has_no_fault_and_no_warning(folder):
    assert inspect(folder)[1] == ()


def test_no_statement_is_later_than_its_day(history):
    assert history.header.known_on.latest == DAY
    assert [record.id for record in history.statements if record.as_of.latest > DAY] == []


def test_texts_of_later_years_never_count_as_read(history):
    sources = history.header.sources
    late = [
        record.id
        for record in history.statements
        if record.confidence == "read"
        and all(sources[key].date and sources[key].date.earliest > DAY for key in record.sources)
    ]
    assert late == []


def test_every_record_is_public_and_stated_by_the_compilers(history):
    said = {(record.stated_by, record.release) for record in history.statements}
    assert said == {(history.header.compiler.id, "public")}


def test_every_source_that_is_cited_is_listed_and_every_one_listed_is_cited(history):
    header = history.header
    parts = [*history.statements, *header.exchange_rates, *header.price_indices]
    cited = {ref.target for part in parts for ref in references(part) if isinstance(ref.mark, Cites)}
    assert cited == set(header.sources)


def test_what_rests_on_general_knowledge_is_marked(history):
    for record in history.statements:
        assert (GENERAL_KNOWLEDGE in record.sources) == record.rests_on_unverified, record.id


def test_the_unverified_records_are_counted(portfolio):
    # 32 records without any text, and 35 with one field or more that no text supports; a change needs a reason.
    assert sum(record.confidence == "unverified" for record in portfolio) == 32
    assert len(portfolio.unverified) == 67


def test_the_fourteen_founders_are_members_since_2007(portfolio):
    members = {key: agency for key, agency in portfolio.agencies.items() if agency.member_since}
    assert members.keys() == FOUNDERS
    assert {agency.member_since.text for agency in members.values()} == {"2007"}


def test_nobody_outside_the_plans_is_an_agency(portfolio):
    used = {ref.target for record in portfolio if record.kind != "agency" for ref in references(record)}
    assert portfolio.agencies.keys() <= used


def test_the_lunar_mission_of_india_and_russia_hangs_on_both(portfolio):
    # Russia Beyond, 18 August 2010: a Russian lander, an Indian orbiter and rover, one Indian launcher.
    indian, russian = portfolio.missions["chandrayaan-2"], portfolio.missions["luna-resurs"]
    assert provider_of(portfolio, indian, "lunar-lander") == {("roscosmos", "luna-resurs")}
    assert provider_of(portfolio, russian, "launch") == {("isro", "gslv")}
    assert provider_of(portfolio, russian, "surface-rover") == {("isro", "chandrayaan-2")}


def test_exomars_lost_its_launcher_in_october_2011(history, portfolio):
    # SpaceNews, 2 August 2010: NASA launches the orbiter. redOrbit, 16 October 2011: it no longer can.
    before = history.known_on(dt.date(2010, 12, 31))
    assert provider_of(before, before.missions["exomars-2016"], "launch") == {("nasa", "nasa-launcher-2016")}
    assert provider_of(portfolio, portfolio.missions["exomars-2016"], "launch") == set()
    assert portfolio.elements["nasa-launcher-2016"].status == "cancelled"
    assert portfolio.offers["proton-for-exomars"].owner == "roscosmos"


def test_the_rover_of_2018_hangs_on_american_landing_and_an_italian_drill(portfolio):
    rover = portfolio.missions["exomars-2018"]
    assert provider_of(portfolio, rover, "mars-edl") == {("nasa", "max-c")}
    assert provider_of(portfolio, rover, "drill") == {("asi", "exomars-drill")}


def test_the_american_crew_ship_lacks_a_service_module_that_europe_offers(portfolio):
    # Spaceflight Now, 26 July 2011: proposed, not decided.
    assert provider_of(portfolio, portfolio.elements["mpcv"], "service-module") == set()
    assert "service-module" in portfolio.offers["service-module-for-mpcv"].provides


@pytest.mark.parametrize(
    ("mission", "capability", "met_by"),
    [
        ("osiris-rex", "lidar", {("csa", "ola")}),
        ("gems", "seismology", {("cnes", "seis")}),
        ("maven", "plasma-science", {("cnes", "swea")}),
        ("phobos-grunt", "launch", {("ssau", "zenit")}),
        ("yinghuo-1", "deep-space-ride", {("roscosmos", "phobos-grunt")}),
        ("hayabusa-return", "landing-recovery-site", {("csiro", "woomera")}),
        ("rrm", "dexterous-robot", {("csa", "canadarm2-and-dextre")}),
        ("iss-2020", "crew-transport", {("roscosmos", "soyuz"), ("nasa", "commercial-crew")}),
    ],
)
def test_partners_provide_what_the_sources_say(portfolio, mission, capability, met_by):
    assert provider_of(portfolio, portfolio.missions[mission], capability) == met_by


def test_building_blocks_without_a_known_provider_provide_nothing(portfolio):
    blocks = [element for element in portfolio.elements.values() if element.owner == "isecg"]
    assert len(blocks) == 9
    assert [element.id for element in blocks if element.provides] == []


def test_both_pathways_start_at_the_station_and_end_at_mars(portfolio):
    assert portfolio.scenarios.keys() == {"asteroid-next", "moon-next"}
    for scenario in portfolio.scenarios.values():
        assert (scenario.missions[0], scenario.missions[-1]) == ("iss-2020", "crewed-mars")
        assert scenario.horizon_years == 25


def test_amounts_of_2011_become_comparable_in_euro(history, portfolio):
    # The yearly mean of the European Central Bank for 2011 is 1.3920 US dollars for one euro.
    budget = portfolio.agencies["nasa"].exploration_budget[0].money
    assert budget == Money(amount=18_448_100_000, currency="USD", price_year=2011)
    assert in_terms_of(history.header, budget, "EUR", 2011).amount == pytest.approx(18_448.1e6 / 1.392)
