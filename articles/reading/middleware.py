"""Language and time of the public, and old addresses."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from articles.reading.old_addresses import find_redirect

Handler = Callable[[HttpRequest], HttpResponseBase]


class PublicLocaleMiddleware:
    """Answer in the site's language, and end its time zone with the request.

    The zone itself is activated by `get_site_facts`. A preview runs this inside a request
    of the desk, where the editor's own language and zone are active: readers' ones hold
    for the previewed page, the editor's come back after it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None), translation.override(settings.LANGUAGE_CODE):
            return self.get_response(request)


class OldAddressMiddleware:
    """Lead from an old address to the new one where nothing else was found.

    In place of Wagtail's own, which looks twice, and only after the page that says "not
    found" has been made; ours is asked by that page first (`error_views.py`), and here
    for answers made elsewhere.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        return find_redirect(request) or response
