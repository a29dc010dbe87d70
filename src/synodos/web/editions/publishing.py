"""Taking an edition onto the table: only one that is what it says it is, and shows what its viewer may see."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from synodos.exchange import EDITION_FILE, SIGNATURE_FILE, signed_words
from synodos.language import MEMBERS, PUBLIC, Fault, PortfolioError
from synodos.report import edition_answer, open_edition
from synodos.web.editions.models import EditionFile, PublishedEdition
from synodos.web.showing.told import Told, ToldSection, told

if TYPE_CHECKING:
    from synodos.report import OpenedEdition

KEY_DIGITS: Final = 8
"""Digits of its hash in an edition's address."""


def publish_edition(folder: Path, *, unsigned: bool = False) -> str:
    """Publish a built edition at this table, after verifying it, and return the path of its page.

    An edition that is there already stays as it is.

    Parameters
    ----------
    folder : pathlib.Path
        A built edition.
    unsigned : bool
        Whether one that nobody signed is taken too; its pages call it an unsigned draft.

    Raises
    ------
    PortfolioError
        With every fault: files that are not what `edition.json` says, a signature that does not hold or whose key
        this ledger does not know, or records that the edition's viewer may not see.
    """
    opened = open_edition(folder)
    if faults := faults_of_signature(opened, unsigned=unsigned):
        raise PortfolioError(faults)
    return page_of(stored(opened).key)


def page_of(key: str) -> str:
    """Return the path of the page of an edition."""
    return f"/editions/{key}/"


def faults_of_signature(opened: OpenedEdition, *, unsigned: bool) -> list[Fault]:
    """Return what is wrong with the signature of an edition."""
    from synodos.ledger import keys_in_force, shown_key, verified

    signature = opened.built.signature
    if signature is None:
        expected = "a signature, or that an unsigned draft is meant to be published"
        fault = Fault("edition.unsigned", "nobody signed the edition", expected=expected, place=SIGNATURE_FILE)
        return [] if unsigned else [fault]
    if not verified(signature.public_key, signed_words(opened.built.sha256), signature.signature):
        message = "the signature does not hold; the edition is not what was signed"
        return [Fault("edition.signature", message, found=signature.author, place=SIGNATURE_FILE)]
    if signature.public_key not in keys_in_force(signature.author):
        message = f"this ledger does not know the key as one of {signature.author}"
        expected = "a key that the secretariat has registered"
        found = shown_key(signature.public_key)
        return [Fault("edition.key", message, found=found, expected=expected, place=SIGNATURE_FILE)]
    return []


def stored(opened: OpenedEdition, **how: Any) -> PublishedEdition:
    """Return an edition that is entered with all its files, or not at all; one that is there stays as it is.

    Parameters
    ----------
    opened : OpenedEdition
        The edition.
    how
        How it stands, where it is not published to those with whose eyes it looks: `state`, `shown_to`, `signs`.
    """
    built, plan = opened.built, opened.edition.plan
    if there := PublishedEdition.objects.filter(sha256=built.sha256).first():
        return there
    names = [name for name, _digest in built.files] + [EDITION_FILE]
    names += [SIGNATURE_FILE] if built.signature else []
    with transaction.atomic():
        entered = PublishedEdition.objects.create(
            key=f"{plan.id}-{built.sha256[:KEY_DIGITS]}",
            edition=plan.id,
            viewer=plan.viewer,
            number=plan.number,
            title=plan.title,
            published=plan.published.text,
            published_by=plan.published.latest,
            known_on=plan.day,
            portfolio_sha256=opened.portfolio.sha256,
            follows=plan.supersedes or "",
            author=built.signature.author if built.signature else "",
            public_key=built.signature.public_key if built.signature else "",
            sha256=built.sha256,
            told=told_of(opened).model_dump(mode="json"),
            **{"shown_to": plan.viewer, **how},
        )
        EditionFile.objects.bulk_create(file_of(entered, name, (built.folder / name).read_bytes()) for name in names)
    return entered


def file_of(edition: PublishedEdition, name: str, content: bytes) -> EditionFile:
    """Return a file of an edition, as the table keeps it."""
    digest = hashlib.sha256(content).hexdigest()
    return EditionFile(edition=edition, name=name, sha256=digest, size=len(content), content=content)


def told_of(opened: OpenedEdition) -> Told:
    """Return the page on an edition: what it says, and the words of its authors."""
    plan = opened.edition.plan
    answer = edition_answer(opened.portfolio, opened.edition)
    made = told(answer, title=plan.title, portfolio=opened.portfolio)
    first, second, *more = answer.sentences
    (said,) = made.sections
    said = said.model_copy(update={"anchor": "edition", "title": "What it says", "sentences": (first, *more)})
    words = [("Foreword", plan.foreword), *((chapter.title, chapter.text) for chapter in plan.chapters)]
    chapters = [
        ToldSection(anchor=f"words-{place}", title=title, sentences=text)
        for place, (title, text) in enumerate(words)
        if text
    ]
    notices = () if opened.built.signed_by else ("This is an unsigned draft.",)
    if plan.viewer != PUBLIC:
        who = "members see" if plan.viewer == MEMBERS else f"{opened.portfolio.agency_name(plan.viewer)} sees"
        notices += (f"It holds what only {who}.",)
    changed = {"lead": second, "sections": (*chapters[:1], said, *chapters[1:]), "notices": notices}
    return made.model_copy(update=changed)
