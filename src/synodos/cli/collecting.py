"""A run that begins and ends soon: no cycles of values are looked for on the way, and no plug-ins.

A command makes many values, hardly any cycle. Looking for cycles takes a fifth of a short command: while it loads, as
it works and, over all that is left, at its end. What is no longer used is freed all the same, except for cycles.

Pydantic would read what every installed package offers, to find plug-ins for itself; nothing here has a use for one.
"""

from __future__ import annotations

import atexit
import gc
import os

gc.set_threshold(500_000)
atexit.register(gc.freeze)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
