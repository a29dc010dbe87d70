"""Exposure: who could hurt whom by leaving?"""

from synodos.whatif.exposure.asking import exposure

__all__ = ["exposure"]
