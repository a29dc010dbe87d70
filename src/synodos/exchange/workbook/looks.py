"""How a workbook looks: letters, colours, widths, heights and print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from synodos.exchange.workbook.values import CellValue, escaped

NAVY, BLUE, SKY, GREY = "1F3864", "2E75B6", "9DC3E6", "7F7F7F"
"""Colours of the tabs: about the portfolio, a kind of record, parts of records, what records share."""
FORMATS: Final = {"text": "@", "number": "General", "amount": "#,##0"}
"""Number format of each look that entries have; text is never taken for a number or a date while it is typed."""

_PALE, _ASH, _INK, _RULE = "D9E2F3", "F2F2F2", "595959", "BFBFBF"
_A4: Final = 9
_PAGE_WIDTH: Final = 230
"""Characters side by side on a landscape page of A4 that can still be read."""
_LINE_HEIGHT: Final = 13.0
_MOST_HEIGHT: Final = 400.0
"""Heights of a line, and of the highest row that Excel shows, in points."""
_LETTERS: Final = 1.2
"""Letters that stand in the width of one digit, in which columns are measured; a few less than there are."""
_SMALL: Final = 0.9
"""Size of notes among other texts."""
_HEIGHTS: Final = {"title": 26.0, "section": 18.0}
_QUOTED = ("=", "+", "-", "@", "'")
"""What Excel would take for more than text once the cell is edited."""

Look = tuple[CellValue, str]
"""What a cell holds, and how it looks."""


def styles() -> list[NamedStyle]:
    """Return every style that the cells of a workbook have."""
    left, right = Alignment(vertical="top", wrap_text=True), Alignment("right", "top", indent=1)
    one_line = Alignment(vertical="top")
    return [
        _style("must", _font(bold=True, color="FFFFFF"), left, NAVY),
        _style("may", _font(bold=True, color=NAVY), left, _PALE),
        _style("note", _font(size=9, italic=True, color=_INK), left, _ASH),
        *(_style(name, _font(), left if name == "text" else right, shown=code) for name, code in FORMATS.items()),
        _style("title", _font(size=16, bold=True, color=NAVY), one_line),
        _style("section", _font(size=12, bold=True, color=NAVY), one_line),
        _style("plain", _font(), one_line),
        _style("word", _font(bold=True), left),
    ]


def _font(*, size: int = 10, bold: bool = False, italic: bool = False, color: str = "000000") -> Font:
    """Return a font that every system has, or has a stand-in of the same widths for."""
    return Font("Arial", size, bold, italic, color=color)


def _style(name: str, font: Font, alignment: Alignment, fill: str = "", shown: str = "@") -> NamedStyle:
    """Return a style by which cells look; one with a ground has a rule below."""
    ground = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    border = Border(bottom=Side("thin", color=_RULE)) if fill else Border()
    return NamedStyle(f"synodos {name}", font, ground, border, alignment, shown)


class Paper:
    """A sheet that is written row by row.

    Parameters
    ----------
    book : openpyxl.Workbook
        The workbook, opened for writing only.
    name, colour, footer : str
        Name of the sheet, colour of its tab, and what each printed page says at its foot.
    widths : sequence of float
        Width of each column in characters.
    """

    def __init__(self, book: Workbook, name: str, colour: str, footer: str, widths: Sequence[float]) -> None:
        """Open the sheet, and set it up for print: landscape, on as few pages side by side as can be read."""
        sheet: Worksheet = book.create_sheet(name)
        self.sheet = sheet
        self.rows = 0
        self._widths = widths
        sheet.sheet_properties.tabColor = colour
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = max(1, round(sum(widths) / _PAGE_WIDTH))
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        foot = HeaderFooterItem() if sheet.oddFooter is None else sheet.oddFooter
        foot.left.text = footer.replace("&", "&&")
        foot.right.text = "&A, page &P of &N"
        foot.left.size = foot.right.size = 8
        sheet.oddFooter = foot
        for number, width in enumerate(widths, 1):
            self.set_column(number, width, "text")

    def set_column(self, number: int, width: float, look: str) -> None:
        """Set the width of a column, and how what is typed into its empty cells is taken."""
        dimension = self.sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        dimension.number_format = FORMATS[look]
        dimension.alignment = Alignment(vertical="top", wrap_text=True)

    def rule_rows(self, cells: str, condition: str) -> None:
        """Draw a thin line below each row of `cells` for which a condition holds, also below rows yet to come."""
        line = DifferentialStyle(border=Border(bottom=Side("thin", color=_RULE)))
        self.sheet.conditional_formatting.add(cells, Rule("expression", formula=[condition], dxf=line))

    def freeze(self, cell: str) -> None:
        """Keep what stands above and to the left of a cell in sight, and print row 1 and column A on each page."""
        self.sheet.freeze_panes = cell
        self.sheet.print_title_rows = "1:1"
        self.sheet.print_title_cols = "A:A"

    def add(self, looks: Sequence[Look | None]) -> None:
        """Write the next row, as high as its texts need."""
        self.rows += 1
        height = max((self._height(at, look) for at, look in enumerate(looks) if look), default=0.0)
        if height > _LINE_HEIGHT:
            self.sheet.row_dimensions[self.rows].height = min(height + 2, _MOST_HEIGHT)
        self.sheet.append([look and self._cell(*look) for look in looks])
        self.sheet.row_dimensions.pop(self.rows, None)

    def _height(self, at: int, look: Look) -> float:
        """Return the height in points that a cell needs."""
        value, style = look
        if style in ("title", "section", "plain"):
            return _HEIGHTS.get(style, _LINE_HEIGHT)
        size = _SMALL if style == "note" else 1.0
        width = _LETTERS * self._widths[at] / size
        return _LINE_HEIGHT * size * sum(max(1, math.ceil(len(line) / width)) for line in str(value).split("\n"))

    def _cell(self, value: CellValue, style: str) -> Cell:
        """Return a cell that holds exactly `value`, and never a formula."""
        made = WriteOnlyCell(self.sheet)
        if isinstance(value, str):
            made.value = escaped(value)
            made.data_type = "s"
        else:
            # All digits that tell one number from the next; openpyxl itself would write sixteen.
            made.value = repr(value)
            made.data_type = "n"
        made.style = f"synodos {style}"
        if isinstance(value, str) and value.startswith(_QUOTED):
            made.quotePrefix = True
        return made
