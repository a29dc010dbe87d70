"""What really happened: plans as known on a day, a change, and what could be seen to follow."""

import datetime as dt
import re
from collections import Counter
from dataclasses import fields, is_dataclass

import pytest

from synodos.language import GENERAL_KNOWLEDGE, History, Record
from synodos.whatif import default_option_defaults
from synodos.whatif.consequences import dates as dates_module
from tests.whatif.casework import answers, cases, expectations, history
from tests.whatif.in_sample import MISSED_ELSEWHERE, RANGE_DAYS, option_values, schedule_values, variants
from tests.whatif.reviewing import PAGE, page

WITHHELD = "later than the day of knowledge, and so not told here"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@pytest.mark.parametrize("expectation", expectations(), ids=str)
def test_history_bears_it_out(expectation):
    found = expectation.differences()
    if expectation.fails:
        assert found, f"holds by now: leave out why it failed ({expectation.fails})"
    else:
        assert found == []


@pytest.mark.parametrize("case", [case for case in cases() if variants(case)], ids=str)
def test_what_holds_by_data_of_the_case_alone_says_so(case):
    """Asked again with values that know nothing of the case, all else comes out as it did."""
    asked = [one for one in case.expectations if one.rests_on_defaults]
    turned = [one for one in asked if any(bool(one.differences(by)) != bool(one.fails) for by in variants(case))]
    assert [one.says for one in turned] == [one.says for one in case.expectations if one.in_sample]


def test_values_of_a_case_are_replaced():
    case = next(case for case in cases() if case.case.startswith("EXM-3"))
    with schedule_values(case):
        assert dates_module.default_defaults().spread("replacement").high == RANGE_DAYS[-1]
    assert dates_module.default_defaults().spread("replacement").high > RANGE_DAYS[-1]
    assert option_values(case, 0.5).days("further-copy") < default_option_defaults().days("further-copy")
    assert option_values(case, 1).share("missed-period") == MISSED_ELSEWHERE


def test_facts_hold_or_their_reason_is_told():
    assert all(one.kind in ("fact", "judgement") for one in expectations())
    assert all(one.source for one in expectations())
    assert [name for name, times in Counter(map(str, expectations())).items() if times > 1] == []


# Nothing of what came later


def texts(value, path=""):
    """Every text in an answer with its place; records of portfolios are left out, whose own day is tested apart."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Record) or hasattr(value, "known_on"):
        return
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(key, path)
            yield from texts(one, f"{path}[{key}]")
    elif isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            yield from texts(one, path)


def told(case):
    """Every text that the answers to a case hold."""
    given = answers(case)
    parts = [given.orphans, *(getattr(given.consequences, one.name) for one in fields(given.consequences))]
    return [*texts(tuple(parts)), *texts(given.options)]


def cited(case):
    """Records that the answers to a case cite, as `kind:id`; what they themselves suppose is left out."""
    keys = {text for _, text in told(case) if re.fullmatch(r"[a-z-]+:[a-z0-9][a-z0-9.-]*", text)}
    return {key for key in keys if ":what-if-" not in key}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_what_is_cited_was_known_on_the_day(case):
    known = answers(case).after
    for key in cited(case):
        kind, _, name = key.partition(":")
        if kind in known.tables:
            record = known.tables[kind].get(name) or answers(case).portfolio.tables[kind].get(name)
            assert record is not None, key
            assert record.as_of.latest <= case.known_on, key


@pytest.mark.parametrize("case", cases(), ids=str)
def test_answers_do_not_change_with_what_was_said_later(case):
    """Leave out every statement of a later day: the portfolio that all answers rest on is the same."""
    whole = history(case.portfolio)
    early = tuple(one for one in whole.statements if one.as_of.latest <= case.known_on)
    then = History(whole.header, early).known_on(case.known_on)
    assert then.tables == answers(case).portfolio.tables


def test_most_cases_leave_later_statements_out():
    later = [
        case for case in cases() if any(one.as_of.latest > case.known_on for one in history(case.portfolio).statements)
    ]
    assert len(later) >= len(cases()) - 1


@pytest.mark.parametrize("case", cases(), ids=str)
def test_no_text_speaks_of_a_later_year_that_the_plans_of_the_day_do_not_name(case):
    """A year to come may be told where a plan of the day names it, or where a date was computed.

    A value that rests on later sources says that it does, and does not tell them.
    """
    given = answers(case)
    planned = {int(year) for record in given.portfolio for year in YEAR.findall(record.model_dump_json())}
    ahead = horizon(case)
    late = {
        (path, text)
        for path, text in told(case)
        if not text.endswith(WITHHELD)
        for year in map(int, YEAR.findall(text))
        if year > case.known_on.year and year not in planned and year not in ahead
    }
    assert late == set()


def horizon(case):
    """Years of the dates that the answers compute."""
    return {one.year for one in dates(answers(case).options)} | {one.year for one in dates(answers(case).dates)}


def dates(value):
    """Every date in an answer."""
    if isinstance(value, dt.date):
        yield value
    elif is_dataclass(value) and not isinstance(value, Record):
        for one in fields(value):
            yield from dates(getattr(value, one.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from dates(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from dates(one)


# Sources of the time, and the page of the review


@pytest.mark.parametrize("case", cases(), ids=str)
def test_what_rests_on_later_sources_alone_says_so(case):
    sources = history(case.portfolio).header.sources
    silent = []
    for record in answers(case).portfolio:
        known = [sources[key] for key in record.sources if key != GENERAL_KNOWLEDGE]
        of_the_time = any(one.date is None or one.date.earliest <= case.known_on for one in known)
        if not (of_the_time or record.rests_on_unverified or "later source" in (record.note or "")):
            silent.append(f"{record.kind}:{record.id}")
    assert silent == []


def test_the_page_of_the_review_is_as_the_cases_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.whatif.reviewing"
