"""Consequences: what would follow from a change?"""

from synodos.whatif.consequences.asking import PARTS, consequences

__all__ = ["PARTS", "consequences"]
