"""Files from the web: only from the archive's hosts, politely, and not for ever."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from functools import partial
from typing import IO, BinaryIO, cast

from articles.imports.pictures.addresses import files_hosts, host_of
from articles.imports.pictures.sources import HostLeft, NotHad
from newsroom.net import errors
from newsroom.net.client import Fetched, Gate, Limits, fetch
from newsroom.net.retries import RetryPolicy, fetch_with_retries

REQUESTS_PER_HOST = 4
FAILURES_IN_A_ROW = 20
"""After so many a host is left for later."""

ACCEPT = "image/avif,image/webp,image/*;q=0.9,audio/*,video/*,application/pdf,*/*;q=0.5"
LIMITS, POLICY, GATE = Limits(), RetryPolicy(), Gate()

_REFUSALS = (
    errors.BadScheme,
    errors.BadAddress,
    errors.RefusedPort,
    errors.RefusedAddress,
    errors.TooLarge,
)


class Stopped(Exception):
    """The run is to end: the download was given up between two attempts."""


class Web:
    """Downloads through the guarded client, from several threads."""

    name = "fetch"

    def __init__(
        self,
        hosts: Collection[str],
        *,
        limits: Limits = LIMITS,
        policy: RetryPolicy = POLICY,
        gate: Gate = GATE,
        ports: Collection[int] = (),
    ) -> None:
        """Take the hosts, without `www.`, that files may come from.

        Args:
            hosts: those of the archive, and what the operator allowed.
            limits: of one request.
            policy: how often a failing request is repeated.
            gate: the client's; production uses the default.
            ports: allowed besides 80 and 443.
        """
        self.hosts = {host_of(f"//{host}") for host in hosts}
        self.hosts |= {other for host in self.hosts for other in files_hosts(host)}
        self.policy = policy
        self.ask = partial(fetch, limits=limits, gate=gate, allow_ports=ports, accept=ACCEPT)
        self.stopping = threading.Event()
        self.left: set[str] = set()
        """Hosts that are asked no more."""
        self._failures: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._places: dict[str, threading.Semaphore] = defaultdict(
            lambda: threading.Semaphore(REQUESTS_PER_HOST)
        )

    def get(self, url: str, *, into: IO[bytes]) -> None:
        host = host_of(url)
        if host not in self.hosts:
            raise NotHad(
                "refused",
                f"{host or 'its address'} is not a host of the archive: allow it with "
                f"--media-host {host}",
                is_final=False,
            )
        with self._lock:
            place = self._places[host]
        with place:
            if host in self.left:
                raise HostLeft(host)
            outcome = self._fetch(url, into=into)
            self._keep_count(host, outcome)
        if isinstance(outcome, errors.FetchError):
            raise NotHad(
                "refused" if isinstance(outcome, _REFUSALS) else "failed",
                outcome.reason,
                is_final=not _blames_host(outcome),
            )
        if not 200 <= outcome.status < 300:
            raise NotHad(
                "failed", f"the answer was {outcome.status}", is_final=not _blames_host(outcome)
            )

    def _fetch(self, url: str, *, into: IO[bytes]) -> Fetched | errors.FetchError:
        ask: Callable[[str], Fetched] = partial(self.ask, into=cast(BinaryIO, into))
        try:
            return fetch_with_retries(url, policy=self.policy, ask=ask, sleep=self._sleep)
        except errors.FetchError as error:
            return error

    def _sleep(self, seconds: float) -> None:
        if self.stopping.wait(seconds):
            raise Stopped

    def _keep_count(self, host: str, outcome: Fetched | errors.FetchError) -> None:
        """Count failures of the host in a row; an answer about one file ends the row."""
        with self._lock:
            self._failures[host] = self._failures[host] + 1 if _blames_host(outcome) else 0
            if self._failures[host] >= FAILURES_IN_A_ROW:
                self.left.add(host)


def _blames_host(outcome: Fetched | errors.FetchError) -> bool:
    """Tell whether a failure is the host's, and not that of one file: it may pass."""
    if isinstance(outcome, Fetched):
        return outcome.status == 429 or outcome.status >= 500
    return outcome.is_temporary or isinstance(outcome, errors.UnknownHost | errors.BadCertificate)
