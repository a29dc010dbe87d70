"""The command line as a whole: every command, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from synodos.cli.cooperating import dependence, dossier, opportunities
from synodos.cli.files import check, convert, schema, show
from synodos.cli.importing import import_file
from synodos.cli.reporting import demo, report
from synodos.cli.scheduling import diff, health, launch_periods, path, risk, warm, why

app = typer.Typer(
    name="synodos",
    help="Lay space agencies' exploration plans side by side: where they could cooperate, and who depends on whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
schedule = typer.Typer(help="When: critical path, reasons, changes and soundness of a schedule.", no_args_is_help=True)
SCHEDULE: tuple[Callable[..., None], ...] = (path, why, diff, health)
QUESTIONS: tuple[Callable[..., None], ...] = (check, show, opportunities, dependence, dossier)
TIMES: tuple[Callable[..., None], ...] = (risk, launch_periods)
OTHERS: tuple[Callable[..., None], ...] = (convert, schema, report, demo, warm)

for command in SCHEDULE:
    schedule.command()(command)
for command in QUESTIONS:
    app.command()(command)
app.add_typer(schedule, name="schedule")
for command in TIMES:
    app.command()(command)
app.command(name="import")(import_file)
for command in OTHERS:
    app.command()(command)
