"""The desk's clock: the outlet's, for accounts that have not chosen one of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from wagtail.users.models import UserProfile

from articles.navigation.models import NewsroomSettings

DESK_PATH = "/admin/"


class DeskTimeZoneMiddleware:
    """Show and read times in the outlet's time zone, which is that of datelines and archive.

    Wagtail knows the account's time zone, else the server's: in a newsroom whose server
    runs on UTC, what is scheduled for six would go out at another hour. The profile in
    memory is filled, none is saved. Two queries a request, none outside the desk.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list, kwargs: dict
    ) -> None:
        """Fill in the account's time zone where it has none."""
        if not request.path.startswith(DESK_PATH) or not request.user.is_authenticated:
            return
        zone = NewsroomSettings.for_request(request).time_zone
        if zone not in available_timezones():
            return
        profile = getattr(request.user, "wagtail_userprofile", None)
        if profile is None:
            # Assigned to `user`, a new profile is found there as if it had been read.
            UserProfile(user=request.user, current_time_zone=zone)
        elif not profile.current_time_zone:
            profile.current_time_zone = zone
