"""Long work on a question: refusals of engines, the cluster that works on it, and how much is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from synodos.cli.refusing import FAULTS, refuse

if TYPE_CHECKING:
    from concurrent.futures import Executor as Pool

    from synodos.language import Portfolio
    from synodos.schedule import Executor


@contextmanager
def refused(folder: Path | None = None, portfolio: Portfolio | None = None) -> Iterator[None]:
    """Stop with one line where an engine refuses what it was asked, and with the faults where the plan has some.

    They are placed in the files of `folder`, where `portfolio` was read from.
    """
    from synodos.cli.printing import print_faults
    from synodos.language import PortfolioError

    try:
        yield
    except PortfolioError as error:
        from synodos.exchange import placed

        print_faults(error.faults if folder is None or portfolio is None else placed(error.faults, folder, portfolio))
        raise typer.Exit(FAULTS) from None
    except ValueError as error:
        refuse(str(error))


@contextmanager
def workers(cluster: str | None) -> Iterator[Executor | None]:
    """Give a client of the cluster at an address, or nothing where none is asked for."""
    if cluster is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        refuse("--cluster: needs the extra `cluster`; install it with: pip install 'synodos[cluster]'")
    try:
        client = Client(cluster, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        refuse(f"--cluster: no scheduler answers at {cluster!r}: {error}")
    with client:
        yield client


@contextmanager
def processes(*, worth: bool = True) -> Iterator[Pool | None]:
    """Give processes that share work, one for each processor; nothing where there is one, or it is not worth it."""
    if not worth or (os.cpu_count() or 1) == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # a copy would share database and threads
        yield pool


@contextmanager
def shown_progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give what shows how much of long work is done, in words such as `Iterations`; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
