"""Canonical JSON against the samples of RFC 8785, and against an implementation of it that others wrote."""

import json
import struct

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from synodos.ledger.entry import MOST_NUMBER, ChainName, canonical, digest

NUMBERS = {  # RFC 8785, appendix B: the bits of a double, and how it is written
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_of_the_standard(bits, written):
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert canonical({"n": number}) == f'{{"n":{written}}}'.encode()


def test_sample_of_the_standard():
    sample = {  # RFC 8785, section 3.2.2
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(sample).hex() == (  # section 3.2.4
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b33333333333333"
        "33332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac24"
        "5c75303030665c6e4127425c225c5c5c5c5c222f227d"
    )


def test_order_of_names_of_the_standard():
    names = {  # RFC 8785, section 3.2.3: in the order of UTF-16, where a grinning face stands before a Hebrew letter
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    written = canonical(names).decode()
    order = sorted(names.values(), key=written.index)
    assert order == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


_plain = st.none() | st.booleans() | st.integers(-MOST_NUMBER, MOST_NUMBER) | st.text(max_size=12)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_values = st.recursive(
    _plain | _numbers,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), _values, max_size=5))
def test_every_value_is_written_as_another_implementation_writes_it(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_comes_back_from_json_is_written_as_before(number):
    written = canonical({"n": number})
    assert canonical(json.loads(written)) == written == rfc8785.dumps({"n": number})


@pytest.mark.parametrize(
    "value",
    [MOST_NUMBER + 2, -MOST_NUMBER - 2, float("nan"), float("inf"), "\ud800"],
    ids=["large", "small", "nan", "infinite", "half-a-character"],
)
def test_what_json_cannot_hold_exactly_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        canonical({"content": [value]})


def test_chains_begin_with_hashes_of_their_own():
    chains = [
        ChainName("esa", "public"),
        ChainName("esa", "members"),
        ChainName("esa", ("nasa",)),
        ChainName("nasa", "public"),
    ]
    assert len({chain.start for chain in chains}) == len(chains)
    assert ChainName("esa", ("nasa",)).start == digest(
        {"audience": ["nasa"], "author": "esa", "format": "synodos-chain"}
    )
