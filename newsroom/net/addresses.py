"""Which network addresses are on the public internet, and how names become addresses."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable

from newsroom.net.errors import LookupFailed, UnknownHost

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int, float], list[str]]
"""(host, port, seconds) to numeric addresses, in the order to try them."""
Refusal = Callable[[IPAddress], str | None]
"""Why an address must not be contacted; None when it may be."""

# Explicit, because `ipaddress.is_global` has changed its mind between Python's
# patch releases. Source: the IANA special-purpose address registries.
_REFUSED_V4 = [
    (ipaddress.IPv4Network(network), reason)
    for network, reason in [
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier-grade NAT address"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a 6to4 relay address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    ]
]
_REFUSED_V6 = [
    (ipaddress.IPv6Network(network), reason)
    for network, reason in [
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("::ffff:0:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("::/96", "an IPv4 address inside an IPv6 one"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("100::/64", "a discard address"),
        ("2001::/32", "a Teredo address"),
        ("2001:db8::/32", "a documentation address"),
        ("2001::/23", "a reserved address"),
        ("2002::/16", "a 6to4 address"),
        ("3fff::/20", "a documentation address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    ]
]
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_ISATAP_MARKS = {0x00005EFE, 0x02005EFE}


def find_refusal(address: IPAddress) -> str | None:
    """Say why an address is not a public one, as a noun phrase; None when it is.

    IPv6 addresses that carry an IPv4 address are refused as a whole, whatever they
    carry: a translator on the way would reach the inner address unchecked.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return _find_in_v4(address)
    for network, reason in _REFUSED_V6:
        if address in network:
            return reason
    if address not in _GLOBAL_UNICAST_V6:
        return "a reserved address"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP_MARKS:
        return "an ISATAP address"
    return None if address.is_global else "not a public address"


def _find_in_v4(address: ipaddress.IPv4Address) -> str | None:
    for network, reason in _REFUSED_V4:
        if address in network:
            return reason
    return None if address.is_global else "not a public address"


def resolve_host(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system for a host's addresses; numbers in any spelling are answered too.

    The system's resolver has no time limit of its own, so it runs in a thread that
    is left behind when it takes too long.

    Raises:
        UnknownHost: the name has no address.
        LookupFailed: no answer within `seconds`, or a passing failure.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error)
        else:
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise LookupFailed(host, f"the name server did not answer in {seconds:.0f} s") from None
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        raise LookupFailed(host, "the name server has no answer at the moment") from answer
    if isinstance(answer, Exception):
        raise UnknownHost(host, "the name has no address") from answer
    return answer


def parse_ip(text: str) -> IPAddress:
    """Read one numeric address, without its IPv6 zone.

    Raises:
        ValueError: the text is not a numeric address.
    """
    return ipaddress.ip_address(text.partition("%")[0])
