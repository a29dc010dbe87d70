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

_ONE = np.float32(1.0)
_RADIUS_SHIFT, _ANGLE_SHIFT = np.uint32(13), np.uint32(18)
_ROOT_HALF_BITS = np.int32(0x3F3504F3)
_MANTISSA, _EXPONENT = np.int32(23), np.int32(-(2**23))
_SIGN = np.int32(-(2**31))
_PER_EXPONENT, _AT_EXPONENT_0 = np.float32(-1.3862944), np.float32(26.339594)
"""Twice the logarithm of 2, and 19 times that, rounded up lest the square of a radius be negative."""
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
    """Return two states after one more round; two side by side, since each waits for its own product."""
    one, other = (a & _LOW) * _MULTIPLIER, (c & _LOW) * _MULTIPLIER
    return (one >> _WORD) ^ (key ^ b), one, (other >> _WORD) ^ (key ^ d), other


@inner()
def words(key: np.uint32, stable: np.uint32, high: Products, low: Products, out: Words) -> None:
    """Fill a row of random words; j and j + COUNTERS are the two words of the block's counter j.

    Philox2x32-7 of Salmon et al., "Parallel random numbers" (SC11), its first round done by `count`. Its authors know
    of no flaw from 6 rounds on.
    """
    k0 = np.uint64(key ^ stable)
    k1, k2, k3 = (
        np.uint64(np.uint32(key + _WEYL[1])),
        np.uint64(np.uint32(key + _WEYL[2])),
        np.uint64(np.uint32(key + _WEYL[3])),
    )
    k4, k5, k6 = (
        np.uint64(np.uint32(key + _WEYL[4])),
        np.uint64(np.uint32(key + _WEYL[5])),
        np.uint64(np.uint32(key + _WEYL[6])),
    )
    for lane in range(_MIDDLE):
        a, b, c, d = high[lane] ^ k0, low[lane], high[lane + _MIDDLE] ^ k0, low[lane + _MIDDLE]
        a, b, c, d = _round(a, b, c, d, k1)
        a, b, c, d = _round(a, b, c, d, k2)
        a, b, c, d = _round(a, b, c, d, k3)
        a, b, c, d = _round(a, b, c, d, k4)
        a, b, c, d = _round(a, b, c, d, k5)
        a, b, c, d = _round(a, b, c, d, k6)
        out[lane], out[lane + COUNTERS] = np.uint32(a), np.uint32(b)
        out[lane + _MIDDLE], out[lane + _MIDDLE + COUNTERS] = np.uint32(c), np.uint32(d)


@njit(inline="always")
def _radius(word: np.uint32) -> np.float32:
    """Return the root of minus twice the logarithm of the upper 18 bits, taken as a number between 0 and 1.

    The middle of each of the 2^18 steps counts. The logarithm is to 3e-6; like all series here it is summed in parts
    that need not wait for one another (Estrin, 1960).
    """
    bits = np.float32(np.int32(np.int32(word >> _RADIUS_SHIFT) | np.int32(1))).view(np.int32)
    above = np.int32(bits - _ROOT_HALF_BITS)
    rest = np.int32(bits - np.int32(above & _EXPONENT)).view(np.float32) - _ONE
    square = rest * rest
    series = (np.float32(-2.0000256) + np.float32(0.9997010) * rest) + square * (
        np.float32(-0.66451745) + np.float32(0.50944927) * rest
    )
    series += (square * square) * (np.float32(-0.44660141) + np.float32(0.28639706) * rest)
    squared = rest * series + (_PER_EXPONENT * np.float32(above >> _MANTISSA) + _AT_EXPONENT_0)
    return np.float32(np.sqrt(squared))


@njit(inline="always")
def _turn(word: np.uint32) -> tuple[np.float32, np.float32]:
    """Return sine and cosine, to 7e-6, of the angle that the lower 14 bits are: one for the half, 13 within it."""
    half = np.int32(word << _ANGLE_SHIFT) & _SIGN
    bent = np.float32(np.int32(word << (_ANGLE_SHIFT + np.uint32(1))) | np.int32(1 << 18)) * np.float32(2.0**-32)
    square = bent * bent
    fourth = square * square
    sine = (np.float32(3.1415820) + np.float32(-5.1671428) * square) + fourth * (
        np.float32(2.5418990) + np.float32(-0.55463620) * square
    )
    cosine = (np.float32(0.99999330) + np.float32(-4.9339381) * square) + fourth * (
        np.float32(4.0412841) + np.float32(-1.2221278) * square
    )
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
