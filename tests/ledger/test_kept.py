"""Answers that are kept: made once, and the least recently asked go first."""

from synodos.ledger.kept import Kept


def asked(kept, *keys):
    """Keys of which the value had to be made."""
    made = []
    for key in keys:
        kept.get(key, lambda key=key: made.append(key) or key)
    return "".join(made)


def test_a_value_is_made_once():
    assert asked(Kept(10, len), "a", "b", "a", "b") == "ab"


def test_the_least_recently_asked_goes_first():
    kept = Kept(2, len)
    assert asked(kept, "a", "b", "a", "c") == "abc"
    assert asked(kept, "a", "c") == ""
    assert asked(kept, "b") == "b"
    assert asked(kept, "c") == ""


def test_what_weighs_more_than_all_is_kept_alone():
    kept = Kept(3, len)
    assert asked(kept, "a", "bbbb", "bbbb") == "abbbb"
    assert asked(kept, "a") == "a"
    assert asked(kept, "a") == ""


def test_nothing_is_kept_after_it_was_cleared():
    kept = Kept(3, len)
    asked(kept, "a")
    kept.clear()
    assert asked(kept, "a") == "a"
