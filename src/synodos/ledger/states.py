"""What a viewer's look rests on, told by one question to the database."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection

from synodos.language import PUBLIC
from synodos.ledger.looking import readers_for

TOGETHER: Final = {"postgresql": "string_agg", "sqlite": "group_concat"}
"""What puts texts of many rows together."""
ASKED: Final = """
SELECT (SELECT MAX(anchor) FROM ledger_ledger), {together}(ledger_chain.head || ' ' || ledger_chain.revision, ',')
FROM ledger_reader JOIN ledger_chain ON ledger_chain.id = ledger_reader.chain_id
WHERE ledger_reader.reader IN ({readers})
"""


def state(*, viewer: str) -> str:
    """Return what changes whenever a viewer would see something else of any day.

    It says nothing of what is seen, and costs one query that touches no chain of others. Whether an agency takes part
    follows from chains that it reads, so for an agency those of the members count, even if it is none: then it
    changes more often than need be.

    Parameters
    ----------
    viewer : str
        An agency's id, or `public`.

    Returns
    -------
    str
        A hash; nothing where no ledger was begun.

    Raises
    ------
    ValueError
        If the viewer is a word that names an audience, not somebody.
    """
    readers = readers_for(viewer, member=viewer != PUBLIC)
    asked = ASKED.format(together=TOGETHER[connection.vendor], readers=", ".join(["%s"] * len(readers)))
    with connection.cursor() as cursor:
        cursor.execute(asked, readers)
        anchor, heads = cursor.fetchone()
    if not anchor or not heads:
        return ""
    where = connection.settings_dict
    said = f"{where['NAME']} {where['HOST']} {where['PORT']} {anchor} {heads}"
    return hashlib.sha256(said.encode()).hexdigest()
