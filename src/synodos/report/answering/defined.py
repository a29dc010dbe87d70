"""A picture that is kept as its definition, put back into a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from synodos.report.answering.document import Figure

if TYPE_CHECKING:
    from altair import TopLevelMixin


class _Defined:
    """What stands for a chart where only its definition is left."""

    def __init__(self, definition: str) -> None:
        """Keep the definition."""
        self._definition = definition

    def to_dict(self, *, validate: bool = False) -> Any:  # noqa: ANN401, ARG002 - as charts do it
        """Return the definition."""
        return json.loads(self._definition)


def defined_figure(name: str, alt: str, definition: str) -> Figure:
    """Return a picture of which the Vega-Lite definition was kept (see `picture_definition`)."""
    return Figure(name, alt, cast("TopLevelMixin", _Defined(definition)))
