"""Lists of sanctioned parties as files: FollowTheMoney entities, and the SDN list of OFAC in XML and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from synodos.exchange.limits import MEGABYTE, MOST_RECORDS
from synodos.exchange.opening import printable, read_text, refuse
from synodos.language import ListedParty, ListedSort, shown

_SCHEMAS: Final[dict[str, ListedSort]] = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "LegalEntity": "unknown",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
"""Kinds of FollowTheMoney entities that are parties; addresses, sanctions and links are not."""
_OTHER_NAMES: Final = ("alias", "weakAlias", "previousName", "abbreviation")
_STATES: Final = ("country", "jurisdiction", "nationality", "mainCountry")
_SORTS: Final[dict[str, ListedSort]] = {
    "entity": "organisation",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
"""What the SDN list calls its entries; in CSV an organisation has no word."""
_NOTHING: Final = "-0-"
_COLUMNS: Final = 12
_END_OF_FILE: Final = "\x1a"
"""Closes the CSV files of OFAC."""
_LONGEST_LINE: Final = 10 * MEGABYTE
_MOST_TAGS: Final = 5_000_000
"""Tags of an XML file; the SDN list has about a quarter of that."""


def read_sanctions_list(file: Path) -> tuple[ListedParty, ...]:
    """Return the parties on a list of sanctioned parties.

    Parameters
    ----------
    file : pathlib.Path
        FollowTheMoney entities, one JSON object to a line, or the SDN list of OFAC as XML or CSV; its content says
        which. A file `alt.csv` beside `sdn.csv` is read for other names.

    Returns
    -------
    tuple of ListedParty
        In the order of the file.

    Raises
    ------
    PortfolioError
        With one fault, if the file cannot be read, is no such list, or lists nobody.
    """
    name = printable(file.name)
    text = read_text(file, name).rstrip(_END_OF_FILE + " \t\r\n")
    opening = text[:1_024].lstrip()[:1]
    if opening == "<":
        found = tuple(_of_xml(text, name))
    elif opening == "{":
        found = tuple(_of_entities(text, name))
    else:
        found = tuple(_of_csv(text, name, _aliases(file)))
    if not found:
        refuse("sanctions.empty", "the file lists no party", name, "no entry", "a list of sanctioned parties")
    return found


def _of_entities(text: str, name: str) -> Iterator[ListedParty]:
    """Yield the parties among FollowTheMoney entities."""
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        if number > MOST_RECORDS:
            refuse(
                "sanctions.too-many", "the file holds too many entities", name, f"line {number:,}", f"{MOST_RECORDS:,}"
            )
        entity = _entity(line, f"{name}:{number}")
        sort = _SCHEMAS.get(entity["schema"])
        names = _texts(entity, ("name",), f"{name}:{number}")
        if sort is not None and names:
            others = _texts(entity, _OTHER_NAMES, f"{name}:{number}")
            yield ListedParty(
                entity["id"],
                names[0],
                tuple(dict.fromkeys((*names[1:], *others))),
                sort,
                _texts(entity, ("program", "programId"), f"{name}:{number}"),
                _texts(entity, _STATES, f"{name}:{number}"),
            )


def _entity(line: str, place: str) -> dict[str, Any]:
    """Return one line as an entity."""
    expected = 'an entity {"id": "...", "schema": "...", "properties": {...}}'
    if len(line) > _LONGEST_LINE:
        refuse("sanctions.entity", "a line is too long", place, f"{len(line):,} characters", f"{_LONGEST_LINE:,}")
    try:
        entity = json.loads(line)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        refuse("sanctions.entity", "a line is no JSON", place, _why(error), expected)
    if not isinstance(entity, dict) or not all(isinstance(entity.get(key), str) for key in ("id", "schema")):
        refuse("sanctions.entity", "a line is no FollowTheMoney entity", place, shown(line.strip()), expected)
    if not isinstance(entity.get("properties"), dict):
        refuse("sanctions.entity", "an entity has no properties", place, shown(line.strip()), expected)
    return entity


def _why(error: Exception) -> str:
    """Return in words why JSON does not parse."""
    return "too many levels" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))


def _texts(entity: dict[str, Any], properties: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Return the values of some properties, each once."""
    found: list[str] = []
    for key in properties:
        values = entity["properties"].get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            refuse("sanctions.entity", f"property {key} is no list of texts", place, shown(values), '["..."]')
        found += [value.strip() for value in values if value.strip()]
    return tuple(dict.fromkeys(found))


