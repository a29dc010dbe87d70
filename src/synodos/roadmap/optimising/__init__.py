"""Which programme would be best by a reader's weights?"""

from synodos.roadmap.optimising.propose import Optimum, Weighed, optimum, with_optimum

__all__ = ["Optimum", "Weighed", "optimum", "with_optimum"]
