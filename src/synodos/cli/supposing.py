"""What if: what would follow from a change, what could be done then, and who can hurt whom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Option

from synodos.cli.options import MOST_DRAWN, Folder, Form, Format, KnownOn, Narrow, Page, Seed, Viewer
from synodos.cli.printing import write_answer
from synodos.cli.reading import faults_told, load
from synodos.cli.refusing import no_such, one_of, refuse, say
from synodos.cli.steps import check_seen, steps_of
from synodos.cli.working import shown_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synodos.language import Change, Portfolio, Step
    from synodos.whatif import Consequences, Options

OPTIONS: Final = "options"
"""Part of the answer that says what can be done."""
Names = list[str] | None


def whatif(
    folder: Folder,
    withdraw: Annotated[
        Names, Option("--withdraw", help="AGENCY, or AGENCY:PLAN,PLAN, leaves.", show_default=False)
    ] = None,
    slip: Annotated[
        Names, Option("--slip", help="AGENCY=DAYS, AGENCY:PLAN=DAYS or :PLAN=LOW/LIKELY/HIGH.", show_default=False)
    ] = None,
    cut: Annotated[
        Names, Option("--cut", help="AGENCY=AMOUNT with currency and year: nasa=226e6USD2012@2013.", show_default=False)
    ] = None,
    step: Annotated[
        Names,
        Option(
            "--step",
            help='Any other step, as "SORT FORM": break, cancel, replace, miss, offer, join, enact, repeal.',
            show_default=False,
        ),
    ] = None,
    change: Annotated[
        Names, Option("--change", help="A change that the portfolio holds; several are compared.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        Option(
            "--file",
            exists=True,
            dir_okay=False,
            help="Changes in a file of records; several are compared.",
            show_default=False,
        ),
    ] = None,
    together: Annotated[bool, Option("--together", help="Take all that is given as one change.")] = False,
    part: Annotated[
        Names, Option("--part", help="Part of the answer; repeatable (default: all).", show_default=False)
    ] = None,
    iterations: Annotated[int, Option("--iterations", min=1, max=MOST_DRAWN, help="Monte Carlo iterations.")] = 2_000,
    seed: Seed = 1,
    save: Annotated[
        Path | None,
        Option(
            "--save", help="Write the change to this .yaml file; needs --for, whose thought it is.", show_default=False
        ),
    ] = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    narrow: Narrow = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Say what would follow in FOLDER from a change, and what could be done then; the plans stay as they are."""
    from synodos.report import comparison_answer, whatif_answer

    portfolio = load(folder, viewer, known_on, narrow)
    parts = _parts(part)
    given = {"withdraw": withdraw, "slip": slip, "cut": cut}
    changes = _changes(portfolio, steps_of(portfolio, given, step or ()), change, file, folder)
    if together:
        changes = {"all together": tuple(step for steps in changes.values() for step in steps)}
    if save is not None:
        _save(portfolio, changes, narrow, save)
    asked = {"changes": _told(changes), "parts": parts, "iterations": iterations, "seed": seed}
    found = [(name, *_answered(portfolio, steps, parts, iterations, seed)) for name, steps in changes.items()]
    if len(found) > 1:
        answer = comparison_answer(portfolio, found, asked)
    else:
        answer = whatif_answer(portfolio, *found[0][1:], parameters=asked, drawn=output is not None)
    write_answer(answer, output, form)


def exposure(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    most: Annotated[
        int | None, Option("--most", min=1, help="Withdrawals to list; default: 20, and all of them on a page.")
    ] = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Try every single withdrawal in FOLDER in turn: who can hurt whom, how much, and what would soften it."""
    from synodos.report import exposure_answer
    from synodos.whatif import exposure as exposed

    portfolio = load(folder, viewer, known_on, narrow)
    with shown_progress("Withdrawals") as progress:
        found = exposed(portfolio, narrow, progress=progress)
    asked = {"for": narrow, "most": most}
    write_answer(exposure_answer(portfolio, found, asked, most=most, drawn=output is not None), output, form)


def _parts(stated: Sequence[str] | None) -> list[str]:
    """Return the parts of the answer that are asked for, or stop."""
    from synodos.whatif import PARTS

    every = [*PARTS, OPTIONS]
    return [one_of("--part", part, every) for part in stated] if stated else every


def _changes(
    portfolio: Portfolio,
    steps: tuple[Step, ...],
    named: Sequence[str] | None,
    file: Path | None,
    folder: Path,
) -> dict[str, tuple[Step, ...]]:
    """Return the steps of each change that was given, by its name, or stop."""
    found = {"as given": steps} if steps else {}
    for name in named or ():
        if name not in portfolio.changes:
            no_such("--change", name, portfolio.changes)
        found[name] = _checked(portfolio, portfolio.changes[name], "--change")
    for change in _read(file, folder) if file else ():
        found[change.id] = _checked(portfolio, change, f"{file}")
    if not found:
        refuse("whatif: nothing is to change; give a step, such as --withdraw AGENCY:PLAN, or --change or --file")
    return found


def _told(changes: dict[str, tuple[Step, ...]]) -> dict[str, list[dict[str, Any]]]:
    """Return changes as the answer repeats them."""
    return {
        name: [step.model_dump(mode="json", exclude_defaults=True) for step in steps] for name, steps in changes.items()
    }


def _checked(portfolio: Portfolio, change: Change, option: str) -> tuple[Step, ...]:
    """Return the steps of a change whose references lead to what the viewer sees, or stop."""
    check_seen(portfolio, change.happens, option)
    return change.happens


def _read(file: Path, folder: Path) -> tuple[Change, ...]:
    """Return the changes in a file, or say what is wrong with it and stop."""
    from synodos.exchange import read_changes

    with faults_told():
        return read_changes(file, folder)


def _answered(
    portfolio: Portfolio, steps: tuple[Step, ...], parts: list[str], iterations: int, seed: int
) -> tuple[Consequences, Options | None]:
    """Return what follows from steps, and what can be done then where that is asked, or stop."""
    from synodos.whatif import consequences, options

    asked = [part for part in parts if part != OPTIONS]
    try:
        with shown_progress("What follows") as progress:
            found = consequences(portfolio, steps, parts=asked, iterations=iterations, seed=seed, progress=progress)
        if OPTIONS not in parts:
            return found, None
        with shown_progress("What could be done") as progress:
            return found, options(portfolio, steps, progress=progress)
    except (ValueError, KeyError) as error:
        refuse(str(error.args[0]))


def _save(portfolio: Portfolio, changes: dict[str, tuple[Step, ...]], owner: str | None, path: Path) -> None:
    """Write the one change that was given as a record, or stop."""
    from synodos.exchange import write_changes
    from synodos.language import SUPPOSED, Change
    from synodos.whatif import change_words

    if owner is None:
        refuse("--save: needs --for AGENCY, whose thought it is")
    if len(changes) != 1:
        refuse("--save: writes one change; add --together to take all as one")
    (steps,) = changes.values()
    said = change_words(portfolio, steps)
    values: dict[str, Any] = {
        "id": re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")[:80].strip("-"),
        "owner": owner,
        "stated_by": owner,
        "release": "private",
        "as_of": portfolio.known_on.isoformat(),
        "confidence": "unverified",
        "sources": [SUPPOSED],
        "name": said[:200],
        "happens": steps,
    }
    with faults_told():
        write_changes([Change.model_validate(values)], path)
    say(f"Wrote {path}; private to {portfolio.agency_name(owner)} as it stands")
