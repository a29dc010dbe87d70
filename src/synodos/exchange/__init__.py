"""How do plans enter and leave a file?

A portfolio is a folder of YAML files, one JSON file, or a workbook. All three say the same; reading one gives every
fault found in it, with its place, or every statement.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred
from synodos.exchange.document import FORMAT, VERSION
from synodos.exchange.history import inspect, placed, read_history, read_one_day, read_portfolio, write
from synodos.exchange.json_file import portfolio_json

if TYPE_CHECKING:
    from synodos.exchange.built_edition import (
        EDITION_FILE,
        PLAN_FILE,
        PORTFOLIO_FILE,
        SIGNATURE_FILE,
        BuiltEdition,
        EditionSignature,
        edition_json,
        read_edition,
        signature_json,
        signed_words,
        write_edition,
    )
    from synodos.exchange.calendars import CalendarEvent, calendar_text
    from synodos.exchange.changes import read_changes, write_changes
    from synodos.exchange.edition_file import edition_plan_text, read_edition_plan
    from synodos.exchange.games import GameValues, read_game_values
    from synodos.exchange.kept_worths import KeptWorths, cache_folder
    from synodos.exchange.outcome_file import OUTCOMES_FORMAT, read_outcomes
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
    "EDITION_FILE",
    "FORMAT",
    "OUTCOMES_FORMAT",
    "PLAN_FILE",
    "PORTFOLIO_FILE",
    "SIGNATURE_FILE",
    "VERSION",
    "BuiltEdition",
    "CalendarEvent",
    "EditionSignature",
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
    "calendar_text",
    "check_record",
    "edition_json",
    "edition_plan_text",
    "import_schedule",
    "inspect",
    "placed",
    "portfolio_json",
    "read_changes",
    "read_edition",
    "read_edition_plan",
    "read_game_values",
    "read_history",
    "read_one_day",
    "read_outcomes",
    "read_piece",
    "read_portfolio",
    "read_record",
    "read_sanctions_list",
    "read_schedule",
    "record_text",
    "schedule_news",
    "signature_json",
    "signed_words",
    "write",
    "write_changes",
    "write_edition",
    "write_mspdi",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.exchange.built_edition": (
            "EDITION_FILE",
            "PLAN_FILE",
            "PORTFOLIO_FILE",
            "SIGNATURE_FILE",
            "BuiltEdition",
            "EditionSignature",
            "edition_json",
            "read_edition",
            "signature_json",
            "signed_words",
            "write_edition",
        ),
        "synodos.exchange.calendars": ("CalendarEvent", "calendar_text"),
        "synodos.exchange.changes": ("read_changes", "write_changes"),
        "synodos.exchange.edition_file": ("edition_plan_text", "read_edition_plan"),
        "synodos.exchange.games": ("GameValues", "read_game_values"),
        "synodos.exchange.kept_worths": ("KeptWorths", "cache_folder"),
        "synodos.exchange.outcome_file": ("OUTCOMES_FORMAT", "read_outcomes"),
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
