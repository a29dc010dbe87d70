"""The ledger in a file: importing, verifying, and what one viewer sees, up to a million entries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import synthetic
from suite import Suite
from timing import Row, peak_mb, ratio, slope, timings

from synodos import ledger as kept  # its names are asked for after Django is set up
from synodos.language import DateRange, History, Record
from synodos.ledger import Signer, all_signed, new_signer, verified
from synodos.web import start

REVISIONS: Final = 10
"""Statements on each record: a tenth of the entries is live."""
SECRETARIAT: Final = "secretariat"
SAMPLE: Final = 2_000
"""Entries by which the limits are measured; they are in proportion to their number."""
BODY: Final = b"x" * 700
"""As long as the body of an entry here."""


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield the rows of each size; what fills or reads a whole ledger is measured once."""
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="synodos-bench-") as folder:
            history = made_up(size)
            signers = _founded(Path(folder) / "ledger.sqlite3", history)
            found = {"import": (size, _seconds(partial(kept.import_history, history, signers=signers)))}
            _check(history)
            live = len(kept.snapshot(viewer="public"))
            found |= {case: (live, seconds) for case, seconds in _looks(history, signers, rounds).items()}
            found["verify"] = (size, _seconds(_verify))
        limits = {"import": _signing_s(size), "verify": _verifying_s(size), "first look": _reading_s(history, live)}
        for case, (n, seconds) in found.items():
            limit, growth = limits.get(case), slope(before.get(case), (n, seconds))
            yield Row(case, n, seconds, None, None, limit, None, ratio(seconds, limit), growth, peak_mb(), "")
            before[case] = (n, seconds)


def made_up(entries: int) -> History:
    """Return a history of that many statements: each record is stated in 2011 and revised year after year."""
    first = synthetic.history(entries // REVISIONS)
    header = first.header.model_copy(update={"known_on": DateRange(str(2011 + REVISIONS))})
    later = (_revised(record, year) for year in range(1, REVISIONS) for record in first.statements)
    return replace(first, header=header, statements=(*first.statements, *later))


def _revised(record: Record, year: int) -> Record:
    """Return a record as it is stated some years later."""
    return record.model_copy(update={"as_of": DateRange(str(2011 + year)), "note": f"Revision {year}"})


def _founded(path: Path, history: History) -> dict[str, Signer]:
    """Begin a ledger in a file, and return who signs."""
    from django.core.management import call_command

    start(str(path))
    call_command("migrate", verbosity=0)
    signers = {author: new_signer(author) for author in {SECRETARIAT, *(one.owner for one in history.statements)}}
    kept.found_ledger(signers[SECRETARIAT], header=history.header)
    for author, signer in signers.items():
        if author != SECRETARIAT:
            kept.register_key(author, signer.public_hex, secretariat=signers[SECRETARIAT])
    return signers


def _looks(history: History, signers: dict[str, Signer], rounds: int) -> dict[str, float]:
    """Return the seconds of looking at the ledger for the first time, again, at a past day, and after a change."""
    record = history.statements[-1]
    years = iter(range(2012 + REVISIONS, 2900))

    def change() -> None:
        kept.snapshot(viewer="public")
        as_of = DateRange(str(next(years)))
        kept.declare([record.model_copy(update={"as_of": as_of})], signer=signers[record.owner], check=False)

    prepared: dict[str, tuple[Callable[[], None], Callable[[], object]]] = {
        "first look": (kept.forget, lambda: kept.snapshot(viewer="public")),
        "nothing changed": (lambda: None, lambda: kept.snapshot(viewer="public")),
        "past day": (kept.forget, lambda: kept.snapshot(history.statements[0].as_of.latest, viewer="public")),
        "one record changed": (
            change,
            lambda: kept.snapshot(viewer="public"),
        ),
    }
    seconds: dict[str, list[float]] = {case: [] for case in prepared}
    for _ in range(rounds):
        for case, (prepare, ask) in prepared.items():
            prepare()
            seconds[case].append(_seconds(ask))
    return {case: sorted(found)[len(found) // 2] for case, found in seconds.items()}


def _check(history: History) -> None:
    """Refuse to time a ledger that shows something else than the history from which it was imported."""
    if kept.snapshot(viewer="public").sha256 != history.known_on(viewer="public").sha256:
        message = "the ledger shows another portfolio than its history"
        raise ValueError(message)


def _verify() -> None:
    """Verify the ledger, which is sound."""
    problems = kept.verify()
    if problems:
        raise ValueError(str(problems[0]))


def _signing_s(entries: int) -> float:
    """Return the seconds that the signatures of entries take alone."""
    signer = new_signer(SECRETARIAT)
    work = [(signer, BODY)] * SAMPLE
    return timings({"sign": lambda: all_signed(work)})["sign"].median_s * entries / SAMPLE


def _verifying_s(entries: int) -> float:
    """Return the seconds that checking the signatures of entries takes alone."""
    signer = new_signer(SECRETARIAT)
    key, signature = signer.public_hex, signer.sign(BODY)
    return (
        timings({"v": lambda: [verified(key, BODY, signature) for _ in range(SAMPLE)]})["v"].median_s * entries / SAMPLE
    )


def _reading_s(history: History, records: int) -> float:
    """Return the seconds that building the records from JSON takes alone."""
    some = [(type(one), one.model_dump_json(exclude_defaults=True)) for one in history.statements[-SAMPLE:]]
    seconds = timings({"read": lambda: [kind.model_validate_json(text) for kind, text in some]})["read"].median_s
    return seconds * records / len(some)


def _seconds(run: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


SUITE = Suite(
    "ledger",
    "The ledger",
    """\
A file (SQLite, every act on the disk before it is acknowledged) with made-up records of some dozen agencies, each
record stated ten times, so that a tenth of the entries is live. n is the number of entries for importing (signatures
included, one process) and verifying (every hash, signature and column), and of live records for what one viewer sees:
for the first time in a process, again when nothing changed, after one record changed, and on a past day with nothing
kept. Importing and verifying are measured once. "Limit" is the signatures alone, checking them alone, and building the
records from JSON alone; each is measured on a sample and taken in proportion.""",
    ("case", "n", "ours_s", "limit_s", "ratio_limit", "slope", "rss_mb"),
    (100_000, 1_000_000),
    measured,
)
