"""Who looks: which readers' chains a viewer receives."""

from __future__ import annotations

from synodos.language import MEMBERS, PUBLIC, WITHHELD
from synodos.ledger.entry import PRIVATE, Audience


def readers_for(viewer: str, *, member: bool) -> tuple[str, ...]:
    """Return under which names a viewer receives chains.

    Raises
    ------
    ValueError
        If the viewer is a word that names an audience, not somebody.
    """
    if viewer in (MEMBERS, PRIVATE, "", WITHHELD):
        message = f"viewer: an agency's id or {PUBLIC!r}; found {viewer!r}"
        raise ValueError(message)
    return tuple(dict.fromkeys((viewer, PUBLIC, *((MEMBERS,) if member else ()))))


def readers_of(author: str, audience: Audience) -> tuple[str, ...]:
    """Return the names under which a chain is received."""
    named = audience if isinstance(audience, tuple) else () if audience == PRIVATE else (audience,)
    return tuple(dict.fromkeys((author, *named)))
