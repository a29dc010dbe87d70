"""Kinds are loaded when they are first asked for, and are then what their names say."""

import pytest

from synodos import language
from synodos.language import KIND_BY_NAME, KIND_BY_PLURAL, KINDS, Record
from synodos.language import kinds as listing


def below(kind):
    """All kinds of records that there are: classes below it that have a name of their own."""
    return {one for child in kind.__subclasses__() for one in (child, *below(child)) if "kind" in vars(one)}


def test_every_kind_is_listed_under_its_own_names():
    assert {name: kind.kind for name, kind in KIND_BY_NAME.items()} == {name: name for name in KIND_BY_NAME}
    assert {name: kind.plural for name, kind in KIND_BY_PLURAL.items()} == {name: name for name in KIND_BY_PLURAL}
    assert tuple(KIND_BY_NAME.values()) == tuple(KIND_BY_PLURAL.values()) == KINDS
    assert set(KINDS) == {one for one in below(Record) if one.__module__.startswith("synodos.language")}


def test_a_name_that_is_no_kind_is_not_there():
    assert "wish" not in KIND_BY_NAME
    assert KIND_BY_PLURAL.get("wishes") is None
    with pytest.raises(KeyError):
        KIND_BY_NAME["wish"]
    with pytest.raises(AttributeError, match="KIND"):
        _ = listing.KIND


def test_every_name_of_the_language_leads_to_something():
    assert [name for name in language.__all__ if getattr(language, name, None) is None] == []
