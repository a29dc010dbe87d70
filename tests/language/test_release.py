import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.language import PUBLIC, WITHHELD, History, may_see, references
from tests.language.minimal import agency, header, history, statement
from tests.strategies import histories

OWNER, COMPILER, NAMED, MEMBER, STRANGER = "esa", "archive", "nasa", "jaxa", "spacex"
EVERYBODY = (OWNER, COMPILER, NAMED, MEMBER, STRANGER, PUBLIC)


@pytest.mark.parametrize(
    ("release", "seen_by"),
    [
        ("public", {*EVERYBODY}),
        ("members", {OWNER, COMPILER, MEMBER}),
        ([NAMED], {OWNER, COMPILER, NAMED}),
        ([], {OWNER, COMPILER}),
        ("private", {OWNER, COMPILER}),
    ],
)
def test_who_may_see_a_record(release, seen_by):
    record = statement("mission", owner=OWNER, stated_by=COMPILER, release=release)
    assert {who for who in EVERYBODY if may_see(who, record, member=who == MEMBER)} == seen_by


def council(*statements):
    """ESA, NASA and JAXA; JAXA alone is a member, since 2009."""
    everybody = [agency("nasa"), agency("jaxa", member_since="2009"), agency("spacex", actor="company")]
    return history(*everybody, *statements, compiler={"id": "archive", "name": "The archive"})


@pytest.mark.parametrize("viewer", EVERYBODY)
@pytest.mark.parametrize("release", ["public", "members", ["nasa"], "private"])
def test_a_portfolio_holds_what_its_viewer_may_see(viewer, release):
    record = statement("mission", owner="esa", stated_by="archive", release=release)
    seen = council(record).known_on().as_seen_by(viewer)
    assert ("some-mission" in seen.missions) == may_see(viewer, record, member=viewer == "jaxa")
    assert seen.viewer == viewer


@pytest.mark.parametrize(
    ("own", "is_member"),
    [
        ({"member_since": "2007"}, True),
        ({"member_since": "2012"}, True),  # from the first day that the date allows
        ({"member_since": "2013"}, False),
        ({}, False),
        ({"member_since": "2007", "release": "members"}, True),  # its own record
        ({"member_since": "2007", "release": "members", "owner": "esa", "stated_by": "esa"}, False),
        ({"member_since": "2007", "release": "private", "owner": "esa", "stated_by": "esa"}, False),
        (
            {"member_since": "2007", "release": ["kari"], "owner": "esa", "stated_by": "esa"},
            False,
        ),  # only a friend says so
        ({"member_since": "2007", "release": ["esa"]}, False),  # the other members do not know of it
        ({"member_since": "2007", "release": "private"}, False),
    ],
)
def test_membership_rests_on_a_record_that_the_viewer_and_the_members_may_see(own, is_member):
    told = history(agency("kari", **own), statement("mission", release="members"))
    assert ("some-mission" in told.known_on().as_seen_by("kari").missions) == is_member


def test_nobody_sees_what_members_share_by_calling_himself_public():
    told = council(statement("mission", release="members"))
    assert told.known_on().as_seen_by(PUBLIC).missions == {}
    assert told.known_on().as_seen_by("nobody").missions == {}


def test_a_reference_to_what_is_hidden_or_absent_is_withheld():
    mission = statement(
        "mission",
        partners=[{"agency": "nasa", "role": "orbiter"}, {"agency": "jaxa"}],
        requirements=[{"capability": "launch", "met_by": ["hidden", "absent", "seen"], "provider": "kari"}],
        release=["nasa", "jaxa", "kari"],
    )
    told = council(
        mission,
        agency("kari", release="private"),
        statement("element", id="hidden", release="private", provides=["launch"]),
        statement("element", id="seen", provides=["launch"]),
    )
    seen = told.known_on().as_seen_by("nasa").missions["some-mission"]
    assert seen.requirements[0].met_by == (WITHHELD, WITHHELD, "seen")
    assert seen.requirements[0].provider == WITHHELD
    assert seen.release == ("nasa", "jaxa", WITHHELD)
    assert [partner.agency for partner in seen.partners] == ["nasa", "jaxa"]
    assert seen.partners == mission.partners
    own = told.known_on().as_seen_by("esa").missions["some-mission"]
    assert own.requirements[0].met_by == ("hidden", WITHHELD, "seen")


