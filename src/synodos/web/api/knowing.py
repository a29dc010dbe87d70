"""Programs that asked before: one query tells whether a token still holds, and what was answered is given again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from synodos.web.accounts.again import note_again
from synodos.web.accounts.models import Person
from synodos.web.api.models import Token
from synodos.web.api.tokens import hash_of
from synodos.web.errors import FOR_PROGRAMS
from synodos.web.packed import PAGES, Key
from synodos.web.repeating import READING, address, state_for
from synodos.web.table import Table

SCHEME: Final = "bearer "
MOST: Final = 1_000
"""Programs that a process remembers."""
OK: Final = 200
ASKED: Final = """
SELECT api_token.id, api_token.scopes, api_token.used_on, accounts_person.id, accounts_person.role,
    accounts_person.agency, accounts_person.is_active,
    (SELECT COUNT(*) FROM mfa_authenticator
     WHERE mfa_authenticator.user_id = accounts_person.id AND mfa_authenticator.type = 'totp')
FROM api_token JOIN accounts_person ON accounts_person.id = api_token.person_id
WHERE api_token.token_hash = %s AND api_token.expires_at > %s AND accounts_person.is_active
"""
Row = tuple[object, ...]


@dataclass(frozen=True)
class Program:
    """A token that was looked up, with its seat, and the row from which it is known whether it still holds."""

    row: Row
    token: Token
    person: Person
    viewer: str
    seat: str


PROGRAMS: Final[OrderedDict[str, Program]] = OrderedDict()
KNOWING: Final = threading.Lock()


def secret_of(request: HttpRequest) -> str:
    """Return the token that a program shows; nothing if it shows none, or something else."""
    heading: str = request.META.get("HTTP_AUTHORIZATION", "")
    return heading[len(SCHEME) :].strip() if heading.lower().startswith(SCHEME) else ""


def row_of(secret: str) -> Row | None:
    """Return what changes whenever a token, or what its person may do, does; None if the token does not hold."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [hash_of(secret), now])
        row: Row | None = cursor.fetchone()
    return row


def remember(secret: str, row: Row | None, token: Token, table: Table) -> None:
    """Remember a token that was looked up after its row was read; those that asked longest ago are forgotten."""
    if row is None:
        return
    with KNOWING:
        PROGRAMS[hash_of(secret)] = Program(row, token, token.person, table.viewer, seat(table))
        while len(PROGRAMS) > MOST:
            PROGRAMS.popitem(last=False)


def seat(table: Table) -> str:
    """Return for whom an answer is kept that shows nothing of a person: for all with the same seat."""
    return f"{table.viewer} {table.role} {table.agency or ''}"


def key_of_seat(request: HttpRequest) -> Key:
    """Return where an answer is kept for the seat of who asks."""
    return seat(request.table), address(request)


def given_again(request: HttpRequest) -> HttpResponse | None:
    """Return what a program was answered before, if that still holds and it may ask; otherwise nothing."""
    if request.method not in READING or not request.path.startswith(FOR_PROGRAMS):
        return None
    secret = secret_of(request)
    program = PROGRAMS.get(hash_of(secret)) if secret else None
    kept = PAGES.get((program.seat, address(request))) if program else None
    if program is None or kept is None or kept.match is None or kept.state != state_for(program.viewer):
        return None
    if row_of(secret) != program.row or not _in_time(request, program):
        return None
    request.user, request.resolver_match = program.person, kept.match
    response = kept.given(request)
    if response.status_code == OK:
        note_taken(request, program.viewer, kept.state)
    return response


def note_taken(request: HttpRequest, viewer: str, content: str) -> None:
    """Enter into the log what a program took out."""
    asked = request.get_full_path()
    note_again(request, asked[:200], f"{viewer} {asked} {content}")


def _in_time(request: HttpRequest, program: Program) -> bool:
    """Return whether a program may be answered by how often it asks."""
    from synodos.web.api.access import RATE

    request.auth = program.token  # type: ignore[attr-defined]
    return RATE.allow_request(request)
