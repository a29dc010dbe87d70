import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synodos.language import KINDS, DateRange, Element, History, Mission, Portfolio
from tests.language.minimal import header, history, statement
from tests.strategies import histories


def mission(as_of, **given):
    return statement("mission", id="mars-landing", as_of=as_of, **given)


@pytest.fixture
def told():
    """A mission planned in 2009, moved in April 2011, and given up in October 2011."""
    return history(
        mission("2011-04", name="Moved"),
        mission("2009-12-17", name="Planned"),
        mission("2011-10-04", retracted=True),
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2009, 12, 16), None),
        (dt.date(2009, 12, 17), "Planned"),
        (dt.date(2011, 4, 29), "Planned"),  # a statement of April counts as known at its end
        (dt.date(2011, 4, 30), "Moved"),
        (dt.date(2011, 10, 3), "Moved"),
        (dt.date(2011, 10, 4), None),
        (None, None),
    ],
)
def test_the_latest_statement_by_the_day_of_knowledge_counts(told, day, name):
    known = told.known_on(day)
    found = known.missions.get("mars-landing")
    assert (found and found.name) == name
    assert known.known_on == (day or dt.date(2012, 12, 31))


def test_a_retracted_record_may_be_stated_again(told):
    again = History(told.header, (*told.statements, mission("2012", name="Again")))
    assert again.known_on(dt.date(2012, 1, 1)).missions == {}
    assert again.known_on().missions["mars-landing"].name == "Again"


def test_ids_are_told_apart_by_kind():
    both = history(statement("objective", id="life"), statement("interest", id="life")).known_on()
    assert both.objectives["life"].kind == "objective"
    assert both.interests["life"].kind == "interest"
    assert len(both) == 3


def test_a_portfolio_finds_what_may_meet_a_requirement():
    known = history(
        statement("element", id="lander"), statement("mission", id="landing"), statement("offer", id="ride")
    ).known_on()
    kinds = [known.provider_record(key).kind for key in ("lander", "landing", "ride")]
    assert kinds == ["element", "mission", "offer"]
    assert known.provider_record("esa") is None


def test_an_agency_is_called_by_its_short_name_where_it_is_known():
    known = history().known_on()
    assert (known.agency_name("esa"), known.agency_name("nasa")) == ("ESA", "nasa")


def test_own_terms_and_their_sources_join_the_vocabulary():
    own = {"id": "sky-crane", "label": "sky crane", "parent": "propulsion", "confidence": "read", "sources": ["report"]}
    known = history(vocabularies={"capabilities": [own]}).known_on()
    assert known.capabilities.covers("propulsion", "sky-crane")
    assert known.capabilities.sources["report"].title == "Report"
    assert "sky-crane" not in history().known_on().capabilities


def test_what_rests_on_general_knowledge_is_counted():
    known = history(
        statement("element", id="one", confidence="unverified"),
        statement("element", id="two", unverified_fields=["available"]),
        statement("element", id="three"),
    ).known_on()
    assert [record.id for record in known.unverified] == ["one", "two"]


def latest_by_definition(told, kind, key, day):
    """The statement that counts, found by looking through all of them."""
    known = [s for s in told.statements if (s.kind, s.id) == (kind, key) and s.as_of.latest <= day]
    last = max(known, key=lambda s: s.as_of.latest, default=None)
    return None if last is None or last.retracted else last


@given(histories(), st.dates(dt.date(1960, 1, 1), dt.date(2040, 12, 31)))
def test_a_snapshot_holds_of_every_record_the_latest_statement(told, day):
    known = told.known_on(day)
    assert set(known.tables) == {kind.kind for kind in KINDS}
    expected = {
        (s.kind, s.id): latest
        for s in told.statements
        if (latest := latest_by_definition(told, s.kind, s.id, day)) is not None
    }
    assert {(r.kind, r.id): r for r in known} == expected
    assert len(known) == len(expected)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(told, randomness):
    shuffled = list(told.statements)
    randomness.shuffle(shuffled)
    other = History(told.header, tuple(shuffled)).known_on()
    assert other == told.known_on()
    assert other.sha256 == told.known_on().sha256


