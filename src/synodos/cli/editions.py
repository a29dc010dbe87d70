"""Editions of the roadmap: build, show, compare and verify them."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger_place import signer_of, stop
from synodos.cli.options import Folder, Form, Format
from synodos.cli.printing import print_answer
from synodos.cli.reading import faults_told, read, seen
from synodos.cli.refusing import FAULTS, refuse, say
from synodos.cli.working import shown_progress

if TYPE_CHECKING:
    from synodos.exchange import EditionSignature
    from synodos.language import EditionPlan
    from synodos.ledger import Signer
    from synodos.report import OpenedEdition
    from synodos.roadmap import Edition

Built = Annotated[Path, Argument(help="Folder of a built edition.", show_default=False)]


def edition_build(
    folder: Folder,
    plan: Annotated[Path, Argument(help="Plan of the edition, a .yaml file.", show_default=False)],
    output: Annotated[Path, Option("--output", "-o", help="A new folder.", show_default=False)],
    by: Annotated[str | None, Option("--by", help="Agency that signs it.", show_default=False)] = None,
    keys: Annotated[
        Path | None,
        Option("--keys", envvar="SYNODOS_KEYS", help="Folder of private keys, to sign.", show_default=False),
    ] = None,
    since: Annotated[
        Path | None, Option("--since", help="Built edition that this one follows.", show_default=False)
    ] = None,
) -> None:
    """Freeze a day of knowledge, scenarios and words into a numbered roadmap, whole or not at all."""
    from synodos import exchange, roadmap
    from synodos.language import PortfolioError
    from synodos.report import edition_files

    with faults_told():
        asked = exchange.read_edition_plan(plan)
    signer = _signer(asked, by, keys)
    portfolio = seen(read(folder), asked.viewer, asked.day, None, option=f"{plan.name}: known_on")
    before = _followed(asked, since)
    try:
        with shown_progress("Steps") as progress:
            found = roadmap.edition(portfolio, asked, progress=progress)
    except ValueError as error:
        refuse(f"{plan.name}: {error}")
    changes = roadmap.edition_changes(before, found) if before else None
    files = list(edition_files(portfolio, found, signed_by=by, changes=changes))
    digest = hashlib.sha256(files[-1][1]).hexdigest()
    if signer is not None:
        signature = exchange.EditionSignature(
            signer.author, signer.public_hex, signer.sign(exchange.signed_words(digest))
        )
        files.append((exchange.SIGNATURE_FILE, exchange.signature_json(signature)))
    try:
        exchange.write_edition(output, files)
    except PortfolioError as error:  # what is wrong is the place, not the edition
        refuse(str(error))
    say(f"Wrote {len(files)} files to {output}: " + (f"signed by {by}" if by else "an unsigned draft"))
    typer.echo(f"{digest}  {exchange.EDITION_FILE}")


def edition_show(built: Built, form: Form = Format.table) -> None:
    """Show what a built edition tells."""
    from synodos.report import edition_answer

    opened = _opened(built)
    print_answer(edition_answer(opened.portfolio, opened.edition), form)


def edition_diff(
    old: Annotated[Path, Argument(help="Folder of the earlier edition.", show_default=False)],
    new: Annotated[Path, Argument(help="Folder of the later edition.", show_default=False)],
    form: Form = Format.table,
) -> None:
    """Show what changed: missions moved, partners joined or left, gaps opened or closed, confidence lost or won."""
    from synodos import roadmap
    from synodos.report import edition_changes_answer

    before, after = _opened(old), _opened(new)
    if after.edition.plan.published.latest < before.edition.plan.published.earliest:
        say(f"{new} was published before {old}: this tells what changed on the way back.")
    changes = roadmap.edition_changes(before.edition, after.edition)
    print_answer(edition_changes_answer(after.portfolio, changes), form)


def edition_verify(
    built: Built,
    key: Annotated[
        str | None, Option("--key", help="Public key with which it has to be signed.", show_default=False)
    ] = None,
    recompute: Annotated[
        bool, Option("--recompute", help="Compute everything once more and compare it, byte by byte.")
    ] = False,
) -> None:
    """Say whether a built edition is what was built, who signed it, and whether it comes out the same again."""
    from synodos.report import recomputed

    opened = _opened(built)
    typer.echo(f"{opened.edition.plan.id}: {len(opened.built.files)} files are as they were built.")
    _verify_signature(opened, key)
    if not recompute:
        return
    different = list(recomputed(opened))
    if not different:
        typer.echo("Computed once more, every file is the same.")
        return
    for name in different:
        say(f"edition.differs: {name} comes out otherwise when it is computed once more")
    from synodos import __version__

    if opened.edition.synodos != __version__:
        say(f"It was built by release {opened.edition.synodos}; this is {__version__}.")
    raise typer.Exit(FAULTS)


def _verify_signature(opened: OpenedEdition, key: str | None) -> None:
    """Say whether the signature of an edition holds; stop where it does not."""
    signature = opened.built.signature
    if signature is None:
        typer.echo("It is an unsigned draft.")
        if key is not None:
            say("edition.unsigned: nobody signed it, so no key vouches for it")
            raise typer.Exit(FAULTS)
        return
    _check(signature, opened.built.sha256, "".join(key.split()).lower() if key else None)
    from synodos.ledger import shown_key

    name = opened.portfolio.agency_name(signature.author)
    typer.echo(f"Signed by {name} with the key {shown_key(signature.public_key)}; the signature holds.")
    if key is None:
        typer.echo(f"Compare the key with the one that {name} made known, or give that one with --key.")


def _check(signature: EditionSignature, digest: str, key: str | None) -> None:
    """Stop where a signature does not hold, or is of another key."""
    _need_cryptography()
    from synodos.exchange import signed_words
    from synodos.ledger import verified

    if key is not None and key != signature.public_key:
        say(f"edition.key: it is signed with another key than the one given\n  found {signature.public_key}")
        raise typer.Exit(FAULTS)
    if not verified(signature.public_key, signed_words(digest), signature.signature):
        say(f"edition.signature: the signature of {signature.author} does not hold; the edition is not what was signed")
        raise typer.Exit(FAULTS)


def _signer(plan: EditionPlan, by: str | None, keys: Path | None) -> Signer | None:
    """Return who signs an edition; only its authors may, where it names some."""
    if by is None:
        return None
    if plan.authors and by not in plan.authors:
        refuse(f"--by: only its authors sign an edition: {', '.join(plan.authors)}; found {by!r}")
    if keys is None:
        refuse("--by: to sign, name the folder of private keys with --keys; `synodos ledger keys new` makes one")
    _need_cryptography()
    from synodos.ledger import LedgerError

    try:
        return signer_of(by, keys)
    except LedgerError as error:
        stop(error)


def _need_cryptography() -> None:
    """Stop where what signs and verifies is not installed."""
    if find_spec("cryptography") is None:
        refuse("edition: signatures need the extra `table`; install it with: pip install 'synodos[table]'")


def _followed(plan: EditionPlan, since: Path | None) -> Edition | None:
    """Return the edition that a plan follows, where it is given."""
    if since is None:
        return None
    before = _opened(since).edition
    if plan.supersedes != before.plan.id:
        refuse(f"--since: it holds {before.plan.id}, and the plan supersedes {plan.supersedes or 'nothing'}")
    return before


def _opened(built: Path) -> OpenedEdition:
    """Return a built edition, or say what is wrong with it and stop."""
    from synodos.report import open_edition

    with faults_told():
        return open_edition(built)
