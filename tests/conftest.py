"""Fixtures that every room's tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Site

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that commits the rows back that migrations made (home page, roles)."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        names = getattr(item, "fixturenames", [])
        commits = {"transactional_db", "live_server"} & set(names)
        if commits or (marker and marker.kwargs.get("transaction")):
            names.append("django_db_serialized_rollback")


@pytest.fixture(autouse=True)
def _fresh_site_paths() -> None:
    """Forget remembered site roots: a rolled-back test must not leave them behind."""
    Site.clear_site_root_paths_cache()


@pytest.fixture
def home(db: None) -> HomePage:
    """The home page that migrations left."""
    return HomePage.objects.get()


@pytest.fixture
def section(home: HomePage) -> CategoryPage:
    """Technology, below home."""
    return make_category("Technology", parent=home)


@pytest.fixture
def subsection(section: CategoryPage) -> CategoryPage:
    """Technology › Artificial intelligence."""
    return make_category("Artificial intelligence", parent=section)


@pytest.fixture
def make_article(section: CategoryPage) -> Callable[..., ArticlePage]:
    """Make a live article in Technology; keyword arguments as `factories.pages.make_article`."""

    def make(**kwargs: Any) -> ArticlePage:
        return build_article(**{"parent": section, **kwargs})

    return make
