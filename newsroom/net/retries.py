"""When to ask again, and how long to wait before."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from newsroom.net.client import Fetched, fetch
from newsroom.net.errors import FetchError


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Growing pauses after answers that may be better next time.

    Servers' errors (5xx), 429 and temporary failures of the connection are tried
    again; 403, 404, 410 and refusals of our own are final.
    """

    attempts: int = 4
    """Requests in all, the first one included."""
    first_pause_seconds: float = 1
    longest_pause_seconds: float = 60
    """A server that asks for more than this is not asked again."""

    def find_pause(
        self, outcome: Fetched | FetchError, *, attempt: int, jitter: float = 0
    ) -> float | None:
        """Give the seconds to wait before the next request, None when there is none.

        Args:
            outcome: what the request brought.
            attempt: number of the request that brought it, from 1.
            jitter: 0 to 1, lengthens the pause by up to a half, so that many jobs that
                failed together do not come back together.
        """
        if attempt >= self.attempts or not is_worth_retrying(outcome):
            return None
        pause: float = self.first_pause_seconds * 2.0 ** (attempt - 1) * (1 + jitter / 2)
        pause = min(pause, self.longest_pause_seconds)
        asked = outcome.retry_after_seconds if isinstance(outcome, Fetched) else None
        if asked is None:
            return pause
        return None if asked > self.longest_pause_seconds else max(asked, pause)


def is_worth_retrying(outcome: Fetched | FetchError) -> bool:
    """Say whether the same request may bring something better later."""
    if isinstance(outcome, FetchError):
        return outcome.is_temporary
    return outcome.status == 429 or outcome.status >= 500


def fetch_with_retries(
    url: str,
    *,
    policy: RetryPolicy = RetryPolicy(),
    ask: Callable[[str], Fetched] = fetch,
    sleep: Callable[[float], None] = time.sleep,
    get_jitter: Callable[[], float] = random.random,
) -> Fetched:
    """Get what is behind an address, with pauses and further attempts.

    Args:
        url: see `newsroom.net.client.fetch`.
        policy: how often and how long.
        ask: makes one request; `functools.partial(fetch, limits=...)` to set more.
        sleep: waits that many seconds.
        get_jitter: a number from 0 to 1.

    Returns:
        The first final answer, or the last one.

    Raises:
        FetchError: the first final failure, or the last one.
    """
    attempt = 1
    while True:
        outcome: Fetched | FetchError
        try:
            outcome = ask(url)
        except FetchError as error:
            outcome = error
        pause = policy.find_pause(outcome, attempt=attempt, jitter=get_jitter())
        if pause is None:
            if isinstance(outcome, FetchError):
                raise outcome
            return outcome
        sleep(pause)
        attempt += 1
