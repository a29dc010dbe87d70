import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import read_history
from synodos.language import History
from synodos.law.agreements import STANDINGS, WATCH_KINDS, close_out, register, state_at, uncovered, watch
from tests.language.minimal import agency, header, statement
from tests.strategies import date_ranges

DAY = dt.date(2011, 6, 15)


def agreement(key="deal", **given):
    """A statement on an agreement of ESA and NASA."""
    return statement("agreement", id=key, **{"parties": ["esa", "nasa"], "as_of": "2010", **given})


def portfolio(*statements):
    """A portfolio of these statements and two agencies, as known on the last day of 2012."""
    return History(header(), (agency("esa"), agency("nasa"), *statements)).known_on()


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ({"in_force": "2010.."}, "in_force"),
        ({"in_force": "2010..2011-06-15"}, "in_force"),
        ({"in_force": "2010..2011-06-14"}, "expired"),
        ({"in_force": "2010..2011-06-14", "standing": "ended"}, "ended"),
        ({"in_force": "2011.."}, "in_doubt"),
        ({"in_force": "2010..2011"}, "in_doubt"),
        ({"in_force": "2011.."} | {"standing": "in-force"}, "in_force"),
        ({"in_force": "2012..", "signed": "2011-01"}, "signed"),
        ({"in_force": "2012..", "signed": "2011"}, "in_doubt"),
        ({"in_force": "2012.."}, "planned"),
        ({"signed": "2012"}, "planned"),
        ({"signed": "2010"}, "signed"),
        ({"signed": "2010", "standing": "in-force"}, "in_force"),
        ({"signed": "2012", "standing": "in-force"}, "planned"),
        ({"signed": "2010", "standing": "ended"}, "ended"),
        ({"signed": "2010", "in_force": "2012..", "standing": "in-force"}, "signed"),
        ({"standing": "in-force"}, "in_force"),
        ({"standing": "in-force", "as_of": "2012"}, "in_doubt"),
        ({"in_force": "2001..", "standing": "ended", "as_of": "2012"}, "in_doubt"),
        ({"in_force": "2001..2011-12-31", "standing": "ended", "as_of": "2012"}, "in_force"),
        ({"in_force": "2001..", "standing": "suspended", "as_of": "2012"}, "in_force"),
        ({"standing": "suspended", "in_force": "2010.."}, "suspended"),
        ({"standing": "in-doubt", "in_force": "2010.."}, "in_doubt"),
        ({"standing": "never-concluded", "in_force": "2010.."}, "never_concluded"),
        ({}, "unknown"),
    ],
    ids=str,
)
def test_where_an_agreement_stands_follows_from_its_dates(stated, state):
    assert state_at(agreement(**stated), DAY) == state


@given(in_force=date_ranges(), signed=date_ranges(open_ends=False), day=st.dates(dt.date(1950, 1, 1)))
def test_an_agreement_is_in_force_only_within_its_dates(in_force, signed, day):
    one = agreement(in_force=in_force, signed=signed)
    if state_at(one, day) == "in_force":
        assert one.in_force.earliest <= day <= one.in_force.latest
    assert state_at(one, day) in STANDINGS


def test_an_agreement_stands_below_its_umbrella():
    told = portfolio(
        agreement("arrangement", parent="memorandum", signed="2001"),
        agreement("memorandum", parent="framework", signed="2003"),
        agreement("framework", signed="2002"),
        agreement("letter", signed="2000"),
    )
    found = [(row.agreement.id, row.depth, row.under) for row in register(told).rows]
    assert found == [
        ("letter", 0, ()),
        ("framework", 0, ()),
        ("memorandum", 1, ("framework",)),
        ("arrangement", 2, ("framework", "memorandum")),
    ]


def test_counts_are_those_of_the_active_agreements():
    told = portfolio(
        agreement("a", in_force="2001.."),
        agreement("b", in_force="2001..2005"),
        statement("agreement", id="c", in_force="2001..", instrument="framework-agreement", parties=["nasa"]),
        statement("agreement", id="d", in_force="2001..", parties=["nasa"]),
    )
    found = register(told, DAY)
    assert (found.active, dict(found.between)) == (3, {("esa", "nasa"): 1})
    assert dict(found.by_type) == {"memorandum-of-understanding": 2, "framework-agreement": 1}
    assert [(one.agency, one.active, one.share) for one in found.partners] == [("nasa", 3, 1), ("esa", 1, 1 / 3)]
    assert found.share_of_largest(1) == 1
    of_esa = register(told, DAY, for_agency="esa")
    assert [row.agreement.id for row in of_esa.rows] == ["a", "b"]
    assert [one.agency for one in of_esa.partners] == ["nasa"]
    assert register(portfolio()).share_of_largest(3) is None


