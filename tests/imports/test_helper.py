"""Bodies are the same whoever cleans them, and a helper that dies is not missed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from articles.imports.helper import Cleaning
from articles.imports.items import ArticleItem

ITEMS = [
    ArticleItem(f"g#{number}", "Title", body=f"<p>Text {number}</p>", body_flavor="html")
    for number in range(3)
]


@pytest.fixture
def helped() -> Iterator[Cleaning]:
    cleaning = Cleaning(base_url="https://old.example", with_helper=True)
    yield cleaning
    cleaning.close()


def test_a_helper_gives_what_this_process_gives(helped: Cleaning) -> None:
    here = Cleaning(base_url="https://old.example")
    assert helped.begin(ITEMS)() == here.begin(ITEMS)()
    assert helped.begin([])() == []


def test_a_helper_that_was_killed_is_not_missed(helped: Cleaning) -> None:
    expected = helped.begin(ITEMS)()
    pid = helped._process.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    helped._process.join()
    assert helped.begin(ITEMS)() == expected
    assert helped.begin(ITEMS)() == expected


def test_the_helper_ends_with_its_pipe(helped: Cleaning) -> None:
    process = helped._process
    helped.close()
    assert process.exitcode == 0
