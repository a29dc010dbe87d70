"""A table served on this machine, and people who sit down at it in a browser."""

import base64
import contextlib
import hmac
import os
import socket
import subprocess
import sys
import time

from django.conf import settings

from tests.web import tables


@contextlib.contextmanager
def served(path, *more):
    """Serve the table in a file; give its address."""
    port = _free_port()
    command = [sys.executable, "-m", "synodos", "serve", "--database", str(path), "--port", str(port), *more]
    log = path.with_suffix(".log")
    there = {**os.environ, "SYNODOS_SECRET_KEY": settings.SECRET_KEY}
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=there) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(address, server, log):
    port = int(address.rpartition(":")[2])
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    message = f"the table is not served:\n{log.read_text(encoding='utf-8', errors='replace')}"
    raise RuntimeError(message)


def code():
    """Return what everybody's authenticator shows now (RFC 6238)."""
    step = int(time.time()) // 30
    digest = hmac.digest(base64.b32decode(tables.SECRET), step.to_bytes(8, "big"), "sha1")
    first = digest[-1] & 0x0F
    number = int.from_bytes(digest[first : first + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"


def log_in(page, address, name):
    """Log in with password and code, as one does."""
    page.goto(address + "/accounts/login/")
    page.get_by_label("mail").fill(tables.PEOPLE[name].email)
    page.get_by_label("Password").fill(tables.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("code").fill(code())
    page.get_by_role("button", name="Log in").click()


def session(name):
    """Return the cookie of somebody who has logged in already."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    person = tables.user(name)
    kept = SessionStore()
    kept[SESSION_KEY] = str(person.pk)
    kept[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    kept[HASH_SESSION_KEY] = person.get_session_auth_hash()
    kept.create()
    return kept.session_key
