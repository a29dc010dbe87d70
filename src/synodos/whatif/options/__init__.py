"""Options: what could be done after a change?"""

from synodos.whatif.options.asking import options

__all__ = ["options"]
