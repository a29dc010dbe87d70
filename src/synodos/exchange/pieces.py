"""Pieces of a portfolio: records in a file or a text, checked one by one, with no portfolio round them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from synodos.exchange import json_file
from synodos.exchange.building import Draft, Place, checked
from synodos.exchange.document import FORMAT, RECORDS_FORMAT, Document, checked_format, drafts, form
from synodos.exchange.opening import printable, read_text
from synodos.exchange.yaml_text import compose, read_yaml
from synodos.exchange.yaml_writing import yaml_lines
from synodos.language import Fault, PortfolioError, Record, Source, of_validation

_YAML: Final = (".yaml", ".yml")
_PIECES: Final = "a file that ends in .yaml, .yml, .json or .xlsx"


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement as a file or a text gives it.

    Attributes
    ----------
    plural : str
        Name of the list it stands in, such as `missions`.
    values : mapping of str to object
        Plain values.
    place : callable
        From a path in the record to file and line, or sheet and cell.
    """

    plural: str
    values: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file holds of a portfolio.

    Attributes
    ----------
    statements : tuple of Stated
        Its statements, not checked yet.
    sources : mapping of str to Source
        Sources that its page lists, where it has one.
    faults : tuple of Fault
        What is wrong with the form of the file.
    """

    statements: tuple[Stated, ...]
    sources: Mapping[str, Source]
    faults: tuple[Fault, ...]


def read_piece(path: Path) -> Piece:
    """Return the statements and sources in one file; it needs no portfolio page.

    Parameters
    ----------
    path : pathlib.Path
        A YAML file of records or a portfolio page, a JSON file, or a workbook (.xlsx).

    Notes
    -----
    Nothing is raised: a file that cannot be read gives its fault.
    """
    suffix, name = path.suffix.lower(), printable(path.name)
    try:
        if suffix in _YAML:
            page, found, faults = _of_document(read_yaml(path, name))
        elif suffix == ".json":
            page, found, faults = _of_json(path, name)
        elif suffix == ".xlsx":
            from synodos.exchange import workbook

            page, found, faults = workbook.read_drafts(path)
        else:
            found_form = f"a file that ends in {suffix!r}" if suffix else "a file without a suffix"
            fault = Fault("file.form", "records are not read from this", "", "", found_form, _PIECES, place=name)
            return Piece((), {}, (fault,))
    except PortfolioError as error:
        return Piece((), {}, error.faults)
    sources, wrong = _sources(page)
    return Piece(tuple(Stated(one.kind, one.values, one.place) for one in found), sources, (*faults, *wrong))


def read_record(text: str, name: str) -> tuple[Mapping[str, Any], Place, tuple[Fault, ...]]:
    """Return the fields of one record that stand in YAML text, where each stands, and the faults of its form.

    Parameters
    ----------
    text : str
        A mapping of fields to values, without format and list.
    name : str
        What messages call the text.
    """
    try:
        document = compose(text, name)
    except PortfolioError as error:
        return {}, lambda _path: name, error.faults
    if document.content is None:
        return {}, document.place, tuple(document.faults)
    if not isinstance(document.content, dict):
        found = f"a {form(document.content)}"
        document.add("record.form", "this is no record", document.place(""), found, "fields with their values")
        return {}, document.place, tuple(document.faults)
    return document.content, document.place, tuple(document.faults)


def check_record(stated: Stated) -> tuple[Record | None, tuple[Fault, ...]]:
    """Return the record that a statement gives, and what is wrong with it on its own."""
    return checked(Draft(stated.plural, stated.values, stated.place))


def record_text(values: Mapping[str, Any]) -> str:
    """Return plain values as YAML; `read_record` gives them back."""
    return "".join(f"{line}\n" for line in yaml_lines(values))


def _of_document(document: Document) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return the page or the statements of a document."""
    content = document.content
    if isinstance(content, dict) and content.get("format") == FORMAT:
        page = Draft("", checked_format(document, FORMAT), document.place)
        return page, [], document.faults
    found = list(drafts(document, checked_format(document, RECORDS_FORMAT)))
    return None, found, document.faults


def _of_json(path: Path, name: str) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return what a JSON file holds: a portfolio, or records alone."""
    document = json_file.parsed(read_text(path, name), name)
    if isinstance(document.content, dict) and document.content.get("format") == RECORDS_FORMAT:
        return _of_document(document)
    return json_file.read_drafts(path)


def _sources(page: Draft | None) -> tuple[dict[str, Source], tuple[Fault, ...]]:
    """Return the sources that a page lists, and what is wrong with them."""
    listed = page.values.get("sources") if page else None
    if not isinstance(listed, dict) or page is None:
        return {}, ()
    sound: dict[str, Source] = {}
    wrong: list[Fault] = []
    for key, values in listed.items():
        try:
            sound[key] = Source.model_validate(values)
        except ValidationError as error:
            names = tuple(Source.model_fields)
            wrong += (
                f.at(page.place(f"sources.{key}.{f.field}")) for f in of_validation(error, f"source {key}", names)
            )
    return sound, tuple(wrong)
