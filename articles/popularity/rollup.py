"""From journals to hourly rows, and from hourly rows to windows."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, DurationField, ExpressionWrapper, F, Sum, Value, When
from django.db.models.functions import Coalesce

from articles.pages.article import ArticlePage
from articles.popularity.journal import (
    JournalDamagedError,
    close_journals,
    journal_id,
    read_views,
    sum_by_hour,
)
from articles.popularity.models import ArticlePopularity, ArticleViews, CountedJournal

logger = logging.getLogger(__name__)

WINDOWS = {
    "views_1h": timedelta(hours=1),
    "views_24h": timedelta(hours=24),
    "views_7d": timedelta(days=7),
    "views_30d": timedelta(days=30),
}
BATCH_ROWS = 1000
JOURNALS_KNOWN_FOR = timedelta(days=90)

ADD_VIEWS = """
    INSERT INTO articles_articleviews (article_id, hour, views) VALUES (%s, %s, %s)
    ON CONFLICT (article_id, hour)
    DO UPDATE SET views = articles_articleviews.views + excluded.views
"""
ADD_TOTAL = """
    INSERT INTO articles_articlepopularity
        (article_id, base_views, views_total, views_1h, views_24h, views_7d, views_30d, trending)
    VALUES (%s, 0, %s, 0, 0, 0, 0, 0)
    ON CONFLICT (article_id)
    DO UPDATE SET views_total = articles_articlepopularity.views_total + excluded.views_total
"""


def journal_folder() -> Path:
    """Return where this machine's journals lie."""
    return Path(settings.NEWSROOM_JOURNAL_DIR)


def roll_up(*, now: datetime) -> int:
    """Count every journal of this machine, then refresh the windows.

    Safe to repeat and to interrupt: a journal's sums and its id go into one
    transaction, and its file is removed after that.

    Returns:
        Views added.
    """
    added = 0
    for path in close_journals(journal_folder()):
        try:
            added += count_journal(path, now=now)
        except JournalDamagedError as error:
            logger.error("%s", error)
            continue
        path.unlink(missing_ok=True)
    CountedJournal.objects.filter(counted_at__lt=now - JOURNALS_KNOWN_FOR).delete()
    refresh_windows(now=now)
    return added


def count_journal(path: Path, *, now: datetime) -> int:
    """Add a closed journal's views to the hourly totals, once.

    Returns:
        Views added; 0 for a journal that was counted before.
    """
    identity = journal_id(path)
    sums = sum_by_hour(read_views(path))
    with transaction.atomic():
        if CountedJournal.objects.filter(journal_id=identity).exists():
            return 0
        known = set(
            ArticlePage.objects.filter(pk__in={article for article, _ in sums})
            .order_by()
            .values_list("pk", flat=True)
        )
        rows = [
            (article, datetime.fromtimestamp(hour, tz=UTC), views)
            for (article, hour), views in sorted(sums.items())
            if article in known
        ]
        added = sum(views for _, _, views in rows)
        CountedJournal.objects.create(journal_id=identity, counted_at=now, views=added)
        add_views(rows)
    return added


def add_views(rows: Iterable[tuple[int, datetime, int]]) -> None:
    """Add (article id, hour, views) rows to the hourly buckets and the totals."""
    rows = list(rows)
    if not rows:
        return
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            ADD_VIEWS, [(article, adapt(hour), views) for article, hour, views in rows]
        )
        cursor.executemany(ADD_TOTAL, [(article, views) for article, _, views in rows])


def set_base_views(base: dict[int, int]) -> None:
    """Set the counts that another system had; they enter the total and no window."""
    with transaction.atomic():
        existing = {
            row.article_id: row for row in ArticlePopularity.objects.filter(article__in=base)
        }
        rows = []
        for article_id, views in base.items():
            row = existing.get(article_id) or ArticlePopularity(article_id=article_id)
            row.views_total += views - row.base_views
            row.base_views = views
            rows.append(row)
        ArticlePopularity.objects.bulk_create(
            rows,
            batch_size=BATCH_ROWS,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["base_views", "views_total"],
        )


def refresh_windows(*, now: datetime) -> None:
    """Derive the windows and the trending score from the hourly rows of 30 days."""
    recent = ArticleViews.objects.filter(hour__gt=now - WINDOWS["views_30d"])
    windows = {name: Coalesce(Sum(views_since(now - span)), 0) for name, span in WINDOWS.items()}
    rows: list[ArticlePopularity] = []
    for sums in recent.values("article_id").annotate(**windows).order_by().iterator():
        rows.append(ArticlePopularity(refreshed_at=now, **sums))
    scores = trending_scores(now=now)
    for row in rows:
        row.trending = scores.get(row.article_id, 0.0)
    with transaction.atomic():
        ArticlePopularity.objects.bulk_create(
            rows,
            batch_size=BATCH_ROWS,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=[*WINDOWS, "trending", "refreshed_at"],
        )
        ArticlePopularity.objects.filter(views_30d__gt=0, refreshed_at__lt=now).update(
            **dict.fromkeys(WINDOWS, 0), trending=0.0, refreshed_at=now
        )


def views_since(moment: datetime) -> Case:
    """Return an expression: the row's views when its hour is younger, else none."""
    return Case(When(hour__gt=moment, then=F("views")), default=Value(0))


def trending_scores(*, now: datetime) -> dict[int, float]:
    """Return views of the last week, halved for each half-life of their age."""
    half_life = timedelta(hours=settings.NEWSROOM_TRENDING_HALF_LIFE_HOURS)
    age = ExpressionWrapper(Value(now) - F("hour"), output_field=DurationField())
    rows = ArticleViews.objects.filter(hour__gt=now - WINDOWS["views_7d"]).annotate(age=age)
    scores: dict[int, float] = {}
    for article_id, views, row_age in rows.values_list("article_id", "views", "age").iterator():
        decay = 0.5 ** (max(row_age, timedelta()) / half_life)
        scores[article_id] = scores.get(article_id, 0.0) + views * decay
    return scores


def rebuild_totals() -> None:
    """Derive every total again from the hourly rows and the imported base."""
    sums = ArticleViews.objects.values("article_id").annotate(total=Sum("views")).order_by()
    counted = {row["article_id"]: row["total"] for row in sums.iterator()}
    for row in ArticlePopularity.objects.iterator():
        total = row.base_views + counted.get(row.article_id, 0)
        if total != row.views_total:
            ArticlePopularity.objects.filter(pk=row.pk).update(views_total=total)
