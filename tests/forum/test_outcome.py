"""What becomes of a paper: by consensus and other rules, by silence, and to those who may not see everything."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import read_portfolio
from synodos.forum import VERDICTS, outcome
from synodos.language import PUBLIC
from tests.language.minimal import agency, history, statement

MEMBERS = ("csa", "esa", "jaxa", "nasa")
SILENCE = {"opens": "2011-03-01", "closes": "2011-03-31"}
BEFORE, LAST, AFTER = dt.date(2011, 3, 10), dt.date(2011, 3, 31), dt.date(2011, 4, 1)
STANDS = ("joins", "no-objection", "reserves", "stands-aside", "not-yet")


def said(owner, stand, *, on="2011-03-05", **given):
    """A position of one agency."""
    more = {"id": f"{owner}-says", "owner": owner, "stated_by": owner, "as_of": on, "release": "members", **given}
    return statement("position", stand=stand, reason="The date.", **more)


def council(*positions, terms=None, **paper):
    """Four members, an agency that is none, Terms of Reference, and a paper for decision with what was said on it."""
    agencies = [agency(key, short_name=key.upper(), member_since="2007", as_of="2008") for key in MEMBERS]
    others = [agency("kari", as_of="2008")]
    rules = statement("terms-of-reference", as_of="2008", **{"products_bind": False, **(terms or {})})
    about = statement("paper", as_of="2011-03-01", **{"stage": "for-decision", "release": "members", **paper})
    told = history(rules, about, *others, *positions)
    return told.known_on().replace(*agencies)


def decided(*positions, at=None, terms=None, **paper):
    return outcome(council(*positions, terms=terms, **paper), "some-paper", at)


def everybody(stand="joins", **others):
    """A position of each member: `stand`, or as given by name."""
    return [said(key, others.get(key, stand)) for key in MEMBERS]


@pytest.fixture(scope="module")
def roadmaps(root):
    return {name: read_portfolio(root / "portfolios" / name) for name in ("exploration2011", "exploration2026")}


@pytest.mark.parametrize(
    ("name", "paper", "joined", "not_joined"),
    [
        # NASA's advisory M11-202 and press of the day: twelve of fourteen; China and Australia are not among them.
        ("exploration2011", "ger-2011", 12, ("cnsa", "csiro")),
        # SpaceQ, 2018: fourteen logos of fifteen members; the German one is missing.
        ("exploration2026", "ger-2018", 14, ("dlr",)),
        ("exploration2026", "ger-2024", 27, ()),
    ],
)
def test_a_roadmap_lists_who_joined_and_who_did_not_and_does_not_bind(roadmaps, name, paper, joined, not_joined):
    found = outcome(roadmaps[name], paper)
    assert (len(found.joined), found.not_joined, found.binding) == (joined, not_joined, False)
    assert found.verdict == "not-known"  # nobody published where the agencies stood
    assert found.missing == ("where the members stood",)


def test_where_nobody_is_named_nobody_is_said_to_have_stayed_away(roadmaps):
    found = outcome(roadmaps["exploration2026"], "ger-2013")
    assert (found.joined, found.not_joined, len(found.members)) == ((), (), 14)


def test_an_edition_that_is_not_out_yet_is_not_decided(roadmaps):
    found = outcome(roadmaps["exploration2011"], "ger-2011", dt.date(2011, 8, 30))
    assert found.verdict == "open"


def test_all_join():
    found = decided(*everybody())
    assert (found.verdict, found.joined, found.not_joined) == ("consensus", MEMBERS, ())
    assert (found.binding, found.terms, found.closes) == (False, "some-terms-of-reference", None)
    assert found.evidence[:2] == ("paper:some-paper", "terms-of-reference:some-terms-of-reference")
    assert found.evidence[2:] == tuple(f"position:{key}-says" for key in MEMBERS)


def test_one_stands_aside():
    found = decided(*everybody(nasa="stands-aside"), terms={"standing_aside": True})
    assert (found.verdict, found.not_joined, found.missing) == ("consensus-some-aside", ("nasa",), ())
    assert found.because == ("Standing aside: NASA.",)


def test_terms_that_do_not_say_whether_one_may_stand_aside_are_asked_about():
    found = decided(*everybody(nasa="stands-aside"))
    assert found.verdict == "consensus-some-aside"
    assert found.missing == ("whether the Terms of Reference let a member stand aside",)


def test_terms_can_forbid_standing_aside():
    assert decided(*everybody(nasa="stands-aside"), terms={"standing_aside": False}).verdict == "none"
    assert decided(*everybody(nasa="stands-aside"), terms={"decides_by": "unanimity"}).verdict == "none"


def test_nobody_is_left_to_agree():
    assert decided(*everybody("stands-aside"), terms={"standing_aside": True}).verdict == "none"


def test_a_reservation_stops_consensus_and_names_its_owner():
    found = decided(*everybody(csa="reserves"))
    assert (found.verdict, found.because) == ("none", ("There is a reservation of CSA.",))
    assert found.members[0].reason == "The date."
    assert found.joined == ("esa", "jaxa", "nasa")


def test_who_is_not_ready_keeps_it_open_and_then_stops_it():
    assert decided(*everybody(csa="not-yet")).verdict == "open"
    assert decided(*everybody(csa="not-yet")).if_nothing_more == "none"
    assert decided(*everybody(csa="not-yet"), stage="issued").verdict == "none"


def test_without_a_silence_procedure_silence_is_no_consent():
    heard = everybody()[:3]
    assert decided(*heard).verdict == "open"
    assert decided(*heard).because == ("Nothing was heard from NASA.",)
    issued = decided(*heard, stage="issued")
    assert (issued.verdict, issued.missing) == ("not-known", ("where those stand of whom nothing was heard",))


@pytest.mark.parametrize(
    ("at", "verdict"), [(dt.date(2011, 2, 28), "open"), (BEFORE, "open"), (LAST, "open"), (AFTER, "consensus")]
)
def test_who_is_silent_to_the_last_day_does_not_object(at, verdict):
    found = decided(said("esa", "joins", on="2011-02-01"), silence=SILENCE, at=at)
    assert (found.verdict, found.if_nothing_more) == (verdict, "consensus")
    assert found.closes == LAST
    assert [one.stand for one in found.members] == ["silent", "joins", "silent", "silent"]
    assert found.not_joined == ("csa", "jaxa", "nasa")


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (dt.date(2011, 2, 28), "opens on 2011-03-01"),
        (BEFORE, "ends in 21 days"),
        (dt.date(2011, 3, 30), "ends tomorrow"),
        (LAST, "ends today"),
    ],
)
def test_the_days_of_a_silence_procedure_are_counted(at, ends):
    assert ends in decided(silence=SILENCE, at=at).because[0]


def test_silence_is_broken_by_one_word_in_time():
    objecting = said("nasa", "reserves", on="2011-03-31")
    assert decided(objecting, silence=SILENCE, at=AFTER).verdict == "none"
    assert decided(objecting, silence=SILENCE, at=LAST).if_nothing_more == "none"
    late = decided(said("nasa", "reserves", on="2011-04-01"), silence=SILENCE, at=AFTER)
    assert late.verdict == "consensus"
    assert late.because == ("Said after the procedure ended, and not counted: NASA.",)


def test_a_day_that_is_only_known_by_its_month_counts_at_the_end_of_it():
    assert decided(said("nasa", "reserves", on="2011-03"), silence=SILENCE, at=AFTER).verdict == "none"
    assert decided(said("nasa", "reserves", on="2011-03..2011-04"), silence=SILENCE).verdict == "consensus"


def test_what_comes_out_before_the_silence_ends_did_not_wait_for_it():
    given = {"silence": SILENCE, "stage": "issued", "issued": "2011-03-10"}
    assert decided(said("esa", "joins"), **given).verdict == "consensus"
    assert decided(said("esa", "joins"), **given, at=dt.date(2011, 3, 20)).verdict == "not-known"


def test_what_is_said_of_another_version_does_not_count():
    found = decided(*everybody("reserves"), version=2, silence=SILENCE, at=AFTER)
    assert (found.verdict, found.version) == ("consensus", 2)
    assert found.because == ("4 positions on earlier versions.",)


def test_what_was_not_said_yet_does_not_count():
    late = said("nasa", "reserves", on="2011-06-01")
    assert decided(*everybody()[:3], late, at=dt.date(2011, 5, 31)).verdict == "open"
    assert decided(*everybody()[:3], late).verdict == "none"


def test_what_only_some_members_can_read_does_not_count():
    for release in ("private", ["csa", "esa"]):
        found = decided(said("nasa", "reserves", release=release), silence=SILENCE, at=AFTER)
        assert found.verdict == "consensus"
        assert found.because == ("Not released to all members, and not counted: NASA.",)
    told = said("nasa", "reserves", release=["csa", "esa", "jaxa"])
    assert decided(told, silence=SILENCE, at=AFTER).verdict == "none"


def test_who_is_no_member_is_heard_and_not_counted():
    found = decided(*everybody(), said("kari", "reserves"))
    assert (found.verdict, [one.agency for one in found.others]) == ("consensus", ["kari"])


def test_members_are_those_of_the_day_of_decision():
    portfolio = council(*everybody())
    newer = agency("kari", member_since="2011-06", as_of="2008")
    assert outcome(portfolio.replace(newer), "some-paper").verdict == "open"  # the new one is asked too
    assert outcome(portfolio.replace(newer), "some-paper", dt.date(2011, 5, 31)).verdict == "consensus"
    issued = portfolio.papers["some-paper"].model_copy(update={"stage": "issued"})
    issued = issued.model_validate({**issued.model_dump(mode="json"), "issued": "2011-05-01"})
    assert outcome(portfolio.replace(newer, issued), "some-paper").verdict == "consensus"


@pytest.mark.parametrize(
    ("rule", "joins", "verdict"),
    [
        ("majority", 2, "none"),
        ("majority", 3, "carried"),
        ("two-thirds", 2, "none"),
        ("two-thirds", 3, "carried"),
        ("unanimity", 3, "none"),
        ("unanimity", 4, "carried"),
    ],
)
def test_heads_are_counted_where_the_terms_say_so(rule, joins, verdict):
    stands = dict.fromkeys(MEMBERS[joins:], "reserves")
    assert decided(*everybody(**stands), terms={"decides_by": rule}).verdict == verdict


def test_exactly_two_thirds_are_enough_and_exactly_half_is_not():
    three = {"decides_by": "two-thirds", "members": ["csa", "esa", "jaxa"]}
    assert decided(*everybody(jaxa="reserves"), terms=three).verdict == "carried"
    assert decided(*everybody(jaxa="reserves", nasa="reserves"), terms={"decides_by": "majority"}).verdict == "none"


def test_a_vote_is_open_while_the_silent_could_turn_it():
    rule = {"decides_by": "majority"}
    assert decided(said("esa", "joins"), terms=rule).verdict == "open"
    against = [said(key, "reserves") for key in ("csa", "esa")]
    assert decided(*against, terms=rule).verdict == "none"
    assert decided(said("esa", "joins"), terms=rule, silence=SILENCE, at=AFTER).verdict == "carried"


@pytest.mark.parametrize(("share", "enough"), [(0.5, 2), (0.51, 3), (0.75, 3), (1.0, 4)])
def test_a_quorum_of_members_has_to_speak(share, enough):
    for count in range(1, 5):
        found = decided(*everybody()[:count], terms={"quorum_share": share}, silence=SILENCE, at=AFTER)
        assert found.verdict == ("consensus" if count >= enough else "none")
        assert found.because == (
            () if count >= enough else (f"The quorum is {enough} of 4 members; {count} took a position.",)
        )
    assert decided(terms={"quorum_share": share}).verdict == "open"


@pytest.mark.parametrize("stage", ["draft", "for-comment"])
def test_before_the_members_are_asked_nothing_is_decided(stage):
    found = decided(*everybody(), stage=stage)
    assert (found.verdict, found.because) == ("open", (f"Its stage is {stage}: the members are not asked yet.",))


def test_what_is_withdrawn_is_not_agreed():
    assert decided(*everybody(), stage="withdrawn").verdict == "none"


def test_without_terms_nobody_knows_how_it_is_decided():
    portfolio = council(*everybody())
    bare = portfolio.without(*portfolio.terms_of_reference.values())
    found = outcome(bare, "some-paper")
    assert (found.verdict, found.terms, found.missing) == ("not-known", "", ("its Terms of Reference",))
    assert (found.joined, found.binding) == (MEMBERS, None)


def test_a_forum_without_members_decides_nothing():
    portfolio = council()
    alone = portfolio.without(*portfolio.agencies.values())
    assert outcome(alone, "some-paper").verdict == "not-known"


def test_an_unknown_paper_is_refused():
    with pytest.raises(ValueError, match="paper: expected the id of a paper of some-portfolio, found 'other'"):
        outcome(council(), "other")


def test_from_outside_an_outcome_is_told_only_where_every_position_is_public():
    objecting = council(said("nasa", "reserves"), release="public", silence=SILENCE)
    for viewer in (PUBLIC, "kari"):
        assert outcome(objecting.as_seen_by(viewer), "some-paper", AFTER).verdict == "not-known"  # and not consensus
    assert outcome(objecting.as_seen_by("esa"), "some-paper", AFTER).verdict == "none"
    open_ones = council(*(said(key, "joins", release="public") for key in MEMBERS), release="public")
    assert outcome(open_ones.as_seen_by(PUBLIC), "some-paper").verdict == "consensus"


def test_from_outside_nobody_is_said_not_to_have_joined_who_may_have():
    told = council(said("nasa", "reserves", release="public"), said("esa", "joins"), release="public", silence=SILENCE)
    seen = outcome(told.as_seen_by(PUBLIC), "some-paper", AFTER)
    assert (seen.joined, seen.not_joined) == ((), ("nasa",))
    assert "esa" in outcome(told.as_seen_by("csa"), "some-paper", AFTER).joined


def test_what_hides_a_member_hides_the_outcome():
    portfolio = council(*everybody())
    secret = agency("kari", as_of="2008", release="private")
    beside = portfolio.replace(secret, said("kari", "reserves"))
    assert outcome(beside, "some-paper").verdict == "consensus"  # it is no member
    assert outcome(beside.as_seen_by("esa"), "some-paper").verdict == "not-known"  # which esa cannot know


POSITIONS = st.dictionaries(
    st.sampled_from([*MEMBERS, "kari"]),
    st.tuples(st.sampled_from(STANDS), st.sampled_from(["members", "public", "private"])),
)
RULES = st.fixed_dictionaries(
    {"decides_by": st.sampled_from(["consensus", "unanimity", "two-thirds", "majority"])},
    optional={"standing_aside": st.booleans(), "quorum_share": st.sampled_from([0.25, 0.5, 1.0])},
)
PAPERS = st.fixed_dictionaries(
    {"stage": st.sampled_from(["draft", "for-decision", "issued"])}, optional={"silence": st.just(SILENCE)}
)
DAYS = st.sampled_from([BEFORE, LAST, AFTER, dt.date(2011, 12, 31)])


def drawn(positions, rules, paper):
    given = [said(key, stand, release=release) for key, (stand, release) in sorted(positions.items())]
    return council(*given, terms=rules, **paper)


@given(POSITIONS, RULES, PAPERS, DAYS)
def test_every_member_finds_the_same_outcome(positions, rules, paper, at):
    whole = drawn(positions, rules, paper)
    expected = outcome(whole, "some-paper", at)
    for viewer in MEMBERS:
        seen = outcome(whole.as_seen_by(viewer), "some-paper", at)
        assert replace(seen, because=()) == replace(expected, because=())
        assert told_to_all(seen) == told_to_all(expected)


def told_to_all(found):
    """Reasons that rest on what all members can read."""
    return [one for one in found.because if not one.startswith("Not released")]


@given(POSITIONS, POSITIONS, RULES, PAPERS, DAYS)
def test_who_looks_from_outside_learns_nothing_of_what_members_said(before, after, rules, paper, at):
    public = {key: one for key, one in before.items() if one[1] == "public"}
    hidden = {key: one for key, one in after.items() if one[1] != "public" and key not in public}
    paper = {**paper, "release": "public"}
    one = drawn(public, rules, paper)
    other = drawn({**public, **hidden}, rules, paper)
    for viewer in (PUBLIC, "stranger"):
        assert outcome(one.as_seen_by(viewer), "some-paper", at) == outcome(other.as_seen_by(viewer), "some-paper", at)


@given(POSITIONS, RULES, PAPERS, DAYS)
def test_an_outcome_is_sound(positions, rules, paper, at):
    found = outcome(drawn(positions, rules, paper), "some-paper", at)
    assert {found.verdict, found.if_nothing_more} <= set(VERDICTS)
    assert found.if_nothing_more != "open"
    stands = [one.stand for one in found.members]
    agreed = {"consensus", "consensus-some-aside"}
    if agreed & {found.verdict, found.if_nothing_more}:
        assert "reserves" not in stands
    if found.verdict in agreed:
        assert ("stands-aside" in stands) == (found.verdict == "consensus-some-aside")
        assert found.closes is not None or "silent" not in stands
    if found.joined or any(one != "silent" for one in stands):
        assert sorted((*found.joined, *found.not_joined)) == list(MEMBERS)


@given(POSITIONS, st.sampled_from(MEMBERS), RULES, PAPERS, DAYS)
def test_joining_undoes_no_agreement(positions, who, rules, paper, at):
    agreed = {"consensus", "consensus-some-aside", "carried"}
    before = outcome(drawn(positions, rules, paper), "some-paper", at)
    after = outcome(drawn({**positions, who: ("joins", "members")}, rules, paper), "some-paper", at)
    assert before.verdict not in agreed or after.verdict in agreed
