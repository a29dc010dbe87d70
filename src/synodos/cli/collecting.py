"""Memory of a run: a command makes many values, hardly any cycle, and ends soon, so none are looked for on the way.

Looking for cycles takes a fifth of a short command: while it loads, while it works and, over all that is left, at its
end. What is no longer used is freed all the same, except for cycles.
"""

from __future__ import annotations

import atexit
import gc

gc.set_threshold(500_000)
atexit.register(gc.freeze)
