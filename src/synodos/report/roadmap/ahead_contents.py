"""What an answer on the dates ahead holds for programs."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.roadmap import Ahead


@dataclass(frozen=True, slots=True)
class ToldDates:
    """The dates that lie ahead, in order."""

    dates: tuple[Ahead, ...]
