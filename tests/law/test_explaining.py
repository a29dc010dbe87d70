import datetime as dt
import re

import pytest
from clingo import String

from synodos.exchange import read_history
from synodos.law import assess, catalogue
from synodos.law.assessing import party_names
from synodos.law.explaining import Reason, explain
from synodos.law.explaining.explain import _once
from synodos.law.explaining.proofs import Miss
from synodos.law.explaining.rules import Literally, rules_by_head
from synodos.law.explaining.sentences import Sentences, wording
from synodos.law.situations import situations

SCAFFOLDING = {
    "asked_of_register", "binds", "binds_unknown", "date", "doubt_asked_of_register", "hinges", "hinges_on", "in_force",
    "in_force_unknown", "involved", "lifts", "named", "named_perhaps", "norm", "party", "party_unknown", "reading_of",
    "register_of", "standing", "stands", "turns_on",
}  # fmt: skip
"""What Python gives beside the facts of an activity; an explanation tells it from windows and registers."""


@pytest.fixture(scope="module")
def station(root):
    """The station's portfolio."""
    return read_history(root / "portfolios/iss").known_on()


def lines(reasons):
    """All sentences of a tree."""
    return [text for reason in reasons for text in (reason.text, *lines(reason.because))]


def leaves(reasons):
    """Sentences that rest on nothing further."""
    return [one for reason in reasons for one in (leaves(reason.because) or [reason])]


def test_every_fact_that_rules_ask_for_has_a_sentence():
    rules = [rule for of in rules_by_head(catalogue().rules).values() for rule in of]
    asked = {literal.name for rule in rules for literal in rule.body if literal.kind != "comparison"}
    given = asked - {rule.head.name for rule in rules} - SCAFFOLDING
    assert given <= set(wording()["holds"])


def test_every_reason_for_a_conflict_is_worded():
    heads = [rule.head for rule in rules_by_head(catalogue().rules)["violated", 4]]
    named = {head.terms[3].string for head in heads if not isinstance(head.terms[3], str)}
    assert named <= set(wording()["reasons"])


def test_every_finding_can_be_explained_down_to_records_and_registers(station):
    assessment = assess(station, scope="payment")
    assert len(assessment.findings) > 10
    for finding in assessment.findings:
        told = explain(station, finding.norm, finding.activity, finding.bearer)
        assert told.finding == finding
        for branch in told.branches:
            if finding.contested:
                leads = {one.reading: one.status for one in finding.contested}
                assert {branch.status} <= {*leads.values()} | {"not_applicable"}
            else:
                assert branch.status == finding.status
            assert branch.reasons
        records = {key for branch in told.branches for one in leaves(branch.reasons) for key in one.records}
        assert finding.activity in records


def test_an_exemption_is_explained_by_its_own_norm(station):
    exempt = [one for one in assess(station, scope="payment").findings if one.status == "exempt"]
    assert exempt
    for finding in exempt:
        (branch,) = explain(station, finding.norm, finding.activity, finding.bearer).branches
        assert any(finding.exemption in text for text in lines(branch.reasons))


def test_what_does_not_apply_says_what_is_missing(station):
    told = explain(station, "OST-2", "payment:soyuz-seats-ordered-2013-04", "usa")
    assert told.finding is None
    (branch,) = told.branches
    assert branch.status == "not_applicable"
    assert any("would be about it, but" in text and "resource use" in text for text in lines(branch.reasons))


def test_a_norm_that_does_not_bind_says_so(root):
    old = read_history(root / "portfolios/iss").known_on()
    told = explain(old, "MOON-4", "mission:iss-crew-operations", "usa")
    assert told.finding is None
    assert told.branches[0].status == "not_applicable"


def test_contested_findings_are_explained_for_each_reading(station):
    contested = next(one for one in assess(station).findings if one.contested)
    told = explain(station, contested.norm, contested.activity, contested.bearer)
    assert len(told.branches) == len(contested.contested)
    for branch, leads in zip(told.branches, contested.contested, strict=True):
        assert branch.readings == {leads.question: leads.reading}
        assert branch.status == leads.status
    chosen = contested.contested[0]
    (only,) = explain(
        station, contested.norm, contested.activity, contested.bearer, readings={chosen.question: chosen.reading}
    ).branches
    assert only.readings == {chosen.question: chosen.reading}


def test_sentences_hold_no_names_of_the_program(station):
    finding = next(one for one in assess(station, scope="payment").findings)
    (branch, *_) = explain(station, finding.norm, finding.activity, finding.bearer).branches
    for text in lines(branch.reasons):
        assert not re.search(r"[{}_\"]|\b[ABNQ],", text), text


