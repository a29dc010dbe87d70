"""The table as pages: serve."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from typer import Argument, Option

from synodos.cli.first import shipped
from synodos.cli.ledger_place import DATABASE, Database, Keys, keys_folder, open_ledger, told
from synodos.cli.reading import read
from synodos.cli.refusing import refuse, say
from synodos.cli.working import shown_progress

ADDRESS = "SYNODOS_ADDRESS"
SECRET = "SYNODOS_SECRET_KEY"  # noqa: S105 - the name of a variable
LOG_LINES = "SYNODOS_LOG_LINES"
MAIL, HERE = "SYNODOS_MAIL", "SYNODOS_HERE"
ONLY_OWN = 0o077
"""What is made here, only this user can read."""


def serve(
    folder: Annotated[
        Path | None,
        Argument(exists=True, help="Portfolio to begin with (default: the plans of 2011).", show_default=False),
    ] = None,
    database: Database = DATABASE,
    keys: Keys = None,
    host: Annotated[str, Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, Option("--port", min=0, max=65535, help="Where to listen; 0 for any free port.")] = 8000,
    processes: Annotated[int, Option("--processes", min=1, help="Processes that make pages.")] = 1,
    mail: Annotated[
        str,
        Option(
            "--mail",
            envvar=MAIL,
            help="Where e-mail goes: smtp://HOST or a folder (default: one beside the database).",
            show_default=False,
        ),
    ] = "",
    log_lines: Annotated[
        bool, Option("--log-lines", envvar=LOG_LINES, help="Log a line of JSON for each request, on standard error.")
    ] = False,
) -> None:
    """Serve the table in a browser: pages round a ledger, which is begun with FOLDER if there is none."""
    shown = _without_password(database)
    say(f"Opening {shown} ...")
    _require_safety(host, database)
    listening = _free_port(host, port)
    os.umask(ONLY_OWN)
    os.environ[LOG_LINES] = "1" if log_lines else ""
    _tell_of_mail(mail, database, f"http://{_in_brackets(host)}:{listening}")
    _open(database, keys_folder(database, keys))
    _begin(folder, keys_folder(database, keys), shown)
    _serve(database, host, listening, processes)


def _require_safety(host: str, database: str) -> None:
    """Stop where others could come in and what keeps them apart is missing."""
    address, secret = os.environ.get(ADDRESS, ""), os.environ.get(SECRET)
    if address and not (urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname):
        refuse(f"{ADDRESS}: expected an address such as https://table.example.org; found {address!r}")
    if not _this_machine(host) and not (address.startswith("https://") and secret):
        refuse(
            f"--host: other machines can reach {host}. Set {ADDRESS} to the https:// address at which people reach the "
            f"table, through a proxy that encrypts, and {SECRET} to a long random text; see docs/table.md"
        )
    if "://" in database and not secret:
        refuse(f"--database: for a server, set {SECRET} to a long random text, the same for every process")


def _tell_of_mail(mail: str, database: str, here: str) -> None:
    """Leave word for the server where e-mail goes, or stop because that is no place."""
    from synodos.web import mail_settings

    try:
        mail_settings(mail, database, here)
    except ValueError as error:
        refuse(f"--mail: {error}")  # what was found may hold a password
    os.environ[MAIL], os.environ[HERE] = mail, here


def _in_brackets(host: str) -> str:
    """Return a host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def _this_machine(host: str) -> bool:
    """Return whether only this machine reaches a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _free_port(host: str, port: int) -> int:
    """Return the port at which to listen, or stop because it is taken."""
    try:
        from synodos.web import free_port
    except ImportError:
        refuse("serve: needs the extra `table`; install it with: pip install 'synodos[table]'")
    try:
        return free_port(host, port)
    except OSError as error:
        refuse(f"--port: cannot listen at {host}, port {port}: {error.strerror or error}; choose another with --port")


def _open(database: str, keys: Path) -> None:
    """Set Django up, and make the tables that are missing."""
    from synodos.web import keep_secret

    os.environ["SYNODOS_KEYS"] = str(keys)
    if "://" not in database:
        try:
            keep_secret(Path(database))
        except OSError as error:
            refuse(f"--database: {error.filename}: {error.strerror}")
    open_ledger(database, new=True)
    from synodos.web import forget_ended_sessions

    with told():
        forget_ended_sessions()


def _begin(folder: Path | None, keys: Path, shown: str) -> None:
    """Begin the ledger with a portfolio, if there is none."""
    from synodos.ledger import is_founded
    from synodos.web import begin_ledger

    if is_founded():
        if folder is not None:
            refuse(f"FOLDER: there is a ledger in {shown} already; add to it with `synodos ledger import`")
        return
    history = read(folder or shipped("exploration2011"))
    with told(), shown_progress("Statements") as progress:
        entries = begin_ledger(history, keys, progress)
    say(f"Began a ledger with {history.header.title}: {entries} entries, signed with the keys in {keys}.")


def _serve(database: str, host: str, port: int, processes: int) -> None:
    """Serve until told to stop."""
    from synodos.web import first_invitation
    from synodos.web import serve as serve_pages

    token = first_invitation()
    here = os.environ[HERE]
    address = os.environ.get(ADDRESS, "").rstrip("/") or here

    def ready() -> None:
        typer.echo(f"The table is at {address}/")
        if token:
            typer.echo(f"Take the first seat, to keep it: {address}/accounts/invitation/{token}/")
        say("Stop with Ctrl-C.")

    serve_pages(database, host, port, processes=processes, ready=ready)
    say("Stopped.")


def _without_password(database: str) -> str:
    """Return a database's name as it may be shown."""
    parts = urlsplit(database)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if "://" in database else database
