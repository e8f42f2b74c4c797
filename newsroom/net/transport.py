"""Connections that go to addresses checked beforehand, never to a name."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from newsroom.net.deadline import Deadline


class Destination:
    """The checked numeric addresses of one host, and the time there is to reach one."""

    def __init__(
        self, addresses: Sequence[str], *, connect_seconds: float, deadline: Deadline
    ) -> None:
        self.addresses = addresses
        self.connect_seconds = connect_seconds
        self.deadline = deadline

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """Open a socket to the first checked address that answers.

        Raises:
            ConnectTimeoutError: none answered within `connect_seconds`, taken together.
            NewConnectionError: every one of them refused.
        """
        attempt = Deadline(min(self.connect_seconds, self.deadline.seconds_left))
        failure: OSError | None = None
        for address in self.addresses:
            try:
                sock = socket.create_connection((address, connection.port), attempt.seconds_left)
            except OSError as error:
                failure = error
                if attempt.has_passed:
                    break
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # The TLS handshake belongs to connecting; urllib3 sets the limit for reading.
            sock.settimeout(attempt.seconds_left)
            self.deadline.guard(sock)
            return sock
        if attempt.has_passed or isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(
                connection, f"no connection within {attempt.seconds:.0f} s"
            ) from failure
        raise NewConnectionError(connection, f"no connection: {failure}") from failure


class _CheckedHTTPConnection(HTTPConnection):
    def __init__(self, *args: Any, destination: Destination, **kwargs: Any) -> None:
        # Any: the parameters of urllib3's own class, passed through unchanged.
        super().__init__(*args, **kwargs)
        self._destination = destination

    def _new_conn(self) -> socket.socket:
        return self._destination.connect(self)


class _CheckedHTTPSConnection(HTTPSConnection):
    # `host` stays the name, so that SNI, the certificate check and the Host header do too.

    def __init__(self, *args: Any, destination: Destination, **kwargs: Any) -> None:
        # Any: as above.
        super().__init__(*args, **kwargs)
        self._destination = destination

    def _new_conn(self) -> socket.socket:
        return self._destination.connect(self)


class CheckedAdapter(HTTPAdapter):
    """Sends one request to one destination.

    Use it directly, not through a `requests.Session`: a session that does not follow
    redirects still reads the whole body of a redirect into memory, and keeps cookies.
    """

    def __init__(self, destination: Destination) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._destination = destination

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,
        proxies: Mapping[str, str] | None = None,
        cert: str | tuple[str, str] | None = None,
    ) -> HTTPConnectionPool:
        """Give the pool whose connections go to the destination; never a proxy's."""
        pool = super().get_connection_with_tls_context(request, verify, proxies=None, cert=cert)
        kind = _CheckedHTTPSConnection if pool.scheme == "https" else _CheckedHTTPConnection
        # mypy: urllib3 declares a class here and calls it; a partial one does as well.
        pool.ConnectionCls = partial(kind, destination=self._destination)  # type: ignore[assignment]
        return pool
