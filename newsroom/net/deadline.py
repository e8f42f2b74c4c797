"""A moment after which a request ends, whatever the other side does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType


class Deadline:
    """Ends the connections of one request when its time is up.

    Socket time limits start anew with every byte received, so a server that sends
    one byte a second would hold a reader for days, in the headers too. A timer
    therefore shuts the connection from outside; what was reading sees its end.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends_at = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._guarded: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut_all)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for guarded in self._guarded:
                guarded.close()
            self._guarded.clear()

    @property
    def has_passed(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends_at

    @property
    def seconds_left(self) -> float:
        """Seconds until the end, never less than a thousandth (0 would mean no limit)."""
        return max(self._ends_at - time.monotonic(), 0.001)

    def guard(self, sock: socket.socket) -> None:
        """Shut this connection too when the time is up.

        Keeps a copy of the descriptor: TLS takes the socket's own one over.
        """
        copy = sock.dup()
        with self._lock:
            self._guarded.append(copy)
        if self.has_passed:
            self._shut_all()

    def _shut_all(self) -> None:
        with self._lock:
            for guarded in self._guarded:
                with contextlib.suppress(OSError):
                    guarded.shutdown(socket.SHUT_RDWR)
