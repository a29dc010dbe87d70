"""Asking a server over and over, as cheaply as a socket allows, so that what is measured is the server."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

LONG_S: Final = 1800
LENGTH: Final = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
TAG: Final = re.compile(rb"\r\netag: ([^\r]+)\r\n", re.IGNORECASE)
END: Final = b"\r\n\r\n"
LAST: Final = b"0\r\n\r\n"
"""What ends a head, and a body that comes in chunks."""
ANSWERED: Final = (b"200", b"304")
PIECE: Final = 1 << 18


class Line:
    """A connection that is kept open."""

    def __init__(self, port: int) -> None:
        """Open it."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONG_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> bytes:
        """Send a request and take the whole answer in; return its head.

        Raises
        ------
        RuntimeError
            If the answer is a refusal, or breaks off.
        """
        self.socket.sendall(request)
        head, _, body = self._until(b"", END).partition(END)
        if head[9:12] not in ANSWERED:
            message = f"{request.partition(END)[0].decode()}: {head.decode()}"
            raise RuntimeError(message)
        said = LENGTH.search(head + b"\r\n")
        if said:
            self._further(int(said[1]) - len(body))
        elif head[9:12] == b"200" and not body.endswith(LAST):
            self._until(body, LAST)
        return head + b"\r\n"

    def _until(self, read: bytes, mark: bytes) -> bytes:
        """Read on until something was said."""
        while mark not in read:
            read += self._piece()
        return read

    def _further(self, most: int) -> None:
        """Read so many bytes more."""
        while most > 0:
            most -= len(self._piece())

    def _piece(self) -> bytes:
        """Read what there is."""
        found = self.socket.recv(PIECE)
        if not found:
            message = "the server hung up"
            raise RuntimeError(message)
        return found

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


@dataclass
class Asked:
    """An address of a server, and how long it took each time; readers share tokens, as each may ask so often."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    took_s: list[float] = field(default_factory=list)
    spent_s: float = 0.0
    tokens: tuple[str, ...] = ()

    def request(self, address: str) -> bytes:
        """Return what is sent, as if it came from a network address."""
        heads = {**self.headers, "X-Forwarded-For": address}
        if self.tokens:
            heads["Authorization"] = f"Bearer {self.tokens[int(address.rpartition('.')[2]) % len(self.tokens)]}"
        lines = [f"{name}: {value}" for name, value in heads.items()]
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *lines, "", ""]).encode()

    def once(self) -> str:
        """Ask once, and return the `ETag` of the answer."""
        line = Line(self.port)
        try:
            found = TAG.search(line.ask(self.request("10.9.9.9")))
        finally:
            line.close()
        return found[1].decode() if found else ""


def together(port: int, connections: int, each: Callable[[Line, int], None]) -> None:
    """Let several ask at the same time, each over its own line.

    Raises
    ------
    OSError, RuntimeError
        What the first of them met with.
    """
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            line = Line(port)
            try:
                each(line, number)
            finally:
                line.close()
        except (OSError, RuntimeError) as error:
            faults.append(error)

    askers = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    if faults:
        raise faults[0]


def reader(line: int, count: int) -> str:
    """Return the network address of one of the 512 who share a line."""
    return f"10.{line}.{count // 256 % 2}.{count % 256}"


def turn(asked: Asked, seconds: float, connections: int) -> None:
    """Ask for one address over several lines for some seconds, each time as the next reader."""
    began = time.perf_counter()

    def each(line: Line, number: int) -> None:
        count = len(asked.took_s)
        while time.perf_counter() < began + seconds:
            count += 1
            timed(asked, line, reader(number, count))

    together(asked.port, connections, each)
    asked.spent_s += time.perf_counter() - began


def timed(asked: Asked, line: Line, address: str) -> None:
    """Ask once, and note how long it took."""
    request = asked.request(address)
    begin = time.perf_counter()
    line.ask(request)
    asked.took_s.append(time.perf_counter() - begin)
