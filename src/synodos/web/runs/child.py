"""The process in which one run is worked on, so that it can be ended at any instant and take nothing with it.

It reads its job as one line of JSON, and says lines of JSON: `said` (how far it is), then `told`, `refused`, or `lost`
where the database did not answer. When who began it is gone, it ends.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from typing import Any, Final, TextIO

BETWEEN_S: Final = 0.25
"""Seconds between two words on how far it is, at least."""
FAILED: Final = "The work ended in an error that is none of yours; whoever runs the server finds it in the log."
MOST_FAULTS: Final = 5


DIGITS: Final = str.maketrans("", "", "0123456789,")


class Telling:
    """Says how far the work is, but not too often."""

    def __init__(self, out: TextIO) -> None:
        """Begin with nothing said."""
        self._out, self._said_at, self._doing = out, 0.0, ""

    def say(self, share: float | None, words: str) -> None:
        """Say how much is done and what is being done, unless all that is new since just now is a number."""
        doing = words.translate(DIGITS)
        if doing != self._doing or time.monotonic() - self._said_at >= BETWEEN_S:
            self._said_at, self._doing = time.monotonic(), doing
            self.tell({"said": [share, words]})

    def tell(self, line: Mapping[str, Any]) -> None:
        """Say a line."""
        self._out.write(json.dumps(line, allow_nan=False) + "\n")
        self._out.flush()


def main() -> None:
    """Work on the run that stands on standard input."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not stand between our lines
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    telling = Telling(out)
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    telling.tell(_result(job, telling))
    out.close()
    os._exit(0)  # threads of engines that still wind down are not waited for


def _result(job: Mapping[str, Any], telling: Telling) -> dict[str, Any]:
    """Return the answer to a job, or why there is none."""
    from django.db import InterfaceError, OperationalError

    from synodos.language import PortfolioError
    from synodos.web.starting import start

    try:
        start(os.environ["SYNODOS_DATABASE"])
        return _answered(job, telling)
    except PortfolioError as error:
        more = len(error.faults) - MOST_FAULTS
        told = "; ".join(map(str, error.faults[:MOST_FAULTS]))
        return {"refused": told + (f"; and {more} more" if more > 0 else "")}
    except ValueError as error:
        return {"refused": str(error)}
    except (InterfaceError, OperationalError) as error:
        return {"lost": str(error)}
    except Exception:  # noqa: BLE001 - whatever it is, the run must end and say so
        traceback.print_exc()
        return {"refused": FAILED}


def _answered(job: Mapping[str, Any], telling: Telling) -> dict[str, Any]:
    """Return the answer to a job, with the hash of the portfolio from which it comes."""
    from synodos.ledger import snapshot
    from synodos.web.runs.answering import Led, answer
    from synodos.web.runs.files import laid_out
    from synodos.web.showing.told import on_paper, told

    day = dt.date.fromisoformat(job["known_on"]) if job["known_on"] else None
    portfolio = snapshot(day, viewer=job["viewer"])
    with laid_out(job["run"]) as paths:
        beside = {"paths": paths, "run": job["run"]}
        found = answer(job["question"], portfolio, {**job["parameters"], **beside}, telling.say)
    shown = found.shown if isinstance(found, Led) else told(found, portfolio=portfolio)
    leads_to = found.leads_to if isinstance(found, Led) else ""
    return {"told": on_paper(shown).model_dump(mode="json"), "sha256": portfolio.sha256, "leads_to": leads_to}


def _end_with_parent() -> None:
    """Wait until nobody holds the other end of standard input, then end, with all that was begun from here."""
    while sys.stdin.read(1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
