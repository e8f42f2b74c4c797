"""What was published when; every query starts from what readers may see."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from articles.listings.days import Period, year_period
from articles.pages.article import ArticlePage
from articles.pages.visibility import ArticleQuerySet

MOST_YEARS = 200
"""How far back the list of years goes; a slip of the pen must not fill it."""


def articles_of(period: Period, *, zone: ZoneInfo, now: datetime) -> ArticleQuerySet:
    """Return the articles of whole days in a zone, the newest first."""
    start, end = period.bounds(zone)
    articles = ArticlePage.objects.visible_to_readers(now=now).newest_first()
    return articles.filter(published_at__gte=start, published_at__lt=end)


def count_by_day(period: Period, *, zone: ZoneInfo, now: datetime) -> dict[date, int]:
    """Return how many articles each day has; days without any are left out. One query."""
    articles = articles_of(period, zone=zone, now=now)
    days = articles.annotate(day=TruncDate("published_at", tzinfo=zone)).order_by()
    return dict(days.values("day").annotate(count=Count("pk")).values_list("day", "count"))


def count_by_month(period: Period, *, zone: ZoneInfo, now: datetime) -> dict[date, int]:
    """Return how many articles each month has, by its first day. One query."""
    articles = articles_of(period, zone=zone, now=now)
    months = articles.annotate(month=TruncMonth("published_at", tzinfo=zone)).order_by()
    rows = months.values("month").annotate(count=Count("pk")).values_list("month", "count")
    return {month.date(): count for month, count in rows}


def find_neighbors(
    period: Period, *, zone: ZoneInfo, now: datetime
) -> tuple[date | None, date | None]:
    """Return the nearest days with articles before and after a period. Two queries."""
    start, end = period.bounds(zone)
    articles = ArticlePage.objects.visible_to_readers(now=now)
    before = articles.filter(published_at__lt=start).newest_first()
    after = articles.filter(published_at__gte=end).order_by("published_at", "pk")
    return _day_of_first(before, zone=zone), _day_of_first(after, zone=zone)


def list_years(*, zone: ZoneInfo, now: datetime) -> list[int]:
    """Return the years that have articles, the latest first.

    Three queries, however many articles there are: none is counted.
    """
    articles = ArticlePage.objects.visible_to_readers(now=now)
    latest = _day_of_first(articles.newest_first(), zone=zone)
    earliest = _day_of_first(articles.order_by("published_at", "pk"), zone=zone)
    if latest is None or earliest is None:
        return []
    between = range(latest.year, max(earliest.year, latest.year - MOST_YEARS) - 1, -1)
    has_any = {
        f"year_{year}": Exists(articles_of(year_period(year), zone=zone, now=now))
        for year in between
    }
    # One row, whichever: each column is an answer of its own.
    answers = articles.newest_first().annotate(**has_any).values_list(*has_any)[:1]
    return [year for year, has in zip(between, answers[0], strict=True) if has]


def _day_of_first(articles: ArticleQuerySet, *, zone: ZoneInfo) -> date | None:
    moment = articles.values_list("published_at", flat=True)[:1]
    return next((timezone.localtime(at, zone).date() for at in moment if at), None)
