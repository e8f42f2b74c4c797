"""Who fills a page's template: a room above registers a presenter for each page type.

Pages know nothing of related articles, popularity or menus; the room that does
(`articles/reading/`) registers here what turns a page into its template's context.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Presenter = Callable[[Any, HttpRequest], dict[str, Any]]
"""Takes a page (as it is in memory: live row or previewed draft) and the request."""

_presenters: dict[type[Page], Presenter] = {}


def register_presenter(page_type: type[Page], presenter: Presenter) -> None:
    """Have a page type's context made by a function; a second registration replaces it."""
    _presenters[page_type] = presenter


def present(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the template variables of a page; none when nobody registered its type."""
    presenter = _presenters.get(type(page))
    return presenter(page, request) if presenter else {}
