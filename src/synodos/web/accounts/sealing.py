"""Secrets in the database are sealed with the key of the server: a stolen copy of the database opens none."""

from __future__ import annotations

import base64
import functools
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def sealed(text: str) -> str:
    """Return a secret as it may be stored."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def opened(stored: str) -> str:
    """Return a secret that was stored.

    Raises
    ------
    cryptography.fernet.InvalidToken
        If it was sealed with another key.
    """
    return _box(settings.SECRET_KEY).decrypt(stored.encode()).decode()


@functools.cache
def _box(secret_key: str) -> Fernet:
    """Return what seals with a key that is derived from the server's, for this purpose alone."""
    derived = hashlib.sha256(b"synodos second factors" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