@given(histories())
def test_the_order_of_sources_does_not_matter(told):
    turned = told.header.model_copy(update={"sources": dict(reversed(told.header.sources.items()))})
    assert turned == told.header
    assert History(turned, told.statements).known_on().sha256 == told.known_on().sha256


def anew(portfolio, records):
    """A portfolio of these records, built from nothing."""
    tables = {kind.kind: {r.id: r for r in records if r.kind == kind.kind} for kind in KINDS}
    return Portfolio(portfolio.header, portfolio.known_on, portfolio.viewer, tables)


def copied(portfolio):
    """What a portfolio holds now, in mappings of its own."""
    return {kind: dict(table) for kind, table in portfolio.tables.items()}


@given(histories(max_extra=6), st.data())
def test_replacing_and_leaving_out_leave_the_original_untouched(told, data):
    portfolio = told.known_on()
    before, hash_before = copied(portfolio), portfolio.sha256
    records = list(portfolio)
    chosen = data.draw(st.lists(st.sampled_from(records), unique=True)) if records else []
    changed = [record.model_copy(update={"note": "changed"}) for record in chosen]
    added = statement("need", id="added-need-of-nobody-else")
    rest = [record for record in records if record not in chosen]

    replaced = portfolio.replace(*changed, added)
    assert replaced == anew(portfolio, [*rest, *changed, added])
    assert replaced.sha256 == anew(portfolio, [*changed, added, *rest]).sha256 != hash_before
    assert portfolio.without(*chosen) == anew(portfolio, rest)
    assert replaced.without(*changed, added) == anew(portfolio, rest)
    assert portfolio.without().replace() == portfolio
    assert (portfolio.tables, portfolio.sha256) == (before, hash_before)


def test_leaving_out_what_is_not_there_changes_nothing():
    known = history(statement("element", id="lander")).known_on()
    assert known.without(statement("element", id="rover"), statement("mission", id="lander")) == known


def test_every_part_of_the_content_is_in_the_hash():
    known = history(statement("element", id="lander", available="2018")).known_on()
    others = [
        history(statement("element", id="lander", available="2019")).known_on(),
        history(statement("element", id="lander-2", available="2018")).known_on(),
        history(statement("element", id="lander", available="2018-01..2018-12")).known_on(),
        history(statement("element", id="lander", available="2018"), title="Other plans").known_on(),
        history(statement("element", id="lander", available="2018")).known_on(dt.date(2012, 12, 30)),
        history(statement("mission", id="lander")).known_on(),
        known.without(*known),
    ]
    assert len({known.sha256, *(other.sha256 for other in others)}) == len(others) + 1


def test_a_portfolio_is_not_changed_in_place():
    known = history().known_on()
    with pytest.raises(dataclasses.FrozenInstanceError):
        known.viewer = "esa"


def test_records_are_reached_by_kind():
    known = history(statement("element", id="lander"), statement("mission", id="landing")).known_on()
    assert known.of(Element) == known.elements == {"lander": known.elements["lander"]}
    assert known.of(Mission) == known.missions
    for kind in KINDS:
        assert getattr(known, kind.plural.replace("-", "_")) == known.of(kind)


def test_a_portfolio_of_a_year_is_known_at_its_end():
    assert history(known_on="2012-01").known_on().known_on == dt.date(2012, 1, 31)
    assert header(known_on="2012").known_on == DateRange("2012")


@pytest.mark.parametrize("open_range", ["2012..", "..2012"])
def test_a_portfolio_has_a_day(open_range):
    with pytest.raises(ValidationError, match="a portfolio has a day"):
        header(known_on=open_range)
