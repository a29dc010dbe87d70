"""Answers that are kept: the least recently asked go first when there are too many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, as many as their weights allow.

    Parameters
    ----------
    most : int
        Weight of all values together; one value may weigh more.
    weight : callable
        Weight of a value.
    """

    def __init__(self, most: int, weight: Callable[[T], int]) -> None:
        """Start empty."""
        self._most, self._weight = most, weight
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._weighs = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._weighs += self._weight(value)
            while self._weighs > self._most and len(self._values) > 1:
                self._weighs -= self._weight(self._values.popitem(last=False)[1])
        return value

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._values.clear()
            self._weighs = 0
