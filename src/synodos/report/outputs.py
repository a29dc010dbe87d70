"""What writes pages and pictures; the libraries that draw are loaded only here, when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from synodos.language import Portfolio
from synodos.report.answers import Answer

if TYPE_CHECKING:
    from altair import TopLevelMixin

    from synodos.law import TermSheet


def write_report(portfolio: Portfolio, output: Path, *, for_agency: str | None = None) -> Iterator[str]:
    """Write the report on a portfolio into a folder, and yield each step as it is done.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    from synodos.report.reporting import report_steps

    yield from report_steps(portfolio, output, for_agency)


def write_page(answer: Answer, output: Path) -> None:
    """Write an answer that has a document as one HTML file.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If the answer has no document.
    """
    from synodos.report.page import as_page
    from synodos.report.writing import write_whole

    if answer.document is None:
        message = f"the answer to {answer.envelope.question} has no page"
        raise ValueError(message)
    write_whole(output, as_page(answer.document).encode())


def write_term_sheet(portfolio: Portfolio, sheet: TermSheet, output: Path) -> None:
    """Write a draft term sheet as a `.docx` or `.pdf` file.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If the file ends in anything else.
    """
    from synodos.report.term_sheets import write_term_sheet as write

    write(portfolio, sheet, output)


def term_sheet_file(portfolio: Portfolio, sheet: TermSheet, form: Literal["docx", "pdf"]) -> bytes:
    """Return a draft term sheet as the content of a file."""
    from synodos.report.term_sheets import term_sheet_file as file

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
