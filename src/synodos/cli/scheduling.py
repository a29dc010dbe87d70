"""When: critical path, reasons, changes and soundness of a schedule, risk, launch periods."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from synodos.cli.days import DAY, day_of, first_day, last_day
from synodos.cli.fetching import placed
from synodos.cli.options import Folder, Form, Format, KnownOn, Page, Scope, Seed, Until, Viewer
from synodos.cli.printing import print_answer, write_answer
from synodos.cli.reading import load, read, seen
from synodos.cli.refusing import refuse, say
from synodos.cli.working import refused, shown_progress, workers

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.schedule import CriticalPath

PORKCHOP_DAYS = 1_000
"""Departure days that a picture of transfers shows at most; more are thinned out."""


def path(
    folder: Folder,
    scope: Scope = None,
    until: Until = None,
    margin: Annotated[
        float, Option("--margin", min=0, help="Show paths with no more float than this many days.")
    ] = 30.0,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show the critical path of FOLDER: dates, float, who holds it, and where it is handed over."""
    from synodos.report import path_answer
    from synodos.schedule import near_critical, who_holds

    portfolio = load(folder, viewer, known_on)
    with refused(folder, portfolio):
        found = _critical_path(portfolio, scope, until)
        holding, near = who_holds(found), near_critical(found, margin)
    asked = {"scope": scope, "until": until, "margin": margin}
    drawn = output is not None
    write_answer(path_answer(portfolio, found, holding, near, parameters=asked, drawn=drawn), output, form)


