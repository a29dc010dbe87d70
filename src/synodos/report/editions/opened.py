"""A built edition as it is read back, and what a second computation of it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from synodos.exchange import (
    EDITION_FILE,
    PLAN_FILE,
    PORTFOLIO_FILE,
    BuiltEdition,
    read_edition,
    read_history,
)
from synodos.language import Fault, Portfolio, PortfolioError, of_validation, shown
from synodos.report.editions.files import edition_files, frozen, sums_of

if TYPE_CHECKING:
    from synodos.roadmap import Edition, EditionChanges


@dataclass(frozen=True, slots=True)
class OpenedEdition:
    """A built edition, checked against its own hashes.

    Attributes
    ----------
    built : BuiltEdition
        Its folder, files and signature.
    edition : Edition
        What it tells.
    changes : EditionChanges or None
        What changed since the edition that it follows, where it tells it.
    portfolio : Portfolio
        What it rests on, as it lies in the folder.
    """

    built: BuiltEdition
    edition: Edition
    changes: EditionChanges | None
    portfolio: Portfolio


def open_edition(folder: Path | str) -> OpenedEdition:
    """Return a built edition; its signature is still to be verified.

    Raises
    ------
    PortfolioError
        With every fault found: files that are not what `edition.json` says, or that do not belong together.
    """
    from synodos.exchange import read_edition_plan  # no question but this one has need of YAML
    from synodos.roadmap import Edition, EditionChanges  # files start without the engines

    built = read_edition(folder)
    edition: Edition = _value(Edition, built.content, "edition")
    changes: EditionChanges | None = _value(EditionChanges, built.changes, "changes") if built.changes else None
    plan = read_edition_plan(built.folder / PLAN_FILE)
    history = read_history(built.folder / PORTFOLIO_FILE)
    portfolio = history.known_on(edition.plan.day, edition.plan.viewer)
    faults = list(_hidden(len(history.statements) - len(portfolio), edition.plan.viewer))
    if plan != edition.plan:
        message = f"the plan is not the one in {EDITION_FILE}"
        faults.append(Fault("edition.plan", message, expected=edition.plan.id, found=plan.id, place=PLAN_FILE))
    if portfolio.sha256 != edition.portfolio.sha256:
        message = "the portfolio is not the one on which the edition rests"
        expected = edition.portfolio.sha256
        faults.append(
            Fault("edition.portfolio", message, found=portfolio.sha256, expected=expected, place=PORTFOLIO_FILE)
        )
    if faults:
        raise PortfolioError(faults)
    return OpenedEdition(built, edition, changes, portfolio)


def _hidden(statements: int, viewer: str) -> Iterator[Fault]:
    """Yield that the portfolio of an edition holds more than its viewer sees."""
    if statements:
        message = f"the portfolio holds statements that {viewer} does not see, or that do not count any more"
        expected = "nothing but what the edition rests on"
        yield Fault("edition.hidden", message, found=f"{statements} of them", expected=expected, place=PORTFOLIO_FILE)


def _value(kind: Any, content: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - the kind of value asked for
    """Return a value from `edition.json`, which has to say that and nothing else."""
    try:
        found = TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        first = next(of_validation(error, "", ()))
        release = shown(content.get("synodos", "not stated"))
        message = f"the edition, of release {release}, is not of the form that this release reads"
        field, found, expected = f"{name}.{first.field}", first.found, first.expected
        fault = Fault("edition.form", message, field=field, found=found, expected=expected, place=EDITION_FILE)
        raise PortfolioError([fault]) from None
    if frozen(found) != content:
        message = "the edition holds more than this release knows, or another spelling of it"
        raise PortfolioError([Fault("edition.form", message, field=name, place=EDITION_FILE)])
    return found


def recomputed(opened: OpenedEdition) -> Iterator[str]:
    """Yield the files of an edition that come out otherwise when it is computed once more, from its own portfolio."""
    from synodos.roadmap import edition

    again = edition(opened.portfolio, opened.edition.plan)
    files = dict(edition_files(opened.portfolio, again, signed_by=opened.built.signed_by, changes=opened.changes))
    listed = {**dict(opened.built.files), EDITION_FILE: opened.built.sha256}
    for name, digest in sums_of(files.items()).items():
        if listed.get(name) != digest:
            yield name
    yield from (name for name in listed if name not in files)
