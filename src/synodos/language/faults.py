"""What is wrong with a portfolio, as values that are collected and shown together."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import ValidationError

MOST_FOUND = 120
"""Characters of a found value that a message repeats."""
FORMS = ("word", "list")
"""Names of the two forms of `release`, which pydantic adds to the path of a fault."""


@dataclass(frozen=True, slots=True)
class Step:
    """One member of a chain of records that a fault tells.

    Attributes
    ----------
    record, field : str
        Kind and id, and the field that leads to it from the member before.
    sign : str
        What stands between it and the next member.
    """

    record: str
    field: str
    sign: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what was found, what was expected.

    Attributes
    ----------
    code : str
        Stable name of the rule, such as `reference.unknown`.
    message : str
        What is wrong, in one sentence.
    record : str
        Kind and id, such as `mission exomars-2016`; empty where it concerns no single record.
    field : str
        Path of the field in the record, such as `requirements[0].met_by[1]`.
    found, expected, nearest : str
        What stands there, what should, and the nearest valid value if there is one.
    place : str
        File and line, or sheet and cell; filled in by whoever read the file.
    severity : {"error", "warning"}
        Whether it keeps the portfolio from being used.
    """

    code: str
    message: str
    record: str = ""
    field: str = ""
    found: str = ""
    expected: str = ""
    nearest: str = ""
    place: str = ""
    severity: Literal["error", "warning"] = "error"
    statement: int = -1
    """Position of the statement among those that were read; -1 where it concerns none."""
    chain: tuple[Step, ...] = ()
    """Records that lead to each other, the first one again at the end; empty where it concerns no chain."""

    def along(self, place: Callable[[str, str], str]) -> Fault:
        """Return the fault with its chain as what was found; `place` gives file and line of a record and its field."""
        words, file = [], ""
        for number, step in enumerate(self.chain):
            at = place(step.record, step.field) if number < len(self.chain) - 1 else ""
            name, colon, line = at.rpartition(":")
            shorter = f":{line}" if colon and name == file else at
            file = name if at else file
            words.append(step.record.partition(" ")[2] + (f" ({shorter})" if shorter else "") + step.sign)
        return replace(self, found="".join(words))

    def at(self, place: str) -> Fault:
        """Return the fault with its place in a file."""
        return replace(self, place=place)

    def __str__(self) -> str:
        """Return the fault in the lines that a person reads."""
        where = ": ".join(part for part in (self.place, self.record, self.field) if part)
        lines = [f"{self.code}: {self.message}" + (f" ({where})" if where else "")]
        if self.found:
            lines.append(f"  found {self.found}")
        if self.expected:
            lines.append(f"  expected {self.expected}" + (f"; nearest: {self.nearest}" if self.nearest else ""))
        return "\n".join(lines)


class PortfolioError(Exception):
    """A portfolio that cannot be used; `faults` says all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep every fault found."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """Return `value` as a message repeats it: quoted, on one line, and cut where it is long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= MOST_FOUND else text[: MOST_FOUND - 1] + "…"


def nearest(found: str, valid: Iterable[str]) -> str:
    """Return the valid value that looks most like `found`, or nothing."""
    close = difflib.get_close_matches(found[:MOST_FOUND], list(valid), n=1, cutoff=0.6)
    return close[0] if close else ""


def of_validation(error: ValidationError, record: str, field_names: Sequence[str]) -> Iterator[Fault]:
    """Yield the faults of a record that does not fit its kind.

    Parameters
    ----------
    error : pydantic.ValidationError
        What pydantic found.
    record : str
        Kind and id of the record.
    field_names : sequence of str
        Fields that the kind has, for the nearest name to an unknown one.
    """
    for item in error.errors(include_url=False):
        path = path_text(step for step in item["loc"] if step not in FORMS)
        kind = item["type"]
        if kind == "extra_forbidden":
            name = str(item["loc"][-1])
            options = field_names if len(item["loc"]) == 1 else ()
            yield Fault(
                "record.unknown-field",
                "this kind has no such field",
                record=record,
                field=path,
                found=shown(name),
                expected="a field of this kind",
                nearest=nearest(name, options),
            )
        elif kind == "missing":
            yield Fault(
                "record.missing-field",
                "a field is missing",
                record=record,
                field=path,
                found="nothing",
                expected="a value",
            )
        else:
            yield _misfit(record, path, item)


def _misfit(record: str, path: str, item: object) -> Fault:
    """Return the fault of one value that does not fit its field."""
    details = dict(item)  # type: ignore[call-overload]
    context = details.get("ctx", {})
    expected = _expected(path, details["type"], details["msg"], context)
    value = details["input"]
    words = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    near = nearest(value, words) if isinstance(value, str) and words != [""] else ""
    found = shown(value) if not isinstance(value, dict) else "a record"
    return Fault(
        "record.value",
        "a value does not fit its field",
        record=record,
        field=path,
        found=found,
        expected=expected,
        nearest=near,
    )


def _expected(path: str, kind: str, message: str, context: dict[str, object]) -> str:
    """Return in plain words what was expected instead."""
    if kind == "value_error":
        return str(context.get("error", message))
    if kind == "literal_error":
        return f"one of {context['expected']}" + (", or a list of agency ids" if path == "release" else "")
    if kind == "string_pattern_mismatch" and "[a-z0-9]+" in str(context.get("pattern")):
        return "an id in lower case letters, digits and hyphens"
    if kind == "string_pattern_mismatch" and "x00" in str(context.get("pattern")):
        return "text without control characters"
    return message[0].lower() + message[1:]


def path_text(location: Iterable[int | str]) -> str:
    """Return a place in a record as it is written in messages: `requirements[0].by`."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
