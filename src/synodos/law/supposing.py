"""What if a norm entered or left force on another day? The catalogue as it would then be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from synodos.language import DateRange, nearest
from synodos.law.catalogue import Catalogue
from synodos.law.windows import Stated

EVER: Final = dt.date.min
"""Since when it is known what is supposed."""
NEVER_KNOWN: Final = dt.date.max
"""Since when a norm is known that never comes into force."""


def with_window(
    catalogue: Catalogue, norm_id: str, *, enters: dt.date | None = None, leaves: dt.date | None = None
) -> Catalogue:
    """Return the catalogue in which a norm, or every norm of an instrument, enters or leaves force on another day.

    Parameters
    ----------
    catalogue : Catalogue
        As it stands; it is not changed.
    norm_id : str
        Id of a norm, such as `INA-X5`, or of an instrument, such as `artemis-accords`.
    enters : datetime.date, optional
        First day in force. An end on that day or before it is dropped.
    leaves : datetime.date, optional
        First day no longer in force, for good.

    Returns
    -------
    Catalogue
        What is supposed is known on every day of knowledge. Of an instrument, norms keep a later first day and an
        earlier end of their own, and those that would begin after its end never come into force. Since when registers
        have somebody bound does not change.

    Raises
    ------
    KeyError
        If there is no such norm or instrument.
    ValueError
        If no day is given, or it would leave force before it is in force.
    """
    if enters is None and leaves is None:
        message = f"{norm_id}: name the day on which it enters force, the day on which it leaves force, or both"
        raise ValueError(message)
    if norm_id in catalogue.norms:
        moved = {norm_id: _moved(norm_id, catalogue.stated(norm_id), enters, leaves)}
    elif norm_id in catalogue.instruments:
        moved = _of_instrument(catalogue, norm_id, enters, leaves)
    else:
        close = nearest(norm_id, [*catalogue.norms, *catalogue.instruments])
        near = f"; nearest: {close}" if close else ""
        message = f"there is no norm or instrument {norm_id!r} in the catalogue{near}"
        raise KeyError(message)
    return replace(catalogue, supposed={**catalogue.supposed, **moved})


def _of_instrument(
    catalogue: Catalogue, instrument: str, enters: dt.date | None, leaves: dt.date | None
) -> dict[str, Stated]:
    """Return the windows of the norms of an instrument that enters or leaves force on another day."""
    own = [norm for norm in catalogue.norms if catalogue.instrument_of[norm] == instrument]
    begins = catalogue.instruments[instrument].begins
    first = enters or (begins.earliest if begins else EVER)
    if leaves is not None and leaves <= first:
        raise _over_at_once(instrument, first, leaves)
    return {norm: _within(catalogue, norm, enters, leaves) for norm in own}


def _within(catalogue: Catalogue, norm: str, enters: dt.date | None, leaves: dt.date | None) -> Stated:
    """Return the window of a norm whose instrument enters or leaves force on another day."""
    stated = catalogue.stated(norm)
    has_own = norm in catalogue.supposed or catalogue.norms[norm].begins is not None
    first = None if enters is None or (has_own and stated.begins.earliest > enters) else enters
    if leaves is not None and (first or stated.begins.earliest) >= leaves:
        return replace(stated, known_since=NEVER_KNOWN)
    end = _end(stated)
    return _moved(norm, stated, first, None if end and leaves and end <= leaves else leaves)


def _moved(name: str, stated: Stated, enters: dt.date | None, leaves: dt.date | None) -> Stated:
    """Return another window; refuse one that is over before it begins."""
    if enters is not None:
        end = _end(stated)
        stated = replace(stated, begins=DateRange(str(enters)), known_since=EVER)
        if end is not None and end <= enters:
            stated = replace(stated, ends=None, end_known_since=None, renewed=(), afterwards="ended")
    if leaves is not None:
        if leaves <= stated.begins.earliest:
            raise _over_at_once(name, stated.begins.earliest, leaves)
        stated = replace(stated, ends=DateRange(str(leaves)), end_known_since=EVER, renewed=(), afterwards="ended")
    return stated


def _end(stated: Stated) -> dt.date | None:
    """Return the first day that the last act left open; None if no end is stated."""
    return [stated.ends, *(until for _, until in stated.renewed)][-1].latest if stated.ends else None


def _over_at_once(name: str, first: dt.date, leaves: dt.date) -> ValueError:
    """Return what says that a window would end before it begins."""
    return ValueError(f"{name} would leave force on {leaves}, and is in force from {first}; name a later day")
