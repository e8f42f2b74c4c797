"""One transaction for every change that an editor makes to pages."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from articles.pages.errors import PublishingError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
CHANGING_SPACES = ("/admin/pages/", "/admin/bulk/", "/admin/workflows/", "/admin/api/")


class DeskTransactionMiddleware:
    """Make each change of pages by the admin one transaction, and word its refusals.

    Wagtail's views build their actions themselves and write in several steps:
    publishing clears the schedule before it validates (`survival.md`, fact 3). Here a
    refusal or an error in the middle leaves nothing behind. Uploads stay outside:
    SQLite would keep other writers waiting meanwhile.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list, kwargs: dict
    ) -> HttpResponse | None:
        """Run the view of a change inside a transaction."""
        if request.method in SAFE_METHODS or not request.path.startswith(CHANGING_SPACES):
            return None
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response = response.render()
                if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    transaction.set_rollback(True)
                return response
        except PublishingError as error:
            return refusal(request, error.message, code=error.code)
        except ValidationError as error:
            return refusal(request, " ".join(error.messages), code="not_ready")


def refusal(request: HttpRequest, message: str, *, code: str) -> HttpResponse:
    """Answer a refused change: JSON for machines, a message on the page one came from."""
    if request.path.startswith("/admin/api/") or request.accepts("text/html") is False:
        return JsonResponse({"code": code, "message": message}, status=HTTPStatus.CONFLICT)
    messages.error(request, message)
    match = request.resolver_match
    if match is not None and match.url_name == "edit" and match.args:
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[match.args[0]]))
    return HttpResponseRedirect(reverse("wagtailadmin_home"))
