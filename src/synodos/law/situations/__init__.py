"""What a portfolio says about each activity: which facts does law judge by?"""

from synodos.law.situations.deriving import situations
from synodos.law.situations.parties import Registers

__all__ = ["Registers", "situations"]
