"""The shape of a kind: its fields, their types and what they point at, read off the models.

Checks, redaction, workbooks and documentation all read this; none keeps a second list of fields.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import is_
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from synodos.language.marks import Cites, Points, Term
from synodos.language.meanings import meanings

Mark = Points | Term | Cites
MARKS: Final = (Points, Term, Cites)
"""All that a text can point at."""
Model = type[BaseModel]
B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record or of a part of it.

    Attributes
    ----------
    name : str
        Its name.
    meant : type or str
        Its meaning, or the model whose source states it.
    type : type
        Innermost type: `str`, `int`, `float`, `bool`, `DateRange` or a model.
    words : tuple of str
        Words allowed (for `release`: words allowed instead of a list).
    many : bool
        Whether it holds several values.
    required, optional : bool
        Whether it must be given; whether it may be empty.
    default : object
        Value where it is not given.
    mark : Mark or None
        What its text points at.
    """

    name: str
    meant: Model | str
    type: type
    words: tuple[str, ...]
    many: bool
    required: bool
    optional: bool
    default: object
    mark: Mark | None

    @property
    def description(self) -> str:
        """Its meaning on one line."""
        text = self.meant if isinstance(self.meant, str) else meanings(self.meant).get(self.name, "")
        return " ".join(text.split())

    @property
    def part(self) -> Model | None:
        """The model of the values, where they are parts with fields of their own."""
        return self.type if get_origin(self.type) is None and issubclass(self.type, BaseModel) else None


class Reference(NamedTuple):
    """One place in a record that points at something else.

    Attributes
    ----------
    path : str
        Where it stands, such as `requirements[0].met_by[1]`.
    mark : Mark
        What it may point at.
    target : str
        The id or key that stands there.
    """

    path: str
    mark: Mark
    target: str


@cache
def fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return the fields of `model` in their order."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(_field(model, name, hints[name]) for name in model.model_fields)


def references(record: BaseModel) -> Iterator[Reference]:
    """Yield every reference that stands in `record`, outside in and in order."""
    found: list[Reference] = []
    _collect(record, "", found)
    return iter(found)


def redirected(record: B, rename: Callable[[Mark, str], str | None], marks: tuple[type[Mark], ...] = MARKS) -> B:
    """Return `record` with every reference replaced by ``rename(mark, target)``; None drops it from a list.

    Only references with one of the `marks` are looked at. The record itself comes back where nothing changes.
    """
    changes: dict[str, object] = {}
    for pointer in _pointing(type(record), marks):
        value = getattr(record, pointer.name)
        if not value or value in pointer.words:
            continue
        if isinstance(value, tuple):
            replaced = _redirected_items(pointer, value, rename, marks)
        else:
            replaced = _redirected_item(pointer, value, rename, marks)
        if replaced is not value:
            changes[pointer.name] = replaced
    return record.model_copy(update=changes) if changes else record


def _redirected_items(
    pointer: _Pointer, value: tuple[Any, ...], rename: Callable[[Mark, str], str | None], marks: tuple[type[Mark], ...]
) -> tuple[Any, ...]:
    """Return values with their references replaced, the same object where nothing changes."""
    items = [_redirected_item(pointer, item, rename, marks) for item in value]
    if all(map(is_, items, value)):
        return value
    return tuple(item for item in items if item is not None)


def _redirected_item(
    pointer: _Pointer, item: Any, rename: Callable[[Mark, str], str | None], marks: tuple[type[Mark], ...]
) -> Any:
    """Return one value with its references replaced."""
    if pointer.part is not None:
        return redirected(item, rename, marks)
    if pointer.mark is None:
        return item
    new = rename(pointer.mark, item)
    return item if new == item else new


def _collect(part: BaseModel, prefix: str, found: list[Reference]) -> None:
    """Add the references in `part`, whose place in the record is `prefix`."""
    for name, words, inner, mark in _pointing(type(part)):
        value = getattr(part, name)
        if not value:
            continue
        if not isinstance(value, tuple):
            if inner is not None:
                _collect(value, f"{prefix}{name}.", found)
            elif mark is not None and value not in words:
                found.append(Reference(prefix + name, mark, value))
            continue
        for position, item in enumerate(value):
            if inner is not None:
                _collect(item, f"{prefix}{name}[{position}].", found)
            elif mark is not None:
                found.append(Reference(f"{prefix}{name}[{position}]", mark, item))


class _Pointer(NamedTuple):
    """A field that holds references, as often as it is asked for: its name, words, model of its parts, and mark."""

    name: str
    words: tuple[str, ...]
    part: Model | None
    mark: Mark | None


@cache
def _pointing(model: type[BaseModel], marks: tuple[type[Mark], ...] = MARKS) -> tuple[_Pointer, ...]:
    """Return the fields of `model` that hold references with one of some marks, directly or in their parts."""
    return tuple(
        _Pointer(field.name, field.words, field.part, field.mark)
        for field in fields(model)
        if isinstance(field.mark, marks) or (field.part is not None and _pointing(field.part, marks))
    )


def _field(model: type[BaseModel], name: str, hint: Any) -> Field:
    """Return the shape of one field from its annotation."""
    info = model.model_fields[name]
    inner, words, many, optional, mark = _unwrapped(hint)
    return Field(
        name=name,
        meant=model,
        type=inner,
        words=words,
        many=many,
        required=info.is_required(),
        optional=optional,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        mark=mark,
    )


def _unwrapped(hint: Any) -> tuple[type, tuple[str, ...], bool, bool, Mark | None]:
    """Return innermost type, words, whether many, whether optional, and mark of an annotation."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, words, many, optional, mark = _unwrapped(get_args(hint)[0])
        marks = [extra for extra in hint.__metadata__ if isinstance(extra, Points | Term | Cites)]
        return inner, words, many, optional, marks[-1] if marks else mark
    if origin is Literal:
        return str, tuple(str(word) for word in get_args(hint)), False, False, None
    if origin is tuple:
        inner, words, _, _, mark = _unwrapped(get_args(hint)[0])
        return inner, words, True, False, mark
    if origin in (Union, types.UnionType):
        return _unwrapped_union(get_args(hint))
    return hint, (), False, False, None


def _unwrapped_union(options: tuple[Any, ...]) -> tuple[type, tuple[str, ...], bool, bool, Mark | None]:
    """Return the shape of a union: of one type and None, or of words and a list."""
    shapes = [_unwrapped(option) for option in options if option is not types.NoneType]
    words = tuple(word for shape in shapes for word in shape[1])
    widest = next((shape for shape in shapes if shape[2]), shapes[0])
    return widest[0], words, widest[2], types.NoneType in options, widest[4]
