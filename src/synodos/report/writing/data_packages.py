"""Tables as a data package: CSV files, and a `datapackage.json` that says what they hold (Frictionless, version 2)."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from synodos.language import Portfolio, Source
from synodos.report.answering.envelope import header_line
from synodos.report.answering.tables import Cell, Table, as_csv

DESCRIPTOR: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT: Final = {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json", "delimiter": ","}
"""How cells are told apart: said, since a reader that guesses may take a column's name for the mark between two."""
OUR_COMPILERS: Final = "synodos-compilers"
"""Compilers whose portfolios come with this program, under the licence below."""
OUR_LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
MEANINGS: Final[Mapping[str, str]] = {
    "agencies": "Short names of the agencies that it concerns.",
    "as of": "Date of the statement, as precise as it was given.",
    "basis": "Where it comes from: stated, computed or inferred.",
    "confidence": "How well it is supported: read, secondary, computed or unverified.",
    "disputes": "Contradictions between sources.",
    "id": "Short name of the record, unique in its kind.",
    "kind": "What sort of record or matter it is.",
    "owner": "Agency whose plan it is.",
    "rank": "Place in the order; 1 is the best.",
    "records": "Records that it rests on, as kind:id.",
    "unverified": "Whether it rests on general knowledge without a text.",
}
"""What columns mean that stand in many tables."""
UNIT: Final = re.compile(r"\(([^()]+)\)$")
DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
NAME: Final = re.compile(r"^[a-z0-9._-]+$")
WEB: Final = ("http://", "https://")


def package_files(
    tables: Iterable[Table], portfolio: Portfolio, *, name: str | None = None, title: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a data package, the descriptor last; equal tables give equal bytes.

    Parameters
    ----------
    tables : iterable of Table
        One CSV file each, named for the table.
    portfolio : Portfolio
        What the tables were computed from: its hash is the version, its sources are those of the package.
    name, title : str, optional
        Short name and title of the package; by default those of the portfolio.

    Raises
    ------
    ValueError
        If two tables have one name, or a name is not of lower-case letters, digits, dots and hyphens.

    Notes
    -----
    The format is the Data Package standard, version 2 (datapackage.org). Types of columns follow from the cells that
    stand in them; an empty cell is not stated. Columns of one name are numbered, since the standard asks for names of
    their own.
    """
    described: list[dict[str, Any]] = []
    for given in tables:
        table = replace(given, columns=tuple(_distinct(given.columns)))
        if not NAME.match(table.name) or any(table.name == one["name"] for one in described):
            message = f"data package: found a table {table.name!r}, expected a name of its own like dates-2028"
            raise ValueError(message)
        content = as_csv(table).encode()
        path = f"{table.name}.csv"
        described.append(_resource(table, path, content))
        yield path, content
    told = _package(portfolio, described, name or portfolio.header.id, title or portfolio.header.title)
    yield DESCRIPTOR, (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _distinct(columns: Sequence[str]) -> Iterator[str]:
    """Yield names of columns, of which no two may be one: agencies after which columns are named can have one name."""
    met: Counter[str] = Counter()
    for column in columns:
        met[column] += 1
        yield column if met[column] == 1 else f"{column} ({met[column]})"


def _package(portfolio: Portfolio, resources: list[dict[str, Any]], name: str, title: str) -> dict[str, Any]:
    """Return the descriptor."""
    compiler = portfolio.header.compiler
    ours = compiler is not None and compiler.id == OUR_COMPILERS
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "description": "\n\n".join((f"{header_line(portfolio)}.", *portfolio.header.about)),
        "version": portfolio.sha256,
        "created": f"{portfolio.known_on}T00:00:00Z",
        "contributors": [{"title": compiler.name, "roles": ["creator"]}] if compiler else [],
        "licenses": [OUR_LICENCE] if ours else [],
        "sources": [_source(key, one) for key, one in portfolio.header.sources.items()],
        "resources": resources,
    }
    return {key: value for key, value in told.items() if value != []}


def _source(key: str, source: Source) -> dict[str, str]:
    """Return a source by its title, and its address where it is one of the web."""
    told = {"title": source.title, "path": source.url or "", "version": str(source.date or "")}
    if not told["path"].startswith(WEB) or " " in told["path"]:
        told["path"] = ""
    return {"title": f"{told.pop('title')} [{key}]"} | {name: value for name, value in told.items() if value}


def _resource(table: Table, path: str, content: bytes) -> dict[str, Any]:
    """Return what a file holds."""
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "title": table.title,
        "format": "csv",
        "dialect": DIALECT,
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(name, [row[place] for row in table.rows]) for place, name in enumerate(table.columns)],
            "missingValues": [""],
        },
    }


def _field(name: str, cells: Sequence[Cell]) -> dict[str, Any]:
    """Return what a column holds."""
    stated = [cell for cell in cells if cell is not None and cell != ""]
    told: dict[str, Any] = {"name": name, "type": _type(stated)}
    if told["type"] == "boolean":
        told |= {"trueValues": ["True"], "falseValues": ["False"]}
    if meaning := MEANINGS.get(name):
        told["description"] = meaning
    elif unit := UNIT.search(name):
        told["description"] = f"In {unit[1]}."
    if len(stated) == len(cells) and cells:
        told["constraints"] = {"required": True}
    return told


def _type(stated: Sequence[Cell]) -> str:
    """Return the narrowest type that every stated cell has; text that might be run as a formula stays text."""
    if not stated:
        return "string"
    if all(isinstance(cell, bool) for cell in stated):
        return "boolean"
    if all(isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell) for cell in stated):
        return "integer" if all(isinstance(cell, int) for cell in stated) else "number"
    return "date" if all(isinstance(cell, str) and DAY.match(cell) for cell in stated) else "string"
