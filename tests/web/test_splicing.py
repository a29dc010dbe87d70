"""Compressed text with gaps is what gzip reads; tokens are what Django reads."""

import gzip
import zlib

from django.middleware.csrf import CSRF_ALLOWED_CHARS, _does_token_match, _unmask_cipher_token
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.web.masking import masked
from synodos.web.splicing import spliced


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=400), min_size=1, max_size=4), st.binary(max_size=80), st.binary(max_size=80))
def test_what_is_spliced_reads_as_the_text_with_its_gaps_filled(parts, one, other):
    made = spliced(parts)
    for inset in (one, other):
        whole = made.filled(inset)
        assert gzip.decompress(whole) == zlib.decompress(whole, wbits=31) == inset.join(parts)


def test_the_length_tells_nothing_of_what_is_filled_in():
    made = spliced([b"a token that stands in the page: 0123456789" * 9, b"more"])
    assert len(made.filled(b"0123456789")) == len(made.filled(b"zyxwvutsrq"))
    assert made.size < 200


@given(st.text(alphabet=CSRF_ALLOWED_CHARS, min_size=32, max_size=32))
@settings(max_examples=30, deadline=None)
def test_a_token_is_what_django_reads_and_new_each_time(secret):
    one, other = masked(secret), masked(secret)
    assert one != other
    assert _unmask_cipher_token(one) == _unmask_cipher_token(other) == secret
    assert _does_token_match(one, secret)


def test_every_letter_is_drawn_about_as_often_as_any_other():
    drawn = "".join(masked("a" * 32)[:32] for _ in range(600))
    counts = [drawn.count(letter) for letter in CSRF_ALLOWED_CHARS]
    expected = len(drawn) / len(CSRF_ALLOWED_CHARS)
    assert sum((count - expected) ** 2 / expected for count in counts) < 140  # chi-squared, 61 degrees: p < 1e-7
