"""Where the desk hangs itself into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from articles.corrections.actions import CORRECT_LOG_ACTION
from articles.desk import views
from articles.desk.dashboard import FailedReleasesPanel
from articles.desk.documents import is_open_to_readers
from articles.desk.listing import article_listing
from articles.desk.pages import page_viewsets
from articles.desk.snippets import SNIPPETS
from articles.pages.actions import LOG_ACTIONS
from articles.pages.article import ArticlePage
from articles.pages.deletion import check_deletable
from articles.pages.errors import HasCorrectionsError

for snippet in SNIPPETS:
    register_snippet(snippet)


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    """Name what the publishing service writes into the history."""
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
    registry.register_action(CORRECT_LOG_ACTION, _("Correct"), _("Note to readers added"))


@hooks.register("before_delete_page")
def refuse_deletion_early(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say before the confirmation that an article with corrections stays."""
    try:
        check_deletable([page.path])
    except HasCorrectionsError as error:
        messages.error(request, error.message)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Add the flat list of articles and our own views of pages."""
    return [article_listing, *page_viewsets()]


@hooks.register("construct_page_action_menu")
def put_the_goal_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer publishing first to those who may, submitting to the others."""
    wanted = {"action-publish": 0, "action-submit": 1}
    items.sort(key=lambda item: wanted.get(item.name, 2))
    if items and items[0].name == "action-submit" and context.get("view") == "create":
        # A text that was begun this minute is not ready for anyone's eyes.
        items.append(items.pop(0))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the desk's own screens, below `/admin/`."""
    return [
        path(
            "pages/<int:page_id>/correction/",
            views.add_correction_view,
            name="newsroom_add_correction",
        ),
        path("pages/<int:page_id>/withdraw/", views.withdraw_view, name="newsroom_withdraw"),
        path("topics/merge/", views.merge_topics_view, name="newsroom_merge_topics"),
        path("originals/<path:path>", views.serve_original, name="newsroom_original"),
    ]


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """Add the desk's styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def admin_scripts() -> str:
    """Add the desk's scripts, after Wagtail's own."""
    return format_html('<script src="{}" defer></script>', static("desk/counter.js"))


@hooks.register("construct_homepage_panels")
def add_dashboard_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Name scheduled releases that failed."""
    panels.append(FailedReleasesPanel())


@hooks.register("register_page_header_buttons")
def article_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Offer withdrawal on the page of a live article."""
    if isinstance(page, ArticlePage) and page.permissions_for_user(user).can_unpublish():
        yield Button(
            str(_("Withdraw…")),
            reverse("newsroom_withdraw", args=[page.pk]),
            icon_name="download",
            priority=65,
        )


@hooks.register("before_serve_document")
def keep_unpublished_documents(document: Any, request: HttpRequest) -> None:
    """A document is public when a page that readers may see refers to it."""
    if views.may_enter_the_desk(request.user) or is_open_to_readers(document):
        return
    raise Http404
