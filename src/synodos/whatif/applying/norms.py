"""Norms enter or leave force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from synodos.language import Change, Step
from synodos.law import Catalogue, with_window
from synodos.law import catalogue as shipped


def catalogue_after(
    change: Change | Sequence[Step], catalogue: Catalogue | None = None, *, known_on: dt.date
) -> Catalogue:
    """Return the catalogue of norms as it would stand after a change.

    Parameters
    ----------
    change : Change or sequence of Step
        Steps that enact or repeal norms count; others change nothing here.
    catalogue : Catalogue, optional
        As it stands; without it what the package ships.
    known_on : datetime.date
        Day of knowledge: from when a norm enters or leaves force where the step names no day.

    Returns
    -------
    Catalogue
        The same one where the change touches no norm.

    Raises
    ------
    KeyError
        If there is no norm or instrument of that name.
    ValueError
        If a norm would leave force before it is in force.
    """
    found = catalogue or shipped()
    for step in change.happens if isinstance(change, Change) else change:
        day = step.since.earliest if step.since and not step.since.opens_early else known_on
        for norm in step.norms:
            if step.does == "enact":
                found = with_window(found, norm, enters=day)
            else:
                found = with_window(found, norm, leaves=day)
    return found
