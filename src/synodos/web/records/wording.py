"""Fields and values of records in the words of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from pydantic import BaseModel

from synodos.language import WITHHELD, Field, Money, Points, Portfolio, Record, Term, fields

_CODE = re.compile(r"`([^`]*)`")
HIDDEN = "a record that you may not see, or that is not there"
RELEASES = {
    "public": "everybody",
    "members": "members of the mechanism",
    "private": "its owner alone",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value as a page shows it: text with or without a link, a list, or lines of a part."""

    text: str = ""
    address: str = ""
    title: str = ""
    items: tuple[Value, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a record or of a part: its name, what it means, its value."""

    name: str
    label: str
    meaning: str
    value: Value
    unverified: bool = False


def label_of(name: str) -> str:
    """Return the name of a field as people read it."""
    text = name.replace("_km2_s2", " (km²/s²)").replace("_days", " (days)").replace("_", " ")
    return text[:1].upper() + text[1:]


def meaning_of(field: Field) -> str:
    """Return what a field means, with quotation marks where the source has marks of code."""
    return _CODE.sub(r"“\1”", field.description)


def is_shared(field: Field) -> bool:
    """Return whether records of every kind have a field."""
    return field.name in Record.model_fields


def _unsorted(_field: Field) -> bool:
    """Leave fields in their order."""
    return False


def kind_words(kind: str) -> str:
    """Return the name of a kind as people read it."""
    return kind.replace("-", " ")


def title_of(record: Record) -> str:
    """Return the name of a record, or its id where its kind has none."""
    return getattr(record, "short_name", None) or getattr(record, "name", None) or record.id


def address_of(record: Record) -> str:
    """Return the address of the page of a record."""
    return reverse("record", args=[record.kind, record.id])


def party_name(party: str, portfolio: Portfolio) -> str:
    """Return the name of an agency, of a state, or of who compiled the portfolio."""
    compiler, state = portfolio.header.compiler, portfolio.states.get(party)
    if compiler and compiler.id == party:
        return compiler.name
    return state.name if state and party not in portfolio.agencies else portfolio.agency_name(party)


def lines_of(part: BaseModel, portfolio: Portfolio) -> tuple[Line, ...]:
    """Return the fields of a record, or of a part of one, that say something; what all kinds have comes last."""
    doubtful = getattr(part, "unverified_fields", ())
    return tuple(
        Line(
            field.name,
            label_of(field.name),
            meaning_of(field),
            value_of(field, given, portfolio),
            field.name in doubtful,
        )
        for field, given in stated(part)
    )


def stated(part: BaseModel) -> Iterator[tuple[Field, Any]]:
    """Yield the fields that are given, with their values; those that all kinds have last."""
    for field in sorted(fields(type(part)), key=is_shared if isinstance(part, Record) else _unsorted):
        given = getattr(part, field.name)
        if given is not None and given != () and not (given == field.default and not field.required):
            yield field, given


def value_of(field: Field, given: Any, portfolio: Portfolio) -> Value:
    """Return the value of a field as a page shows it."""
    if isinstance(given, tuple):
        return Value(items=tuple(_single(field, one, portfolio) for one in given))
    return _single(field, given, portfolio)


def _single(field: Field, given: Any, portfolio: Portfolio) -> Value:
    """Return one value."""
    if isinstance(given, Money):
        return Value(money_text(given))
    if isinstance(given, BaseModel):
        return Value(lines=lines_of(given, portfolio))
    return _named(field, given, portfolio) if field.mark is not None else Value(_scalar_text(given))


def _scalar_text(given: Any) -> str:
    """Return a value that names nothing."""
    if isinstance(given, bool):
        return "yes" if given else "no"
    return f"{given:,.10g}" if isinstance(given, float) else str(given)


def _named(field: Field, given: str, portfolio: Portfolio) -> Value:
    """Return what names a record, a term or a source; a release may be a word instead."""
    if given == WITHHELD:
        return Value(HIDDEN)
    if given in field.words:
        return Value(RELEASES[given])
    if isinstance(field.mark, Points):
        return _pointed(field.mark, given, portfolio)
    if isinstance(field.mark, Term):
        return Value(portfolio.vocabularies[field.mark.vocabulary].label(given), title=given)
    return _cited(given, portfolio)


def _pointed(mark: Points, target: str, portfolio: Portfolio) -> Value:
    """Return a reference to a record with its name and address."""
    for kind in mark.kinds:
        record = portfolio.tables.get(kind, {}).get(target)
        if record is not None:
            return Value(title_of(record), address_of(record), f"{kind_words(kind)} {target}")
    compiler = portfolio.header.compiler
    return Value(compiler.name if compiler and compiler.id == target else target, title=target)


def _cited(key: str, portfolio: Portfolio) -> Value:
    """Return a reference to a source."""
    source = portfolio.header.sources.get(key)
    return Value(source.title if source else key, title=key)


def money_text(money: Money) -> str:
    """Return an amount with its currency and price year."""
    year = f" (prices of {money.price_year})" if money.price_year else " (price year not stated)"
    amount = f"{money.amount:,.2f}".removesuffix(".00")
    return f"{amount} {money.currency}{year}"


def plain_text(value: Value) -> str:
    """Return a value on one line."""
    if value.items:
        return "; ".join(plain_text(one) for one in value.items)
    if value.lines:
        return ", ".join(f"{line.label.lower()}: {plain_text(line.value)}" for line in value.lines)
    return value.text


def seen_by(record: Record, portfolio: Portfolio) -> str:
    """Return in words who may see a record."""
    if isinstance(record.release, str):
        words = RELEASES[record.release]
        by_others = record.release == "private" and record.stated_by != record.owner
        return f"{words}, and who compiled it" if by_others else words
    named = [portfolio.agency_name(one) if one != WITHHELD else "an agency not shown here" for one in record.release]
    return ", ".join(dict.fromkeys([party_name(record.owner, portfolio), *named]))
