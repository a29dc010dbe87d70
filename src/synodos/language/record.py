"""What every record has, whatever its kind."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from synodos.language.dates import DateRange
from synodos.language.marks import Confidence, Id, OwnerId, OwnId, Points, Release, SourceKey, Text
from synodos.language.meanings import meanings


class Part(BaseModel):
    """A value that stands inside a record."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        allow_inf_nan=False,
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe every field in JSON Schema by its meaning."""
        described = handler(schema)
        meant = meanings(cls)
        for name, field in handler.resolve_ref_schema(described).get("properties", {}).items():
            if name in meant:
                field["description"] = meant[name]
        return described


class Filled(Part):
    """A part of which no field is required, but one at least is given: an empty one would say nothing."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """Refuse a part without any value."""
        if not any(getattr(self, name) not in (None, ()) for name in type(self).model_fields):
            message = "at least one of " + ", ".join(type(self).model_fields)
            raise ValueError(message)
        return self


class Record(Part):
    """A dated statement by which an agency says one thing of its plans."""

    kind: ClassVar[str]
    """Name of the kind in the singular, such as `mission`."""
    plural: ClassVar[str]
    """Name of the list that holds this kind in files, such as `missions`."""

    id: OwnId
    """Short name in lower case with hyphens, unique among the records of its kind."""
    owner: OwnerId
    """Agency (or state) whose plan this is; only it may declare, revise or retract the record."""
    stated_by: Annotated[Id, Points(("agency", "state", "compiler"))]
    """Who entered the statement: the owner, or the named compiler of public sources."""
    release: Release
    """Who may see it: `public`, `members` of the mechanism, a list of agencies, or `private` (the owner)."""
    as_of: DateRange
    """Date of the statement; one dated to a month or a year counts as known on its last day."""
    retracted: bool = False
    """Whether this statement ends the record."""
    confidence: Confidence
    """How well the statement is supported: `read`, `secondary`, `computed` or `unverified`."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Keys of the portfolio's source list that support the statement."""
    unverified_fields: tuple[str, ...] = ()
    """Fields that rest on general knowledge although the rest of the record is better supported."""
    disputes: tuple[Text, ...] = ()
    """Contradictions between sources, kept as they were found."""
    note: Text | None = None
    """Remark for the reader."""

    @model_validator(mode="after")
    def _dated_and_named(self) -> Self:
        """Refuse open statement dates and names of fields that the kind does not have."""
        if self.as_of.opens_early or self.as_of.stays_open:
            message = "as_of: a statement has a date, not an open range"
            raise ValueError(message)
        for name in self.unverified_fields:
            if name not in type(self).model_fields:
                message = f"unverified_fields: {self.kind} has no field {name[:80]!r}"
                raise ValueError(message)
        return self

    @property
    def rests_on_unverified(self) -> bool:
        """Whether the statement, or a field of it, is general knowledge without a text."""
        return self.confidence == "unverified" or bool(self.unverified_fields)
