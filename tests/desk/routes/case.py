"""Who walks a route, and where; and the list of all routes.

A route takes a `Case` and tells whether it did what it is there for. It brings what it
changes into being itself, owned by the account of the case unless its name says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from tests.factories.pages import make_article

ROUTES: dict[str, Callable[[Case], bool]] = {}


@dataclass
class Case:
    """Who acts, and where."""

    client: Client
    user: Any
    section: CategoryPage
    elsewhere: CategoryPage

    def article(self, **fields: Any) -> ArticlePage:
        return make_article(**{"parent": self.section, "owner": self.user, **fields})

    def draft(self, **fields: Any) -> ArticlePage:
        return self.article(live=False, **fields)

    def post(self, view: str, /, *args: Any, query: str = "", **data: Any) -> Any:
        response = self.client.post(reverse(view, args=args) + query, data)
        assert response.status_code < 500
        return response

    def bulk(self, action: str, page: Page, **data: Any) -> Any:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return self.client.post(f"{url}?id={page.pk}", data)

    def api(self, action: str, page: Page, **data: Any) -> Any:
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
        return self.client.post(url, data, content_type="application/json")


def route(function: Callable[[Case], bool]) -> Callable[[Case], bool]:
    ROUTES[function.__name__] = function
    return function


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def is_scheduled(page: Page) -> bool:
    return Revision.page_revisions.filter(
        object_id=str(page.pk), approved_go_live_at__isnull=False
    ).exists()


def exists(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()
