"""What an entry states comes back whole, and what contradicts its entry does not come back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from synodos.language import Header
from synodos.ledger import LedgerError, stated
from synodos.ledger.chaining import Author
from synodos.ledger.entry import audience_from, audience_of, audience_text, canonical
from synodos.ledger.founding import stating_header
from synodos.ledger.statements import content_of
from synodos.ledger.walking import Head
from tests.language.minimal import header, statement
from tests.strategies import histories


def entries(record, sources=None):
    author = Author(record.stated_by, "0" * 64, lambda chain: Head(0, chain.start, ""))
    return list(author.stating(record, sources or header().sources))


@settings(max_examples=12)
@given(histories())
def test_every_record_source_and_header_comes_back_from_its_entry(history):
    for record in history.statements:
        *sources, entry = entries(record, history.header.sources)
        read = replace(entry, content=json.loads(canonical(entry.content)))
        assert stated(read) == record
        assert entry.audience == audience_from(audience_text(audience_of(record)))
        for one in sources:
            assert stated(one) == history.header.sources[one.id]
    author = Author("isecg", "0" * 64, lambda chain: Head(0, chain.start, ""))
    last = stating_header(author, history.header)[-1]
    assert stated(last) == history.header.model_copy(update={"sources": {}})


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"author": "nasa"},
        {"as_of": "2012"},
        {"audience": "members"},
        {"act": "retract"},
        {"kind": "agreement"},
        {"kind": "key"},
        {"kind": "header"},
        {"content": {}},
        {"content": {"status": "unheard-of"}},
    ],
    ids=["id", "author", "date", "audience", "act", "kind", "key", "header", "empty", "status"],
)
def test_content_that_contradicts_its_entry_is_refused(change):
    entry = entries(statement("element"))[-1]
    if "status" in change.get("content", {}):
        change = {"content": {**entry.content, **change["content"]}}
    with pytest.raises(LedgerError) as caught:
        stated(replace(entry, **change))
    assert caught.value.code == ("entry.kind" if change.get("kind") == "key" else "entry.content")
    assert "entry 2 of" in str(caught.value)


def test_content_leaves_out_what_is_the_rule():
    assert "retracted" not in content_of(statement("element"))


def test_a_header_is_stated_under_its_own_id():
    author = Author("isecg", "0" * 64, lambda chain: Head(0, chain.start, ""))
    entry = stating_header(author, header())[-1]
    assert isinstance(stated(entry), Header)
    with pytest.raises(LedgerError, match="contradicts"):
        stated(replace(entry, id="other"))


def test_what_json_cannot_hold_is_refused_before_it_is_signed():
    odd = statement("element").model_copy(update={"name": "half a character \ud800"})
    with pytest.raises(LedgerError, match="element some-element"):
        entries(odd)
