"""How do plans enter and leave a file?

A portfolio is a folder of YAML files, one JSON file, or a workbook. All three say the same; reading one gives every
fault found in it, with its place, or every statement.
"""

from synodos.exchange.document import FORMAT, VERSION
from synodos.exchange.history import inspect, read_history, read_portfolio, write
from synodos.exchange.schedules import Imported, ImportSummary, Unmapped, import_schedule, read_schedule, write_mspdi

__all__ = [
    "FORMAT",
    "VERSION",
    "ImportSummary",
    "Imported",
    "Unmapped",
    "import_schedule",
    "inspect",
    "read_history",
    "read_portfolio",
    "read_schedule",
    "write",
    "write_mspdi",
]
