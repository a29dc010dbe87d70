import inspect
import re

import pytest
from hypothesis import given

from synodos.language import consistency, faults, label, requirements
from tests.language.minimal import agency, history, statement
from tests.strategies import histories

LANDER = statement("element", id="lander", provides=["chemical-propulsion"])


def landing(**given):
    return statement("mission", id="landing", requirements=[given])


def term(name, parent="propulsion"):
    return {"id": name, "label": name, "parent": parent, "confidence": "read", "sources": ["report"]}


def own_terms(*terms):
    return {"vocabularies": {"capabilities": terms}}


def rate(source):
    return {
        "exchange_rates": [{"currency": "EUR", "in_currency": "USD", "rate": 1.3, "on": "2011", "sources": [source]}]
    }


def index(source):
    return {"price_indices": [{"currency": "EUR", "year": 2011, "index": 100, "sources": [source]}]}


def agreement(name, parent=None):
    return statement("agreement", id=name, parent=parent)


COMPILED = {"compiler": {"id": "archive", "name": "The archive"}}
CASES = {
    "vocabulary.unknown": [
        ("vocabularies.planets", history(vocabularies={"planets": [term("mars")]}), history(**own_terms(term("own")))),
    ],
    "term.twice": [
        ("vocabularies.capabilities", history(**own_terms(term("launch"))), history(**own_terms(term("launch-2")))),
        (
            "vocabularies.capabilities",
            history(**own_terms(term("own"), term("own"))),
            history(**own_terms(term("own"), term("own-2"))),
        ),
    ],
    "term.unknown": [
        (
            "vocabularies.capabilities",
            history(**own_terms(term("own", "nothing"))),
            history(**own_terms(term("own", None))),
        ),
        (
            "vocabularies.capabilities",
            history(**own_terms(term("low", "high"), term("high", None))),
            history(**own_terms(term("high", None), term("low", "high"))),
        ),
        (
            "vocabularies.capabilities",
            history(**own_terms({**term("own"), "serves": ["launch", "nothing"]})),
            history(**own_terms({**term("own"), "serves": ["launch"]})),
        ),
        ("provides[1]", history(statement("element", provides=["launch", "launsh"])), history(LANDER)),
        (
            "destinations[0]",
            history(statement("mission", destinations=["launch"])),
            history(statement("mission", destinations=["mars"])),
        ),
        (
            "requirements[0].capability",
            history(landing(capability="own")),
            history(landing(capability="own"), **own_terms(term("own"))),
        ),
    ],
    "source.unknown": [
        ("sources[1]", history(statement("need", sources=["report", "rumour"])), history(statement("need"))),
        ("exchange_rates", history(**rate("rumour")), history(**rate("report"))),
        ("price_indices", history(**index("rumour")), history(**index("report"))),
        (
            "vocabularies.capabilities",
            history(**own_terms({**term("own"), "sources": ["rumour"]})),
            history(**own_terms(term("own"))),
        ),
    ],
    "author.not-owner": [
        (
            "stated_by",
            history(agency("nasa"), statement("mission", stated_by="nasa")),
            history(agency("nasa"), statement("mission", owner="nasa", stated_by="nasa")),
        ),
        (
            "stated_by",
            history(agency("nasa"), statement("mission", stated_by="nasa"), **COMPILED),
            history(statement("mission", stated_by="archive"), **COMPILED),
        ),
    ],
    "statement.late": [
        ("as_of", history(statement("mission", as_of="2013")), history(statement("mission", as_of="2012"))),
        (
            "as_of",
            history(statement("mission", as_of="2012"), known_on="2012-06-30"),
            history(statement("mission", as_of="2012-06"), known_on="2012-06-30"),
        ),
    ],
    "owner.changed": [
        (
            "owner",
            history(agency("nasa"), statement("need"), statement("need", owner="nasa", stated_by="nasa", as_of="2012")),
            history(
                agency("nasa"), statement("need"), statement("offer", id="some-need", owner="nasa", stated_by="nasa")
            ),
        ),
    ],
    "statement.twice": [
        (
            "as_of",
            history(statement("need", as_of="2011"), statement("need", as_of="2011-12-31")),
            history(statement("need", as_of="2011"), statement("need", as_of="2011-12-30")),
        ),
    ],
    "confidence.too-high": [
        (
            "confidence",
            history(
                statement("need", sources=["general-knowledge"]),
                sources={"general-knowledge": {"title": "None"}, "report": {"title": "R"}},
            ),
            history(
                statement("need", sources=["general-knowledge"], confidence="unverified"),
                statement("offer", sources=["general-knowledge", "report"]),
                sources={"general-knowledge": {"title": "None"}, "report": {"title": "R"}},
            ),
        ),
    ],
    "reference.unknown": [
        (
            "owner",
            history(statement("need", owner="nasa", stated_by="archive"), **COMPILED),
            history(agency("nasa"), statement("need", owner="nasa", stated_by="archive"), **COMPILED),
        ),
        (
            "release[1]",
            history(statement("need", release=["esa", "nasa"])),
            history(statement("need", release=["esa"])),
        ),
        (
            "requirements[0].met_by[0]",
            history(landing(capability="propulsion", met_by=["landr"]), LANDER),
            history(landing(capability="propulsion", met_by=["lander"]), LANDER),
        ),
        (
            "missions[0]",
            history(statement("scenario", missions=["lander"]), LANDER),
            history(statement("scenario", missions=["landing"]), landing(capability="launch")),
        ),
        (
            "missions[0]",
            history(statement("scenario", missions=["gone"])),
            history(statement("scenario", missions=["withheld"])),
        ),
    ],
    "dates.order": [
        (
            "ends",
            history(statement("mission", planned="2016", ends="2015")),
            history(statement("mission", planned="2016", ends="2016-01")),
        ),
        (
            "in_force",
            history(statement("agreement", signed="2016", in_force="..2015")),
            history(statement("agreement", signed="2016-05", in_force="2016")),
        ),
    ],
    "requirement.itself": [
        (
            "requirements[0].met_by[0]",
            history(landing(capability="launch", met_by=["landing"])),
            history(landing(capability="launch")),
        ),
    ],
    "requirement.capability": [
        (
            "requirements[0].met_by[0]",
            history(landing(capability="launch", met_by=["lander"]), LANDER),
            history(landing(capability="propulsion", met_by=["lander"]), LANDER),
        ),
        (
            "needs[0].met_by[0]",
            history(
                statement("element", needs=[{"capability": "chemical-propulsion", "met_by": ["stage"]}]),
                statement("offer", id="stage", provides=["propulsion"]),
            ),
            history(
                statement("element", needs=[{"capability": "propulsion", "met_by": ["stage"]}]),
                statement("offer", id="stage", provides=["propulsion"]),
            ),
        ),
    ],
    "id.ambiguous": [
        ("id", history(LANDER, statement("mission", id="lander")), history(LANDER, statement("need", id="lander"))),
        ("id", history(LANDER, statement("offer", id="lander")), history(LANDER, statement("offer", id="lander-2"))),
    ],
    "agreement.loop": [
        ("parent", history(agreement("one", "one")), history(agreement("one"))),
        (
            "parent",
            history(agreement("one", "two"), agreement("two", "one")),
            history(agreement("one", "two"), agreement("two")),
        ),
    ],
    "calendar.loop": [
        ("parent", history(statement("calendar", id="one", parent="one")), history(statement("calendar", id="one"))),
        (
            "parent",
            history(statement("calendar", id="one", parent="two"), statement("calendar", id="two", parent="one")),
            history(statement("calendar", id="one", parent="two"), statement("calendar", id="two")),
        ),
    ],
}


