"""Forwarded addresses and schemes count when a trusted proxy sends them, and only then."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from newsroom.security.proxies import TrustedProxies


def seen_by_django(*, trusted: list[str], peer: str, **headers: str) -> dict[str, Any]:
    """Send a request through the wrapper; return the environment that Django gets."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"} | {
        f"HTTP_{name}": value for name, value in headers.items()
    }
    TrustedProxies(application, trusted=map(ip_network, trusted))(environ, lambda *_: None)
    return seen


def test_nobody_is_believed_without_trusted_proxies():
    seen = seen_by_django(
        trusted=[], peer="203.0.113.9", X_FORWARDED_FOR="198.51.100.1", X_FORWARDED_PROTO="https"
    )
    assert seen["REMOTE_ADDR"] == "203.0.113.9"
    assert seen["wsgi.url_scheme"] == "http"
    assert "HTTP_X_FORWARDED_FOR" not in seen


def test_a_stranger_is_not_believed():
    seen = seen_by_django(trusted=["10.0.0.0/24"], peer="203.0.113.9", X_FORWARDED_FOR="127.0.0.1")
    assert seen["REMOTE_ADDR"] == "203.0.113.9"


def test_a_trusted_proxy_tells_address_and_scheme():
    seen = seen_by_django(
        trusted=["10.0.0.0/24"],
        peer="10.0.0.5",
        X_FORWARDED_FOR="198.51.100.1",
        X_FORWARDED_PROTO="HTTPS",
    )
    assert seen["REMOTE_ADDR"] == "198.51.100.1"
    assert seen["wsgi.url_scheme"] == "https"


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("1.2.3.4, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.9, 10.0.0.7", "10.0.0.9"),
        ("nonsense", "10.0.0.5"),
        ("", "10.0.0.5"),
        ("1.2.3.4, <script>", "10.0.0.5"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_what_a_reader_wrote_before_the_proxies_does_not_count(header: str, client: str):
    seen = seen_by_django(trusted=["10.0.0.0/24"], peer="10.0.0.5", X_FORWARDED_FOR=header)
    assert seen["REMOTE_ADDR"] == client


def test_an_unknown_scheme_changes_nothing():
    seen = seen_by_django(trusted=["10.0.0.5"], peer="10.0.0.5", X_FORWARDED_PROTO="javascript")
    assert seen["wsgi.url_scheme"] == "http"
