"""What readers read most."""

from __future__ import annotations

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
