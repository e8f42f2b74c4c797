"""One transaction for every change that an editor makes to pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from articles.pages.addresses import lock_for_change
from articles.pages.errors import PublishingError, as_publishing_error

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
CHANGING_SPACES = ("/admin/pages/", "/admin/bulk/", "/admin/workflows/", "/admin/api/")
PAGE_ARGUMENTS = ("page_id", "page_to_move_id", "pk")
"""What the addresses of Wagtail's views call the page that is changed."""


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
                hold_parents(request, kwargs)
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response = response.render()
                # The API words errors itself, in the middle of what it had begun to write.
                if response.status_code >= HTTPStatus.BAD_REQUEST:
                    transaction.set_rollback(True)
                return response
        except PublishingError as error:
            return refusal(request, error.message, code=error.code)
        except ValidationError as error:
            refused = as_publishing_error(error)
            return refusal(request, refused.message, code=refused.code)


def hold_parents(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Hold the rows that a change of pages needs, before the view reads anything.

    The publishing service takes the parent's row first and the rest afterwards;
    Wagtail's views write revisions first. Two orders would be a deadlock. What the view
    reads is then also what it changes: nobody comes in between. One query.
    """
    pages = [kwargs.get(name) for name in PAGE_ARGUMENTS] + request.GET.getlist("id")
    parents = [
        kwargs.get("parent_page_id"),
        kwargs.get("destination_id"),
        request.POST.get("chooser"),
        request.POST.get("new_parent_page"),
    ]
    lock_for_change(pages=_numbers(pages), parents=_numbers(parents))


def _numbers(values: Iterable[Any]) -> list[int]:
    return [int(value) for value in values if str(value).isdecimal() and len(str(value)) < 19]


def refusal(request: HttpRequest, message: str, *, code: str) -> HttpResponse:
    """Answer a refused change.

    JSON for the API, and for the saving in the background in the form its script knows;
    for people a message on the form they came from.
    """
    if request.path.startswith("/admin/api/"):
        return JsonResponse({"code": code, "message": message}, status=HTTPStatus.CONFLICT)
    if not request.accepts("text/html"):
        error = {"success": False, "error_code": "validation_error", "error_message": message}
        return JsonResponse(error, status=HTTPStatus.BAD_REQUEST)
    messages.error(request, message)
    match = request.resolver_match
    page_id = match.kwargs.get("page_id") if match is not None else None
    if page_id is not None:
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page_id]))
    return HttpResponseRedirect(reverse("wagtailadmin_home"))
