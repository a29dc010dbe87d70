"""Who takes part on a day and who has the chair: what the group's own pages and the press tell of fourteen years."""

import datetime as dt

import pytest

from synodos.exchange import read_portfolio
from synodos.forum import chair_on, members_on, role_of, terms_of
from synodos.language import WITHHELD
from tests.language.minimal import agency, history, statement


@pytest.fixture(scope="module")
def plans(root):
    return {name: read_portfolio(root / "portfolios" / name) for name in ("exploration2011", "exploration2026")}


@pytest.mark.parametrize(
    ("day", "members"),
    # Fourteen founders in 2007; one more in 2015, five in 2019, four in 2020, three in 2021: 27.
    [
        ("2006-12-31", 0),
        ("2008-01-01", 14),
        ("2015-10-04", 14),
        ("2015-10-05", 15),
        ("2019-12-31", 20),
        ("2020-12-31", 24),
        ("2022-01-01", 27),
    ],
)
def test_the_group_grew_from_fourteen_to_twenty_seven(plans, day, members):
    assert len(members_on(plans["exploration2026"], dt.date.fromisoformat(day))) == members


@pytest.mark.parametrize(
    ("name", "day", "chair", "handed_over"),
    [
        ("exploration2011", "2009-03-11", None, False),
        ("exploration2011", "2009-03-12", "jaxa", False),  # it led the meeting in Yokohama
        ("exploration2011", "2009-05-19", "jaxa", False),
        ("exploration2011", "2009-05-20", "esa", True),  # handed over in a teleconference
        ("exploration2011", "2009-12-31", "esa", False),
        ("exploration2011", "2011-08-29", "nasa", True),
        ("exploration2011", "2011-08-30", "jaxa", True),  # in Kyoto
        ("exploration2026", "2013-06-01", "csa", True),
        ("exploration2026", "2014-09-30", "esa", True),
        ("exploration2026", "2020-04-01", "jaxa", False),
        ("exploration2026", "2026-07-01", "csa", False),  # nothing later than 2021 was found
    ],
)
def test_the_chair_rotates(plans, name, day, chair, handed_over):
    found = chair_on(plans[name], dt.date.fromisoformat(day))
    assert (found and found.agency) == chair
    assert (found is not None and found.handed_over) == handed_over


def test_the_terms_are_those_that_were_adopted_in_berlin(plans):
    for plan in plans.values():
        terms = terms_of(plan)
        assert (terms.decides_by, terms.products_bind, terms.secretariat) == ("consensus", False, "esa")
        assert terms.adopted.text == "2007-11"
        assert (terms.quorum_share, terms.silence_days, terms.standing_aside) == (None, None, None)  # not found


def forum(**given):
    members = {"esa": {"member_since": "2008"}, "nasa": {"member_since": "2007"}, "kari": {}}
    agencies = [agency(key, **more) for key, more in members.items()]
    return history(*agencies[1:], statement("terms-of-reference", **given)).known_on().replace(*agencies)


def test_a_forum_of_its_own_names_its_members():
    portfolio = forum(members=["kari", "esa"], observers=["nasa"])
    terms = terms_of(portfolio)
    assert members_on(portfolio, terms=terms) == ("esa", "kari")
    assert [role_of(portfolio, key, terms=terms) for key in ("kari", "nasa", "jaxa")] == [
        "member",
        "observer",
        "outside",
    ]


def test_who_joined_in_a_year_counts_from_its_last_day():
    portfolio = forum()
    assert members_on(portfolio, dt.date(2008, 12, 30)) == ("nasa",)
    assert members_on(portfolio, dt.date(2008, 12, 31)) == ("esa", "nasa")
    assert role_of(portfolio, "kari") == "outside"


def test_what_names_no_terms_stands_under_the_only_ones():
    portfolio = forum()
    meeting = statement("meeting")
    assert terms_of(portfolio, meeting).id == "some-terms-of-reference"
    two = portfolio.replace(statement("terms-of-reference", id="others"))
    assert terms_of(two, meeting) is None
    assert terms_of(two, statement("meeting", terms="others")).id == "others"
    assert terms_of(portfolio, statement("meeting", terms=WITHHELD)) is None


def test_only_meetings_of_the_whole_forum_move_its_chair():
    portfolio = forum().replace(
        statement("working-group"),
        statement("meeting", id="one", held="2010-01-01", chair="esa"),
        statement("meeting", id="two", held="2010-02-01", chair="nasa", group="some-working-group"),
        statement("meeting", id="three", chair="nasa"),  # not held on any day yet
        statement("meeting", id="four", held="2010-03-01..", chair="nasa"),
        statement("meeting", id="five", held="2010-04-01", chair="nasa", terms="others"),
        statement("terms-of-reference", id="others"),
    )
    assert chair_on(portfolio) is None  # two forums, and no word on which is meant
    single = portfolio.without(portfolio.terms_of_reference["others"])
    assert chair_on(single).agency == "esa"
    assert chair_on(portfolio, terms=portfolio.terms_of_reference["others"]).agency == "nasa"


def test_who_leads_a_meeting_hands_over_at_its_end():
    portfolio = forum().replace(statement("meeting", held="2010-01-01", chair="esa", chair_passes_to="nasa"))
    assert chair_on(portfolio).agency == "nasa"
