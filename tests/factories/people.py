"""Authors for tests."""

from __future__ import annotations

from typing import Any

from articles.pages.article import ArticlePage
from articles.people.models import Author, Byline
from articles.text.slugs import slugify


def make_author(name: str, *articles: ArticlePage, role: str = "by", **fields: Any) -> Author:
    """Make an author who signed some articles."""
    author = Author.objects.create(name=name, **{"slug": slugify(name)} | fields)
    for article in articles:
        Byline.objects.create(article=article, author=author, role=role)
    return author
