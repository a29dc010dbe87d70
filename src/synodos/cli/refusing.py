"""Stopping with one line that says what to do, and talk beside the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

FAULTS = 1
MISUSE = 2
WORDS = ("--kind", "--part", "--step", "NAME")
"""Options whose values are a short list of words."""


def one_of(what: str, value: str, valid: object) -> str:
    """Return `value` if it is one of `valid`, or stop and name the nearest."""
    options = list(valid)  # type: ignore[call-overload]
    if value not in options:
        no_such(what, value, options)
    return value


def only(record: str, ids: Mapping[str, str]) -> str:
    """Return the key of the one record that is meant by an id or by `kind:id`, or stop."""
    keys = [key for key, record_id in ids.items() if record in (key, record_id)]
    if not keys:
        no_such("record", record, [*ids.values(), *ids])
    if len(keys) > 1:
        refuse(f"record: {record!r} may be {' or '.join(keys)}; say which")
    return keys[0]


def no_such(what: str, value: str, valid: object) -> NoReturn:
    """Stop: there is no such thing; name the nearest, or all where they are few."""
    from synodos.language import nearest

    options = list(valid)  # type: ignore[call-overload]
    near = nearest(value, options)
    listed = f"; one of {', '.join(options)}" if what in WORDS else ""
    refuse(f"{what}: there is no {value!r} to be seen" + (f"; did you mean {near!r}?" if near else listed))


def refuse(message: str) -> NoReturn:
    """Stop for misuse, with one line that says what to do."""
    say(message)
    raise typer.Exit(MISUSE)


def say(message: str) -> None:
    """Print talk, which goes to stderr so that data stay clean."""
    typer.echo(message, err=True)


@contextmanager
def unwritable(output: Path) -> Iterator[None]:
    """Stop with one line if `output` cannot be written."""
    try:
        yield
    except OSError as error:
        refuse(f"--output: {str(output)!r} cannot be written: {error.strerror or error}")
