"""A party as a list of sanctioned parties names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ListedSort = Literal["organisation", "person", "vessel", "aircraft", "unknown"]


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a list of sanctioned parties, as far as screening needs it.

    Attributes
    ----------
    id : str
        Its id in the list.
    name : str
        Main name.
    also_called : tuple of str
        Other names that the list gives, weak ones among them.
    sort : {"organisation", "person", "vessel", "aircraft", "unknown"}
        What it is.
    programmes : tuple of str
        Sanction programmes under which it stands.
    states : tuple of str
        States that the list names with it, as the list writes them.
    """

    id: str
    name: str
    also_called: tuple[str, ...] = ()
    sort: ListedSort = "unknown"
    programmes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