def test_an_unknown_norm_or_activity_is_refused(station):
    with pytest.raises(KeyError, match="OST-99"):
        explain(station, "OST-99", "mission:iss-crew-operations", "usa")
    with pytest.raises(KeyError, match="no-such"):
        explain(station, "OST-2", "mission:no-such", "usa")


def test_what_would_have_to_be_another_is_told_in_words(station):
    situation = next(iter(situations(station, catalogue(), "payment:soyuz-seats-ordered-2013-04")))
    told = Sentences(station, catalogue(), situation, station.known_on, party_names(station))
    usa = String("usa")
    for sign, words in (("!=", "another than United States"), ("=", "that somebody is United States")):
        missed = Miss((), Literally(sign, ("S", "B"), "comparison"), {"B": usa})
        text = told.missing("OST-2", missed).text
        assert words in text
        assert not re.search(r"!=|=|[()]", text), text


def test_what_several_rules_lack_is_told_once_with_what_comes_nearest():
    far, near = (Reason("It lacks this.", "", (), unverified=False, because=because) for because in ((), ("x",)))
    other = Reason("It lacks that.", "", (), unverified=False, because=())
    assert list(_once([far, other, near, far])) == [near, other]
    again = Reason("It lacks a third.", "", (), unverified=False, because=("x", "y"))
    assert [one.because for one in _once([near, again])] == [("x",), ("y",)]


def test_a_question_is_told_in_the_words_of_its_norm(root):
    plans = read_history(root / "portfolios/exploration2026").known_on()
    branches = explain(plans, "INA-6", "payment:seat-barter-extended", "nasa").branches
    (open_one,) = (branch for branch in branches if branch.status == "needs_determination")
    own = catalogue().norms["INA-6"].questions["exemption"]
    assert any(own in text for text in lines(open_one.reasons)), lines(open_one.reasons)


def test_a_norm_that_is_not_in_force_yet_is_said_not_to_bind(root):
    early = read_history(root / "portfolios/iss").known_on(dt.date(2000, 12, 31))
    told = explain(early, "NPD1050", "mission:iss-assembly", "nasa")
    assert told.finding is None
    text = " ".join(lines(told.branches[0].reasons))
    assert "does not bind" in text or "would be about it" in text


def test_windows_and_rows_are_told_as_they_were_known(station):
    plans, asked = station, ("INA-6", "payment:soyuz-seats-ordered-2011-03", "nasa")
    rider = Sentences(plans, catalogue(), situations(plans, catalogue(), asked[1])[0], dt.date(2012, 6, 1), str)
    assert "It is in force from 2011-04-15 until 2012-10-01; what came then was not found" in rider._in_force("WOLF-1")
    early = Sentences(plans, catalogue(), situations(plans, catalogue(), asked[1])[0], dt.date(2010, 6, 1), str)
    assert "not law or not known on 2010-06-01" in early._in_force("WOLF-1")
    row = catalogue().registers.row("MOON", "sau")
    told = [words._listed("sau", "MOON", row) for words in (rider, early)]
    assert "nothing was known" in told[1]  # it acceded in 2012
    late = Sentences(plans, catalogue(), situations(plans, catalogue(), asked[1])[0], dt.date(2026, 1, 1), str)
    assert ", until 2024-01-05" in late._listed("sau", "MOON", row)
    middle = Sentences(plans, catalogue(), situations(plans, catalogue(), asked[1])[0], dt.date(2013, 1, 1), str)
    assert "until" not in middle._listed("sau", "MOON", row)


def test_what_binds_nobody_is_addressed_to_somebody(root):
    plans = read_history(root / "portfolios/exploration2026").known_on()
    (soft,) = explain(plans, "HAGUE-BB", "resource-use:roo-ver-regolith", "aus").branches
    (hard,) = explain(plans, "OST-2", "resource-use:roo-ver-regolith", "aus").branches
    assert "HAGUE-BB is addressed to Australia." in lines(soft.reasons)
    assert "Australia is bound by OST-2." in lines(hard.reasons)


def test_no_party_lacks_being_a_member_of_itself(root):
    plans = read_history(root / "portfolios/exploration2026").known_on()
    branches = explain(plans, "OST-6.3", "mission:argonet", "esa").branches
    told = [text for branch in branches for text in lines(branch.reasons)]
    assert any("it would take the reading" in text for text in told)
    assert not any("ESA is a member of ESA" in text for text in told)


def test_days_are_told_in_words(root):
    plans = read_history(root / "portfolios/exploration2026").known_on()
    (lost,) = explain(plans, "OST-6.2", "mission:hakuto-r-m2", "jpn").branches
    assert any(text.endswith("is judged by its course, from 2025-06-05 on.") for text in lines(lost.reasons))
    (planned,) = explain(plans, "OST-6.1", "mission:argonet", "ita").branches
    assert any(text.endswith("is judged by its start, 2031.") for text in lines(planned.reasons))
