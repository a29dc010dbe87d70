"""The plan of an edition as a file, in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from synodos.exchange.document import VERSION, checked_format
from synodos.exchange.opening import printable
from synodos.exchange.yaml_text import read_yaml
from synodos.exchange.yaml_writing import yaml_lines
from synodos.language import EditionPlan, PortfolioError, of_validation

EDITION_PLAN_FORMAT: Final = "synodos-edition-plan"
_PLAN: Final = "edition plan"
"""What messages call it."""


def read_edition_plan(path: Path | str) -> EditionPlan:
    """Return the plan of an edition that a YAML file holds.

    Parameters
    ----------
    path : pathlib.Path or str
        A file of the format `synodos-edition-plan`.

    Raises
    ------
    PortfolioError
        With every fault found in it, each with its line.
    """
    name = printable(Path(path).name or str(path))
    document = read_yaml(Path(path), name)
    content = checked_format(document, EDITION_PLAN_FORMAT)
    if not document.faults:
        try:
            return EditionPlan.model_validate(content)
        except ValidationError as error:
            for fault in of_validation(error, _PLAN, tuple(EditionPlan.model_fields)):
                document.keep(fault.at(document.place(fault.field)))
    raise PortfolioError(document.faults)


def edition_plan_text(plan: EditionPlan) -> str:
    """Return the plan of an edition as the text of a file that `read_edition_plan` reads back."""
    head = {"format": EDITION_PLAN_FORMAT, "version": VERSION}
    return "\n".join(yaml_lines(head | plan.model_dump(mode="json", exclude_defaults=True))) + "\n"
