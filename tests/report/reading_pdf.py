"""What a reader's programs find in a PDF file."""

import io
import re
from functools import cache

from pypdf import PdfReader


def opened(data):
    return PdfReader(io.BytesIO(data))


def catalogue(data):
    return opened(data).root_object


def outline(data):
    """The titles of the bookmarks, in order."""
    return [one.title for one in opened(data).outline if not isinstance(one, list)]


def elements(data):
    """The parts of the tree of tags as (type, alternative text), from the root down."""
    found, waiting = [], [catalogue(data)["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += reversed(part)
        elif hasattr(part, "get"):
            if "/S" in part:
                found.append((str(part["/S"]), part.get("/Alt")))
            if "/K" in part:
                waiting.append(part["/K"])
    return found


@cache
def pages(data):
    """The words of each page on one line."""
    return [said(page.extract_text()) for page in opened(data).pages]


def said(text):
    """Words without breaks of lines, and without the places where a line may break."""
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()
