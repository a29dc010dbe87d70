"""How much is read before reading stops, so that hostile input ends in one clear fault and costs little."""

from typing import Final

MEGABYTE: Final = 1_000_000

MOST_FILE_BYTES: Final = 100 * MEGABYTE
"""One file. A portfolio of 100,000 records is about 60 MB; a file of 200 MB is refused unread."""
MOST_FOLDER_BYTES: Final = 400 * MEGABYTE
"""All files of a folder together: about half a million records, what a machine of 16 GB holds with ease."""
MOST_FILES: Final = 10_000
"""Files of a folder; one per record of a large portfolio, and no directory of a million empty files."""
MOST_RECORDS: Final = 1_000_000
"""Statements of a portfolio; ten times the size that answers are promised for."""
MOST_VALUES: Final = 10_000_000
"""Values (numbers, texts, lists, tables) of one YAML file; more than 100 MB of real records hold."""
MOST_RECORD_VALUES: Final = 20_000
"""Values of one record; the largest real ones have a few hundred."""
MOST_PAGE_VALUES: Final = 500_000
"""Values of a portfolio page; one with 100,000 sources has about as many."""
MOST_DEPTH: Final = 24
"""Levels of nesting; the language needs eight from the top of a file to the innermost value."""
MOST_DIGITS: Final = 30
"""Digits of a whole number; nothing that plans count has more, and turning long ones into numbers is slow."""
MOST_FAULTS: Final = 10_000
"""Faults that are told; of further ones only the number."""
