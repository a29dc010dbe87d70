import datetime as dt

from synodos.language import load
from synodos.law import Assessment, Finding, ReadingLeads, contested
from synodos.law.contested import LATER
from tests.language.minimal import statement
from tests.law.test_agreements import portfolio

QUESTION, READING = "extracted-resources", "extracted-resources-may-be-owned"


def hinging(activity, question=QUESTION):
    """A finding that hinges on a question."""
    leads = tuple(
        ReadingLeads(question, reading, None, ()) for reading in load("contested-questions").children(question)
    )
    return Finding("OST-2", activity, "usa", "needs_determination", "contested", contested=leads)


def test_questions_on_which_findings_hinge_come_first():
    plans = portfolio()
    findings = [hinging("mission:a"), hinging("mission:b"), hinging("mission:b", "joint-extraction")]
    found = contested(plans, Assessment(findings, (), (), plans.known_on))
    assert [(one.id, one.findings, one.activities) for one in found[:3]] == [
        (QUESTION, 2, ("mission:a", "mission:b")),
        ("joint-extraction", 1, ("mission:b",)),
        (found[2].id, 0, ()),
    ]


def test_a_reading_tells_who_holds_it_and_who_declared_it():
    plans = portfolio(statement("legal-position", owner="nasa", stated_by="nasa", since="2015", statement="By statute"))
    (question,) = (one for one in contested(plans) if one.id == QUESTION)
    (reading,) = (one for one in question.readings if one.id == READING)
    assert [(one.holder, str(one.since), one.statement) for one in reading.positions] == [
        ("nasa", "2015", "By statute")
    ]
    assert reading.held_by.startswith("United States")
    assert all(not other.positions for other in question.readings if other.id != READING)


def test_positions_and_practice_of_later_days_are_left_out_where_an_earlier_law_is_asked_for():
    plans = portfolio(statement("legal-position", owner="nasa", stated_by="nasa", since="2015", statement="By statute"))
    told = {}
    for year in (2011, 2014, 2016, 2023):
        found = contested(plans, Assessment((), (), (), dt.date(year, 6, 1)))
        told[year] = {reading.id: reading for question in found for reading in question.readings}
    assert [len(told[year][READING].positions) for year in (2014, 2016)] == [0, 1]
    since_2022, of_2011 = "barter-is-no-payment", "rider-binds"
    assert [told[year][since_2022].held_by == LATER for year in (2011, 2014, 2016, 2023)] == [True, True, True, False]
    assert [told[year][of_2011].held_by == LATER for year in (2011, 2014)] == [False, False]