class _NoTypes(TreeBuilder):
    """A tree without the document type that could define entities."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse it."""
        raise _DocumentTypeError(name, pubid, system)


class _DocumentTypeError(Exception):
    """An XML file declares a document type."""


def _of_xml(text: str, name: str) -> Iterator[ListedParty]:
    """Yield the parties of the SDN list in XML, in whatever namespace."""
    for entry in _root(text, name).iterfind("{*}sdnEntry"):
        uid, own = _text(entry, "uid"), _full_name(entry)
        if not uid or not own:
            refuse(
                "sanctions.entry", "an entry has no id or no name", name, uid or own or "nothing", "uid and lastName"
            )
        others = tuple(dict.fromkeys(filter(None, map(_full_name, entry.iterfind("{*}akaList/{*}aka")))))
        sort = _SORTS.get(_text(entry, "sdnType").lower(), "unknown")
        programmes = tuple(one.text.strip() for one in entry.iterfind("{*}programList/{*}program") if one.text)
        states = (one.text.strip() for one in entry.iterfind("{*}addressList/{*}address/{*}country") if one.text)
        yield ListedParty(uid, own, others, sort, programmes, tuple(dict.fromkeys(states)))


def _root(text: str, name: str) -> Element:
    """Return the list as a tree."""
    if text.count("<") > _MOST_TAGS:
        refuse(
            "sanctions.too-many",
            "the file holds too many elements",
            name,
            f"{text.count('<'):,} tags",
            f"{_MOST_TAGS:,}",
        )
    parser = XMLParser(target=_NoTypes())  # noqa: S314 - without document type, bounded in size and tags
    try:
        parser.feed(text)
        root: Element = parser.close()
    except _DocumentTypeError:
        refuse("sanctions.entities", "the file declares a document type", name, "<!DOCTYPE …>", "XML without one")
    except (ParseError, ValueError, RecursionError) as error:
        refuse("sanctions.xml", "the file is no whole XML", name, str(error), "the SDN list of OFAC")
    if root.tag.rpartition("}")[2] != "sdnList":
        refuse("sanctions.xml", "the file is no SDN list", name, shown(root.tag), "an element sdnList")
    return root


def _text(parent: Element, tag: str) -> str:
    """Return the text of an element below another."""
    return (parent.findtext(f"{{*}}{tag}") or "").strip()


def _full_name(parent: Element) -> str:
    """Return first and last name together."""
    return " ".join(filter(None, (_text(parent, "firstName"), _text(parent, "lastName"))))


def _of_csv(text: str, name: str, aliases: dict[str, tuple[str, ...]]) -> Iterator[ListedParty]:
    """Yield the parties of the SDN list in CSV, which has no line of headings."""
    for number, cells in _rows(text, name):
        if len(cells) != _COLUMNS or not cells[0].isdigit() or not cells[1]:
            found, expected = shown(",".join(cells)), f"{_COLUMNS} columns: a number, a name and ten more"
            refuse("sanctions.row", "a row is none of the SDN list", f"{name}:{number}", found, expected)
        sort = _SORTS.get(cells[2].lower(), "unknown") if cells[2] else "organisation"
        yield ListedParty(
            cells[0], cells[1], aliases.get(cells[0], ()), sort, tuple(cells[3].split("] [")) if cells[3] else ()
        )


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the filled rows of a table with their lines; OFAC writes -0- for nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, ["" if cell.strip() == _NOTHING else cell.strip() for cell in cells]
    except csv.Error as error:
        refuse("sanctions.row", "the table breaks off", f"{name}:{reader.line_num}", str(error), "a table in CSV")


def _aliases(file: Path) -> dict[str, tuple[str, ...]]:
    """Return other names by number of the entry, from the file `alt.csv` beside `sdn.csv`, if it is there."""
    beside = file.with_name("alt.csv")
    if file.name.lower() != "sdn.csv" or not beside.is_file():
        return {}
    found: dict[str, list[str]] = {}
    for number, cells in _rows(read_text(beside, beside.name).rstrip(_END_OF_FILE + " \t\r\n"), beside.name):
        if len(cells) < 4 or not cells[0].isdigit():  # noqa: PLR2004 - number, number of the name, its type, the name
            expected = "columns: number, number of the name, type, name"
            refuse(
                "sanctions.row",
                "a row holds no other name",
                f"{beside.name}:{number}",
                shown(",".join(cells)),
                expected,
            )
        found.setdefault(cells[0], []).append(cells[3])
    return {number: tuple(dict.fromkeys(filter(None, names))) for number, names in found.items()}
