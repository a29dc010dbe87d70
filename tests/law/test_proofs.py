import clingo
import pytest

from synodos.law.explaining.proofs import Model
from synodos.law.explaining.rules import rules_by_head


def model(rules, facts=""):
    """What follows from rules and facts, with the rules."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], rules + facts)
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        atoms = next(list(found.symbols(atoms=True)) for found in handle)
    return Model(atoms, rules_by_head({"rules": rules}))


def told(step):
    """A proof as nested names."""
    return (step.name, *map(told, step.because)) if step.because else step.name


def test_a_proof_ends_in_facts_and_goes_in_no_circle():
    found = model("near(X) :- near(Y), next(Y,X). near(X) :- start(X).", "start(1). next(1,2). next(2,1). next(2,2).")
    one, two = clingo.Number(1), clingo.Number(2)
    assert told(found.proof("near", (two,))) == ("near", ("near", "start"), "next")
    assert told(found.proof("near", (one,))) == ("near", "start")
    assert found.proof("near", (clingo.Number(3),)) is None


@pytest.mark.parametrize(("rule", "names"), [("X != Y", {"1", "2"}), ("X = Y", {"1"})])
def test_comparisons_choose_what_a_proof_rests_on(rule, names):
    found = model(f"pair :- a(X), a(Y), {rule}.", "a(1). a(2).")
    step = found.proof("pair", ())
    assert {str(one.arguments[0]) for one in step.because} == names


def test_what_does_not_hold_is_a_reason():
    (absent,) = model("free(X) :- not taken(X), seat(X).", "seat(1).").proof("free", (clingo.Number(1),)).because[:1]
    assert (absent.name, absent.holds) == ("taken", False)
