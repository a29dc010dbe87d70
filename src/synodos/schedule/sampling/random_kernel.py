"""Random numbers that hang on what is sampled: the same for any order of work and any number of threads."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
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
_EIGHTH, _QUARTER, _THIRD = HALF // 4, HALF // 2, 3 * HALF // 4
_MULTIPLIER = np.uint64(0xD256D193)
_WEYL = tuple(np.uint32(turn * 0x9E3779B9 % 2**32) for turn in range(10))
"""What is added to the key in each of the 10 rounds."""
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)

_TWO_TO_MINUS_24 = np.float32(2.0**-24)
_TWO_TO_MINUS_31 = np.float32(2.0**-31)
_HALF_F = np.float32(0.5)
_ONE = np.float32(1.0)
_LN2 = np.float32(0.6931471805599453)
_ROOT_HALF_BITS = np.int32(0x3F3504F3)
_MANTISSA = np.int32(23)
_NORMAL = {"contract", "nsz", "arcp"}


@inner()
def count_pairs(first_pair: np.uint32, high: Products, low: Products) -> None:
    """Fill what the first round of Philox multiplies, which is the same for all that is drawn in a block."""
    for lane in range(HALF):
        product = np.uint64(np.uint32(first_pair + np.uint32(lane))) * _MULTIPLIER
        high[lane] = product >> _WORD
        low[lane] = product & _LOW


@njit(inline="always")
def _round(a, b, c, d, e, f, g, h, key):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return four states after one more round; four side by side, since each waits for its own product."""
    p, q, r, s = (a & _LOW) * _MULTIPLIER, (c & _LOW) * _MULTIPLIER, (e & _LOW) * _MULTIPLIER, (g & _LOW) * _MULTIPLIER
    return (
        (p >> _WORD) ^ (key ^ b),
        p,
        (q >> _WORD) ^ (key ^ d),
        q,
        (r >> _WORD) ^ (key ^ f),
        r,
        (s >> _WORD) ^ (key ^ h),
        s,
    )


@inner()
def words(key: np.uint32, stable: np.uint32, high: Products, low: Products, out: Words) -> None:
    """Fill a row of random words; lanes j and j + HALF are the two words of the block's pair j.

    Philox2x32-10 of Salmon et al., "Parallel random numbers" (SC11), its first round done by `count_pairs`.
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
    k7, k8, k9 = (
        np.uint64(np.uint32(key + _WEYL[7])),
        np.uint64(np.uint32(key + _WEYL[8])),
        np.uint64(np.uint32(key + _WEYL[9])),
    )
    for lane in range(_EIGHTH):
        a, b, c, d = high[lane] ^ k0, low[lane], high[lane + _EIGHTH] ^ k0, low[lane + _EIGHTH]
        e, f, g, h = high[lane + _QUARTER] ^ k0, low[lane + _QUARTER], high[lane + _THIRD] ^ k0, low[lane + _THIRD]
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k1)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k2)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k3)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k4)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k5)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k6)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k7)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k8)
        a, b, c, d, e, f, g, h = _round(a, b, c, d, e, f, g, h, k9)
        out[lane], out[lane + HALF] = np.uint32(a), np.uint32(b)
        out[lane + _EIGHTH], out[lane + _EIGHTH + HALF] = np.uint32(c), np.uint32(d)
        out[lane + _QUARTER], out[lane + _QUARTER + HALF] = np.uint32(e), np.uint32(f)
        out[lane + _THIRD], out[lane + _THIRD + HALF] = np.uint32(g), np.uint32(h)


@njit(inline="always")
def _log(value: np.float32) -> np.float32:
    """Return the natural logarithm of a positive float32, to a few units in the last place.

    Like all series here it is summed in pairs (Estrin, 1960): no term then waits long for the one before.
    """
    bits = np.float32(value).view(np.int32)
    exponent = np.int32(bits - _ROOT_HALF_BITS) >> _MANTISSA
    rest = np.int32(bits - np.int32(exponent << _MANTISSA)).view(np.float32) - _ONE
    square = rest * rest
    fourth = square * square
    first = np.float32(3.3333331174e-1) + np.float32(-2.4999993993e-1) * rest
    second = np.float32(2.0000714765e-1) + np.float32(-1.6668057665e-1) * rest
    third = np.float32(1.4249322787e-1) + np.float32(-1.2420140846e-1) * rest
    last = np.float32(1.1676998740e-1) + np.float32(-1.1514610310e-1) * rest
    series = (first + second * square) + fourth * (third + last * square + np.float32(7.0376836292e-2) * fourth)
    return (rest - _HALF_F * square) + series * (rest * square) + np.float32(exponent) * _LN2


@njit(inline="always")
def _pair(first: np.uint32, second: np.uint32) -> tuple[np.float32, np.float32]:
    """Return two standard normal numbers from two random words (Box and Muller, 1958)."""
    uniform = (np.float32(np.int32(first >> np.uint32(8))) + _HALF_F) * _TWO_TO_MINUS_24
    radius = np.sqrt(max(np.float32(-2.0) * _log(uniform), np.float32(0.0)))
    turn = np.float32(np.int32(second)) * _TWO_TO_MINUS_31
    bent = abs(turn) - _HALF_F
    square = bent * bent
    fourth = square * square
    sine = (np.float32(3.14159265358979) + np.float32(-5.16771278004997) * square) + fourth * (
        (np.float32(2.55016403987735) + np.float32(-0.599264529320792) * square)
        + fourth * (np.float32(0.0821458866111282) + np.float32(-0.00737043094571435) * square)
    )
    cosine = (_ONE + np.float32(-4.93480220054468) * square) + fourth * (
        (np.float32(4.05871212641677) + np.float32(-1.33526276885459) * square)
        + fourth * (np.float32(0.235330630358893) + np.float32(-0.0258068913900141) * square)
    )
    return -radius * (sine * bent), np.copysign(radius * cosine, turn)


@inner(fastmath=_NORMAL)
def normals(bits: Words, out: Row) -> None:
    """Fill a row of standard normal numbers from a row of random words."""
    for lane in range(HALF):
        out[lane], out[lane + HALF] = _pair(bits[lane], bits[lane + HALF])


@inner(fastmath=_NORMAL)
def mixed_normals(
    bits: Words, rest: np.float32, loading: np.float32, factors: NDArray[np.float32], group: int, out: Row
) -> None:
    """Fill a row of standard normal numbers that an agency's factor is mixed into."""
    for lane in range(HALF):
        one, other = _pair(bits[lane], bits[lane + HALF])
        out[lane] = rest * one + loading * factors[group, lane]
        out[lane + HALF] = rest * other + loading * factors[group, lane + HALF]
