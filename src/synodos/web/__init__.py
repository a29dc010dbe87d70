"""The pages: who asks, and may see what?

What sets Django up and serves is loaded only when it is asked for.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred

if TYPE_CHECKING:
    from synodos.web.databases import keys_beside
    from synodos.web.editions.publishing import publish_edition
    from synodos.web.mailing import mail_settings
    from synodos.web.preparing import begin_ledger, first_invitation, forget_ended_sessions, make_tables
    from synodos.web.serving import free_port, serve
    from synodos.web.starting import keep_secret, start

__all__ = [
    "begin_ledger",
    "first_invitation",
    "forget_ended_sessions",
    "free_port",
    "keep_secret",
    "keys_beside",
    "mail_settings",
    "make_tables",
    "publish_edition",
    "serve",
    "start",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.web.databases": ("keys_beside",),
        "synodos.web.editions.publishing": ("publish_edition",),
        "synodos.web.mailing": ("mail_settings",),
        "synodos.web.preparing": ("begin_ledger", "first_invitation", "forget_ended_sessions", "make_tables"),
        "synodos.web.serving": ("free_port", "serve"),
        "synodos.web.starting": ("keep_secret", "start"),
    },
)
