"""Files of schedulers: P6 (XER, PMXML), Microsoft Project (MPP, MSPDI, MPX), Planner and what else MPXJ reads.

MPXJ does the reading, in a Java that starts with the first file; nothing of it is loaded before.
"""

from synodos.exchange.schedules.imported import Imported, ImportSummary, Unmapped
from synodos.exchange.schedules.importing import import_schedule
from synodos.exchange.schedules.mspdi import write_mspdi
from synodos.exchange.schedules.reading import read_schedule

__all__ = ["ImportSummary", "Imported", "Unmapped", "import_schedule", "read_schedule", "write_mspdi"]
