"""Counted views: hourly buckets, and the windows derived from them."""

from __future__ import annotations

from django.db import models


class ArticleViews(models.Model):
    """Views of one article within one hour (UTC, `hour` is its beginning)."""

    article = models.ForeignKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="hourly_views"
    )
    hour = models.DateTimeField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "hour"], name="views_one_row_per_article_and_hour"
            ),
        ]
        indexes = [models.Index(fields=["hour", "article"], name="views_by_hour")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.hour:%Y-%m-%d %H}h: {self.views}"


class CountedJournal(models.Model):
    """A journal of views that has been summed: it is never counted twice."""

    journal_id = models.UUIDField(unique=True)
    counted_at = models.DateTimeField()
    views = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.journal_id)


class ArticlePopularity(models.Model):
    """Windows over an article's views; derived, can be rebuilt from `ArticleViews`.

    `views_total` includes `base_views`, the count that another system had when the
    article was imported; the other windows do not. `trending` is an exponentially
    decayed count.
    """

    article = models.OneToOneField(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        related_name="popularity",
        primary_key=True,
    )
    base_views = models.PositiveBigIntegerField(default=0)
    views_total = models.PositiveBigIntegerField(default=0)
    views_1h = models.PositiveIntegerField(default=0)
    views_24h = models.PositiveIntegerField(default=0)
    views_7d = models.PositiveIntegerField(default=0)
    views_30d = models.PositiveIntegerField(default=0)
    trending = models.FloatField(default=0)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-views_24h", "-article"], name="popular_day"),
            models.Index(fields=["-views_7d", "-article"], name="popular_week"),
            models.Index(fields=["-views_30d", "-article"], name="popular_month"),
            models.Index(fields=["-views_total", "-article"], name="popular_ever"),
            models.Index(fields=["-trending", "-article"], name="popular_trending"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.views_total}"
