"""Roles: what somebody may do at the table."""

from __future__ import annotations

from typing import Final, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

Act = Literal["run", "edit", "sign", "administer"]


class Role(models.TextChoices):
    """What somebody may do; a reader, an editor and a signatory sit for an agency."""

    PUBLIC = "public", _("public")
    OBSERVER = "observer", _("observer")
    READER = "reader", _("reader")
    EDITOR = "editor", _("editor")
    SIGNATORY = "signatory", _("signatory")
    SECRETARIAT = "secretariat", _("secretariat")


OF_AN_AGENCY: Final = (Role.READER, Role.EDITOR, Role.SIGNATORY)
"""Roles that somebody has for one agency, whose eyes they look with."""
WRITING: Final = (Role.EDITOR, Role.SIGNATORY, Role.SECRETARIAT)
"""Roles that need a second factor before they may write."""
MAY: Final[dict[Act, tuple[Role, ...]]] = {
    "run": (Role.OBSERVER, *OF_AN_AGENCY, Role.SECRETARIAT),
    "edit": (Role.EDITOR, Role.SIGNATORY),
    "sign": (Role.SIGNATORY,),
    "administer": (Role.SECRETARIAT,),
}
"""Who may do what. The secretariat keeps the table and speaks for no agency."""
MEETS: Final = {
    Role.OBSERVER: (Role.OBSERVER, *OF_AN_AGENCY, Role.SECRETARIAT),
    Role.READER: OF_AN_AGENCY,
    Role.EDITOR: MAY["edit"],
    Role.SIGNATORY: MAY["sign"],
    Role.SECRETARIAT: MAY["administer"],
}
"""For each role that a page asks for, the roles that meet it."""
