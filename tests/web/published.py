"""Editions of the scene, small and signed: with everybody's eyes, or with those of one agency."""

import functools
import tempfile
from pathlib import Path

from synodos import exchange
from synodos.language import EditionPlan, History
from tests.web import scene, tables


def plan(viewer, number=1, **given):
    """Return the plan of an edition."""
    told = {
        "id": f"edition-of-{viewer}",
        "number": number,
        "title": f"Plans as {viewer} sees them",
        "published": "2012-07-15",
        "known_on": scene.DAY.isoformat(),
        "viewer": viewer,
        "scenarios": ("aster-scenario",),
        "iterations": 10,
        "foreword": ("It was made for a test.",),
    }
    return EditionPlan.model_validate(told | given)


def seen(viewer):
    """Return the plans of the scene as the ledger shows them to somebody on the day of its editions."""
    told = scene.history()
    plans = History(told.header, (*told.statements, *scene.late_statements())).known_on(scene.DAY, viewer)
    moved = viewer not in scene.SEEN_BY["moved"]  # retracted from those to whom it was public once
    return plans.without(plans.elements["winch"]) if moved else plans


@functools.cache
def files(viewer, author="aster", **given):
    """Return the files of an edition; documents are left out, since to set them takes seconds."""
    from synodos.report.editions.files import frozen
    from synodos.roadmap import edition, in_order

    asked, plans = plan(viewer, **given), in_order(seen(viewer))
    found = frozen(edition(plans, asked))
    said = "; ".join(record.name for record in plans.elements.values())
    made = [
        (exchange.PLAN_FILE, exchange.edition_plan_text(asked).encode()),
        (exchange.PORTFOLIO_FILE, exchange.portfolio_json(History(plans.header, tuple(plans)))),
        ("data/elements.csv", f"name\r\n{said}\r\n".encode()),
    ]
    made.append((exchange.EDITION_FILE, exchange.edition_json(found, None, author, made)))
    return (*made, *([] if author is None else [signature(made[-1][1], author)]))


def signature(edition, author, signer=None):
    """Return the file with the signature of an author over an edition."""
    import hashlib

    signs = signer or tables.signer(author)
    words = exchange.signed_words(hashlib.sha256(edition).hexdigest())
    made = exchange.EditionSignature(author, signs.public_hex, signs.sign(words))
    return exchange.SIGNATURE_FILE, exchange.signature_json(made)


def key(viewer):
    """Return the key of an edition in its address."""
    import hashlib

    edition = dict(files(viewer))[exchange.EDITION_FILE]
    return f"edition-of-{viewer}-{hashlib.sha256(edition).hexdigest()[:8]}"


def publish(made, **options):
    """Publish an edition at the table that Django looks at; return the path of its page."""
    from synodos.web import publish_edition

    with tempfile.TemporaryDirectory() as place:
        exchange.write_edition(Path(place) / "edition", made)
        return publish_edition(Path(place) / "edition", **options)
