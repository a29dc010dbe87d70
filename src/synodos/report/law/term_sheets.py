"""A draft term sheet as a document to edit (`.docx`) and as one to read (`.pdf`)."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from synodos.language import Cost, Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import amount
from synodos.report.law.agreements import COUNSEL, VERDICTS
from synodos.report.law.words import catalogue_note
from synodos.report.writing.whole import write_whole

if TYPE_CHECKING:
    from synodos.law import Catalogue, Finding, TermSheet

SUFFIXES: Final = (".docx", ".pdf")
"""Forms of a term sheet."""
NOTES: Final = (
    "It is filled from the records named in it; no party has agreed to anything by it.",
    "The clauses say what to settle, in words of Synodos. What is usual comes from published texts, or is unverified.",
    "It informs and does not advise: counsel of each party decides what the text says.",
)
BREAK: Final = "\u200b"
"""Space without width, at which a line may break."""
UNSTATED: Final = "not stated"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every part of a document, so that equal sheets are equal files."""


def write_term_sheet(portfolio: Portfolio, sheet: TermSheet, output: Path) -> None:
    """Write a draft term sheet; the ending of the file says in which form.

    Raises
    ------
    OSError
        If the file cannot be written.
    ValueError
        If the ending is neither `.docx` nor `.pdf`.
    """
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"a term sheet is a file that ends in {' or '.join(SUFFIXES)}, and not {str(output)!r}"
        raise ValueError(message)
    write_whole(output, term_sheet_file(portfolio, sheet, "docx" if suffix == ".docx" else "pdf"))


def term_sheet_file(portfolio: Portfolio, sheet: TermSheet, form: Literal["docx", "pdf"]) -> bytes:
    """Return a draft term sheet as the content of a file."""
    told = _breakable(sheet_content(portfolio, sheet))
    return _docx(told) if form == "docx" else _pdf(told)


def _breakable(told: Any) -> Any:  # noqa: ANN401 - any part of what a sheet says
    """Return what a sheet says with a place to break a line in each range, since cells are narrow."""
    if isinstance(told, dict):
        return {key: _breakable(part) for key, part in told.items()}
    if isinstance(told, list):
        return [_breakable(part) for part in told]
    return told.replace("..", f"..{BREAK}") if isinstance(told, str) else told


def sheet_content(portfolio: Portfolio, sheet: TermSheet) -> dict[str, Any]:
    """Return what a term sheet says, as text for the templates."""
    types = portfolio.vocabularies["instrument-types"]
    return {
        "name": sheet.name,
        "counsel": COUNSEL,
        "header": header_line(portfolio),
        "needs": [
            {
                "between": f"{portfolio.agency_name(need.lead)} and {portfolio.agency_name(need.partner)}",
                "rung": types.label(need.rung),
                "exists": "; ".join(
                    [VERDICTS[need.verdict], *(f"{key} ({state.replace('_', ' ')})" for key, state in need.existing)]
                ),
                "why": " ".join(why.text + (" (unverified)" if why.unverified else "") for why in need.why),
            }
            for need in sheet.needs
        ],
        "purpose": list(sheet.purpose) or ["Nothing is stated."],
        "deliveries": [
            {
                "party": portfolio.agency_name(one.party),
                "what": one.what,
                "by": str(one.by or UNSTATED),
                "essential": UNSTATED if one.essential is None else ("yes" if one.essential else "no"),
                "interface": one.interface or UNSTATED,
                "record": one.record,
            }
            for one in sheet.deliveries
        ],
        "unowed": list(sheet.unowed),
        "costs": [_cost(portfolio, record, cost) for record, cost in sheet.costs],
        "schedule": [
            f"Planned to fly: {sheet.planned or UNSTATED}.",
            f"Planned to end: {sheet.ends or UNSTATED}.",
        ],
        "clauses": [
            {
                "label": clause.label + {True: " (in force already)", False: "", None: ""}[clause.present],
                "settle": clause.settle,
                "usual": (clause.usual or "nothing usual is known") + (" (unverified)" if clause.unverified else ""),
                "choice": " / ".join(f"☐ {choice}" for choice in clause.choices) or "☐ to be drafted",
                "why": " ".join(clause.why),
            }
            for clause in sheet.clauses
        ],
        "findings": _findings(portfolio, sheet.open),
        "blanks": list(sheet.blanks),
        "notes": [*NOTES, catalogue_note(portfolio)],
    }


def _cost(portfolio: Portfolio, record: str, cost: Cost) -> dict[str, str]:
    """Return one amount in words."""
    money = cost.money
    kind, _, key = record.partition(":")
    stated = portfolio.missions.get(key) if kind == "mission" else portfolio.commitments.get(key)
    return {
        "record": f"{stated.name} ({record})" if stated else record,
        "amount": amount(money.amount, money.currency, money.price_year),
        "covers": cost.covers or UNSTATED,
        "period": str(cost.period or UNSTATED),
    }


def _findings(portfolio: Portfolio, found: Sequence[Finding]) -> list[dict[str, str]]:
    """Return the open findings in words."""
    from synodos.law import catalogue, party_names, status_words

    norms, name = catalogue(), party_names(portfolio)
    return [
        {
            "norm": _cited(norms, one.norm, norms.law_day(portfolio.known_on)),
            "bearer": name(one.bearer),
            "status": status_words(one.status),
            "questions": " ".join(question.text for question in one.questions) or "-",
        }
        for one in found
    ]


def _cited(norms: Catalogue, norm_id: str, law_known_on: dt.date) -> str:
    """Return a norm as it is cited, with what it asks; a criterion of the portfolio's own policies by its id."""
    if norm_id not in norms.norms:
        return norm_id
    title, pinpoint = norms.title(norm_id, law_known_on), norms.pinpoint(norm_id, law_known_on)
    return f"{title}, {pinpoint}: {norms.norms[norm_id].title}"


def _docx(told: dict[str, Any]) -> bytes:
    """Return the sheet as a document of Word and LibreOffice."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(_template("term_sheet.docx")))
    template.render(told, autoescape=True)
    stamp = dt.datetime(*EPOCH)  # noqa: DTZ001 - a document states its time without a zone
    properties = template.docx.core_properties
    properties.title, properties.created, properties.modified = f"Draft term sheet: {told['name']}", stamp, stamp
    file = io.BytesIO()
    template.save(file)
    return _restamped(file.getvalue())


def _restamped(packed: bytes) -> bytes:
    """Return a packed document whose parts all bear the same time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            written.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pdf(told: dict[str, Any]) -> bytes:
    """Return the sheet as a PDF file."""
    import typst

    made: bytes = typst.compile(
        _template("term_sheet.typ"),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(told)},
        timestamp=0,
    )
    return made


def _template(name: str) -> bytes:
    """Return a template of the package."""
    return files("synodos.report").joinpath("templates", name).read_bytes()