def why(
    folder: Folder,
    activity: Annotated[
        str, Argument(help="Activity, or a mission or element that activities lead to.", show_default=False)
    ],
    scope: Scope = None,
    until: Until = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """Say why ACTIVITY is critical, or why it is not: what drives it, and what it drives."""
    from synodos import schedule
    from synodos.report import why_answer

    portfolio = load(folder, viewer, known_on)
    with refused(folder, portfolio):
        computed = _critical_path(portfolio, scope, until)
        found = schedule.why(computed, activity)
    print_answer(why_answer(portfolio, computed, found, parameters={"scope": scope, "until": until}), form)


def diff(
    folder: Folder,
    other: Annotated[
        Path | None, Argument(parser=placed, help="A later version of FOLDER (default: FOLDER itself).")
    ] = None,
    since: Annotated[
        dt.date | None,
        Option(
            "--since", parser=day_of, metavar=DAY, help="Day of knowledge of the earlier version.", show_default=False
        ),
    ] = None,
    scope: Scope = None,
    until: Until = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """Say what changed between two versions of a schedule, and what moved its finish."""
    from synodos.report import difference_answer
    from synodos.schedule import difference

    if other is None and since is None:
        refuse("schedule diff: give the later version as a second folder, or the earlier day as --since DATE")
    if other is None and since is not None and known_on is not None and known_on < since:
        refuse(f"schedule diff: --on {known_on} lies before --since {since}")
    before = seen(read(folder), viewer, since, None, option="--since")
    after = seen(read(other or folder), viewer, known_on, None)
    with refused(folder, before):
        earlier = _critical_path(before, scope, until)
    with refused(other or folder, after):
        versions = earlier, _critical_path(after, scope, until)
        found = difference(*versions)
    asked = {"scope": scope, "until": until, "since": since}
    print_answer(difference_answer(after, *versions, found, parameters=asked), form)


def health(
    folder: Folder,
    scope: Scope = None,
    baseline: Annotated[
        dt.date | None,
        Option("--baseline", parser=day_of, metavar=DAY, help="Day whose plan is the baseline.", show_default=False),
    ] = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """Say whether the schedule in FOLDER is sound: the 14 checks of the DCMA, with the activities behind each."""
    from synodos import schedule
    from synodos.report import health_answer

    history = read(folder)
    portfolio = seen(history, viewer, known_on, None)
    earlier = seen(history, viewer, baseline, None, option="--baseline") if baseline else None
    with refused(folder, earlier):
        planned = None if earlier is None else _critical_path(earlier, scope, None)
    with refused(folder, portfolio):
        found = _critical_path(portfolio, scope, None)
        checked = schedule.health(found, planned)
    asked = {"scope": scope, "baseline": baseline}
    print_answer(health_answer(portfolio, found, checked, parameters=asked), form)


def risk(
    folder: Folder,
    scope: Scope = None,
    until: Until = None,
    iterations: Annotated[int, Option("--iterations", min=1, help="Monte Carlo iterations.")] = 10_000,
    seed: Seed = 1,
    threads: Annotated[int | None, Option("--threads", min=1, help="Threads (default: all cores).")] = None,
    cluster: Annotated[
        str | None, Option("--cluster", help="Address of a Dask scheduler to work on.", show_default=False)
    ] = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show how sure the dates in FOLDER are: launch periods, confidence, criticality, and who causes the delay."""
    from synodos import schedule
    from synodos.report import risk_answer

    portfolio = load(folder, viewer, known_on)
    with refused(folder, portfolio), workers(cluster) as executor, shown_progress("Iterations") as progress:
        network = schedule.network(portfolio, scope)
        found = schedule.risk(
            network,
            portfolio,
            target=until,
            iterations=iterations,
            seed=seed,
            threads=threads,
            executor=executor,
            progress=progress,
        )
    asked = {"scope": scope, "until": until, "iterations": iterations}
    write_answer(risk_answer(portfolio, found, parameters=asked, drawn=output is not None), output, form)


def launch_periods(
    departure: Annotated[str, Argument(metavar="FROM", help="Body to leave, such as earth.", show_default=False)],
    arrival: Annotated[str, Argument(metavar="TO", help="Body to reach, such as mars.", show_default=False)],
    after: Annotated[str, Option("--after", help="Earliest departure: a year, month or day.", show_default=False)],
    before: Annotated[str, Option("--before", help="Latest departure: a year, month or day.", show_default=False)],
    c3_max: Annotated[
        float | None,
        Option("--c3-max", help="Most C3 of the launcher, in km²/s² (default: 5 above the least).", show_default=False),
    ] = None,
    arrival_speed_max: Annotated[
        float | None,
        Option("--arrival-speed-max", help="Most v-infinity at arrival, in km/s (default: any).", show_default=False),
    ] = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Show when a launch FROM one body TO another needs least energy, and the launch periods around it."""
    from synodos import schedule
    from synodos.report import launch_periods_answer

    for option, most in (("--c3-max", c3_max), ("--arrival-speed-max", arrival_speed_max)):
        if most is not None and not math.isfinite(most):
            refuse(f"{option}: expected a number; found {most}")
    first, last = first_day("--after", after), last_day("--before", before)
    if last < first:
        refuse(f"--before: found {last}, expected a day on or after {first}")
    with refused():
        found = schedule.launch_periods(
            departure,
            arrival,
            first,
            last,
            c3_max_km2_s2=c3_max,
            arrival_v_infinity_max_km_s=arrival_speed_max,
        )
        step = max(1, (last - first).days // PORKCHOP_DAYS)
        grid = schedule.porkchop(departure, arrival, first, last, departure_step_days=step) if output else None
    asked = {"c3_max_km2_s2": c3_max, "arrival_v_infinity_max_km_s": arrival_speed_max}
    write_answer(launch_periods_answer(found, grid=grid, parameters=asked), output, form)


def warm() -> None:
    """Compile what `risk` and large schedules need, once, so that later commands answer at once."""
    from synodos import schedule

    schedule.warm()
    say("Compiled.")


def _critical_path(portfolio: Portfolio, scope: list[str] | None, until: str | None) -> CriticalPath:
    """Return the critical path of what the user asks about."""
    from synodos import schedule

    return schedule.critical_path(schedule.network(portfolio, scope), until)
