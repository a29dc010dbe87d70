"""Worths of groups that are kept on disk, so that long work goes on where it stopped, and is not done twice."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FIELDS: Final = 3
"""Numbers of a line: a group, its worth, and whom its plan needs."""


class KeptWorths:
    """Worths of groups in a folder: one file for each set of plans, in lines that are only ever added.

    Each line is whole or does not count, so that work can be stopped at any time. What a file says is only ever asked
    about plans of the same content, since its name is their hash.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    fresh : bool
        Whether to forget what was kept before.

    Raises
    ------
    OSError
        If the folder cannot be made.
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        """Make the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._fresh = folder, fresh
        self._begun: set[str] = set()

    def get(self, key: str) -> Mapping[int, tuple[int, int]]:
        """Return what is known of a part: by group its worth and whom its plan needs."""
        file = self._file(key)
        if self._fresh and key not in self._begun:
            file.unlink(missing_ok=True)
        self._begun.add(key)
        try:
            lines = file.read_text(encoding="ascii").split("\n")
        except (OSError, UnicodeDecodeError):
            return {}
        numbers = [line.split() for line in lines[:-1]]  # what follows the last end of a line was cut off
        whole = [row for row in numbers if len(row) == FIELDS and all(one.isdecimal() for one in row)]
        return {int(group): (int(worth), int(needed)) for group, worth, needed in whole}

    def put(self, key: str, found: Mapping[int, tuple[int, int]]) -> None:
        """Keep worths of groups of a part."""
        lines = "".join(f"{group} {worth} {needed}\n" for group, (worth, needed) in found.items())
        with self._file(key).open("a", encoding="ascii") as file:
            file.write(f"\n{lines}")  # a line that was cut off stays apart

    def _file(self, key: str) -> Path:
        """Return where worths of a part are kept."""
        return self._folder / f"{key}.txt"


def cache_folder() -> Path:
    """Return where this user's programs keep what they can work out again."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "synodos"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "synodos" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "synodos"
