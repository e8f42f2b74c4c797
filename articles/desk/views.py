"""Answers of the desk that are not forms."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import user_passes_test
from wagtail.log_actions import log

from articles.navigation.models import BreakingBanner

INLINE_TYPES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


@require_POST
def end_banner_view(request: HttpRequest, banner_id: int) -> HttpResponse:
    """Take a breaking banner down now; one that has ended stays as it was."""
    if not request.user.has_perm("articles.change_breakingbanner"):
        raise PermissionDenied
    banner = get_object_or_404(BreakingBanner, pk=banner_id)
    now = timezone.now()
    if banner.starts_at < now < banner.ends_at:
        banner.ends_at = now
        banner.save(update_fields=["ends_at"])
        log(instance=banner, action="wagtail.edit", user=request.user)
        messages.success(request, _("“%(text)s” is down.") % {"text": banner.text})
    return redirect("wagtailadmin_home")


def may_enter_the_desk(user: Any) -> bool:
    """Tell whether an account has access to the admin."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


@require_safe
@cache_control(private=True, no_store=True)
@user_passes_test(may_enter_the_desk)
def serve_original(request: HttpRequest, path: str) -> FileResponse:
    """Send an original to someone who works here; nobody else gets one.

    Raises:
        Http404: there is no such file, or the path leads out of the folder.
    """
    storage = storages["originals"]
    name = PurePosixPath(path)
    if name.is_absolute() or ".." in name.parts or "\x00" in path:
        raise Http404
    try:
        file = storage.open(path)
    except (SuspiciousFileOperation, FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
    is_picture = name.suffix.lower() in INLINE_TYPES
    response = FileResponse(file, as_attachment=not is_picture, filename=name.name)
    # Whatever an upload holds, it must not run in the desk's origin.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
