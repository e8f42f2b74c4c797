"""Response headers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from newsroom.security.policy import public_policy

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
DESK_PATH = "/admin/"
STATIC_PAGES = frozenset({400, 403})
"""Statuses below 500 whose pages are files that bear their own styles."""


class PublicHeadersMiddleware:
    """Add what every answer bears; public pages get a content security policy.

    The desk needs inline scripts and keeps Wagtail's own headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(DESK_PATH):
            has_own_styles = response.status_code in STATIC_PAGES or response.status_code >= 500
            policy = public_policy(inline_styles=has_own_styles)
            response.headers.setdefault("Content-Security-Policy", policy)
        return response
