"""Every case comes out as its sources say."""

from collections import Counter

import pytest

from synodos import law
from tests.law.casework import case_counts, cases, differences


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case_comes_out_as_its_sources_say(case):
    assert differences(case) == []


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case_asks_about_a_norm_of_the_catalogue_and_names_its_source(case):
    policies = {policy["id"] for policy in case.facts.get("policies", ())}
    assert case.norm in law.catalogue().norms or case.norm.rpartition(".")[0] in policies
    assert case.source


def test_cases_have_names_of_their_own():
    assert [name for name, times in Counter(map(str, cases())).items() if times > 1] == []


def test_no_case_is_certain_where_the_sources_are_contested():
    assert case_counts()["certain_though_contested"] == 0
