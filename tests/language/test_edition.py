"""The plan of an edition refuses what makes no sense, and says what."""

import datetime as dt

import pytest
from pydantic import ValidationError

from synodos.language import EditionPlan

SAID = {
    "id": "roadmap-1",
    "number": 1,
    "title": "Roadmap",
    "published": "2026-07",
    "known_on": "2026-06",
    "scenarios": ["moon-next"],
}


def test_a_month_counts_as_its_last_day_and_law_is_of_the_day_of_knowledge():
    plan = EditionPlan.model_validate(SAID)
    assert plan.day == plan.law_day == dt.date(2026, 6, 30)
    assert EditionPlan.model_validate(SAID | {"law_known_on": "2025"}).law_day == dt.date(2025, 12, 31)
    assert plan.viewer == "public"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("published", "2026-05", "on or after the day of knowledge"),
        ("published", "2026..", "not an open range"),
        ("known_on", "..2026", "not an open range"),
        ("law_known_on", "2020..", "not an open range"),
        ("scenarios", [], "at least 1 item"),
        ("scenarios", ["moon-next", "moon-next"], "each once"),
        ("authors", ["esa", "esa"], "each once"),
        ("number", 0, "greater than or equal to 1"),
        ("iterations", 0, "greater than or equal to 1"),
        ("iterations", 10**9, "less than or equal to"),
        ("seed", -1, "greater than or equal to 0"),
        ("supersedes", "roadmap-1", "not itself"),
        ("id", "public", "an id other than"),
        ("chapters", [{"title": "Empty", "text": []}], "at least 1 item"),
        ("surprise", 1, "Extra inputs"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_makes_no_sense_is_refused(field, value, words):
    with pytest.raises(ValidationError, match=words):
        EditionPlan.model_validate(SAID | {field: value})
