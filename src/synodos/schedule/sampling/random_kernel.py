"""Random numbers that hang on what is sampled: the same for any order of work and any number of threads."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.workspace import LANES

Words = NDArray[np.uint32]
Row = NDArray[np.float32]
Products = NDArray[np.uint64]

HALF = LANES // 2
"""Random words behind a row of normal numbers: each gives two."""
COUNTERS = LANES // 4
"""Counters behind a row of words: each gives two."""
_MIDDLE = COUNTERS // 2
_MULTIPLIER = np.uint64(0xD256D193)
_WEYL = tuple(np.uint32(turn * 0x9E3779B9 % 2**32) for turn in range(7))
"""What is added to the key in each of the 7 rounds."""
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)

_HALF_BIT = np.uint32(31)
_RADIUS_BITS, _MIDDLE_OF_STEP = np.int32(2**19 - 2), np.int32(1)
_FULL = np.int32((127 + 19) << 23)
"""A float32 of 2^19, as bits."""
_MANTISSA, _EXPONENT_0 = np.int32(2**23 - 1), np.int32(127 << 23)
_PER_BIT = np.float32(2.0 * np.log(2.0) / 2**23)
_NORMAL = {"contract", "nsz", "arcp"}


@inner()
def count(first: np.uint32, high: Products, low: Products) -> None:
    """Fill what the first round of Philox multiplies, which is the same for all that is drawn in a block."""
    for lane in range(COUNTERS):
        product = np.uint64(np.uint32(first + np.uint32(lane))) * _MULTIPLIER
        high[lane] = product >> _WORD
        low[lane] = product & _LOW


@njit(inline="always")
def _round(a, b, c, d, key):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return two states after one more round; two side by side, since each waits for its own product.

    Only the lower halves count: what stands in the upper ones is never looked at.
    """
    one, other = (a & _LOW) * _MULTIPLIER, (c & _LOW) * _MULTIPLIER
    return (one >> _WORD) ^ (key ^ b), one, (other >> _WORD) ^ (key ^ d), other


@inner()
def words(key: np.uint32, stable: np.uint32, high: Products, low: Products, out: Products) -> None:
    """Fill a row with pairs of random words, one pair for each of the block's counters.

    Philox2x32-7 of Salmon et al., "Parallel random numbers" (SC11), its first round done by `count`. Its authors know
    of no flaw from 6 rounds on.
    """
    k0 = np.uint64(key ^ stable)
    k1, k2, k3 = (
        np.uint64(np.uint32(key + _WEYL[1])),
        np.uint64(np.uint32(key + _WEYL[2])),
        np.uint64(np.uint32(key + _WEYL[3])),
    )
    k4, k5 = np.uint64(np.uint32(key + _WEYL[4])), np.uint64(np.uint32(key + _WEYL[5]))
    k6 = np.uint64(np.uint32(key + _WEYL[6])) << _WORD
    for lane in range(_MIDDLE):
        a, b, c, d = high[lane] ^ k0, low[lane], high[lane + _MIDDLE] ^ k0, low[lane + _MIDDLE]
        a, b, c, d = _round(a, b, c, d, k1)
        a, b, c, d = _round(a, b, c, d, k2)
        a, b, c, d = _round(a, b, c, d, k3)
        a, b, c, d = _round(a, b, c, d, k4)
        a, b, c, d = _round(a, b, c, d, k5)
        out[lane] = (a & _LOW) * _MULTIPLIER ^ ((b << _WORD) ^ k6)
        out[lane + _MIDDLE] = (c & _LOW) * _MULTIPLIER ^ ((d << _WORD) ^ k6)


@njit(inline="always")
def _radius(word: np.uint32) -> np.float32:
    """Return the root of minus twice the logarithm of bits 1 to 18, taken as a number between 0 and 1.

    The middle of each of the 2^18 steps counts. The bits of a float32 are its logarithm but for a bend within each
    power of 2, which a polynomial takes out to 1.6e-4.
    """
    number = np.float32((np.int32(word) & _RADIUS_BITS) | _MIDDLE_OF_STEP).view(np.int32)
    part = np.int32((number & _MANTISSA) | _EXPONENT_0).view(np.float32)
    square = part * part
    bend = (np.float32(2.1069252) + np.float32(-4.2786088) * part) + square * (
        (np.float32(2.9585125) + np.float32(-0.9006798) * part) + np.float32(0.11385541) * square
    )
    return np.float32(np.sqrt(_PER_BIT * np.float32(np.int32(_FULL - number)) + bend))


@njit(inline="always")
def _turn(word: np.uint32) -> tuple[np.float32, np.float32]:
    """Return sine and cosine of the angle that a word is: bit 0 for the half, the whole word within it.

    The upper 13 bits decide; those below shift the angle by less than a step of them. The sine is to 1.7e-4, the cosine
    to 1.7e-5, and the mean square of either is a half.
    """
    bent = np.float32(np.int32(word)) * np.float32(2.0**-32)
    square = bent * bent
    sine = np.float32(3.1408746) + square * (np.float32(-5.1416792) + np.float32(2.3178688) * square)
    cosine = (np.float32(0.99999528) + np.float32(-4.9341204) * square) + (square * square) * (
        np.float32(4.0436205) + np.float32(-1.2293417) * square
    )
    half = np.int32(word << _HALF_BIT)
    return sine * bent, np.int32(np.float32(cosine).view(np.int32) ^ half).view(np.float32)


@inner(fastmath=_NORMAL)
def normals(bits: Words, out: Row) -> None:
    """Fill a row of standard normal numbers from a row of random words (Box and Muller, 1958)."""
    for lane in range(HALF):
        radius = _radius(bits[lane])
        sine, cosine = _turn(bits[lane])
        out[lane] = radius * sine
        out[lane + HALF] = radius * cosine


@inner(fastmath=_NORMAL)
def mixed_normals(
    bits: Words, rest: np.float32, loading: np.float32, factors: NDArray[np.float32], group: int, out: Row
) -> None:
    """Fill a row of standard normal numbers that an agency's factor is mixed into."""
    for lane in range(HALF):
        radius = rest * _radius(bits[lane])
        sine, cosine = _turn(bits[lane])
        out[lane] = radius * sine + loading * factors[group, lane]
        out[lane + HALF] = radius * cosine + loading * factors[group, lane + HALF]
