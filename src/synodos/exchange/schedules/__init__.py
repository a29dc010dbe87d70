"""Files of schedulers: P6 (XER, PMXML), Microsoft Project (MPP, MSPDI, MPX), Planner and what else MPXJ reads.

MPXJ does the reading, in a Java that starts with the first file; nothing of it is loaded before.
"""

from synodos.exchange.schedules.imported import Imported, ImportSummary, ScheduleNews, Unmapped
from synodos.exchange.schedules.importing import import_schedule, schedule_news
from synodos.exchange.schedules.mspdi import write_mspdi
from synodos.exchange.schedules.reading import read_schedule

__all__ = [
    "ImportSummary",
    "Imported",
    "ScheduleNews",
    "Unmapped",
    "import_schedule",
    "read_schedule",
    "schedule_news",
    "write_mspdi",
]