@pytest.mark.parametrize(
    ("code", "field", "wrong", "right"),
    [
        pytest.param(code, *case, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_what_is_wrong_is_told_and_a_near_miss_is_not(code, field, wrong, right):
    found = faults(wrong)
    assert {(fault.code, fault.field) for fault in found} == {(code, field)}
    assert all(fault.found and fault.expected and fault.severity == "error" for fault in found)
    assert faults(right) == ()


def test_every_code_has_a_case():
    source = inspect.getsource(consistency)
    written = set(re.findall(r'Fault\(\s*"([a-z.-]+)"', source))
    assert written | {"agreement.loop", "calendar.loop"} == set(CASES)


def only(told):
    (fault,) = faults(told)
    return fault


def test_a_fault_names_the_record_the_statement_and_the_nearest_value():
    fault = only(history(LANDER, landing(capability="propulsion", met_by=["landr"])))
    assert (fault.record, fault.statement, fault.found, fault.nearest) == ("mission landing", 2, "'landr'", "lander")
    assert "expected the id of an element or a mission or an offer; nearest: lander" in str(fault)


def test_a_run_suggests_only_as_much_as_anyone_would_read():
    needs = [
        statement("need", id=f"need-{number}", destinations=["mrs"]) for number in range(consistency.MOST_SUGGESTED + 5)
    ]
    near = [fault.nearest for fault in faults(history(*needs))]
    assert near == ["mars"] * consistency.MOST_SUGGESTED + [""] * 5


def test_faults_come_together_in_the_order_of_the_statements():
    told = history(
        statement("mission", planned="2016", ends="2015", stated_by="nasa", sources=["rumour"]),
        statement("need", as_of="2020"),
    )
    assert [(fault.statement, fault.code) for fault in faults(told)] == [
        (1, "author.not-owner"),
        (1, "reference.unknown"),
        (1, "source.unknown"),
        (1, "dates.order"),
        (2, "statement.late"),
    ]


def test_a_loop_of_own_terms_is_told_and_does_not_hang():
    told = history(
        landing(capability="launch", met_by=["lander"]),
        statement("element", id="lander", provides=["hen"]),
        **own_terms(term("hen", "egg"), term("egg", "hen")),
    )
    assert {fault.code for fault in faults(told)} == {"term.unknown", "requirement.capability"}


def test_a_record_may_meet_several_requirements_and_need_several_records():
    told = history(
        statement(
            "mission",
            requirements=[
                {"capability": "propulsion", "met_by": ["lander", "stage"]},
                {"capability": "chemical-propulsion", "met_by": ["lander"]},
                {"capability": "launch", "met_by": []},
            ],
        ),
        LANDER,
        statement("offer", id="stage", provides=["propulsion"]),
    )
    assert faults(told) == ()


def test_requirements_are_found_in_every_kind_that_states_them():
    need = {"capability": "launch"}
    stated = {
        "mission": {"requirements": [need]},
        "element": {"needs": [need]},
        "interest": {"seeks": [need]},
        "need": {"seeks": [need]},
    }
    for kind, own in stated.items():
        (name,) = own
        assert [(path, r.capability) for path, r in requirements(statement(kind, **own))] == [(f"{name}[0]", "launch")]
    assert requirements(statement("offer")) == ()


def test_a_record_is_named_by_kind_and_id():
    assert label(LANDER) == "element lander"


@given(histories())
def test_portfolios_drawn_to_be_sound_are_found_sound(told):
    assert faults(told) == ()
