"""Screens of the desk that Wagtail does not have."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.auth import user_passes_test

from articles.corrections.actions import add_correction, may_correct
from articles.desk.forms import CorrectionForm, MergeTopicsForm, WithdrawForm
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.errors import PublishingError
from articles.tags.actions import merge_topics

INLINE_TYPES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


def show_form(request: HttpRequest, form: Any, *, title: str, **context: Any) -> HttpResponse:
    """Render one of the desk's small forms."""
    return render(request, "desk/form_page.html", {"form": form, "page_title": title} | context)


def add_correction_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish a note on an article."""
    article = get_object_or_404(ArticlePage, pk=page_id)
    if not may_correct(request.user, article=article):
        raise PermissionDenied
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_correction(article, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except PublishingError as error:
            form.add_error("text", error.message)
        else:
            messages.success(request, _("The note stands on the article and in the log."))
            return redirect("wagtailadmin_pages:edit", article.pk)
    return show_form(
        request,
        form,
        title=_("Add a correction"),
        subtitle=article.title,
        icon="edit",
        submit=_("Publish the note"),
        intro=_("It is published at once and cannot be changed or taken back."),
        back_url=reverse("wagtailadmin_pages:edit", args=[article.pk]),
    )


def withdraw_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take an article off the site with a reason."""
    article = get_object_or_404(ArticlePage, pk=page_id)
    if not article.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(article, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except PublishingError as error:
            form.add_error("reason", error.message)
        else:
            messages.success(request, _("Withdrawn. Its address answers that it is gone."))
            return redirect("wagtailadmin_pages:edit", article.pk)
    return show_form(
        request,
        form,
        title=_("Withdraw"),
        subtitle=article.title,
        icon="download",
        submit=_("Withdraw the article"),
        intro=_("Readers no longer see it. Publishing it again ends the withdrawal."),
        back_url=reverse("wagtailadmin_pages:edit", args=[article.pk]),
    )


def merge_topics_view(request: HttpRequest) -> HttpResponse:
    """Turn topics into one."""
    if not request.user.has_perm("articles.delete_topic"):
        raise PermissionDenied
    form = MergeTopicsForm(request.POST or None)
    topics_url = reverse("wagtailsnippets_articles_topic:list")
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        moved = merge_topics(into, form.cleaned_data["topics"])
        message = ngettext(
            "Merged into “%(name)s”; %(count)d article got it.",
            "Merged into “%(name)s”; %(count)d articles got it.",
            moved,
        )
        messages.success(request, message % {"name": into.name, "count": moved})
        return redirect(topics_url)
    return show_form(
        request,
        form,
        title=_("Merge topics"),
        icon="tag",
        submit=_("Merge"),
        intro=_("Old spellings and old addresses go on working. This cannot be undone."),
        back_url=topics_url,
    )


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
