"""Building an edition at the table: computed and written out as on the command line, and left as a draft.

Loaded only by what works on a run, since engines and what sets documents are slow to load.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synodos import exchange, roadmap
from synodos.language import PUBLIC, EditionPlan
from synodos.ledger import snapshot
from synodos.report import OpenedEdition, edition_files
from synodos.web.editions.models import PublishedEdition, State
from synodos.web.editions.publishing import page_of, stored, told_of
from synodos.web.editions.seeing import opened
from synodos.web.runs.answering import Led

if TYPE_CHECKING:
    from synodos.roadmap import EditionChanges

COMPUTED, WRITTEN = 0.7, 0.95
"""How much is done when the edition is computed, and when its documents are set."""


def build(asked: Mapping[str, Any], say: Callable[[float | None, str], None]) -> Led:
    """Build an edition, and leave it as a draft.

    Parameters
    ----------
    asked : mapping
        `plan`, as `EditionPlan` holds it; `signs`, who is to sign it, if anybody; `shown_to`, who sees the draft.
    say : callable
        Told how far the work is.

    Raises
    ------
    ValueError, PortfolioError
        If the plan does not fit what is known on its day.
    """
    plan, signs = EditionPlan.model_validate(asked["plan"]), asked["signs"] or None

    def progress(done: int, total: int) -> None:
        say(COMPUTED * done / total, f"{done:,} of {total:,} steps")

    portfolio = snapshot(plan.day, viewer=plan.viewer)
    found = roadmap.edition(portfolio, plan, progress=progress)
    changes = _changes(found)
    say(COMPUTED, "Booklet, poster and tables")
    files = list(edition_files(portfolio, found, signed_by=signs, changes=changes))
    say(WRITTEN, "Every file is kept")
    with tempfile.TemporaryDirectory(prefix="synodos-edition-") as place:
        folder = Path(place) / "edition"
        exchange.write_edition(folder, files)
        made = OpenedEdition(_built(folder, files, signs), found, changes, portfolio)
        how = {"state": State.DRAFT, "shown_to": asked["shown_to"], "signs": signs or ""}
        draft = stored(made, **how)
        return Led(told_of(made), page_of(draft.key))


def _changes(found: roadmap.Edition) -> EditionChanges | None:
    """Return what changed since the edition that one follows, where that is published here and its readers see it."""
    plan = found.plan
    out = PublishedEdition.objects.filter(state=State.PUBLISHED, viewer__in={PUBLIC, plan.viewer})
    before = out.filter(edition=plan.supersedes).first()
    return None if before is None else roadmap.edition_changes(opened(before).edition, found)


def _built(folder: Path, files: list[tuple[str, bytes]], signs: str | None) -> exchange.BuiltEdition:
    """Return what was written, as it is before anybody signs it."""
    digests = [(name, hashlib.sha256(content).hexdigest()) for name, content in files]
    *listed, (_name, digest) = digests
    return exchange.BuiltEdition(folder, {}, None, signs, tuple(listed), digest, None)
