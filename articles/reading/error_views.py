"""What readers see where there is no page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from articles.metadata.head import NOINDEX
from articles.pages.routing import Withdrawn
from articles.reading.cards import CardStock
from articles.reading.frame import page_context
from articles.reading.old_addresses import find_redirect
from articles.reading.rows import load_newest_rows
from articles.reading.site import get_site_facts

FILE_PREFIXES = ("/media/", "/static/", "/_v/", "/documents/")
"""Addresses that no person types: whoever asks for them needs no page in return."""

LATEST = 5


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Lead to where the page is now, else say that it is not there, or no longer.

    At most five queries beside those that found no page: redirect, three for the frame,
    the latest articles.
    """
    if request.path.startswith(FILE_PREFIXES):
        return HttpResponseNotFound("Not found\n", content_type="text/plain; charset=utf-8")
    is_withdrawn = isinstance(exception, Withdrawn)
    answer = None if is_withdrawn else find_redirect(request)
    if answer is not None:
        return answer
    template, status = (
        ("410.html", HTTPStatus.GONE) if is_withdrawn else ("404.html", HTTPStatus.NOT_FOUND)
    )
    return render(request, template, _context(request), status=status)


def _context(request: HttpRequest) -> dict[str, Any]:
    try:
        facts = get_site_facts(request)
    except Http404:
        return {}
    rows = load_newest_rows(LATEST)
    latest = CardStock(facts, rows).cards(rows)
    frame = page_context(request, title="", robots=NOINDEX)
    # An address that is none has no canonical form, and says nothing to machines.
    frame["meta"] |= {"canonical_url": "", "json_ld": ""}
    return frame | {"latest": latest}
