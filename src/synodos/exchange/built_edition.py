"""A built edition: a folder whose `edition.json` names every other file with its hash, and may be signed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from synodos.exchange.document import VERSION, Document, checked_format, form
from synodos.exchange.json_file import parsed
from synodos.exchange.limits import MEGABYTE, MOST_FILE_BYTES, MOST_FILES
from synodos.exchange.opening import checked_size, printable, read_text, refuse, refuse_unopened
from synodos.exchange.placing import place_new_folder
from synodos.language import Fault, PortfolioError, shown

EDITION_FORMAT: Final = "synodos-edition"
SIGNATURE_FORMAT: Final = "synodos-edition-signature"
EDITION_FILE, PLAN_FILE, PORTFOLIO_FILE, SIGNATURE_FILE = (
    "edition.json",
    "edition.yaml",
    "portfolio.json",
    "signature.json",
)
MOST_EDITION_BYTES: Final = 400 * MEGABYTE
"""All files of an edition together."""
_NAME: Final = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*){0,3}\Z")
_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")
_HEX: Final = re.compile(r"[0-9a-f]{64,128}\Z")
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class EditionSignature:
    """Who vouches for an edition.

    Attributes
    ----------
    author : str
        Agency, by id.
    public_key : str
        Its public Ed25519 key (RFC 8032), in hexadecimal.
    signature : str
        Over `signed_words` of the hash of `edition.json`, in hexadecimal.
    """

    author: str
    public_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """What a folder of an edition holds, with every hash checked; its signature is still to be verified.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    content, changes : mapping
        The edition, and what changed since the one before it, as plain values; no changes: None.
    signed_by : str or None
        Who signs it, as its pages say; None: nobody, it is an unsigned draft.
    files : tuple of (str, str)
        Name and SHA-256 of every file but `edition.json` and the signature.
    sha256 : str
        Hash of `edition.json`, which stands for the whole edition.
    signature : EditionSignature or None
        The signature.
    """

    folder: Path
    content: Mapping[str, Any]
    changes: Mapping[str, Any] | None
    signed_by: str | None
    files: tuple[tuple[str, str], ...]
    sha256: str
    signature: EditionSignature | None


def signed_words(sha256: str) -> bytes:
    """Return what the author of an edition signs: the hash of `edition.json`, and that it is one of an edition."""
    return f"{EDITION_FORMAT} {VERSION} {sha256}".encode()


def edition_json(
    content: Mapping[str, Any],
    changes: Mapping[str, Any] | None,
    signed_by: str | None,
    files: Iterable[tuple[str, bytes]],
) -> bytes:
    """Return `edition.json`: the edition, and every other file with its hash; equal content gives equal bytes."""
    listed = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in sorted(files)]
    told = {
        "format": EDITION_FORMAT,
        "version": VERSION,
        "signed_by": signed_by,
        "files": listed,
        "edition": content,
        "changes": changes,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def signature_json(signature: EditionSignature) -> bytes:
    """Return `signature.json`."""
    told = {
        "format": SIGNATURE_FORMAT,
        "version": VERSION,
        "author": signature.author,
        "public_key": signature.public_key,
        "signature": signature.signature,
    }
    return (json.dumps(told, indent=1) + "\n").encode()


def write_edition(folder: Path | str, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files of an edition into a new or empty folder, all of them or none.

    Raises
    ------
    PortfolioError
        With one fault, if something stands in the way or writing fails.
    """

    def fill(beside: Path) -> None:
        for name, data in files:
            place = beside / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    place_new_folder(Path(folder), fill)


def read_edition(folder: Path | str) -> BuiltEdition:
    """Return a built edition after every file was found to be what `edition.json` says.

    Raises
    ------
    PortfolioError
        With every fault found: a file that is missing, was changed or is not listed, or a form that is not that of
        an edition.
    """
    folder = Path(folder)
    if not folder.is_dir():
        refuse("edition.place", "there is no such folder", printable(str(folder)), "nothing", "a built edition")
    text = read_text(folder / EDITION_FILE, EDITION_FILE)
    document = parsed(text, EDITION_FILE)
    content = checked_format(document, EDITION_FORMAT)
    files = tuple(_listed(document, content.get("files")))
    edition, changes, signed_by = (_part(document, content, name) for name in ("edition", "changes", "signed_by"))
    signature = _signature(folder) if (folder / SIGNATURE_FILE).exists() else None
    told = sorted(_told_of_files(folder, files), key=lambda fault: fault.place)
    faults = [*document.faults, *told, *_told_of_author(signed_by, signature)]
    if faults:
        raise PortfolioError(faults)
    digest = _sha256(folder / EDITION_FILE, EDITION_FILE)
    return BuiltEdition(folder, edition, changes, signed_by, files, digest, signature)


