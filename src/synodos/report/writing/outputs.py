"""What writes pages and pictures; the libraries that draw are loaded only here, when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from altair import TopLevelMixin

    from synodos.law import TermSheet

PAGES: Final = (".html", ".pdf")
"""Endings of a document's files."""


def write_report(
    portfolio: Portfolio, output: Path, *, for_agency: str | None = None, executor: Executor | None = None
) -> Iterator[str]:
    """Write the report on a portfolio into a folder, and yield each step as it is done; `executor` draws pictures.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    from synodos.report.documents.reporting import report_steps

    yield from report_steps(portfolio, output, for_agency, executor=executor)


def write_page(answer: Answer, output: Path) -> None:
    """Write an answer that has a document as one HTML or PDF file; the ending says which.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If the answer has no document, or the file ends in neither `.html` nor `.pdf`.
    """
    from synodos.report.writing.whole import write_whole

    if answer.document is None:
        message = f"the answer to {answer.envelope.question} has no page"
        raise ValueError(message)
    suffix = output.suffix.lower()
    if suffix not in PAGES:
        message = f"a page is a file that ends in {' or '.join(PAGES)}, and not {str(output)!r}"
        raise ValueError(message)
    write_whole(output, document_file(answer.document, "pdf" if suffix == ".pdf" else "html"))


def document_file(document: Document, form: Literal["html", "pdf"]) -> bytes:
    """Return a document as the content of a file: a page that works offline, or an accessible PDF on A4."""
    if form == "pdf":
        from synodos.report.writing.pdf import as_pdf

        return as_pdf(document)
    from synodos.report.writing.page import as_page

    return as_page(document).encode()


def write_term_sheet(portfolio: Portfolio, sheet: TermSheet, output: Path) -> None:
    """Write a draft term sheet as a `.docx` or `.pdf` file.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If the file ends in anything else.
    """
    from synodos.report.law.term_sheets import write_term_sheet as write

    write(portfolio, sheet, output)


def term_sheet_file(portfolio: Portfolio, sheet: TermSheet, form: Literal["docx", "pdf"]) -> bytes:
    """Return a draft term sheet as the content of a file."""
    from synodos.report.law.term_sheets import term_sheet_file as file

    return file(portfolio, sheet, form)


def picture_definition(chart: TopLevelMixin) -> str:
    """Return the Vega-Lite definition of a picture, as JSON."""
    from synodos.report.charts import chart_spec

    return chart_spec(chart)


def picture_bytes(definition: str, format: Literal["svg", "png", "pdf", "json"]) -> bytes:
    """Return the picture that a Vega-Lite definition describes as a file.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    from synodos.report.charts import spec_bytes

    return spec_bytes(definition, format)


def picture_script() -> str:
    """Return the script that makes pictures interactive: it gives `window.vegaEmbed` and fetches nothing."""
    from synodos.report.charts import chart_library

    return chart_library()
