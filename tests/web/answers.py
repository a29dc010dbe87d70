"""Runs of the scene that are answered: each by the engines, from what its viewer may see at the table it stands at."""

import datetime as dt
import io

from tests.web import scene, tables

LEAVES = [{"does": "withdraw", "agency": "borea"}]
NAMES = ("owner", "partner", "other", "outsider", "office", "stranger")
"""Who has runs: a stranger's belong to everybody."""
SHARED = {"owner": ["borea", "corvo"], "partner": ["aster", "corvo", "draco"], "other": ["aster"]}
"""With whom each shares its runs."""


QUESTIONS = ("exposure", "whatif", "risk", "schedule-diff", "compare", "worth", "shares")
"""What is asked for each of them."""


def parameters(question, portfolio):
    """Return the parameters of a question as its page sends them, small enough to be answered in no time."""
    from synodos.web.runs import forms

    small = {"iterations": 50}
    worth = {"years": 10, "limit_s": 5.0}
    change = {"parts": ["missions", "dates", "costs", "objectives", "options"], "seed": 1}
    made = {
        "exposure": lambda: forms.ExposureForm.defaults(portfolio),
        "whatif": lambda: {"changes": {"Borea leaves": LEAVES}, **change, **small},
        "risk": lambda: forms.RiskForm.defaults(portfolio) | small,
        "schedule-diff": lambda: {"scope": None, "until": None, "since": "2011-05-31"},
        "compare": lambda: forms.CompareForm.defaults(portfolio) | small | {"parts": ["costs", "dependence", "dates"]},
        "worth": lambda: forms.WorthForm.defaults(portfolio) | worth,
        "shares": lambda: forms.WorthForm.defaults(portfolio) | worth | {"share": None, "most": 3},
    }
    return made[question]()


def lay(names=NAMES, asked=QUESTIONS):
    """Let each of some people have an answered run of each question, shared as they do."""
    for name in names:
        for question in asked:
            answered(name, question)


def key(name, question):
    """Return the key of somebody's run of a question: the same in every table."""
    return tables.key("answered runs", f"{name} {question}")


def answered(name, question):
    """Keep a run of somebody, answered as its worker answers it; return it."""
    from synodos.ledger import snapshot
    from synodos.web.runs import child
    from synodos.web.runs.models import Run, RunAnswer, State

    viewer = tables.EYES[name]
    seen = snapshot(viewer=viewer)
    asked = parameters(question, seen)
    person = None if name == "stranger" else tables.user(name)
    words = [word for sort, word in scene.MARKS.items() if scene.SEEN_BY[sort] == {viewer}]
    run = Run.objects.create(
        id=key(name, question), asked_by=person, viewer=viewer, question=question, parameters=asked,
        title=" ".join(("Kept", question, *words)), shared_with=SHARED.get(name, []), state=State.DONE,
        sha256=seen.sha256, share=1.0, words="Done", ended_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    job = {"run": str(run.pk), "question": question, "parameters": asked, "viewer": viewer, "known_on": None}
    found = child._answered(job, child.Telling(io.StringIO()))
    assert found["sha256"] == run.sha256
    RunAnswer.objects.create(run=run, told=found["told"])
    return run


def built():
    """Have the office build an edition with the eyes of members; return the path of the draft, which it alone sees."""
    from synodos.ledger import snapshot
    from synodos.web.runs import answering

    plan = {
        "id": "round-table-9", "number": 9, "title": "Built at the table", "published": "2012-07-15",
        "known_on": scene.DAY.isoformat(), "viewer": "members", "scenarios": ["aster-scenario"], "iterations": 10,
        "foreword": ["It was built for a test."],
    }  # fmt: skip
    asked = {"plan": plan, "signs": None, "shown_to": scene.OFFICE}
    return answering.answer("edition", snapshot(viewer=scene.OFFICE), asked, lambda *_: None).leads_to
