"""How the pictures look: colours, type, and how wide a text will be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

from synodos.language import Portfolio

FONT: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""These three have the same letter widths, so what is laid out here fits wherever it is opened."""
LABEL_SIZE: Final = 11
INK: Final = "#22272e"
MUTED: Final = "#5c6570"
FAINT: Final = "#9aa3ad"
RULE: Final = "#d9dee3"
SHADE: Final = "#f4f6f8"
PAPER: Final = "#ffffff"
NEUTRAL: Final = "#8a929b"
BLUE: Final = "#1f3a5f"
MID_BLUE: Final = "#7294b8"
PALE_BLUE: Final = "#b4c8de"
AMBER: Final = "#e6ab4a"
"""What stands out: three shades of one blue, and amber beside them."""
ACCENTS: Final = (
    "#332288",
    "#cc6677",
    "#117733",
    "#88ccee",
    "#882255",
    "#ddcc77",
    "#44aa99",
    "#aa4499",
    "#999933",
)
"""Paul Tol's muted scheme, safe for colour-blind readers, ordered so that neighbours differ in lightness."""

_WIDTHS: Final = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "…→—",
    1015: "@",
}
_WIDTH: Final = {ord(letter): width for width, letters in _WIDTHS.items() for letter in letters}
_BREAK: Final = re.compile(r"(?<![·+]) (?!more\b)")
"""Where a line may break: not between a sign and the agency that follows it."""
_USUAL: Final = 556
_BOLD: Final = 1.1
_SPARE: Final = 1.03
"""Room for fonts that stand in where none of `FONT` is installed."""


def text_width(text: str, size: float = LABEL_SIZE, *, bold: bool = False) -> float:
    """Return how wide a line of text will be.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Height of the type in pixels.
    bold : bool
        Whether it is set in bold.

    Returns
    -------
    float
        Width in pixels, some three in a hundred more than Helvetica's letters need.
    """
    units = sum(_letter_width(letter) for letter in text)
    return units * size / 1000 * _SPARE * (_BOLD if bold else 1)


def _letter_width(letter: str) -> int:
    """Return the width of one letter in thousandths of the type's height."""
    if ord(letter) in _WIDTH:
        return _WIDTH[ord(letter)]
    if letter.isascii():
        return _USUAL
    if unicodedata.east_asian_width(letter) in "WF":
        return 1000
    plain = unicodedata.normalize("NFD", letter)[0]
    return _WIDTH.get(ord(plain), _USUAL if plain.isascii() else 778)


def shortened(text: str, width: float, size: float = LABEL_SIZE, *, bold: bool = False) -> str:
    """Return `text`, or as many of its words as fit into `width` pixels, and an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0]
    if len(words) > len(kept) / 2:
        kept = words
    return f"{kept.rstrip(' ,;·+(')}…"


def wrapped(
    text: str, width: float, size: float = LABEL_SIZE, *, lines: int = 3, bold: bool = False
) -> tuple[str, ...]:
    """Return `text` broken between words into at most `lines` lines of `width` pixels."""
    done: list[str] = []
    line = ""
    words = _BREAK.split(text)
    while words:
        longer = f"{line} {words[0]}".strip()
        if text_width(longer, size, bold=bold) <= width or not line:
            line = longer
            words.pop(0)
        elif len(done) == lines - 1:
            line = " ".join((line, *words))
            break
        else:
            done.append(line)
            line = ""
    return tuple(shortened(row, width, size, bold=bold) for row in (*done, line))


def agency_colours(portfolio: Portfolio) -> dict[str, str]:
    """Return a colour for each agency with most plans in the portfolio; the others share `NEUTRAL`.

    Colours that are left go to those who do most activities. The choice hangs on the portfolio alone, so an agency
    looks the same in every picture of a report.
    """
    plans = Counter(
        plan.owner
        for table in (portfolio.missions, portfolio.elements)
        for plan in table.values()
        if plan.owner in portfolio.agencies
    )
    work = Counter(
        performer
        for activity in portfolio.activities.values()
        if (performer := activity.performer or activity.owner) in portfolio.agencies
    )
    most = sorted(plans.keys() | work.keys(), key=lambda agency: (-plans[agency], -work[agency], agency))
    return dict(zip(most, ACCENTS, strict=False))


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a `share` (0 to 1) of `other` mixed in, both as `#rrggbb`."""
    parts = (
        round(int(colour[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def tint(colour: str) -> str:
    """Return a pale form of a colour, on which ink can be read."""
    return mixed(colour, PAPER, 0.72)


def outline(colour: str) -> str:
    """Return a darker form of a colour, for edges."""
    return mixed(colour, INK, 0.35)