def test_every_reason_to_look_is_found():
    told = portfolio(
        agreement("ends-soon", in_force="2001..2011-12"),
        agreement("ends-late", in_force="2001..2019"),
        agreement("open", in_force="2001..", supersedes=["ends-late"]),
        agreement("under-old", in_force="2001..2019", parent="old"),
        agreement("old", in_force="2001..2005"),
        agreement("closed", in_force="2001..2005", close_out={"delivered": ["a radio"]}),
        agreement("alone", in_force="2001..2019", instrument="implementing-arrangement"),
        agreement("signed", signed="2009"),
        agreement("proposed", standing="planned"),
        agreement("suspended", in_force="2001..2019", standing="suspended"),
        agreement("doubtful", in_force="2001..2019", standing="in-doubt"),
        agreement(
            "duties",
            in_force="2001..2019",
            obligations=[
                {"text": "Report", "due": "2010"},
                {"text": "Deliver", "due": "2012", "bearer": "nasa"},
                {"text": "Pay", "due": "2009", "done": "2009"},
                {"text": "Return", "due": "2030"},
            ],
        ),
    )
    found = [(one.kind, one.agreement) for one in watch(told, DAY)]
    assert found == [
        ("overdue", "duties"),
        ("due", "duties"),
        ("expiring", "ends-soon"),
        ("umbrella-lapsed", "under-old"),
        ("umbrella-missing", "alone"),
        ("superseded", "ends-late"),
        ("suspended", "suspended"),
        ("in-doubt", "doubtful"),
        ("unsigned", "proposed"),
        ("unsigned", "signed"),
        ("not-closed-out", "old"),
        ("no-expiry", "open"),
    ]
    assert {kind for kind, _ in found} == set(WATCH_KINDS)
    assert ("expiring", "ends-soon") not in [(one.kind, one.agreement) for one in watch(told, DAY, within_days=30)]
    with pytest.raises(ValueError, match="within_days: found -1"):
        watch(told, DAY, within_days=-1)


def promise(**given):
    """ESA's promise of a lander to NASA, in a portfolio with these agreements."""
    plan = statement("mission", id="mars-landing", partners=[{"agency": "nasa"}])
    return portfolio(
        plan, statement("commitment", **{"with_agencies": ["nasa"], **given.pop("promise", {})}), *given["by"]
    )


@pytest.mark.parametrize(
    ("by", "reasons"),
    [
        ([], []),
        ([{"in_force": "2001..", "covers": ["mars-landing"]}], None),
        ([{"in_force": "2001..", "covers": ["mars-landing"], "binding": True}], None),
        ([{"in_force": "2001..", "covers": ["mars-landing"], "binding": False}], ["not binding"]),
        ([{"in_force": "2001..2005", "covers": ["mars-landing"]}], ["expired"]),
        ([{"in_force": "2001.."}], []),
        ([{"in_force": "2001..2005", "covers": ["mars-landing"], "parent": "deal-1"}, {"in_force": "2001.."}], None),
    ],
    ids=["none", "in force", "binding", "not binding", "expired", "of something else", "its umbrella stands"],
)
def test_a_promise_needs_an_instrument_in_force(by, reasons):
    deals = [agreement(f"deal-{n}", **given) for n, given in enumerate(by)]
    found = uncovered(promise(by=deals), DAY)
    assert [[why for _, why in one.nearest] for one in found] == ([] if reasons is None else [reasons])


def test_a_promise_that_names_nobody_is_owed_to_the_partners_of_its_plans():
    (found,) = uncovered(promise(by=[], promise={"with_agencies": []}), DAY)
    assert (found.plans, found.partners) == (("mars-landing",), ("nasa",))


def test_close_out_asks_for_what_nobody_stated():
    plan = statement("mission", id="mars-landing", status="completed")
    told = portfolio(plan, agreement(covers=["mars-landing"], close_out={"delivered": ["a lander"]}))
    sheet = close_out(told, "deal")
    assert (sheet.delivered, sheet.plans) == (("a lander",), (("mars-landing", "completed"),))
    assert sheet.missing == ("What did it cost each party?", "What did the parties gain?")
    assert len(close_out(portfolio(agreement()), "deal").missing) == 3


def test_nasa_stood_behind_exomars_in_2011_by_nothing_that_binds(root):
    # The joint initiative of 2009 was a statement of intent; the accord was never signed (facts in the portfolio).
    exomars = read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1))
    (found,) = (one for one in uncovered(exomars) if one.commitment == "nasa-exomars-contribution")
    assert ("nasa-esa-exomars-accord", "planned") in found.nearest
    assert ("mars-exploration-joint-initiative", "not binding") in found.nearest
