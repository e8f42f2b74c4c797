"""Fixtures of rendered pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.navigation.models import NewsroomSettings
from articles.people.models import Author, Byline
from articles.popularity.models import ArticlePopularity
from tests.factories.images import make_image, make_renditions
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category


@pytest.fixture(autouse=True)
def _own_counts() -> Iterator[None]:
    """Forget the counts of long lists: ids come again after a test is rolled back."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_time() -> Iterator[None]:
    """End the time zone that a page's facts have activated outside a request."""
    with timezone.override(None):
        yield


@pytest.fixture
def outlet(db: None) -> NewsroomSettings:
    """The settings that migrations left, with names."""
    outlet = NewsroomSettings.objects.get()
    outlet.outlet_name = "The Daily Internationalist"
    outlet.agency_code = "TDI"
    outlet.save()
    return outlet


@pytest.fixture
def count_queries() -> Callable[..., Any]:
    """Return a context manager that yields the captured queries."""

    @contextmanager
    def capture() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as queries:
            yield queries

    return capture


@pytest.fixture
def make_archive(home: Any) -> Callable[[int], list[Any]]:
    """Make articles with everything that could cost a query each, in sections of two levels."""

    def make(count: int) -> list[Any]:
        image = make_image()
        make_renditions(image, slot="lead")
        make_renditions(image, slot="thumb")
        sections = []
        for title in ("World", "Politics", "Opinion"):
            top = make_category(title, parent=home)
            sections += [top, make_category(f"{title} below", parent=top)]
        articles = []
        for number in range(count):
            article = build_article(
                parent=sections[number % len(sections)],
                lead_image=image,
                kind="opinion" if number % len(sections) > 3 else "news",
                tags=("Alpha", f"Topic {number % 7}"),
            )
            author, _ = Author.objects.get_or_create(
                slug=f"author-{number % 5}",
                defaults={"name": f"Author {number % 5}", "portrait": image, "role": "Writer"},
            )
            Byline.objects.create(article=article, author=author)
            ArticlePopularity.objects.create(
                article=article, views_24h=number + 1, views_7d=2 * number + 1
            )
            articles.append(article)
        return articles

    return make
