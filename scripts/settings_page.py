"""The page on what the environment sets; each variable has to be found in the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from blocks import joined, table

SOURCE: Final = Path(__file__).parent.parent / "src" / "synodos"
VARIABLES: Final = {
    "SYNODOS_ADDRESS": "Address at which people reach a served table; other machines are let in only if it is set.\n"
    "With `https://`, cookies and headers are hardened.",
    "SYNODOS_DATABASE": "Database of a table: a file, or `postgresql://…`; stands in for `--database`.",
    "SYNODOS_HERE": "Set by the server for its processes: its own address, where `SYNODOS_ADDRESS` names no other.",
    "SYNODOS_KEYS": "Folder of private keys; stands in for `--keys`.",
    "SYNODOS_LOG_LINES": "A line of JSON for each request, as with `--log-lines`.",
    "SYNODOS_MAIL": "Where e-mail goes: what `--mail` takes.",
    "SYNODOS_PASSPHRASE": "Passphrase of private keys, where nobody can be asked for it.",
    "SYNODOS_SECRET_KEY": "Long random text that protects sessions and second factors; one for all of a table.\n"
    "With SQLite it is made, and kept beside the database.",
    "SYNODOS_SERVER": "Set by the server for the processes that it starts; not to be set by people.",
    "SYNODOS_TOKEN": "Token with which a command reads a served table in place of a folder.",
}
OTHERS: Final = {
    "COLUMNS": "Width in which tables are printed, where it is not that of the terminal.",
    "NO_COLOR": "Plain text on a terminal.",
    "XDG_CACHE_HOME": "Where worths that were computed once are kept; else `~/.cache`.",
    "NUMBA_CACHE_DIR": "Where Numba keeps the machine code that `synodos warm` makes; else beside the source.",
}


def read_by_code() -> set[str]:
    """Return the names of variables that the code mentions."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return {name for text in texts for name in re.findall(r"\"(SYNODOS_[A-Z_]+)\"", text)}


def settings_page() -> str:
    """Return the page on variables of the environment.

    Raises
    ------
    ValueError
        If the code reads a variable that is not described here, or no longer reads one that is.
    """
    found = sorted(read_by_code())
    if found != [*VARIABLES]:
        message = (
            f"scripts/settings_page.py: expected a line in VARIABLES for each of {', '.join(found)}, in that order"
        )
        raise ValueError(message)
    told = {name: " ".join(VARIABLES[name].split()) for name in found}
    return joined(
        "# Settings",
        "There is no configuration file. What a question needs is an option of its command; what a served table\n"
        "needs is an option of `synodos serve`, or one of these variables. [Operating a table](../operate.md) says\n"
        "when to set which.",
        table(["variable", "meaning"], [[f"`{name}`", text] for name, text in told.items()]),
        "Other programs' variables that matter here:",
        table(["variable", "meaning"], [[f"`{name}`", text] for name, text in OTHERS.items()]),
    )
