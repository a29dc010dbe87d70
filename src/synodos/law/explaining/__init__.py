"""Why does a norm say what it says, or say nothing?"""

from synodos.law.explaining.explain import Branch, Explanation, explain
from synodos.law.explaining.sentences import Reason

__all__ = ["Branch", "Explanation", "Reason", "explain"]
