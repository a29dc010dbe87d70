"""How ready something is for the day on which it is needed."""

from typing import Final, Literal

Stage = Literal["flies", "in time", "not dated", "late", "nobody"]
STAGES: Final[tuple[Stage, ...]] = ("flies", "in time", "not dated", "late", "nobody")
"""Best first."""
