"""The guarded HTTP client: the only way out of the site."""

from __future__ import annotations

import email.utils
import io
import re
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    LocationParseError,
    NewConnectionError,
)
from urllib3.util import Url, parse_url

from newsroom.net import errors
from newsroom.net.addresses import Refusal, Resolver, find_refusal, parse_ip, resolve_host
from newsroom.net.deadline import Deadline
from newsroom.net.transport import CheckedAdapter, Destination

USER_AGENT = "Newsroom/1.0"
DEFAULT_PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, redirects included."""

    connect_seconds: float = 10
    """For one host, name look-up apart and all of its addresses together."""
    total_seconds: float = 60
    max_bytes: int = 25 * 1024 * 1024
    """Of the decoded body."""
    max_redirects: int = 3


@dataclass(frozen=True, slots=True)
class Gate:
    """Where requests may go. Production uses the defaults; tests hand in their own."""

    resolve: Resolver = resolve_host
    refuse: Refusal = find_refusal
    ca_file: Path | None = None
    """Certificates to trust instead of the public ones."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. Only answers of the 200s have their body read."""

    url: str
    """The address that answered, after redirects."""
    status: int
    content_type: str
    """As the server says, in lower case and without parameters; do not trust it."""
    content: bytes = field(repr=False)
    """Empty when the body was written to a file."""
    size: int = 0
    """Bytes of the decoded body."""
    retry_after_seconds: float | None = None
    """How long the server asks to be left alone."""


@dataclass(frozen=True, slots=True)
class _Call:
    """What stays the same over the redirects of one fetch."""

    limits: Limits
    ports: frozenset[int]
    accept: str
    gate: Gate
    deadline: Deadline
    into: BinaryIO


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    allow_ports: Collection[int] = (),
    accept: str = "*/*",
    into: BinaryIO | None = None,
    gate: Gate = Gate(),
) -> Fetched:
    """Get what is behind a public http or https address.

    Each host is resolved once, all of its addresses are checked, and the connection
    goes to a checked address, so a name that changes its answer gains nothing; each
    redirect is treated the same way. No cookies, no proxies, no netrc, nothing from
    the environment.

    Args:
        url: the address; foreign and untrusted.
        limits: time, size and number of redirects.
        allow_ports: ports allowed besides 80 and 443.
        accept: the `Accept` header.
        into: a seekable binary file that the body is written to, from its present
            position; after a failure it is as it was before.
        gate: the resolver and the rule for addresses.

    Returns:
        The last answer, also when its status is an error.

    Raises:
        FetchError: one of `newsroom.net.errors`, with a message that says what happened.
    """
    sink = io.BytesIO() if into is None else into
    start = sink.tell()
    with Deadline(limits.total_seconds) as deadline:
        call = _Call(
            limits=limits,
            ports=frozenset(allow_ports) | frozenset(DEFAULT_PORTS.values()),
            accept=accept,
            gate=gate,
            deadline=deadline,
            into=sink,
        )
        try:
            answer = _follow(url, call=call)
        except errors.FetchError:
            sink.seek(start)
            sink.truncate()
            raise
    return replace(answer, content=sink.getvalue()) if isinstance(sink, io.BytesIO) else answer


def _follow(url: str, *, call: _Call) -> Fetched:
    target = url
    for _ in range(call.limits.max_redirects + 1):
        answer = _ask(target, call=call)
        if isinstance(answer, Fetched):
            return answer
        target = answer
    limit = call.limits.max_redirects
    raise errors.TooManyRedirects(url, f"it redirects more than {limit} times")


def parse_address(url: str, *, ports: Collection[int] = (80, 443)) -> Url:
    """Read and check everything of an address that can be judged without the network.

    Returns:
        The normalized address: host in ASCII, path and query percent-encoded, no fragment.

    Raises:
        BadScheme, BadAddress, RefusedPort: see `newsroom.net.errors`.
    """
    text = url.strip()
    if "\\" in text or any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise errors.BadAddress(url, "it holds a backslash or a control character")
    scheme = text.partition(":")[0].lower()
    if scheme not in DEFAULT_PORTS:
        raise errors.BadScheme(url, "only http and https addresses are fetched")
    try:
        parsed = parse_url(text)
    except (LocationParseError, ValueError) as error:
        raise errors.BadAddress(url, "it cannot be read as an address") from error
    authority = re.split(r"[/?#]", text.partition("//")[2], maxsplit=1)[0]
    if parsed.auth is not None or "@" in authority:
        raise errors.BadAddress(url, "it holds a user name or password")
    if not parsed.host or parsed.scheme != scheme:
        raise errors.BadAddress(url, "it names no host")
    port = parsed.port if parsed.port is not None else DEFAULT_PORTS[scheme]
    if port not in ports:
        raise errors.RefusedPort(url, f"port {port} is not allowed")
    return parsed._replace(fragment=None, path=parsed.path or "/", port=port)


