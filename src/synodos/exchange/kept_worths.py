"""Worths of groups that are kept on disk, so that long work goes on where it stopped, and is not done twice."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from synodos.exchange.worth_store import WorthFile


class KeptWorths:
    """Worths of groups in a folder: one file for each set of plans, to which lines are only ever added.

    What a file says is only ever asked about plans of the same content, since its name is their hash.

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
        self._files: dict[str, WorthFile] = {}

    def get(self, key: str) -> Mapping[int, tuple[int, int]]:
        """Return what is known of a part: by group its worth and whom its plan needs."""
        return self._file(key).get(key)

    def put(self, key: str, found: Mapping[int, tuple[int, int]]) -> None:
        """Keep worths of groups of a part."""
        self._file(key).put(key, found)

    def _file(self, key: str) -> WorthFile:
        """Return the file in which worths of a part are kept."""
        if key not in self._files:
            path = self._folder / f"{key}.worths"
            if self._fresh:
                path.unlink(missing_ok=True)
            try:
                self._files[key] = WorthFile(path)
            except ValueError:  # whatever stands there, it can be worked out again
                path.unlink()
                self._files[key] = WorthFile(path)
        return self._files[key]


def cache_folder() -> Path:
    """Return where this user's programs keep what they can work out again."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "synodos"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "synodos" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "synodos"
