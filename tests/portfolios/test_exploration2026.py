"""The portfolio of July 2026: what stands in it, and facts that its sources tell."""

import datetime as dt
import re

import pytest

from synodos.exchange import inspect, read_history
from synodos.language import GENERAL_KNOWLEDGE, Cites, Money, in_terms_of, references

DAY = dt.date(2026, 7, 1)
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
    "kasa",
    "nasa",
    "roscosmos",
    "ssau",
    "uksa",
}


@pytest.fixture(scope="module")
def folder(root):
    return root / "portfolios" / "exploration2026"


@pytest.fixture(scope="module")
def history(folder):
    return read_history(folder)


@pytest.fixture(scope="module")
def portfolio(history):
    return history.known_on()


def test_it_has_no_fault_and_no_warning(folder):
    assert inspect(folder)[1] == ()


def test_nothing_in_it_is_later_than_its_day(history):
    assert history.header.known_on.latest == DAY
    assert [record.id for record in history.statements if record.as_of.latest > DAY] == []
    dates = {key: source.date for key, source in history.header.sources.items() if source.date}
    assert [key for key, date in dates.items() if date.earliest > DAY] == []


def test_every_record_is_public_and_stated_by_the_compilers(history):
    said = {(record.stated_by, record.release) for record in history.statements}
    assert said == {(history.header.compiler.id, "public")}


def test_every_source_is_cited(history):
    header = history.header
    shared = [
        *header.exchange_rates,
        *header.price_indices,
        *(term for terms in header.vocabularies.values() for term in terms),
    ]
    cited = {key for record in history.statements for key in record.sources}
    cited |= {ref.target for part in header.exchange_rates for ref in references(part) if isinstance(ref.mark, Cites)}
    cited |= {key for part in shared for key in part.sources}
    assert header.sources.keys() == cited


def test_sources_named_in_texts_stand_with_the_record(history):
    keys = history.header.sources.keys()
    for record in history.statements:
        texts = [*record.disputes, record.note or "", getattr(record, "statement", None) or ""]
        named = {
            word
            for text in texts
            for bracket in re.findall(r"\(([^()]*)\)", text)
            for word in re.split(r"[,;\s]+", bracket)
        }
        assert (named & keys) <= set(record.sources), record.id


def test_general_knowledge_is_marked(history):
    resting = {(r.kind, r.id) for r in history.statements if GENERAL_KNOWLEDGE in r.sources}
    marked = {(r.kind, r.id) for r in history.statements if r.rests_on_unverified}
    assert resting == marked
    assert len(marked) == 42  # four of them are positions on contested questions of law


def test_disputes_between_sources_stay_flagged(portfolio):
    assert sum(len(record.disputes) for record in portfolio) == 63
    assert any("2029" in text and "lupex-n9" in text for text in portfolio.missions["lupex"].disputes)


def test_the_mechanism_has_27_members(portfolio):
    since = {key: agency.member_since for key, agency in portfolio.agencies.items() if agency.member_since}
    assert len(since) == 27
    assert {key for key, date in since.items() if date.text == "2007"} == FOUNDERS
    assert since["uaesa"].earliest == dt.date(2015, 10, 5)


@pytest.mark.parametrize("mission", ["artemis-2", "artemis-3", "artemis-4", "artemis-5"])
def test_orion_does_not_fly_without_the_european_service_module(portfolio, mission):
    modules = [r for r in portfolio.missions[mission].requirements if r.capability == "service-module"]
    assert [(r.essential, r.met_by) for r in modules] == [(True, ("esm",))]
    assert portfolio.elements["esm"].owner == "esa"


@pytest.mark.parametrize("element", ["i-hab", "lunar-view", "lunar-link", "canadarm3", "htv-xg", "mbrsc-airlock"])
def test_parts_for_gateway_hang_on_a_host_that_is_paused(portfolio, element):
    part = portfolio.elements[element]
    hosts = [
        portfolio.elements[key] for need in part.needs if need.capability == "lunar-station" for key in need.met_by
    ]
    assert {(host.owner, host.status) for host in hosts} == {("nasa", "deferred")}
    assert part.owner != "nasa"


def test_eight_states_signed_the_artemis_accords_on_the_first_day(history):
    signed = [a for a in history.known_on(dt.date(2020, 10, 13)).agreements.values() if a.id.startswith("accords-")]
    assert {party for a in signed for party in a.parties} == {
        "nasa",
        "asi",
        "asa",
        "csa",
        "jaxa",
        "lsa",
        "uaesa",
        "uksa",
    }
    assert not any(a.binding for a in signed)


def test_bilateral_work_of_nasa_with_china_is_restricted(portfolio):
    rules = [p for p in portfolio.policies.values() if "nasa" in p.binds and {"cnsa", "cmsa"} <= set(p.about)]
    assert "wolf-amendment" in {p.id for p in rules}
    assert all(p.bears == "restricts" and p.applies.stays_open for p in rules)


def test_dollars_of_2025_become_euros_at_the_rate_of_the_central_bank(history):
    # The ECB gives 1.1300 dollars as the average of 2025.
    euros = in_terms_of(history.header, Money(amount=1.13, currency="USD", price_year=2025), "EUR", 2025)
    assert euros.amount == pytest.approx(1, abs=1e-4)
    assert in_terms_of(history.header, Money(amount=1, currency="RUB", price_year=2025), "EUR", 2025) is None
