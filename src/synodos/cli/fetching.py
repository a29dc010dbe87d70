"""A portfolio from a place on this machine, or from a table that is served somewhere."""

from __future__ import annotations

import atexit
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import typer

if TYPE_CHECKING:
    import datetime as dt
    from http.client import HTTPResponse
    from urllib.error import HTTPError
    from urllib.parse import SplitResult
    from urllib.request import OpenerDirector

ADDRESSES: Final = ("http://", "https://")
TOKEN: Final = "SYNODOS_TOKEN"  # noqa: S105 - the name of a variable
WAIT_S: Final = 60
LONGEST_S: Final = 15 * 60
PIECE: Final = 1024 * 1024
MOST_BYTES: Final = 1024 * PIECE
MOST_SAID: Final = 300
"""Characters of a server's own words that are shown."""
_GIVEN: Final[dict[Path, tuple[str, str]]] = {}
"""Files of this command; the address that gave each, and the day of which it told."""
DAY: Final = "Synodos-Known-On"
"""Heading in which a server says the day."""
HERE: Final = ("localhost", "127.0.0.1", "::1")
"""Hosts to which nothing goes over a net."""


def placed(text: str) -> Path:
    """Return the portfolio that is called so; one that is served comes into a file that goes when the command ends.

    Raises
    ------
    typer.BadParameter
        If there is no such place, or the server does not give it.
    """
    if text.lower().startswith(ADDRESSES):
        return _served(text)
    path = Path(text)
    if not path.exists():
        message = f"Path '{text}' does not exist."
        raise typer.BadParameter(message)
    return path


def is_served(path: Path) -> bool:
    """Return whether a file holds what a table gave to this command."""
    return path in _GIVEN


def day_of(path: Path) -> dt.date | None:
    """Return the day of which the table that gave a file told, if it said so."""
    import datetime as dt

    try:
        return dt.date.fromisoformat(_GIVEN[path][1])
    except ValueError:
        return None


def on_day(path: Path, day: dt.date) -> Path:
    """Return a file with what the table that gave `path` shows of what was known on another day."""
    return _served(dated(_GIVEN[path][0], day))


def dated(address: str, day: dt.date) -> str:
    """Return the address of a table that asks it for what was known on a day."""
    from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

    place = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(place.query) if name != "on"]
    query = urlencode([*asked, ("on", day.isoformat())])
    return urlunsplit((place.scheme, place.netloc, place.path, query, ""))


def _served(address: str) -> Path:
    """Return a file with what a served table shows, fetched once in a command."""
    return next((path for path, (where, _day) in _GIVEN.items() if where == address), None) or _fetched(address)


def _fetched(address: str) -> Path:
    """Return a file with what a served table shows to the token in the environment."""
    with _refusals_told(address), _asked(address, "portfolio/file") as given:
        file = _kept(given)
        _GIVEN[file] = address, str(given.headers.get(DAY, ""))
        return file


def answer_of(address: str, path: str) -> Any:  # noqa: ANN401 - JSON
    """Return what a served table answers under a path of its interface for programs; None where nothing is there.

    Raises
    ------
    typer.BadParameter
        If the server refuses, or does not answer with JSON.
    """
    import json
    from urllib.error import HTTPError

    with _refusals_told(address):
        try:
            with _asked(address, path) as given:
                return json.loads(_kept(given).read_bytes())
        except HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
            error.close()
            return None


def _asked(address: str, path: str) -> HTTPResponse:
    """Ask a served table under a path of its interface, with the token in the environment."""
    from urllib.parse import urlsplit, urlunsplit
    from urllib.request import Request

    place = urlsplit(address)
    whole = urlunsplit((place.scheme, place.netloc, f"{place.path.rstrip('/')}/api/v1/{path}", place.query, ""))
    asked = Request(whole, headers=_heads(place))  # noqa: S310 - see ADDRESSES
    return cast("HTTPResponse", _opener().open(asked, timeout=WAIT_S))


@contextmanager
def _refusals_told(address: str) -> Iterator[None]:
    """Stop with one line where a server refuses or does not answer."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    try:
        yield
    except HTTPError as error:
        with error:
            refused = f"{address} refused: {_why(error)}"
    except (URLError, HTTPException, OSError, ValueError, RecursionError) as error:
        refused = f"{address} does not answer: {plain_words(getattr(error, 'reason', None) or error)}"
    else:
        return
    raise typer.BadParameter(refused)


def _heads(place: SplitResult) -> dict[str, str]:
    """Return what shows the token in the environment, which is told to nobody on the way."""
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        return {}
    if not (token.isascii() and token.isprintable()):
        message = f"{TOKEN} holds no token: a token is one word of plain letters"
        raise typer.BadParameter(message)
    if place.scheme != "https" and place.hostname not in HERE:
        message = f"{TOKEN} is shown over https alone; write https://{place.netloc.rpartition('@')[2]}"
        raise typer.BadParameter(message)
    return {"Authorization": f"Bearer {token}"}


def _opener() -> OpenerDirector:
    """Return what asks a server and follows it nowhere, for the token is for the address that was given."""
    from urllib.request import HTTPRedirectHandler, build_opener

    class Staying(HTTPRedirectHandler):
        """Follows nowhere."""

        def redirect_request(self, *_: object) -> None:
            """Follow nowhere: the answer counts as a refusal."""

    return build_opener(Staying)


def _kept(given: HTTPResponse) -> Path:
    """Write what is given into a file of this command, if it is a portfolio by its type, and not without end."""
    found = given.headers.get_content_type()
    if found != "application/json":
        message = f"found {plain_words(found)}; expected application/json, as a table gives it"
        raise ValueError(message)
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="synodos-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "served.json"
    with path.open("wb") as file:
        _copy(given, file)
    return path


def _copy(given: HTTPResponse, file: IO[bytes]) -> None:
    """Copy what is given, a piece at a time."""
    whole, size, ends_s = given.length, 0, time.monotonic() + LONGEST_S
    while size != whole and (piece := given.read1(PIECE)):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > ends_s:
            message = f"it gave more than {MOST_BYTES // PIECE} MB, or for more than {LONGEST_S // 60} minutes"
            raise ValueError(message)
        file.write(piece)
    if whole is not None and size < whole:
        message = "the answer broke off; ask again"
        raise ValueError(message)


def _why(error: HTTPError) -> str:
    """Return why a server refused, in its own words where it is one of ours."""
    import json
    from http.client import HTTPException

    if goes_to := error.headers.get("Location"):
        return f"it sends on to {plain_words(goes_to)}; ask that address if it is the table's"
    try:
        told = json.loads(error.read(PIECE))
        return plain_words(f"{told['title']}. {told['detail']}")
    except (HTTPException, OSError, ValueError, KeyError, TypeError, RecursionError):
        return f"status {error.code}"


def plain_words(said: object) -> str:
    """Return a server's words with nothing in them that a terminal would obey."""
    words = "".join(one if one.isprintable() else " " for one in str(said))
    return words if len(words) <= MOST_SAID else f"{words[:MOST_SAID]}…"
