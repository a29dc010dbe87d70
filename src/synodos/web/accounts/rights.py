"""Whether somebody who is logged in still may what they could: one query."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection
from django.utils import timezone

ASKED: Final = """
SELECT django_session.session_data, accounts_person.email, accounts_person.password, accounts_person.role,
    accounts_person.agency, accounts_person.is_active,
    (SELECT COUNT(*) FROM mfa_authenticator
     WHERE mfa_authenticator.user_id = accounts_person.id AND mfa_authenticator.type = 'totp')
FROM django_session JOIN accounts_person ON accounts_person.id = %s
WHERE django_session.session_key = %s AND django_session.expire_date > %s
"""


def rights(session: str, person: int) -> str:
    """Return what changes whenever a session, or what its person may do, does.

    Parameters
    ----------
    session : str
        Key of the session.
    person : int
        Whose it was when it was last looked into: it cannot be told from outside.

    Returns
    -------
    str
        A hash; nothing where the session has ended.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [person, session, now])
        row = cursor.fetchone()
    return hashlib.sha256(repr(row).encode()).hexdigest() if row else ""
