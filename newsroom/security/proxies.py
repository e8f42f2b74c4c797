"""Whose word counts on who asks: `X-Forwarded-*` from known proxies, from nobody else.

Without this, any reader could name an address of their choice, or claim to have come
by https. Runs before Django and knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Environ = dict[str, Any]
Network = IPv4Network | IPv6Network

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


class TrustedProxies:
    """WSGI wrapper: takes forwarded address and scheme from trusted peers, drops the rest.

    Afterwards `REMOTE_ADDR` is the reader's address and `wsgi.url_scheme` the scheme
    they used, whether or not a proxy stands between.
    """

    def __init__(self, application: Callable[..., Any], *, trusted: Iterable[Network]) -> None:
        self.application = application
        self.networks = tuple(trusted)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Any:
        forwarded = {name: environ.pop(name, "") for name in FORWARDED}
        if self.networks and self._trusts(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._client(
                forwarded["HTTP_X_FORWARDED_FOR"], peer=environ["REMOTE_ADDR"]
            )
            scheme = forwarded["HTTP_X_FORWARDED_PROTO"].strip().lower()
            if scheme in {"http", "https"}:
                environ["wsgi.url_scheme"] = scheme
        return self.application(environ, start_response)

    def _trusts(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.networks)

    def _client(self, header: str, *, peer: str) -> str:
        """Return the last address that no trusted proxy vouches for being its own.

        Read from the end: what stands before it, the reader may have written.
        """
        client = peer
        for address in reversed([part.strip() for part in header.split(",")]):
            try:
                client = str(ip_address(address))
            except ValueError:
                break
            if not self._trusts(client):
                break
        return client
