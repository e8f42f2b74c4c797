"""Authors whom readers may meet: those of an article that they may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from articles.pages.article import ArticlePage
from articles.people.models import Author


def authors_with_articles(*, now: datetime) -> QuerySet[Author]:
    """Return the authors of articles, by name."""
    visible = ArticlePage.objects.visible_to_readers(now=now).filter(bylines__author=OuterRef("pk"))
    return Author.objects.filter(Exists(visible)).order_by("name", "pk")
