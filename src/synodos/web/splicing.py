"""Text that is compressed once, with gaps that are filled anew each time: what is filled in is not compressed.

So neither does its length tell anything of it, nor has the rest to be compressed or summed again. Format: RFC 1951
(blocks that are stored stand between those that are deflated) and RFC 1952.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Gzip, deflated, with no name and no time, from a system that is not told."""
END: Final = b"\x03\x00"
"""A last block with nothing in it."""
LEVEL: Final = 6
BITS: Final = 32
MOST_STORED: Final = 65_535
"""Bytes that one stored block holds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two gaps.

    Attributes
    ----------
    deflated : bytes
        Whole blocks, none of them the last.
    checksum : int
        CRC-32 of the text alone.
    carried : tuple of int
        What each bit of the checksum of all that stands before it adds to the checksum of both.
    """

    deflated: bytes
    checksum: int
    carried: tuple[int, ...]

    def after(self, checksum: int) -> int:
        """Return the checksum of what has this one and of the text together: it is linear over the bits."""
        found = self.checksum
        for bit in range(BITS):
            if checksum >> bit & 1:
                found ^= self.carried[bit]
        return found


@dataclass(frozen=True, slots=True)
class Spliced:
    """Pieces of a text; a gap lies between each two."""

    pieces: tuple[Piece, ...]
    length: int

    @property
    def size(self) -> int:
        """Bytes that it takes, without what is filled in."""
        return sum(len(piece.deflated) for piece in self.pieces)

    def filled(self, inset: bytes) -> bytes:
        """Return the whole as a gzip file, with the same at most 65,535 bytes in every gap."""
        first, *others = self.pieces
        stored = b"\x00" + struct.pack("<HH", len(inset), len(inset) ^ MOST_STORED) + inset
        checksum, written = first.checksum, [HEAD, first.deflated]
        for piece in others:
            checksum = piece.after(zlib.crc32(inset, checksum))
            written += (stored, piece.deflated)
        length = self.length + len(others) * len(inset)
        return b"".join([*written, END, struct.pack("<II", checksum, length & 0xFFFF_FFFF)])


def spliced(parts: Sequence[bytes]) -> Spliced:
    """Return the parts of a text, compressed each by itself."""
    return Spliced(tuple(map(_piece, parts)), sum(map(len, parts)))


def _piece(text: bytes) -> Piece:
    """Return a part of a text, compressed."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
    alone = zlib.crc32(text)
    return Piece(deflated, alone, tuple(zlib.crc32(text, 1 << bit) ^ alone for bit in range(BITS)))
