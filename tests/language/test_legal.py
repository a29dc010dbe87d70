import pytest

from synodos.language import History, faults
from tests.language.minimal import agency, header, statement

MISSION = {"id": "mars-landing"}


def codes(*statements):
    """Codes and fields of the faults of a portfolio of these statements."""
    told = History(header(), (agency("esa"), agency("nasa"), statement("mission", **MISSION), *statements))
    return [(fault.code, fault.field) for fault in faults(told)]


def test_an_answer_stands_for_itself():
    assert codes(statement("determination")) == []


@pytest.mark.parametrize(
    ("other", "contradicts"),
    [
        ({"answer": "no"}, True),
        ({"answer": "yes"}, False),
        ({"answer": "no", "party": "nasa"}, False),
        ({"answer": "no", "since": "2012"}, False),
        ({"answer": "no", "question": "consulted"}, False),
        ({"answer": "no", "owner": "nasa", "stated_by": "nasa"}, False),
    ],
    ids=["otherwise", "same", "of another party", "since another day", "another question", "another owner"],
)
def test_one_owner_answers_a_question_in_one_way(other, contradicts):
    found = codes(statement("determination", id="one"), statement("determination", id="other", **other))
    assert found == ([("determination.contradicts", "answer")] if contradicts else [])


def test_a_matter_is_one_record():
    agreement = statement("agreement", id="mars-landing")
    assert codes(agreement, statement("determination")) == [("id.ambiguous", "about[0]")]


def test_a_position_names_a_reading():
    assert codes(statement("legal-position")) == []
    assert codes(statement("legal-position", reading="extracted-resources")) == [("position.question", "reading")]


def test_agreements_do_not_supersede_each_other():
    chain = [statement("agreement", id=f"text-{n}", supersedes=[f"text-{n - 1}"] if n else []) for n in range(3)]
    assert codes(*chain) == []
    closed = [statement("agreement", id="text-0", supersedes=["text-2"]), *chain[1:]]
    assert codes(*closed) == [("agreement.loop", "supersedes")] * 3


def test_a_close_out_says_something():
    with pytest.raises(ValueError, match="at least one of delivered, cost_borne, benefit"):
        statement("agreement", close_out={})
