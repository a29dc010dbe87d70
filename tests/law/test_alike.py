"""Records that differ in nothing that law reads: what is told of one is told of the others, of each by itself."""

import pytest

from synodos.law.situations import situations
from synodos.law.situations.alike import UNREAD, Retold
from tests.law.casework import Case, portfolio

MARS = {"owner": "nasa", "destinations": ["mars"], "planned": "2030", "partners": [{"agency": "esa"}]}
OTHER = {
    "name": "Other", "release": "members", "as_of": "2001", "note": "A remark.",
    "sources": ["case", "other"], "disputes": ["Two dates."], "also_called": ["Second"], "aims": ["To look."],
    "statement": "Planned.", "costs": [{"money": {"amount": 1, "currency": "EUR"}}], "objectives": ["science"],
}  # fmt: skip


class Book:
    """Registers that hold nothing."""

    contract_days = ()
    signing_days = ()

    def members(self, organisation, at):
        return [("fra", False)] if organisation == "esa" else []


def made(*missions, **others):
    """Situations of missions by their id."""
    case = Case("none", "none", "none", "none", "none", "none", {}, {"missions": list(missions), **others})
    return {one.activity.partition(":")[2]: one for one in situations(portfolio(case), Book())}


def test_facts_name_the_record_that_tells_them():
    one, other = {**MARS, "id": "one"}, {**MARS, "id": "other"}
    together, alone = made(one, other)["other"], made(other)["other"]
    assert isinstance(together.facts, Retold)
    assert not isinstance(alone.facts, Retold)
    assert together == alone
    assert {record for fact in together.facts for record in fact.records} >= {"mission:other", "agency:esa"}


def test_what_is_read_tells_records_apart():
    found = made({**MARS, "id": "one"}, {**MARS, "id": "other", "crewed": True}, {**MARS, "id": "third"})
    assert [isinstance(found[key].facts, Retold) for key in ("one", "other", "third")] == [False, False, True]


@pytest.mark.parametrize("field", sorted(UNREAD - {"id", "stated_by", "retracted"}))
def test_no_fact_is_told_of_what_is_not_read(field, monkeypatch):
    monkeypatch.setattr("tests.law.casework.faults", lambda _: [])  # the case has no other sources, and no goals
    plain, changed = ({**MARS, "id": "one", "name": "One"}, {**MARS, "id": "one", "name": "One", field: OTHER[field]})
    before, after = made(plain)["one"], made(changed)["one"]
    assert (before.facts, before.start, before.course, before.parties) == (
        after.facts,
        after.start,
        after.course,
        after.parties,
    )


@pytest.mark.parametrize(
    "others",
    [
        {"commitments": [{"id": "given", "owner": "nasa", "name": "Given", "to": ["other"], "level": "agreed"}]},
        {"determinations": [
            {"id": "said", "owner": "nasa", "about": ["other"], "question": "crewed", "answer": "no"},
        ]},
        {"agreements": [
            {"id": "signed", "owner": "nasa", "name": "Signed", "instrument": "memorandum-of-understanding",
             "parties": ["nasa", "esa"], "covers": ["other"], "in_force": "2020"},
        ]},
    ],
    ids=lambda others: next(iter(others)),
)  # fmt: skip
def test_a_record_that_others_name_is_looked_at_by_itself(others):
    one, other = {**MARS, "id": "one"}, {**MARS, "id": "other"}
    found = made(one, other, **others)
    assert not isinstance(found["other"].facts, Retold)
    assert found["other"] == made(other, **others)["other"]


def test_a_mission_that_meets_its_own_requirement_is_looked_at_by_itself(monkeypatch):
    monkeypatch.setattr("tests.law.casework.faults", lambda _: [])  # files may not say so
    needs = [{"capability": "launch-services", "met_by": ["one"], "essential": True}]
    found = made({**MARS, "id": "one", "requirements": needs}, {**MARS, "id": "other", "requirements": needs})
    assert found["other"] == made({**MARS, "id": "one"}, {**MARS, "id": "other", "requirements": needs})["other"]
