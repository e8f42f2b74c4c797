"""What readers read most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from articles.pages.article import ArticleKind, ArticlePage
from articles.pages.category import CategoryPage
from articles.popularity.models import ArticlePopularity

Window = Literal["1h", "24h", "7d", "30d", "total", "trending"]

COLUMNS: dict[str, str] = {
    "1h": "views_1h",
    "24h": "views_24h",
    "7d": "views_7d",
    "30d": "views_30d",
    "total": "views_total",
    "trending": "trending",
}


def list_most_popular(window: str, *, category_id: int | None = None, limit: int = 5) -> list[int]:
    """Return ids of the articles read most within a window, the first one first.

    Only what readers may see; press releases never. A category includes its
    sub-sections. Ties: the newer article first. One query, two with a category.

    Args:
        window: a key of `COLUMNS`.
        category_id: of a CategoryPage; None for the whole site.
        limit: how many at most.
    """
    column = COLUMNS[window]
    articles = ArticlePage.objects.visible_to_readers().exclude(kind=ArticleKind.PRESS_RELEASE)
    if category_id is not None:
        category = CategoryPage.objects.filter(pk=category_id).values_list("path", flat=True)
        articles = articles.filter(path__startswith=category.first() or "-")
    return list(
        articles.filter(**{f"popularity__{column}__gt": 0})
        .order_by(f"-popularity__{column}", "-published_at", "-pk")
        .values_list("pk", flat=True)[:limit]
    )


def list_most_popular_by_window(
    windows: Sequence[str],
    *,
    section_ids: Collection[int] | None = None,
    limit: int = 5,
    now: datetime | None = None,
) -> dict[str, list[int]]:
    """Return ids of the articles read most within each of several windows, in one query.

    As `list_most_popular`; of each window's first `5 * limit` those remain that readers
    may see, so that the time does not grow with the archive.

    Args:
        windows: keys of `COLUMNS`.
        section_ids: of a section and those below it; None for the whole site.
        limit: how many at most for each window.
        now: the moment of visibility, default the present.
    """
    read = ArticlePopularity.objects.order_by()
    if section_ids is not None:
        read = read.filter(article__section__in=section_ids)
    leaders = [
        ArticlePopularity.objects.order_by()
        .filter(
            pk__in=read.filter(**{f"{COLUMNS[window]}__gt": 0})
            .order_by(f"-{COLUMNS[window]}", "-article")
            .values("pk")[: 5 * limit]
        )
        .values("pk")
        for window in windows
    ]
    rows = list(
        ArticlePage.objects.visible_to_readers(now=now)
        .exclude(kind=ArticleKind.PRESS_RELEASE)
        .filter(pk__in=leaders[0].union(*leaders[1:]) if leaders[1:] else leaders[0])
        .order_by("-published_at", "-pk")
        .values_list("pk", *(f"popularity__{COLUMNS[window]}" for window in windows))
    )
    popular: dict[str, list[int]] = {}
    for place, window in enumerate(windows, start=1):
        ranked = sorted((row for row in rows if row[place] > 0), key=lambda row: -row[place])
        popular[window] = [row[0] for row in ranked[:limit]]
    return popular


def get_views(article_ids: list[int] | None = None) -> dict[int, dict[str, int]]:
    """Return totals and windows by article: `{id: {"total", "24h", "7d", "30d"}}`.

    The total includes what was imported; articles that were never viewed are left
    out unless they are asked for by id.
    """
    rows = ArticlePopularity.objects.order_by("article_id")
    if article_ids is not None:
        rows = rows.filter(article__in=article_ids)
    views = {
        row.article_id: {
            "total": row.views_total,
            "24h": row.views_24h,
            "7d": row.views_7d,
            "30d": row.views_30d,
        }
        for row in rows.iterator()
    }
    for article_id in article_ids or ():
        views.setdefault(article_id, {"total": 0, "24h": 0, "7d": 0, "30d": 0})
    return views
