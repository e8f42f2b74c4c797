"""How long a search takes in an archive of N generated articles.

Fills an empty database of its own, then asks and prints percentiles:

    createdb newsroom_bench
    export DATABASE_URL=postgres://127.0.0.1/newsroom_bench VAR_DIR=$(mktemp -d)
    .venv/bin/python manage.py migrate
    .venv/bin/python -m benchmarks.search fill 100000
    .venv/bin/python -m benchmarks.search measure

The words follow Zipf's law over a vocabulary of 30,000, about 500 to an article, so that
each has common and rare ones; one article in fifty is unpublished.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.default")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from articles.models import ArticlePage, CategoryPage, HomePage  # noqa: E402
from articles.search.actions import rebuild  # noqa: E402

VOCABULARY = 30_000
WORDS_IN_A_BODY = 500
SYLLABLES = (
    *("ba", "ko", "li", "mu", "ne", "ra", "si", "to"),
    *("vu", "ze", "cha", "dro", "fel", "gan", "hin", "jor"),
)
LATEST = datetime(2026, 6, 30, tzinfo=UTC)
ROUNDS = 20
COMMON = ((20, 35), (46, 60), (80, 100), (30, 150), (10, 12))
"""Pairs of ranks whose words stand in 25 to 98 articles of a hundred."""


class Vocabulary:
    """Words by rank; drawn in proportion to 1/rank."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - measurements, not secrets
        self.words = [self._spell(rank) for rank in range(VOCABULARY)]
        self._sums = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def _spell(self, rank: int) -> str:
        letters = []
        rank += len(SYLLABLES)
        while rank:
            rank, digit = divmod(rank, len(SYLLABLES))
            letters.append(SYLLABLES[digit])
        return "".join(letters)

    def draw(self, count: int) -> str:
        total, sums = self._sums[-1], self._sums
        draw = self.random.random
        return " ".join(self.words[bisect(sums, draw() * total)] for _ in range(count))


def fill(count: int) -> None:
    """Add articles below a section, by cloning the rows of one."""
    home = HomePage.objects.get()
    section = home.add_child(instance=CategoryPage(title="Generated", slug="generated", live=True))
    first = section.add_child(
        instance=ArticlePage(title="First", live=True, published_at=LATEST - timedelta(days=9000))
    )
    tables = [(Page._meta.db_table, "id"), (ArticlePage._meta.db_table, "page_ptr_id")]
    rows = [_read_row(table, key, first.pk) for table, key in tables]
    vocabulary = Vocabulary()
    started = time.perf_counter()
    for start in range(1, count, 1000):
        changes = [
            _describe(number, vocabulary, section=section, first=first, count=count)
            for number in range(start, min(start + 1000, count))
        ]
        with transaction.atomic():
            for (table, _), row, position in zip(tables, rows, (0, 1), strict=True):
                _insert(table, [row | change[position] for change in changes])
        if start % 20_000 == 1:
            print(f"{start:,} articles in {time.perf_counter() - started:.0f} s")  # noqa: T201
    Page.objects.filter(pk=section.pk).update(numchild=count)
    started = time.perf_counter()
    indexed = rebuild()
    seconds = time.perf_counter() - started
    print(f"{indexed:,} indexed in {seconds:.0f} s, {indexed / seconds:.0f} a second")  # noqa: T201
    with connection.cursor() as cursor:
        cursor.execute("VACUUM" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _describe(
    number: int, vocabulary: Vocabulary, *, section: Page, first: Page, count: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    pk = first.pk + number
    title = vocabulary.draw(9)
    at = LATEST - timedelta(days=4000) * (1 - number / count)
    body = f"<p>{vocabulary.draw(WORDS_IN_A_BODY)}</p>"
    page = {
        "id": pk,
        "title": title,
        "draft_title": title,
        "slug": f"generated-{number}",
        "path": Page._get_path(section.path, section.depth + 1, number + 1),
        "url_path": f"{section.url_path}generated-{number}/",
        "translation_key": UUID(int=number + 1),
        "live": number % 50 != 7,
    }
    article = {
        "page_ptr_id": pk,
        "standfirst": vocabulary.draw(18),
        "published_at": at,
        "body": json.dumps([{"type": "paragraph", "value": body, "id": "1"}]),
        "word_count": WORDS_IN_A_BODY,
    }
    return page, article


def _read_row(table: str, key: str, pk: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [pk])  # noqa: S608
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _insert(table: str, rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    places = ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[_adapt(row[name]) for name in names] for row in rows])


def _adapt(value: Any) -> Any:
    if connection.vendor == "sqlite":
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
    return value


def questions() -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of searches with examples."""
    words = Vocabulary().words
    draw = random.Random(2)  # noqa: S311
    yield "one common word", [words[rank] for pair in COMMON for rank in pair]
    yield "two common words", [f"{words[a]} {words[b]}" for a, b in COMMON]
    yield "one of two common words", [f"{words[a]} OR {words[b]}" for a, b in COMMON]
    yield "common, not common", [f"{words[a]} -{words[b]}" for a, b in COMMON]
    yield "phrase of common words", [f'"{words[a]} {words[b]}"' for a, b in COMMON]
    rare = [words[draw.randrange(3000, VOCABULARY)] for _ in range(10)]
    yield "one rare word", rare
    yield "rare and common", [f"{word} {words[20]}" for word in rare]
    yield "unknown word", ["xylophonic", "qwertyuiop"]


def measure() -> None:
    """Ask every question several times and print milliseconds."""
    from articles.search.queries import Filters, find_articles

    now = timezone.now()
    print(f"{'':26} {'p50':>7} {'p95':>7} {'max':>7}  ms")  # noqa: T201
    for name, texts in questions():
        print_times(
            name,
            [
                (lambda text=text: find_articles(text, filters=Filters(), now=now))  # type: ignore[misc]
                for text in texts
            ],
        )


def print_times(name: str, calls: Sequence[Callable[[], object]]) -> None:
    """Print percentiles of the milliseconds that calls take, each made several times."""
    times = []
    for _ in range(ROUNDS):
        for call in calls:
            started = time.perf_counter()
            call()
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{name:26} {p50:7.1f} {p95:7.1f} {times[-1]:7.1f}")  # noqa: T201


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["fill", "measure"])
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    arguments = parser.parse_args()
    if arguments.step == "fill":
        fill(arguments.count)
    else:
        measure()


if __name__ == "__main__":
    main()
