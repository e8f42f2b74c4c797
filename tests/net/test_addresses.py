import ipaddress
import socket

import pytest

from newsroom.net.addresses import find_refusal, parse_ip, resolve_host
from newsroom.net.errors import LookupFailed, UnknownHost


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "carrier-grade"),
        ("100.127.255.255", "carrier-grade"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("192.0.0.8", "reserved"),
        ("192.0.2.1", "documentation"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("198.18.0.1", "benchmarking"),
        ("192.88.99.1", "6to4"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "IPv4"),
        ("::ffff:8.8.8.8", "IPv4"),
        ("::127.0.0.1", "IPv4"),
        ("::ffff:0:127.0.0.1", "IPv4"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::a00:1", "NAT64"),
        ("2002:7f00:1::1", "6to4"),
        ("2001:0:53aa:64c::1", "Teredo"),
        ("2001:10::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("100::1", "discard"),
        ("4000::1", "reserved"),
        ("2a00:1450::5efe:7f00:1", "ISATAP"),
    ],
)
def test_address_off_the_public_internet_is_refused_with_its_class(address, reason):
    assert reason in (find_refusal(parse_ip(address)) or "")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111"]
)
def test_public_address_is_not_refused(address):
    assert find_refusal(ipaddress.ip_address(address)) is None


@pytest.mark.enable_socket
@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "017700000001", "127.1"])
def test_odd_spelling_of_loopback_resolves_to_loopback(spelling):
    assert resolve_host(spelling, 80, 5) == ["127.0.0.1"]


@pytest.mark.enable_socket
def test_name_that_cannot_be_a_name_is_unknown():
    with pytest.raises(UnknownHost):
        resolve_host("a" * 64 + ".invalid", 80, 5)


def test_silent_name_server_does_not_hold_the_caller(monkeypatch):
    # The standard library's function has no seam to hand a slow answer in through.
    import threading

    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: release.wait(10) and [])
    try:
        with pytest.raises(LookupFailed, match="did not answer"):
            resolve_host("slow.example", 80, 0.05)
    finally:
        release.set()