def test_an_id_seen_under_another_kind_does_not_resolve_a_reference():
    scenario = statement("scenario", missions=["lander"])
    told = council(scenario, statement("element", id="lander"), statement("mission", id="lander", release="private"))
    assert told.known_on().as_seen_by("nasa").scenarios["some-scenario"].missions == (WITHHELD,)


def test_an_owner_that_is_hidden_is_withheld_and_the_compiler_is_named():
    told = History(
        header(compiler={"id": "archive", "name": "The archive"}),
        (
            agency("esa", release="private", stated_by="archive"),
            statement("mission", stated_by="archive"),
            statement("need"),
        ),
    )
    seen = told.known_on().as_seen_by("nasa")
    assert (seen.missions["some-mission"].owner, seen.missions["some-mission"].stated_by) == (WITHHELD, "archive")
    assert (seen.needs["some-need"].owner, seen.needs["some-need"].stated_by) == (WITHHELD, WITHHELD)


def test_sources_that_only_hidden_records_cite_are_left_out():
    sources = {key: {"title": key} for key in ("report", "secret", "uncited", "rates", "words")}
    told = history(
        statement("mission", release="private", sources=["report", "secret"]),
        sources=sources,
        exchange_rates=[{"currency": "EUR", "in_currency": "USD", "rate": 1.3, "on": "2011", "sources": ["rates"]}],
        vocabularies={"capabilities": [{"id": "own", "label": "own", "confidence": "read", "sources": ["words"]}]},
    )
    assert set(told.known_on().as_seen_by("nasa").header.sources) == {"report", "rates", "words"}
    assert set(told.known_on().as_seen_by("esa").header.sources) == {"report", "secret", "rates", "words"}


def test_a_viewer_knows_itself_without_a_record():
    told = history(
        statement("mission", id="own", owner="kari", stated_by="kari", release="private"),
        statement("mission", id="kari", release="private"),
        statement("scenario", missions=["kari"]),
    )
    seen = told.known_on().as_seen_by("kari")
    assert (seen.missions["own"].owner, seen.missions["own"].stated_by) == ("kari", "kari")
    assert seen.scenarios["some-scenario"].missions == (WITHHELD,)  # that is a mission's name, not its own


@given(histories(max_extra=6), st.data())
def test_what_is_seen_is_allowed_and_resolves(told, data):
    portfolio = told.known_on()
    viewer = data.draw(st.sampled_from([*portfolio.agencies, PUBLIC, "stranger"]))
    seen = portfolio.as_seen_by(viewer)
    for record in seen:
        whole = portfolio.tables[record.kind][record.id]
        assert whole.release in {"public", "members"} or viewer in (whole.owner, whole.stated_by, *whole.release)
        for reference in references(record):
            kinds = getattr(reference.mark, "kinds", ())
            if kinds and reference.target not in (WITHHELD, viewer, told.header.compiler and told.header.compiler.id):
                assert any(reference.target in seen.tables.get(kind, ()) for kind in kinds)
    assert {key for record in seen for key in record.sources} <= set(seen.header.sources)


@given(histories(max_extra=6), st.data())
def test_looking_twice_shows_the_same(told, data):
    viewer = data.draw(st.sampled_from([*told.known_on().agencies, PUBLIC]))
    seen = told.known_on().as_seen_by(viewer)
    assert seen.as_seen_by(viewer) == seen


@given(histories(max_extra=6))
def test_an_owner_sees_all_that_it_owns(told):
    portfolio = told.known_on()
    for record in portfolio:
        assert record.id in portfolio.as_seen_by(record.owner).tables[record.kind]


def test_a_revision_that_is_not_released_leaves_what_was_known_before():
    first = statement("mission", id="probe", as_of="2009", note="public plan")
    revised = statement("mission", id="probe", as_of="2010", note="private plan", release="private")
    ended = statement("mission", id="probe", as_of="2011", release="private", retracted=True)
    told = history(first, revised, ended)
    assert told.known_on(viewer="public").missions["probe"].note == "public plan"
    assert "probe" not in told.known_on(viewer=first.owner).missions
