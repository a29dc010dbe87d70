"""The command line as a whole: every command, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from synodos.cli.agreeing import (
    agreements_close_out,
    agreements_draft,
    agreements_list,
    agreements_needed,
    agreements_watch,
)
from synodos.cli.backtesting import backtest
from synodos.cli.briefing import annual, brief, dossier
from synodos.cli.calendars import calendar
from synodos.cli.convening import forum
from synodos.cli.cooperating import dependence, opportunities
from synodos.cli.editions import edition_build, edition_diff, edition_show, edition_verify
from synodos.cli.files import check, convert, schema, show
from synodos.cli.first import Commands, nothing_typed, tour
from synodos.cli.importing import import_file
from synodos.cli.judging import law_assess, law_contested, law_explain, law_screen
from synodos.cli.ledger import (
    ledger_backup,
    ledger_declare,
    ledger_import,
    ledger_init,
    ledger_restore,
    ledger_verify,
)
from synodos.cli.ledger_asking import ledger_diff, ledger_show
from synodos.cli.ledger_exchange import ledger_export, ledger_join, ledger_merge
from synodos.cli.ledger_keys import (
    keys_list,
    keys_new,
    keys_register,
    keys_revoke,
    keys_rotate,
    ledger_forks,
    ledger_resolve,
)
from synodos.cli.narrowing import Program
from synodos.cli.planning import align, compare, readiness
from synodos.cli.publishing import edition_publish
from synodos.cli.reporting import demo, report
from synodos.cli.scheduling import diff, health, launch_periods, path, risk, warm, why
from synodos.cli.serving import serve
from synodos.cli.sharing import shares
from synodos.cli.supposing import exposure, whatif
from synodos.cli.valuing import worth

app = Program(
    name="synodos",
    cls=Commands,
    callback=nothing_typed,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
schedule = typer.Typer(help="When: critical path, reasons, changes and soundness of a schedule.", no_args_is_help=True)
law = typer.Typer(help="Under what: which norms apply to plans, why, and what is contested.", no_args_is_help=True)
LAW: dict[str, Callable[..., None]] = {
    "assess": law_assess,
    "explain": law_explain,
    "contested": law_contested,
    "screen": law_screen,
}
agreements = typer.Typer(
    help="Under what: the register of agreements, what it lacks, and drafts for counsel.", no_args_is_help=True
)
AGREEMENTS: dict[str, Callable[..., None]] = {
    "list": agreements_list,
    "watch": agreements_watch,
    "needed": agreements_needed,
    "draft": agreements_draft,
    "close-out": agreements_close_out,
}
ledger = typer.Typer(help="The table: who declared what and when, signed, and exchanged.", no_args_is_help=True)
LEDGER: dict[str, Callable[..., None]] = {
    "init": ledger_init,
    "join": ledger_join,
    "import": ledger_import,
    "declare": ledger_declare,
    "show": ledger_show,
    "diff": ledger_diff,
    "export": ledger_export,
    "merge": ledger_merge,
    "verify": ledger_verify,
    "backup": ledger_backup,
    "restore": ledger_restore,
    "forks": ledger_forks,
    "resolve": ledger_resolve,
}
ledger_keys = typer.Typer(help="Who may sign: make, register, replace, revoke and list keys.", no_args_is_help=True)
KEYS: dict[str, Callable[..., None]] = {
    "new": keys_new,
    "register": keys_register,
    "rotate": keys_rotate,
    "revoke": keys_revoke,
    "list": keys_list,
}
edition = typer.Typer(help="The roadmap, frozen: build, show, compare and verify editions.", no_args_is_help=True)
EDITION: dict[str, Callable[..., None]] = {
    "build": edition_build,
    "show": edition_show,
    "diff": edition_diff,
    "verify": edition_verify,
    "publish": edition_publish,
}
SCHEDULE: tuple[Callable[..., None], ...] = (path, why, diff, health)
QUESTIONS: tuple[Callable[..., None], ...] = (check, show, opportunities, dependence, dossier, brief, annual)
TIMES: tuple[Callable[..., None], ...] = (risk, launch_periods)
OTHERS: tuple[Callable[..., None], ...] = (convert, schema, report, demo, tour, serve, warm)

for command in SCHEDULE:
    schedule.command()(command)
for name, command in LAW.items():
    law.command(name=name)(command)
for name, command in AGREEMENTS.items():
    agreements.command(name=name)(command)
for name, command in EDITION.items():
    edition.command(name=name)(command)
for name, command in LEDGER.items():
    ledger.command(name=name)(command)
for name, command in KEYS.items():
    ledger_keys.command(name=name)(command)
ledger.add_typer(ledger_keys, name="keys")
for command in QUESTIONS:
    app.command()(command)
app.add_typer(schedule, name="schedule")
for command in TIMES:
    app.command()(command)
app.add_typer(law, name="law")
app.add_typer(agreements, name="agreements")
app.command()(worth)
app.command()(shares)
app.command()(whatif)
app.command()(exposure)
app.command()(compare)
app.command()(readiness)
app.command()(align)
app.command()(backtest)
app.command()(calendar)
app.command()(forum)
app.add_typer(edition, name="edition")
app.command(name="import")(import_file)
app.add_typer(ledger, name="ledger")
for command in OTHERS:
    app.command()(command)
