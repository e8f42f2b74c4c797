"""Answers to machines that come again: 304 when nothing has changed since."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe


def conditional_response(
    request: HttpRequest,
    content: bytes,
    *,
    content_type: str,
    last_modified: datetime | None = None,
) -> HttpResponse:
    """Return content with its validators, or 304 to a client that has it.

    `ETag` is a digest of the bytes. A date alone is compared for equality: when an
    article has been taken away, the newest date goes back, and the older content is
    not the present one.

    Args:
        request: GET or HEAD.
        content: the whole body.
        content_type: with its charset.
        last_modified: when the newest part of it changed.
    """
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    if last_modified is not None:
        seconds = int(last_modified.timestamp())
        response["Last-Modified"] = http_date(seconds)
        since = request.headers.get("If-Modified-Since")
        if since and "If-None-Match" not in request.headers:
            return _not_modified(response) if parse_http_date_safe(since) == seconds else response
    return get_conditional_response(request, etag, None, response) or response


def _not_modified(response: HttpResponse) -> HttpResponse:
    answer = HttpResponseNotModified()
    for name in ("ETag", "Last-Modified"):
        answer[name] = response[name]
    return answer
