"""Keys and signatures: who signed an entry, and is it as it was signed?"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from synodos.language import ID_PATTERN
from synodos.ledger.entry import Entry
from synodos.ledger.refusing import LedgerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUFFIX: Final = ".pem"
NEXT_SUFFIX: Final = ".next.pem"
"""Ends the file of a key that is about to take the place of another one."""
_ID: Final = re.compile(rf"{ID_PATTERN[:-1]}\Z")
_ENCRYPTED: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


@dataclass(frozen=True)
class Signer:
    """Who can sign as an author.

    Attributes
    ----------
    author : str
        Agency, or compiler.
    secret : bytes
        Private Ed25519 key, 32 bytes (RFC 8032).
    """

    author: str
    secret: bytes = field(repr=False)

    @property
    def public_hex(self) -> str:
        """The public key, in hexadecimal: what `Entry.key` holds."""
        return _public_hex(self.secret)

    def sign(self, body: bytes) -> str:
        """Return the signature over `body`, in hexadecimal."""
        return _private_key(self.secret).sign(body).hex()


def new_signer(author: str) -> Signer:
    """Return a signer with a new key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(author, Ed25519PrivateKey.generate().private_bytes_raw())


def signed(entry: Entry, signer: Signer) -> Entry:
    """Return an entry with its signature."""
    return with_signature(entry, signer.sign(entry.body))


def with_signature(entry: Entry, signature: str) -> Entry:
    """Return an entry with a signature that was made over its body."""
    done = replace(entry, signature=signature)
    done.__dict__.update(body=entry.body, hash=entry.hash)  # neither depends on the signature
    return done


def verified(public_hex: str, body: bytes, signature: str) -> bool:
    """Return whether a signature over `body` was made with the private half of a public key."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public_key(public_hex).verify(bytes.fromhex(signature), body)
    except (InvalidSignature, ValueError):
        return False
    return True


def all_verified(work: Sequence[tuple[str, bytes, str]]) -> list[bool]:
    """Return for each public key, body and signature whether it holds: a batch for one process of a pool."""
    return [verified(*one) for one in work]


def all_signed(work: Sequence[tuple[Signer, bytes]]) -> list[str]:
    """Return for each signer and body the signature: a batch for one process of a pool."""
    return [signer.sign(body) for signer, body in work]


def shown_key(public_hex: str) -> str:
    """Return a public key in groups that people can compare.

    Examples
    --------
    >>> shown_key("d75a980182b10ab7")
    'd75a 9801 82b1 0ab7'
    """
    return " ".join(public_hex[first : first + 4] for first in range(0, len(public_hex), 4))


def save_signer(signer: Signer, folder: Path, passphrase: str | None = None, *, upcoming: bool = False) -> Path:
    """Write a private key that only this user can read, and return its file.

    Parameters
    ----------
    signer : Signer
        Whose key.
    folder : pathlib.Path
        Folder of keys; made if there is none.
    passphrase : str, optional
        Encrypts the key.
    upcoming : bool
        Whether the key is about to take the place of the one in the folder.

    Raises
    ------
    LedgerError
        `key.exists` if the author has a key in this folder already; `key.place` if the file cannot be written.
    """
    path = key_file(folder, signer.author, upcoming=upcoming)
    text = _pem(signer, passphrase)
    if path.exists():
        message = f"{signer.author} has a key here already; rotate it, or move the file away"
        raise LedgerError("key.exists", message, str(path))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise LedgerError("key.place", f"the key cannot be written: {error.strerror}", str(path)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path


def load_signer(folder: Path, author: str, passphrase: str | None = None, *, upcoming: bool = False) -> Signer:
    """Return the signer of an author from a folder of keys.

    Raises
    ------
    LedgerError
        `key.missing`, `key.passphrase-missing`, `key.passphrase-wrong`, or `key.form` if the file holds no Ed25519 key.
    """
    path = key_file(folder, author, upcoming=upcoming)
    text = _key_text(path, author)
    encrypted = _ENCRYPTED in text
    if encrypted and not passphrase:
        raise LedgerError("key.passphrase-missing", f"the key of {author} is encrypted; give its passphrase", str(path))
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(text, passphrase.encode() if encrypted and passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        code, message = "key.form", "the file holds no private key that can be read"
        if encrypted:
            code, message = "key.passphrase-wrong", f"this is not the passphrase of the key of {author}"
        raise LedgerError(code, message, str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError("key.form", "the file holds a key of another sort; expected Ed25519", str(path))
    return Signer(author, key.private_bytes_raw())


def load_signers(folder: Path, passphrase: str | None = None) -> dict[str, Signer]:
    """Return the signers of a folder of keys by author; of encrypted keys those that the passphrase opens.

    Raises
    ------
    LedgerError
        `key.form` if a file holds no key.
    """
    found: dict[str, Signer] = {}
    for author in keys_in(folder):
        try:
            found[author] = load_signer(folder, author, passphrase)
        except LedgerError as error:
            if not error.code.startswith("key.passphrase"):
                raise
    return found


def keys_in(folder: Path) -> tuple[str, ...]:
    """Return the authors whose keys lie in a folder."""
    names = (path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))
    return tuple(sorted(name for name in names if _ID.match(name)))


def is_encrypted(folder: Path, author: str) -> bool:
    """Return whether the key of an author asks for a passphrase.

    Raises
    ------
    LedgerError
        `key.missing` if there is no key.
    """
    return _ENCRYPTED in _key_text(key_file(folder, author), author)


def promote_upcoming(folder: Path, author: str) -> None:
    """Let the upcoming key of an author take the place of the one in the folder."""
    key_file(folder, author, upcoming=True).replace(key_file(folder, author))


def key_file(folder: Path, author: str, *, upcoming: bool = False) -> Path:
    """Return where the key of an author lies.

    Raises
    ------
    LedgerError
        `key.author` if the author is no id: it names a file.
    """
    if not _ID.match(author):
        raise LedgerError("key.author", f"{author!r} is no id; expected lower case letters, digits and hyphens")
    return folder / f"{author}{NEXT_SUFFIX if upcoming else SUFFIX}"


def _key_text(path: Path, author: str) -> bytes:
    """Return what a key's file holds."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise LedgerError("key.missing", f"there is no key of {author} here", str(path)) from None
    except OSError as error:
        raise LedgerError("key.place", f"the key cannot be read: {error.strerror}", str(path)) from None


def _pem(signer: Signer, passphrase: str | None) -> bytes:
    """Return a private key as PEM (PKCS 8)."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return _private_key(signer.secret).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


@lru_cache(maxsize=256)
def _private_key(secret: bytes) -> Ed25519PrivateKey:
    """Return a private key ready to sign."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret)


@lru_cache(maxsize=256)
def _public_hex(secret: bytes) -> str:
    """Return the public half of a private key, in hexadecimal."""
    return _private_key(secret).public_key().public_bytes_raw().hex()


@lru_cache(maxsize=4_096)
def _public_key(public_hex: str) -> Ed25519PublicKey:
    """Return a public key ready to verify."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))
