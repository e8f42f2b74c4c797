"""What a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Exists, F, JSONField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from articles.pages.article import ArticlePage
from articles.people.models import Byline
from articles.search.backends.base import Match
from articles.search.backends.registry import get_backend
from articles.search.documents import read_body
from articles.search.models import SearchEntry
from articles.search.parsing import ParsedQuery, parse_query

AUTHORS_OFFERED = 30
"""Authors by whom a search can be narrowed: those of most of what it found."""

Sort = Literal["relevance", "newest"]

RANKED_AT_MOST = 400
"""Newest matches that are ranked, and as many again of those outside the body."""

LISTED_AT_MOST = 1000
"""Matches that can be paged through when they are sorted by date."""

RECENCY_HALF_LIFE = timedelta(days=60)
RECENCY_WEIGHT = 1.5
"""What news of today adds to the rank of its words, as a part of it; half after each
half-life. An old headline still comes before a fresh mention in a body."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; moments are aware, `until` is excluded."""

    kind: str = ""
    section_ids: tuple[int, ...] = ()
    """A section and its descendants; empty: all."""
    author_slug: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Articles that readers may see, the best first. `has_more`: further ones exist, unlisted."""

    article_ids: list[int] = field(default_factory=list)
    has_more: bool = False


def find_articles(
    text: str, *, filters: Filters, now: datetime, sort: Sort = "relevance"
) -> tuple[ParsedQuery, Found]:
    """Return what a reader's words find, and how they were understood.

    A constant number of queries, and bounded work whatever the words are.

    Args:
        text: as typed.
        filters: what narrows the search.
        now: the moment whose rule of visibility holds, and from which recency counts.
        sort: by relevance, or the newest first.

    Raises:
        UnsearchableError: see `articles.search.parsing.parse_query`.
    """
    query = parse_query(text)
    entries = filter_entries(filters)
    backend = get_backend()
    if sort == "newest":
        matches, has_more = backend.find_newest(query, entries=entries, limit=LISTED_AT_MOST)
    else:
        matches, has_more = backend.find_best(query, entries=entries, limit=RANKED_AT_MOST)
        matches.sort(key=lambda match: _score(match, now=now), reverse=True)
    ids = [match.article_id for match in matches]
    visible = set(
        ArticlePage.objects.visible_to_readers(now=now)
        .filter(pk__in=ids)
        .order_by()
        .values_list("pk", flat=True)
    )
    return query, Found([pk for pk in ids if pk in visible], has_more)


def filter_entries(filters: Filters) -> QuerySet[SearchEntry]:
    """Return the entries that a search is narrowed to."""
    entries = SearchEntry.objects.all()
    if filters.kind:
        entries = entries.filter(kind=filters.kind)
    if filters.section_ids:
        further = ArticlePage.further_categories.through.objects.filter(
            articlepage=OuterRef("pk"), categorypage__in=filters.section_ids
        )
        entries = entries.filter(Q(section__in=filters.section_ids) | Exists(further))
    if filters.author_slug:
        signed = Byline.objects.filter(article=OuterRef("pk"), author__slug=filters.author_slug)
        entries = entries.filter(Exists(signed))
    if filters.since:
        entries = entries.filter(published_at__gte=filters.since)
    if filters.until:
        entries = entries.filter(published_at__lt=filters.until)
    return entries


def count_authors(article_ids: Sequence[int]) -> list[tuple[str, str, int]]:
    """Return who signed articles the most: (name, slug, how many). One query.

    Args:
        article_ids: of articles that readers may see.
    """
    if not article_ids:
        return []
    signed = Byline.objects.filter(article__in=article_ids).order_by()
    rows = signed.values("author").annotate(count=Count("article", distinct=True))
    authors = rows.order_by("-count", "author__name", "author")
    return list(authors.values_list("author__name", "author__slug", "count")[:AUTHORS_OFFERED])


def read_bodies(article_ids: Sequence[int]) -> dict[int, str]:
    """Return the plain texts of articles that readers may see. One query, none without ids."""
    if not article_ids:
        return {}
    articles = ArticlePage.objects.filter(pk__in=article_ids).order_by()
    raw = articles.annotate(raw_body=Cast(F("body"), JSONField())).values_list("pk", "raw_body")
    return {pk: read_body(body) for pk, body in raw}


def _score(match: Match, *, now: datetime) -> tuple[float, datetime, int]:
    age = max(now - match.published_at, timedelta())
    recency = RECENCY_WEIGHT * 0.5 ** (age / RECENCY_HALF_LIFE)
    return (match.text_rank * (1 + recency), match.published_at, match.article_id)
