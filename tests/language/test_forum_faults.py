"""What the forum's records say wrong of each other is found, named and placed."""

import pytest
from pydantic import ValidationError

from synodos.language import WITHHELD, faults, load
from tests.language.minimal import agency, history, statement

SHA = "0" * 64


def found(*statements, **given):
    """Code, record and field of each fault."""
    return [(fault.code, fault.record, fault.field) for fault in faults(history(*statements, **given))]


def paper(**given):
    return statement("paper", **given)


def position(**given):
    return statement("position", **given)


def test_sound_records_of_a_forum_have_no_fault():
    terms = statement("terms-of-reference", products_bind=False, silence_days=30, secretariat="esa")
    silence = {"opens": "2011-03-01", "closes": "2011-03-31"}
    pins = {"known_on": "2010-12-31", "portfolio_sha256": SHA}
    meeting = statement("meeting", participants=["esa"], agencies_present=1, documents=["some-paper"])
    records = [
        terms,
        statement("working-group", terms=terms.id),
        meeting,
        paper(group="some-working-group", silence=silence, pins=pins, binding=False),
        position(),
        statement("action", meeting=meeting.id, paper="some-paper", bearer="esa", due="2011-12-01"),
        statement("progress", group="some-working-group"),
    ]
    assert found(*records) == []


def test_a_position_is_on_a_version_that_there_was():
    assert found(paper(version=2), position(version=2)) == []
    assert found(paper(version=2), position(version=1)) == []  # said of the version before
    assert found(paper(version=2), position(version=3)) == [("position.version", "position some-position", "version")]
    assert found(position(paper="other")) == [("reference.unknown", "position some-position", "paper")]


def test_the_version_of_an_earlier_statement_can_still_be_spoken_of():
    first, second = paper(version=1, as_of="2010"), paper(version=2, as_of="2011")
    assert found(first, second, position(version=1)) == []


def test_versions_count_up():
    first, second = paper(version=2, as_of="2010"), paper(version=1, as_of="2011")
    assert found(first, second) == [("paper.version", "paper some-paper", "version")]
    assert found(second.model_copy(update={"version": 2}), first) == []


def test_one_owner_is_of_one_mind():
    other = {"id": "again", "stand": "stands-aside"}
    assert found(paper(), position(), position(**other)) == [("position.contradicts", "position again", "stand")]
    assert found(paper(), position(), position(id="again")) == []
    assert found(paper(), position(), position(**other, retracted=True)) == []
    assert found(paper(version=2), position(), position(**other, version=2)) == []
    nasa = position(**other, owner="nasa", stated_by="nasa")
    assert found(agency("nasa"), paper(), position(), nasa) == []


def test_what_is_withheld_contradicts_nothing():
    hidden = {"paper": WITHHELD}
    assert found(position(**hidden), position(**hidden, id="again", stand="stands-aside")) == []


def test_a_common_understanding_is_about_a_question():
    reading = "extracted-resources-may-be-owned"

    question = load("contested-questions").terms[reading].parent
    common = {"type": "common-understanding"}
    assert found(paper(**common, contested=question)) == []
    assert found(paper(**common, contested=reading)) == [("paper.reading", "paper some-paper", "contested")]


def test_nothing_binds_where_the_terms_say_so():
    terms = statement("terms-of-reference", products_bind=False)
    assert found(terms, paper(binding=True)) == [("paper.binds", "paper some-paper", "binding")]
    assert found(statement("terms-of-reference"), paper(binding=True)) == []
    others = statement("terms-of-reference", id="others")
    assert found(terms, others, paper(binding=True)) == []  # which of the two is meant is not said
    assert found(terms, others, paper(binding=True, terms=terms.id)) != []


@pytest.mark.parametrize(("closes", "codes"), [("2011-03-31", []), ("2011-03-30", ["silence.short"])])
def test_a_silence_procedure_is_as_long_as_the_terms_ask(closes, codes):
    terms = statement("terms-of-reference", silence_days=30)
    silence = {"opens": "2011-03-01", "closes": closes}
    assert [code for code, _, _ in found(terms, paper(silence=silence))] == codes


def test_no_more_agencies_are_named_than_were_counted():
    agencies = [agency("nasa"), agency("csa")]
    meeting = statement("meeting", participants=["nasa", "csa"], agencies_present=1)
    assert found(*agencies, meeting) == [("meeting.present", "meeting some-meeting", "agencies_present")]
    assert found(*agencies, meeting.model_copy(update={"agencies_present": 2})) == []


def test_no_paper_pins_the_portfolio_that_holds_it():
    pins = {"known_on": "2011-12-31", "portfolio_sha256": SHA}
    assert found(paper(pins=pins)) == [("paper.pins-itself", "paper some-paper", "pins.known_on")]
    assert found(paper(pins={**pins, "known_on": "2011-12-30"})) == []


def test_papers_and_groups_come_one_after_the_other():
    loop = [paper(id="one", replaces="two"), paper(id="two", replaces="one")]
    assert {code for code, _, _ in found(*loop)} == {"paper.loop"}
    groups = [statement("working-group", id=one, follows=other) for one, other in (("a", "b"), ("b", "a"))]
    assert {code for code, _, _ in found(*groups)} == {"working-group.loop"}


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("position", {"stand": "reserves"}, "`reason`"),
        ("action", {"done": "2011"}, "`standing`"),
        ("progress", {"accomplishments": []}, "`accomplishments` or `future_work`"),
        ("paper", {"silence": {"opens": "2011-03", "closes": "2011-03-31"}}, "each a day"),
        ("paper", {"silence": {"opens": "2011-03-31", "closes": "2011-03-30"}}, "on or after `opens`"),
        ("paper", {"pins": {"known_on": "2011", "portfolio_sha256": SHA}}, "`known_on`: a day"),
        ("paper", {"pins": {"known_on": "2011-01-01", "portfolio_sha256": "0"}}, "match pattern"),
        ("paper", {"version": 0}, "greater than or equal to 1"),
        ("terms-of-reference", {"quorum_share": 0}, "greater than 0"),
        ("terms-of-reference", {"decides_by": "acclamation"}, "'consensus'"),
    ],
)
def test_what_a_record_says_wrong_on_its_own_is_refused(kind, given, told):
    with pytest.raises(ValidationError, match=told):
        statement(kind, **given)


def test_what_is_complete_is_taken():
    assert statement("position", stand="reserves", reason="The date.").reason == "The date."
    assert statement("action", standing="done", done="2011").done.text == "2011"
    assert statement("progress", accomplishments=[], future_work=["More"]).future_work == ("More",)