_PARTS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "edition": ((dict,), "the edition"),
    "changes": ((dict, type(None)), "changes, or null"),
    "signed_by": ((str, type(None)), "an agency, or null"),
}


def _part(document: Document, content: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - plain values
    """Return one part of `edition.json`, noting one that is of another form."""
    forms, expected = _PARTS[name]
    found = content.get(name)
    if not isinstance(found, forms):
        words = "nothing" if found is None else f"a {form(found)}"
        document.add("edition.form", f"{name} is not what it should be", document.place(name), words, expected)
    return found


def _listed(document: Document, files: object) -> Iterator[tuple[str, str]]:
    """Yield name and hash of the files that an edition lists; others are noted as faults."""
    if not isinstance(files, list) or len(files) > MOST_FILES:
        document.add("edition.form", "files is no list of files", document.place("files"), form(files), "a list")
        return
    seen: set[str] = set()
    for position, one in enumerate(files):
        name, digest = (one.get("name"), one.get("sha256")) if isinstance(one, dict) else (None, None)
        place = document.place(f"files[{position}]")
        if not (isinstance(name, str) and _NAME.match(name)) or name in (EDITION_FILE, SIGNATURE_FILE):
            document.add("edition.name", "this is no name of a file of an edition", place, shown(name), "data/a.csv")
        elif not (isinstance(digest, str) and _SHA256.match(digest)):
            document.add("edition.hash", "this is no SHA-256", place, shown(digest), "64 hexadecimal digits")
        elif name in seen:
            document.add("edition.twice", "a file stands twice", place, shown(name), "each file once")
        else:
            seen.add(name)
            yield name, digest


def _told_of_files(folder: Path, files: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield what is wrong with the files themselves."""
    listed = dict(files)
    there = set(_inside(folder))
    for name in sorted(there - listed.keys() - {EDITION_FILE, SIGNATURE_FILE}):
        expected = f"no file that {EDITION_FILE} does not name"
        yield Fault("edition.foreign-file", "the edition does not know this file", place=name, expected=expected)
    left = MOST_EDITION_BYTES
    for name, digest in listed.items():
        if name not in there:
            yield Fault("edition.missing-file", "a file of the edition is missing", place=name)
            continue
        try:
            left -= checked_size(folder / name, name, min(MOST_FILE_BYTES, max(left, 0)))
            found = _sha256(folder / name, name)
        except PortfolioError as error:
            yield from error.faults
        else:
            if found != digest:
                message = "the file was changed after the edition was built"
                yield Fault("edition.changed-file", message, found=found, expected=digest, place=name)


def _inside(folder: Path) -> Iterator[str]:
    """Yield the names of what lies in a folder and below, with links as they are; stop where there is too much."""
    count = 0
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*files, *links):
            count += 1
            if count > MOST_FILES:
                refuse("edition.too-many-files", "the folder holds too many files", expected=f"at most {MOST_FILES:,}")
            yield printable((Path(place) / name).relative_to(folder).as_posix())


def _sha256(path: Path, name: str) -> str:
    """Return the hash of a file; a link is none of an edition's files."""
    if path.is_symlink() or not path.resolve().is_relative_to(path.parents[name.count("/")].resolve()):
        refuse("edition.link", "a file of an edition is no link", name, "a link", "the file itself")
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        refuse_unopened(error, name)
    return digest.hexdigest()


def _signature(folder: Path) -> EditionSignature:
    """Return the signature in a folder, not verified yet."""
    document = parsed(read_text(folder / SIGNATURE_FILE, SIGNATURE_FILE), SIGNATURE_FILE)
    content = checked_format(document, SIGNATURE_FORMAT)
    for name in ("author", "public_key", "signature"):
        found = content.get(name)
        if not isinstance(found, str) or (name != "author" and not _HEX.match(found)):
            expected = "an agency" if name == "author" else "hexadecimal digits"
            document.add(
                "edition.signature", f"{name} is missing or wrong", document.place(name), shown(found), expected
            )
    if document.faults:
        raise PortfolioError(document.faults)
    return EditionSignature(content["author"], content["public_key"], content["signature"])


def _told_of_author(signed_by: str | None, signature: EditionSignature | None) -> Iterator[Fault]:
    """Yield where the pages of an edition say that somebody signed it who did not, or the other way round."""
    author = signature.author if signature else None
    if author != signed_by:
        message = "the signature is not of whom the pages of the edition name"
        expected = f"a signature of {signed_by}" if signed_by else "no signature: the pages call it an unsigned draft"
        yield Fault("edition.author", message, found=author or "no signature", expected=expected, place=SIGNATURE_FILE)
