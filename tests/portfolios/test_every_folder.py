"""What holds in every folder that ships: each day stands on its own, and no confidence is higher than its sources."""

from functools import cache

import pytest

from synodos.exchange import inspect
from synodos.language import GENERAL_KNOWLEDGE, WITHHELD, Points, references, requirements

FOLDERS = (
    "cassini-huygens",
    "exomars",
    "exploration2011",
    "exploration2026",
    "gateway",
    "hubble",
    "iss",
    "jwst",
    "nasa-agreements",
)
DATED_BY_SOURCES = ("cassini-huygens", "exploration2011", "hubble", "iss")
BODIES = {"agency", "state"}
GONE = {"cancelled", "lost", "withdrawn"}


@pytest.fixture(scope="module")
def history(root):
    """Every statement of a folder, read once."""

    @cache
    def read(name):
        found, faults = inspect(root / "portfolios" / name)
        assert faults == ()
        return found

    return read


def later_sources(header, statement):
    """Return the sources that are younger than the statement's day; one without a date is not."""
    dates = {key: header.sources[key].date for key in statement.sources}
    return {key for key, date in dates.items() if date and date.earliest > statement.as_of.latest}


@pytest.mark.parametrize("name", FOLDERS)
def test_agencies_and_states_are_known_when_a_statement_names_them(history, name):
    first = {}
    for statement in history(name).statements:
        key = (statement.kind, statement.id)
        first[key] = min(statement.as_of.latest, first.get(key, statement.as_of.latest))
    compiler = history(name).header.compiler.id
    late = {
        (statement.kind, statement.id, statement.as_of.text, reference.path, reference.target)
        for statement in history(name).statements
        for reference in references(statement)
        if isinstance(reference.mark, Points)
        and BODIES & set(reference.mark.kinds)
        and reference.target != compiler
        and not any(
            first[kind, reference.target] <= statement.as_of.latest
            for kind in reference.mark.kinds
            if (kind, reference.target) in first
        )
    }
    assert late == set()


@pytest.mark.parametrize("name", ["exploration2011", "exploration2026"])
def test_no_owner_is_withheld_on_an_earlier_day(history, name):
    days = sorted({statement.as_of.latest for statement in history(name).statements})
    for day in days[:: max(1, len(days) // 12)]:
        assert [r.id for r in history(name).known_on(day) if r.owner == WITHHELD] == [], day


@pytest.mark.parametrize("name", DATED_BY_SOURCES)
def test_what_was_read_rests_on_a_text_of_its_time(history, name):
    header = history(name).header
    read = [statement for statement in history(name).statements if statement.confidence == "read"]
    assert read
    assert [s.id for s in read if later_sources(header, s)] == []


@pytest.mark.parametrize("name", DATED_BY_SOURCES)
def test_what_only_later_sources_tell_says_so(history, name):
    header = history(name).header
    later = [(s, later_sources(header, s)) for s in history(name).statements]
    told_later = [s for s, younger in later if younger and younger >= set(s.sources) - {GENERAL_KNOWLEDGE}]
    assert told_later
    assert [s.id for s in told_later if "told by a later source" not in (s.note or "").lower()] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_several_essential_means_are_needed_together(history, name):
    # Several records that meet one requirement serve together; where any one serves, each has a requirement of its own.
    together = {
        (statement.id, requirement.met_by)
        for statement in history(name).statements
        for _, requirement in requirements(statement)
        if len(requirement.met_by) > 1 and requirement.essential
    }
    expected = {("iss", ("zarya", "zvezda")), ("iss", ("unity", "harmony"))} if name == "exploration2011" else set()
    assert together == expected


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_that_is_gone_meets_a_requirement(history, name):
    portfolio = history(name).known_on()
    gone = {
        (record.id, key)
        for record in portfolio
        if getattr(record, "status", None) not in {"completed", "cancelled", "lost"}
        for _, requirement in requirements(record)
        for key in requirement.met_by
        for provider in [portfolio.provider_record(key)]
        if {getattr(provider, "status", None), getattr(provider, "standing", None)} & GONE
    }
    assert gone == set()
