"""Topics that readers may meet: those of an article that they may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from articles.pages.article import ArticlePage
from articles.reading.addresses import topic_url
from articles.reading.frame import Link
from articles.tags.models import TaggedArticle, Topic

RELATED_TOPICS = 8


def topics_with_articles(*, now: datetime) -> QuerySet[Topic]:
    """Return the topics that have articles, by name."""
    visible = ArticlePage.objects.visible_to_readers(now=now).filter(
        tagged_items__tag=OuterRef("pk")
    )
    return Topic.objects.filter(Exists(visible)).order_by("name", "pk")


def list_related_topics(topic_id: int, *, article_ids: Sequence[int]) -> list[Link]:
    """Return the other topics of some articles, the most frequent first. One query.

    Args:
        topic_id: the topic that is left out.
        article_ids: of articles that readers may see.
    """
    rows = (
        TaggedArticle.objects.filter(content_object__in=article_ids)
        .exclude(tag=topic_id)
        .values("tag")
        .annotate(count=Count("pk"))
        .order_by("-count", "tag__name")
        .values_list("tag__name", "tag__slug")
    )
    return [(name, topic_url(slug)) for name, slug in rows[:RELATED_TOPICS]]
