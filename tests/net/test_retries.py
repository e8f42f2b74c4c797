import email.utils
import time

import pytest

from newsroom.net import errors
from newsroom.net.client import Fetched, fetch
from newsroom.net.retries import RetryPolicy, fetch_with_retries
from tests.net.servers import always, open_gate, reply, serve

URL = "https://news.example/a.jpg"


def answered(status, *, retry_after=None):
    return Fetched(
        url=URL, status=status, content_type="", content=b"", retry_after_seconds=retry_after
    )


def run(*outcomes, **options):
    """Give the outcomes in turn; return the result, or error, and the pauses made."""
    waiting = list(outcomes)
    pauses = []

    def ask(url):
        outcome = waiting.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    try:
        result = fetch_with_retries(
            URL, ask=ask, sleep=pauses.append, get_jitter=lambda: 0, **options
        )
    except errors.FetchError as error:
        result = error
    return result, pauses


@pytest.mark.parametrize("status", [200, 304, 400, 401, 403, 404, 410])
def test_final_answer_is_not_asked_for_again(status):
    result, pauses = run(answered(status))
    assert (result.status, pauses) == (status, [])


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_status_is_asked_for_again_with_growing_pauses(status):
    result, pauses = run(answered(status), answered(status), answered(200))
    assert (result.status, pauses) == (200, [1, 2])


@pytest.mark.parametrize("kind", [errors.TooSlow, errors.ConnectionFailed, errors.LookupFailed])
def test_temporary_failure_is_tried_again(kind):
    result, pauses = run(kind(URL, "x"), answered(200))
    assert (result.status, pauses) == (200, [1])


@pytest.mark.parametrize(
    "kind",
    [
        errors.RefusedAddress,
        errors.TooLarge,
        errors.BadScheme,
        errors.UnknownHost,
        errors.BadCertificate,
        errors.TooManyRedirects,
    ],
)
def test_refusal_is_final(kind):
    result, pauses = run(kind(URL, "x"))
    assert type(result) is kind
    assert pauses == []


def test_last_failure_is_given_when_attempts_are_used_up():
    result, pauses = run(*[errors.TooSlow(URL, "x")] * 4)
    assert isinstance(result, errors.TooSlow)
    assert pauses == [1, 2, 4]


def test_server_may_ask_for_a_longer_pause():
    _, pauses = run(answered(503, retry_after=30), answered(200))
    assert pauses == [30]


def test_server_that_asks_for_too_long_a_pause_is_left_alone():
    result, pauses = run(answered(429, retry_after=3600))
    assert (result.status, pauses) == (429, [])


def test_jitter_lengthens_the_pause_by_at_most_a_half():
    policy = RetryPolicy()
    assert policy.find_pause(answered(500), attempt=1, jitter=1) == 1.5


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("120", 120, 120),
        ("in 100 seconds", 60, 100),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("soon", None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(header, low, high):
    if header == "in 100 seconds":
        header = email.utils.formatdate(time.time() + 100, usegmt=True)
    answer = reply(status="503 Busy", headers={"Retry-After": header})
    with serve(always(answer)) as s:
        seconds = fetch(
            f"http://news.example:{s.port}/", allow_ports={s.port}, gate=open_gate()
        ).retry_after_seconds
    if low is None:
        assert seconds is None
    else:
        assert low <= seconds <= high
