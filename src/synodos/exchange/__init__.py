"""How do plans enter and leave a file?

A portfolio is a folder of YAML files, one JSON file, or a workbook. All three say the same; reading one gives every
fault found in it, with its place, or every statement.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred
from synodos.exchange.document import FORMAT, VERSION
from synodos.exchange.history import inspect, placed, read_history, read_portfolio, write

if TYPE_CHECKING:
    from synodos.exchange.changes import read_changes, write_changes
    from synodos.exchange.games import GameValues, read_game_values
    from synodos.exchange.kept_worths import KeptWorths, cache_folder
    from synodos.exchange.pieces import Piece, Stated, check_record, read_piece, read_record, record_text
    from synodos.exchange.sanctions import read_sanctions_list
    from synodos.exchange.schedules import (
        Imported,
        ImportSummary,
        ScheduleNews,
        Unmapped,
        import_schedule,
        read_schedule,
        schedule_news,
        write_mspdi,
    )
    from synodos.exchange.worth_store import WorthFile

__all__ = [
    "FORMAT",
    "VERSION",
    "GameValues",
    "ImportSummary",
    "Imported",
    "KeptWorths",
    "Piece",
    "ScheduleNews",
    "Stated",
    "Unmapped",
    "WorthFile",
    "cache_folder",
    "check_record",
    "import_schedule",
    "inspect",
    "placed",
    "read_changes",
    "read_game_values",
    "read_history",
    "read_piece",
    "read_portfolio",
    "read_record",
    "read_sanctions_list",
    "read_schedule",
    "record_text",
    "schedule_news",
    "write",
    "write_changes",
    "write_mspdi",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.exchange.changes": ("read_changes", "write_changes"),
        "synodos.exchange.games": ("GameValues", "read_game_values"),
        "synodos.exchange.kept_worths": ("KeptWorths", "cache_folder"),
        "synodos.exchange.pieces": ("Piece", "Stated", "check_record", "read_piece", "read_record", "record_text"),
        "synodos.exchange.sanctions": ("read_sanctions_list",),
        "synodos.exchange.schedules": (
            "Imported",
            "ImportSummary",
            "ScheduleNews",
            "Unmapped",
            "import_schedule",
            "read_schedule",
            "schedule_news",
            "write_mspdi",
        ),
        "synodos.exchange.worth_store": ("WorthFile",),
    },
)
