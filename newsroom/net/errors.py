"""What can go wrong when the site asks another one for something."""

from __future__ import annotations


class FetchError(Exception):
    """A request that brought nothing usable.

    The message is one sentence for a report, with the address in it.
    `is_temporary` says whether the same request may succeed later.
    """

    is_temporary = False

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{_printable(url)}: {reason}")
        self.url = url
        self.reason = reason


class BadScheme(FetchError):
    """The address is neither http nor https."""


class BadAddress(FetchError):
    """The address cannot be read, or holds a user name, or has no host."""


class RefusedPort(FetchError):
    """The port is neither 80 nor 443 nor one that the caller allowed."""


class RefusedAddress(FetchError):
    """The host is, or leads to, an address that is not on the public internet."""


class UnknownHost(FetchError):
    """The host's name has no address."""


class LookupFailed(FetchError):
    """The name server gave no answer in time, or could not say."""

    is_temporary = True


class ConnectionFailed(FetchError):
    """The connection was refused or broke off."""

    is_temporary = True


class BadCertificate(FetchError):
    """The server could not prove that it is the host that was asked for."""


class TooSlow(FetchError):
    """The connection or the whole answer took longer than its limit."""

    is_temporary = True


class TooLarge(FetchError):
    """The answer holds more bytes than its limit."""


class TooManyRedirects(FetchError):
    """The answer leads on and on."""


class BadAnswer(FetchError):
    """The answer is not HTTP, or cannot be decoded."""


def _printable(url: str) -> str:
    """Make an address safe for a terminal and a log line, at most 300 characters."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in url)
    return text if len(text) <= 300 else f"{text[:297]}..."
