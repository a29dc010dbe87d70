"""Answers kept for a while: the same question put to the same portfolio by the same viewer is answered once."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from django.utils.translation import get_language

from synodos.language import Portfolio
from synodos.web.showing.told import Told

T = TypeVar("T")
Key = tuple[str, str, str, str, str]


class Kept(Generic[T]):
    """The latest answers by portfolio, viewer, question and parameters; of a portfolio's hash none sees another's."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[Key, T] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, portfolio: Portfolio, question: str, parameters: Mapping[str, object], make: Callable[[], T]) -> T:
        """Return the answer to a question, made if it is not at hand."""
        asked = json.dumps(dict(parameters), sort_keys=True, default=str)
        key = portfolio.sha256, portfolio.viewer or "", get_language() or "", question, asked
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        made = make()
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return made


KEPT: Final = Kept[Told](32)
"""Answers that this process keeps; those on the law of a large portfolio take some 8 MB each."""
FOUND: Final = Kept[Any](8)
"""Findings that this process keeps, on which several answers rest."""
