"""A process of the server ends when the server is gone, however it went; as a module, the process for long runs."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Final

SERVER: Final = "SYNODOS_SERVER"
"""Names the server's process to those that it starts."""
LOOK_S: Final = 1.0
"""Seconds between two looks at the server."""


def end_with_server() -> None:
    """Watch the server that started this process, if one did, and ask this process to end when that is gone."""
    if SERVER in os.environ:
        threading.Thread(target=_watch, args=(int(os.environ[SERVER]),), daemon=True).start()


def _watch(server: int) -> None:
    """Wait until another process has taken the server's place as parent."""
    while os.getppid() == server:
        time.sleep(LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    from synodos.web.runs.worker import main

    end_with_server()
    main()