def _ask(url: str, *, call: _Call) -> Fetched | str:
    """Make one request; return the answer, or the address that it leads to."""
    target = parse_address(url, ports=call.ports)
    destination = Destination(
        _resolve_checked(target, call=call),
        connect_seconds=call.limits.connect_seconds,
        deadline=call.deadline,
    )
    request = requests.Request(
        "GET",
        _without_default_port(target).url,
        headers={
            "User-Agent": USER_AGENT,
            "Accept": call.accept,
            # Compressed answers are read, within the size limit, but not asked for.
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    ).prepare()
    adapter = CheckedAdapter(destination)
    try:
        with _named_errors(url, call=call):
            response = adapter.send(
                request,
                stream=True,
                # A second more than there is: the deadline's own shutdown comes first.
                timeout=(call.limits.connect_seconds, call.deadline.seconds_left + 1),
                verify=str(call.gate.ca_file) if call.gate.ca_file else True,
                proxies={},
            )
        location = response.headers.get("Location")
        if response.status_code in REDIRECTS and location:
            return _join(target.url, location)
        return _read(response, url=target.url, call=call)
    finally:
        adapter.close()


def _join(base: str, location: str) -> str:
    # requests hands header bytes over as Latin-1; many servers send UTF-8.
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        location = location.encode("latin-1").decode()
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise errors.BadAddress(location, "the redirect cannot be read as an address") from error


def _resolve_checked(target: Url, *, call: _Call) -> list[str]:
    """Resolve the host once; one refused address among several refuses them all."""
    url = target.url
    host = (target.host or "").strip("[]")
    seconds = min(call.limits.connect_seconds, call.deadline.seconds_left)
    try:
        found = call.gate.resolve(host, target.port or 0, seconds)
    except errors.FetchError as error:
        raise type(error)(url, error.reason) from error
    if not found:
        raise errors.UnknownHost(url, "the name has no address")
    addresses = []
    for text in found:
        try:
            address = parse_ip(text)
        except ValueError as error:
            raise errors.LookupFailed(url, f"the name server answered {text!r}") from error
        if reason := call.gate.refuse(address):
            raise errors.RefusedAddress(url, f"{host} is at {address}, {reason}")
        addresses.append(str(address))
    return addresses


def _read(response: requests.Response, *, url: str, call: _Call) -> Fetched:
    size = 0
    limit = call.limits.max_bytes
    if 200 <= response.status_code < 300:
        declared = response.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared[:20]) > limit:
            raise errors.TooLarge(url, f"it holds {declared[:20]} bytes, the limit is {limit}")
        for chunk in _stream(response, url=url, call=call):
            size += len(chunk)
            if size > limit:
                raise errors.TooLarge(url, f"it holds more than {limit} bytes")
            if call.deadline.has_passed:
                break
            call.into.write(chunk)
    # A connection shut by the deadline looks like a body that has ended.
    if call.deadline.has_passed:
        raise _too_slow(url, call=call)
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Fetched(
        url=url,
        status=response.status_code,
        content_type=content_type,
        content=b"",
        size=size,
        retry_after_seconds=_read_retry_after(response.headers.get("Retry-After")),
    )


def _stream(response: requests.Response, *, url: str, call: _Call) -> Iterator[bytes]:
    # A generator of its own, so that errors of the caller's file are not taken for
    # the network's.
    with _named_errors(url, call=call):
        yield from response.raw.stream(CHUNK_BYTES, decode_content=True)


@contextmanager
def _named_errors(url: str, *, call: _Call) -> Iterator[None]:
    """Turn the libraries' errors into ours."""
    try:
        yield
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        if call.deadline.has_passed:
            raise _too_slow(url, call=call) from error
        causes = _list_causes(error)
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            raise errors.BadCertificate(url, "its certificate is not valid for it") from error
        if any(_is_timeout(cause) for cause in causes):
            seconds = call.limits.connect_seconds
            raise errors.TooSlow(url, f"no connection within {seconds:g} s") from error
        if any(isinstance(cause, DecodeError | HTTPException) for cause in causes) and not any(
            isinstance(cause, IncompleteRead | RemoteDisconnected) for cause in causes
        ):
            raise errors.BadAnswer(url, "the answer cannot be read") from error
        raise errors.ConnectionFailed(url, "the connection failed or broke off") from error


def _is_timeout(cause: BaseException) -> bool:
    # A refused connection counts as a kind of time-out in urllib3 2.
    is_refused = isinstance(cause, NewConnectionError)
    return isinstance(cause, ConnectTimeoutError | TimeoutError) and not is_refused


def _too_slow(url: str, *, call: _Call) -> errors.TooSlow:
    return errors.TooSlow(url, f"the answer was not complete after {call.limits.total_seconds:g} s")


def _list_causes(error: BaseException) -> list[BaseException]:
    """List an error and what it came from, through `reason` and `args` of urllib3's too."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        current = waiting.pop()
        if isinstance(current, BaseException) and current not in found:
            found.append(current)
            waiting += [current.__cause__, current.__context__, getattr(current, "reason", None)]
            waiting += current.args
    return found


def _without_default_port(target: Url) -> Url:
    """Leave the port out of the Host header where browsers do."""
    if target.port == DEFAULT_PORTS.get(target.scheme or ""):
        return target._replace(port=None)
    return target


def _read_retry_after(value: str | None) -> float | None:
    """Read seconds or an HTTP date. Source: RFC 9110, section 10.2.3."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(moment.timestamp() - time.time(), 0.0)
