"""What is built only when somebody looks into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

from synodos.resting import collector_at_rest

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence that is built when it is first looked into."""

    def __init__(self, build: Callable[[], Iterable[T]], length: int | None = None) -> None:
        """Keep how it is built, and how long it is where that is known before."""
        self._build = build
        self._length = length

    @cached_property
    def _built(self) -> tuple[T, ...]:
        """What it holds."""
        with collector_at_rest():
            return tuple(self._build())

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._built[place]

    def __len__(self) -> int:
        return len(self._built) if self._length is None else self._length

    def __iter__(self) -> Iterator[T]:
        return iter(self._built)

    def __eq__(self, other: object) -> bool:
        return self._built == (other._built if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._built)

    def __repr__(self) -> str:
        return repr(self._built)
