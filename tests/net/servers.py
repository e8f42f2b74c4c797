"""Small local HTTP servers, and gates that let a test reach them and nothing else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from newsroom.net.addresses import IPAddress, find_refusal
from newsroom.net.client import Gate

Handler = Callable[[socket.socket, str], None]
"""Gets the connection and the head of the request; answers as it likes."""


@dataclass
class Server:
    port: int
    heads: list[str] = field(default_factory=list)
    """The heads of the requests received."""


@contextmanager
def serve(handler: Handler, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Answer requests on a free port of 127.0.0.1 until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(port=listener.getsockname()[1])
    threads = []

    def answer(connection: socket.socket) -> None:
        try:
            with tls.wrap_socket(connection, server_side=True) if tls else connection as wrapped:
                head = b""
                while b"\r\n\r\n" not in head:
                    received = wrapped.recv(65536)
                    if not received:
                        return
                    head += received
                server.heads.append(head.decode("latin-1"))
                handler(wrapped, head.decode("latin-1"))
        except OSError:
            return  # the client went away, as many of these tests mean it to

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=answer, args=(connection,), daemon=True)
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join(5)
        for thread in threads:
            thread.join(5)


def reply(
    body: bytes = b"", *, status: str = "200 OK", headers: dict[str, str] | None = None
) -> bytes:
    """Put an answer together; `Content-Length` is stated unless `headers` holds it."""
    lines = {"Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def always(answer: bytes) -> Handler:
    """Answer everything with the same bytes."""
    return lambda connection, _head: connection.sendall(answer)


@dataclass
class Names:
    """A resolver with the answers that a test states, one list per look-up in turn."""

    answers: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int, seconds: float) -> list[str]:
        self.asked.append(host)
        answers = self.answers[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def open_gate(names: dict[str, list[list[str]]] | None = None) -> Gate:
    """Let requests through to 127.0.0.1 only; every other rule stays."""

    def refuse(address: IPAddress) -> str | None:
        return None if str(address) == "127.0.0.1" else find_refusal(address)

    return Gate(
        resolve=Names(names or {"news.example": [["127.0.0.1"]]}),
        refuse=refuse,
    )
