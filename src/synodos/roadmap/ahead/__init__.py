"""Which dates lie ahead, and for whom?"""

from synodos.roadmap.ahead.dates import dates_ahead
from synodos.roadmap.ahead.types import AHEAD_KINDS, RELEASED, Ahead, AheadKind, Basis, Released

__all__ = ["AHEAD_KINDS", "RELEASED", "Ahead", "AheadKind", "Basis", "Released", "dates_ahead"]
