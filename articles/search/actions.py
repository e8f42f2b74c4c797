"""Changes of the index. All of it can be made again from the articles (`rebuild`)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import connection, transaction

from articles.pages.article import ArticlePage
from articles.pages.visibility import ArticleQuerySet
from articles.search.backends.registry import get_backend
from articles.search.documents import read_documents
from articles.search.models import SearchEntry

BATCH = 500
"""Articles that are read and written at once."""

WRITER_LOCK = 0x7365617263
"""Key of PostgreSQL's advisory lock: the letters "searc"."""


def index_articles(article_ids: Collection[int]) -> int:
    """Bring articles' entries up to date; those that do not belong into the index leave it.

    One transaction for each `BATCH`, with at most seven statements. Safe to repeat and
    to run twice at once: whoever comes second reads what the first one has seen, or newer.

    Returns:
        How many of the articles are in the index afterwards.
    """
    ids = sorted(set(article_ids))
    return sum(_index_batch(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def index_some(articles: ArticleQuerySet, *, after_id: int) -> int | None:
    """Bring the first `BATCH` entries after an id up to date.

    Returns:
        The id to go on after; None when these were the last ones.
    """
    following = articles.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)
    ids = list(following[:BATCH])
    index_articles(ids)
    return ids[-1] if len(ids) == BATCH else None


def rebuild(*, after_id: int = 0, report: Callable[[int, int], None] | None = None) -> int:
    """Make the index again from the articles, in the order of their ids.

    Flat memory; a transaction for each `BATCH`. Searches go on meanwhile, and find what
    they found before until an article's turn comes. Safe to repeat.

    Args:
        after_id: go on after this article.
        report: called after each batch with the last id and the number of articles so far.

    Returns:
        How many articles were put into the index.
    """
    seen = indexed = 0
    articles = ArticlePage.objects.order_by("pk").values_list("pk", flat=True)
    while ids := list(articles.filter(pk__gt=after_id)[:BATCH]):
        indexed += index_articles(ids)
        after_id = ids[-1]
        seen += len(ids)
        if report:
            report(after_id, seen)
    return indexed


def _index_batch(ids: list[int]) -> int:
    with transaction.atomic():
        _wait_for_other_writers()
        documents = list(read_documents(ids))
        if documents:
            get_backend().write(documents)
        gone = set(ids) - {document.article_id for document in documents}
        if gone:
            SearchEntry.objects.filter(pk__in=gone).delete()
    return len(documents)


def _wait_for_other_writers() -> None:
    """Let one writer at a time read and write, or an older state could overwrite a newer one.

    SQLite needs nothing: its transactions are IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])
