"""What a workbook tells the person who fills it in: a note on each column, and the page to read first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from synodos.exchange.document import FORMAT, VERSION
from synodos.exchange.workbook.layout import TERMS, Column, Table
from synodos.language import Cites, DateRange, Field, Header, Points, Term

RELEASE: Final = {
    "public": "everybody may see the record",
    "members": "the members of the coordinating mechanism may see it",
    "private": "its owner alone may see it",
}
"""What the words of the field `release` mean."""
CONFIDENCE: Final = {
    "read": "somebody read it in the source named",
    "secondary": "the source named tells it from another one",
    "computed": "it follows from what the source says by calculation",
    "unverified": "general knowledge that no source has confirmed yet; its source is general-knowledge",
}
"""What the words of the field `confidence` mean."""
COMPILED: Final = "compiled from public sources; not declared by the agencies"
_FEW_WORDS: Final = 4
"""Up to so many words are named in a note; more are left to the drop-down."""
_DATES: Final = "2017, 2011-04, 2011-04-20, or a range: 2013..2014, 2020.., ..2015."


class Line(NamedTuple):
    """One line of the page to read first.

    Attributes
    ----------
    look : {"title", "section", "plain"}
        How it looks.
    word, text : str
        A word that is explained, if any, and the text.
    """

    look: str
    word: str
    text: str


def note(column: Column) -> str:
    """Return what the notes row says of a column: what it means, how to fill it in, and whether one must."""
    field = column.field
    default = field.default if field.default not in (None, (), False) else None
    empty = "Must be given." if column.required else f"Empty: {default}." if default else ""
    return " ".join(part for part in (field.description, _how(field), empty) if part)


def _how(field: Field) -> str:
    """Return how a field is filled in."""
    if field.words:
        return _choice(field)
    if field.mark is not None:
        return _target(field)
    if field.many:
        return "One a line."
    return {bool: "yes or no.", int: "A whole number.", float: "A number.", DateRange: _DATES}.get(field.type, "")


def _choice(field: Field) -> str:
    """Return which words a field may hold."""
    if field.many:
        return f"{', '.join(field.words)}, or ids divided by semicolons."
    return f"{', '.join(field.words)}." if len(field.words) <= _FEW_WORDS else "Choose from the list."


def _target(field: Field) -> str:
    """Return what a field points at."""
    several = ", several divided by semicolons" if field.many else ""
    if isinstance(field.mark, Points):
        return f"Id: {' or '.join(field.mark.kinds)}{several}."
    if isinstance(field.mark, Term):
        return f"Word from {field.mark.vocabulary}, see the sheet {TERMS}{several}."
    return f"Key from the sheet sources{several}." if isinstance(field.mark, Cites) else ""


def guide(header: Header, tables: Iterable[Table]) -> Iterator[Line]:
    """Yield the page to read first."""
    yield Line("title", "", header.title)
    yield Line("plain", "", f"A portfolio of Synodos: the plans of agencies as known on {header.known_on}.")
    if header.compiler is not None:
        yield Line("plain", "", f"{COMPILED[0].upper()}{COMPILED[1:]}. Compiler: {header.compiler.name}.")
    yield Line("plain", "", f"Format {FORMAT}, version {VERSION}.")
    yield Line("section", "", "How to fill it in")
    for what, text in _HOW_TO:
        yield Line("plain", what, text)
    yield Line("section", "", "Who may see a record (release)")
    for word, meaning in RELEASE.items():
        yield Line("plain", word, meaning)
    yield Line("plain", "ids of agencies", "these agencies and the owner may see it")
    yield Line("section", "", "How well it is supported (confidence)")
    for word, meaning in CONFIDENCE.items():
        yield Line("plain", word, meaning)
    yield Line("section", "", "The sheets")
    for table in tables:
        yield Line("plain", table.sheet, table.about if table.sheet == table.name else f"{table.name}. {table.about}")
    yield Line("plain", TERMS, "Words of the vocabularies, for the drop-downs. Nothing is read from here.")


_HOW_TO: Final = (
    ("rows", "One row is one statement. Row 1 names the fields, row 2 explains them, entries begin in row 3."),
    ("dark headings", "must be filled in. An empty cell says nothing: unknown is not the same as no."),
    ("to revise", "Add a row with the same id and a later as_of, and state all of it again. Leave the old row."),
    ("to end", "Add a row with a later as_of and retracted: yes."),
    (
        "parts",
        "What a record has several of is on a sheet of its own; its first columns say where a row belongs.",
    ),
    ("order", "Rows may be sorted and columns moved; position keeps the order of parts."),
    ("dates", "2017, 2011-04, 2011-04-20, or a range such as 2013..2014, 2020.. or ..2015; no more exact than known."),
    ("drop-downs", "They offer what is known. Other ids can be typed; the check says which of them lead nowhere."),
    ("not read", "Formulas, merged cells and links are refused: what stands in a cell is what counts."),
    ("#", "begins a remark for people: a row by its first cell, a column by its heading, a sheet by its name."),
    ("to check", "synodos check FILE.xlsx names the sheet and the cell of every fault, all in one go."),
)
"""How a workbook is filled in, each line under a word for it."""
