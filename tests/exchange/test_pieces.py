"""Pieces of portfolios: records in files and texts with no page, each checked on its own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import Stated, check_record, read_history, read_piece, read_record, record_text, write

STATE = {"id": "fra", "owner": "fra", "stated_by": "fra", "release": "public", "as_of": "2012"}
STATE |= {"confidence": "read", "sources": ["a-text"], "name": "France"}
RECORDS = {"format": "synodos-records", "version": 1}

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc-_", min_size=1), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def put(folder, name, text):
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@given(st.dictionaries(st.text("abc-_", min_size=1), plain, min_size=1, max_size=4))
def test_text_gives_back_the_values_that_it_was_made_of(values):
    back, _place, faults = read_record(record_text(values), "text")
    assert not faults
    assert json.dumps(back, sort_keys=True) == json.dumps(values, sort_keys=True)


def test_faults_of_a_text_name_its_lines():
    values, place, faults = read_record("name: France\nid: [\n", "text")
    assert (values, faults[0].code, faults[0].place) == ({}, "file.syntax", "text:3")
    values, place, faults = read_record("name: France\ncolour: blue\n", "text")
    assert not faults
    record, found = check_record(Stated("states", {**STATE, **values}, place))
    assert record is None
    assert [(fault.code, fault.field, fault.place) for fault in found] == [("record.unknown-field", "colour", "text:2")]


@pytest.mark.parametrize("text", ["- a\n", "7\n"])
def test_what_is_no_mapping_is_no_record(text):
    assert [fault.code for fault in read_record(text, "text")[2]] == ["record.form"]


def test_an_empty_text_states_nothing():
    assert read_record("", "text")[0] == {}


def test_records_are_read_from_a_file_without_a_page(tmp_path):
    listed = {**RECORDS, "defaults": {"release": "members"}, "states": [{**STATE, "id": "deu"}, {"id": "x"}]}
    yaml = read_piece(put(tmp_path, "a.yaml", record_text(listed)))
    as_json = read_piece(put(tmp_path, "a.json", json.dumps(listed)))
    for piece in (yaml, as_json):
        assert not piece.faults
        first, second = map(check_record, piece.statements)
        assert first[0].id == "deu"
        assert second[0] is None
        assert second[1]
    assert check_record(yaml.statements[1])[1][0].place.startswith("a.yaml:")


def test_a_page_gives_its_sources_and_says_which_are_wrong(tmp_path):
    page = {"format": "synodos-portfolio", "version": 1, "id": "a", "title": "A", "known_on": "2012"}
    page["sources"] = {"a-text": {"title": "A text"}, "wrong": {"titel": "No"}}
    piece = read_piece(put(tmp_path, "portfolio.yaml", record_text(page)))
    assert list(piece.sources) == ["a-text"]
    assert {fault.code for fault in piece.faults} == {"record.unknown-field", "record.missing-field"}
    assert all(fault.place.startswith("portfolio.yaml:") for fault in piece.faults)


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_whole_portfolios_are_pieces_too(root, tmp_path, suffix):
    history = read_history(root / "portfolios" / "exomars")
    path = tmp_path / f"whole{suffix}"
    write(history, path)
    piece = read_piece(path)
    assert not piece.faults
    records = [check_record(one)[0] for one in piece.statements]
    assert sorted(map(repr, records)) == sorted(map(repr, history.statements))
    assert piece.sources == history.header.sources


@pytest.mark.parametrize("name", ["a.txt", "a", "missing.yaml", "b.json"])
def test_what_cannot_be_read_is_a_fault_and_raises_nothing(tmp_path, name):
    put(tmp_path, "a.txt", "text")
    put(tmp_path, "a", "text")
    put(tmp_path, "b.json", "{")
    piece = read_piece(tmp_path / name)
    assert piece.statements == ()
    assert len(piece.faults) == 1
