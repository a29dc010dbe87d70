"""Commands ask a table that is served as they ask a folder."""

import json
import socketserver
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from typer.testing import CliRunner

from synodos.cli import app
from tests.databases import kept_connection
from tests.web import scene


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address(room, monkeypatch):
    """Where the scene is served."""
    from django.db import connections

    connections["default"].inc_thread_sharing()
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()
    connections["default"].dec_thread_sharing()


def told(*arguments):
    """Return what a command answers as JSON."""
    done = CliRunner().invoke(app, [*arguments, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_command_asks_the_server_with_a_token(address, program, monkeypatch):
    asks = program("owner")
    monkeypatch.setenv("SYNODOS_TOKEN", asks.heads["Authorization"].removeprefix("Bearer "))
    by_command = told("dependence", address, "--as", "aster")
    assert by_command["answer"] == asks.get("/questions/dependence").json()["answer"]
    earlier = told("opportunities", f"{address}?on=2011-12-31", "--as", "aster")
    assert earlier["answer"] == asks.get("/questions/opportunities?on=2011-12-31").json()["answer"]


MISSION = "aster-mission"
ASKED = {
    "about": ("", None),
    "dossier/{id}": ("", [MISSION]),
    "brief": ("agency=aster&years=3", ["--for", "aster", "--years", "3"]),
    "annual": ("year=2011", ["2011"]),
    "compare": ("part=path", ["--part", "path"]),
    "weigh": ("weight=missions-missions=2", None),
    "readiness/{id}": ("", ["aster-scenario"]),
    "align/{id}": ("agency=aster", ["aster-scenario", "--for", "aster"]),
    "opportunities": ("most=3", ["--most", "3"]),
    "schedule/why": (f"activity={MISSION}", [MISSION]),
    "schedule/health": ("baseline=2012-01-31", ["--baseline", "2012-01-31"]),
    "launch-periods": (
        "after=2020-07&before=2020-08",
        ["earth", "mars", "--after", "2020-07", "--before", "2020-08"],
    ),
    "law/explain": (
        f"norm=OST-6.2&activity=mission:{MISSION}&bearer=aster",
        ["OST-6.2", "--activity", f"mission:{MISSION}", "--bearer", "aster"],
    ),
    "agreements/draft/{id}": ("what=registration", ["--mission", MISSION, "--what", "registration"]),
    "agreements/close-out/{id}": ("", ["aster-agreement"]),
    "editions/changes": ("", None),
    "editions/{id}": ("", None),
}
"""What questions are asked with, and how commands are asked the same; others are asked as they stand."""
PLACELESS = ("launch-periods",)
"""Commands that ask no portfolio."""
ABOUT = {"mission": MISSION, "scenario": "aster-scenario", "agreement": "aster-agreement"}


def test_every_question_is_answered_alike_by_interface_and_command(address, program, monkeypatch):
    from synodos.web.api.questions import QUESTIONS
    from tests.web import published

    asks = program("owner")
    monkeypatch.setenv("SYNODOS_TOKEN", asks.heads["Authorization"].removeprefix("Bearer "))
    for question in QUESTIONS:
        query, rest = ASKED.get(question.address, ("", []))
        path = question.address.replace("{id}", ABOUT.get(question.about, published.key("aster")))
        answer = asks.get(f"/questions/{path}?{query}")
        assert answer.status_code == 200, (path, answer.content)
        by_net = answer.json()
        assert by_net["format"] == "synodos-answer"
        assert asks.get(f"/questions/{path}?{query}", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
        if not question.command:
            continue
        place = [] if question.command in PLACELESS else [address, "--as", "aster"]
        by_command = told(*question.command.split(), *place[:1], *rest, *place[1:])
        differing = {name for name in by_net if by_net[name] != by_command[name]} - {"parameters", "seed"}
        assert not differing, (path, differing)


def shown(*arguments):
    """Return how a command ends that shows a record, and what it prints."""
    done = CliRunner().invoke(app, ["ledger", "show", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


PRIVATE = f"element:element-{scene.MARKS['aster-private']}"
THEN = ("--on", "2012-02-01")


@pytest.mark.parametrize(
    ("looks", "more", "found"),
    [
        (("owner", "aster"), ("--history",), [0, 0, 0, 2]),
        (("partner", "borea"), ("--history", *THEN), [0, 0, 2, 2]),
        (("owner", "public"), ("--history", *THEN), [0, 0, 2, 2]),  # narrower than what the token may see
        (("owner", "aster"), (), [0, 0, 0, 2]),
        (("owner", "public"), THEN, [0, 2, 2, 2]),
    ],
)
def test_a_record_is_shown_by_a_server_as_by_the_ledger_behind_it(
    address, room, program, monkeypatch, looks, more, found
):
    name, viewer = looks
    monkeypatch.setenv("SYNODOS_TOKEN", program(name).heads["Authorization"].removeprefix("Bearer "))
    for record, code in zip(("drill", "element:winch", PRIVATE, "element:nothing"), found, strict=True):
        with kept_connection():
            here = shown(record, "--as", viewer, *more, "--database", room)
        assert here[0] == code, here
        assert shown(record, "--as", viewer, *more, "--server", address) == here, record


def test_what_a_server_cannot_tell_is_refused(address, room):
    for more in (("--server", address), ("--history", "--database", room)):
        with kept_connection():
            code, out, err = shown("winch", "--recorded-before", "2012-01-01", *more)
        assert (code, out, "--recorded-before: not with" in err) == (2, "", True)


def test_without_a_token_a_command_sees_what_is_public(address, program, monkeypatch):
    monkeypatch.delenv("SYNODOS_TOKEN", raising=False)
    assert (
        told("opportunities", address)["answer"] == program("stranger").get("/questions/opportunities").json()["answer"]
    )


@pytest.mark.parametrize(("token", "says"), [("nonsense", "The token does not hold"), (None, "does not answer")])
def test_a_server_that_refuses_or_is_not_there_is_told_in_one_line(address, monkeypatch, token, says):
    if token:
        monkeypatch.setenv("SYNODOS_TOKEN", token)
    done = CliRunner().invoke(app, ["opportunities", address if token else "http://127.0.0.1:9/"])
    assert done.exit_code == 2
    assert says in done.output


SECRET = "synodos_secret"
ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
GIVES = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture
def hostile(monkeypatch):
    """Return a server that answers everything with the same bytes, and what it was asked."""
    monkeypatch.setenv("SYNODOS_TOKEN", SECRET)
    heard, answer = [], []

    class Hostile(socketserver.BaseRequestHandler):
        def handle(self):
            heard.append(self.request.recv(65536))
            self.request.sendall(answer[0])

    server = socketserver.TCPServer(("127.0.0.1", 0), Hostile)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def ask(said):
        answer[:] = [said.replace(b"PORT", str(server.server_address[1]).encode())]
        done = CliRunner().invoke(app, ["opportunities", f"http://127.0.0.1:{server.server_address[1]}"])
        return done, heard

    yield ask
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:PORT/", "http://localhost:PORT/", "file:///etc/passwd", "ftp://x/"]
)
def test_a_server_that_sends_on_is_not_followed(hostile, place):
    done, heard = hostile(ELSEWHERE % place.encode())
    assert (done.exit_code, len(heard)) == (2, 1)
    assert SECRET.encode() in heard[0]
    assert "it sends on to" in " ".join(done.output.split())


@pytest.mark.parametrize(
    "said",
    [
        b"\x00\x01 no answer at all\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Log in</html>",
        GIVES + b"Content-Length: 100\r\n\r\n{",
        GIVES + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        GIVES + b"\r\n" + b" " * 3000,
        b"HTTP/1.1 500 No\r\n\r\n" + b"[" * 100_000,
        b"HTTP/1.1 403 No\r\n\r\n" + b'{"title": "a\\u001b[2J", "detail": "' + b"x" * 5000 + b'"}',
    ],
    ids=["garbage", "silence", "page", "broken-off", "chunks", "endless", "deep", "terminal"],
)
def test_whatever_a_server_says_is_told_in_a_line(hostile, monkeypatch, said):
    from synodos.cli import fetching

    monkeypatch.setattr(fetching, "MOST_BYTES", 2000)
    done, _heard = hostile(said)
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)
    assert "\x1b[2J" not in done.output
    assert len(done.output) < 2000


@pytest.mark.parametrize(
    ("token", "where", "says"),
    [
        (SECRET, "http://table.example.org", "is shown over https alone"),
        ("synodos_secret\nsynodos_secret", "http://127.0.0.1:9", "holds no token"),
        (SECRET, "https://[::1", "does not answer"),
    ],
    ids=["bare", "lines", "address"],
)
def test_a_token_goes_over_https_alone_and_is_never_repeated(monkeypatch, token, where, says):
    monkeypatch.setenv("SYNODOS_TOKEN", token)
    done = CliRunner().invoke(app, ["opportunities", where])
    assert done.exit_code == 2
    assert says in " ".join(done.output.replace("│", " ").split())
    assert SECRET not in done.output
