"""Random numbers that hang on what is sampled: the same for any order of work and any number of threads."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.workspace import LANES

Words = NDArray[np.uint32]
Row = NDArray[np.float32]

HALF = LANES // 2
ROUNDS = 10
_MULTIPLIER = np.uint64(0xD256D193)
_WEYL = np.uint32(0x9E3779B9)
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)

_TWO_TO_MINUS_24 = np.float32(2.0**-24)
_TWO_TO_MINUS_31 = np.float32(2.0**-31)
_HALF_F = np.float32(0.5)
_ONE = np.float32(1.0)
_LN2 = np.float32(0.6931471805599453)
_ROOT_HALF_BITS = np.int32(0x3F3504F3)
_MANTISSA = np.int32(23)


@njit(cache=True, inline="always")
def _philox(counter: np.uint32, stable: np.uint32, key: np.uint32) -> tuple[np.uint64, np.uint64]:
    """Return two words of 32 bits: Philox2x32-10 of Salmon et al., "Parallel random numbers" (SC11)."""
    first = np.uint64(counter)
    second = np.uint64(stable)
    for _ in range(ROUNDS):
        product = first * _MULTIPLIER
        first = (product >> _WORD) ^ np.uint64(key) ^ second
        second = product & _LOW
        key = np.uint32(key + _WEYL)
    return first, second


@njit(cache=True, error_model="numpy")
def words(key: np.uint32, stable: np.uint32, first_pair: np.uint32, out: Words) -> None:
    """Fill a row of random words; lanes j and j + HALF are the two words of pair first_pair + j."""
    for lane in range(HALF):
        low, high = _philox(np.uint32(first_pair + lane), stable, key)
        out[lane] = np.uint32(low)
        out[lane + HALF] = np.uint32(high)


@njit(cache=True, inline="always")
def _log(value: np.float32) -> np.float32:
    """Return the natural logarithm of a positive float32, to a few units in the last place."""
    bits = np.float32(value).view(np.int32)
    exponent = np.int32(bits - _ROOT_HALF_BITS) >> _MANTISSA
    rest = np.int32(bits - np.int32(exponent << _MANTISSA)).view(np.float32) - _ONE
    series = np.float32(7.0376836292e-2)
    series = series * rest + np.float32(-1.1514610310e-1)
    series = series * rest + np.float32(1.1676998740e-1)
    series = series * rest + np.float32(-1.2420140846e-1)
    series = series * rest + np.float32(1.4249322787e-1)
    series = series * rest + np.float32(-1.6668057665e-1)
    series = series * rest + np.float32(2.0000714765e-1)
    series = series * rest + np.float32(-2.4999993993e-1)
    series = series * rest + np.float32(3.3333331174e-1)
    square = rest * rest
    return series * rest * square - _HALF_F * square + rest + np.float32(exponent) * _LN2


@njit(cache=True, error_model="numpy", fastmath={"contract", "nsz", "arcp"})
def normals(bits: Words, out: Row) -> None:
    """Fill a row of standard normal numbers from a row of random words (Box and Muller, 1958)."""
    for lane in range(HALF):
        uniform = (np.float32(np.int32(bits[lane] >> np.uint32(8))) + _HALF_F) * _TWO_TO_MINUS_24
        radius = np.sqrt(max(np.float32(-2.0) * _log(uniform), np.float32(0.0)))
        turn = np.float32(np.int32(bits[lane + HALF])) * _TWO_TO_MINUS_31
        bent = abs(turn) - _HALF_F
        square = bent * bent
        sine = np.float32(-0.00737043094571435)
        sine = sine * square + np.float32(0.0821458866111282)
        sine = sine * square + np.float32(-0.599264529320792)
        sine = sine * square + np.float32(2.55016403987735)
        sine = sine * square + np.float32(-5.16771278004997)
        sine = (sine * square + np.float32(3.14159265358979)) * bent
        cosine = np.float32(-0.0258068913900141)
        cosine = cosine * square + np.float32(0.235330630358893)
        cosine = cosine * square + np.float32(-1.33526276885459)
        cosine = cosine * square + np.float32(4.05871212641677)
        cosine = cosine * square + np.float32(-4.93480220054468)
        cosine = cosine * square + _ONE
        out[lane] = -radius * sine
        out[lane + HALF] = np.copysign(radius * cosine, turn)
