"""Pages for tests, made through Wagtail's own API."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage

numbers = count(1)


def make_category(title: str, *, parent: Page, **fields: Any) -> CategoryPage:
    """Make a live section below a page."""
    return Page.objects.get(pk=parent.pk).add_child(
        instance=CategoryPage(title=title, live=True, **fields)
    )


def make_article(
    *, parent: Page, title: str = "", live: bool = True, tags: tuple[str, ...] = (), **fields: Any
) -> ArticlePage:
    """Make an article with one paragraph; live ones are published now, unless told otherwise."""
    number = next(numbers)
    fields.setdefault("body", [("paragraph", f"<p>Text of article {number}.</p>")])
    if live:
        fields.setdefault("published_at", timezone.now())
        fields.setdefault("first_published_at", fields["published_at"])
    article = ArticlePage(title=title or f"Headline {number}", live=live, **fields)
    if tags:
        article.tags.add(*tags)
    return Page.objects.get(pk=parent.pk).add_child(instance=article)
