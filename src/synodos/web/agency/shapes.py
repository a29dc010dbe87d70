"""Which kinds can be drafted, and what each is made of: records, and the sources that they cite."""

from __future__ import annotations

import re
from typing import Final

from pydantic import BaseModel

from synodos.language import ID_PATTERN, KIND_BY_NAME, Field, Source, fields
from synodos.web.records.wording import is_shared

SOURCE: Final = "source"
MODELS: Final[dict[str, type[BaseModel]]] = {**KIND_BY_NAME, SOURCE: Source}
"""Every kind of draft and its model."""
FIXED: Final = ("id", "stated_by", "retracted")
"""Fields that no form asks for: the address, the agency or another page says them."""
_ID: Final = re.compile(ID_PATTERN)
_KEY: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}\Z")


def asked_fields(kind: str, *, compiler: bool) -> tuple[Field, ...]:
    """Return the fields that a form asks for, those of the kind first; compilers also say whose a record is."""
    left_out = FIXED if compiler else (*FIXED, "owner")
    asked = [field for field in fields(MODELS[kind]) if field.name not in left_out]
    return tuple(sorted(asked, key=is_shared)) if kind != SOURCE else tuple(asked)


def is_name(kind: str, record_id: str) -> bool:
    """Return whether a text can name a record of a kind, or a source."""
    if kind == SOURCE:
        return _KEY.match(record_id) is not None
    return len(record_id) <= 120 and "\n" not in record_id and _ID.match(record_id) is not None  # noqa: PLR2004 - as the language says
