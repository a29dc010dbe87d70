"""Workbooks (.xlsx) that people fill in by hand: a sheet per kind of record, with notes and drop-downs."""

from synodos.exchange.workbook.reading import read_drafts
from synodos.exchange.workbook.writing import write_workbook

__all__ = ["read_drafts", "write_workbook"]
