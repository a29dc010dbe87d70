"""How law speaks to people: statuses, certainty, and questions in words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from synodos.language import load
from synodos.law.catalogue import Norm
from synodos.law.types import Certainty, Outcome

WAITS = ("permission", "constitutive")
"""Modalities that nobody can meet or breach."""


@cache
def words() -> dict[str, Any]:
    """Return every word of the file."""
    text = files("synodos.law").joinpath("wording.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def status_words(status: Outcome, norm: Norm | None = None) -> str:
    """Return a status as people read it; a permission, or a duty that waits for an event, holds."""
    holds = status == "met" and norm is not None and (norm.modality in WAITS or norm.arises is not None)
    return str(words()["statuses"]["holds" if holds else status])


def certainty_words(certainty: Certainty) -> str:
    """Return a certainty as people read it."""
    return str(words()["certainties"][certainty])


def question_text(asked: str, own_words: str | None, activity: str, party: str, norm: str) -> str:
    """Return an open question in words.

    Parameters
    ----------
    asked : str
        Term of the vocabulary `legal-questions`, or `bound`, `date` or `exemption`.
    own_words : str or None
        Wording that the norm gives in place of the usual one.
    activity, party, norm : str
        Names of the activity, of whom it is asked, and the norm as it is cited.
    """
    templates = words()["questions"]
    if own_words is None and asked in templates:
        return str(templates[asked]).format(party=party, norm=norm, activity=activity)
    label = own_words or load("legal-questions").label(asked)
    return str(templates["other"]).format(label=label, activity=activity, party=party)
