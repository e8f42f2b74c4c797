"""Where the desk hangs itself into Wagtail's admin: screens, pages and their forms.

Menus and lists are in `menus.py`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page

from articles.corrections.actions import CORRECT_LOG_ACTION
from articles.desk import form_views, views
from articles.desk.dashboard import PANELS
from articles.desk.documents import is_open_to_readers
from articles.desk.reports import CorrectionsReportView
from articles.pages.actions import LOG_ACTIONS
from articles.pages.article import ArticlePage
from articles.pages.deletion import check_deletable
from articles.pages.errors import PublishingError

ARTICLE_TYPE = "articles.articlepage"


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    """Name what the publishing service writes into the history."""
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
    registry.register_action(CORRECT_LOG_ACTION, _("Correct"), _("Note to readers added"))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the desk's own screens, below `/admin/`."""
    report = CorrectionsReportView
    return [
        path(
            "pages/<int:page_id>/correction/",
            form_views.AddCorrectionView.as_view(),
            name="newsroom_add_correction",
        ),
        path(
            "pages/<int:page_id>/withdraw/",
            form_views.WithdrawView.as_view(),
            name="newsroom_withdraw",
        ),
        path("topics/merge/", form_views.MergeTopicsView.as_view(), name="newsroom_merge_topics"),
        path("roles/section/", form_views.SectionRoleView.as_view(), name="newsroom_section_role"),
        path("breaking/<int:banner_id>/end/", views.end_banner_view, name="newsroom_end_banner"),
        path("reports/corrections/", report.as_view(), name="newsroom_corrections_report"),
        path(
            "reports/corrections/results/",
            report.as_view(results_only=True),
            name="newsroom_corrections_report_results",
        ),
        path("originals/<path:path>", views.serve_original, name="newsroom_original"),
    ]


@hooks.register("before_delete_page")
def refuse_deletion_early(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say before the confirmation that an article with corrections stays."""
    try:
        check_deletable([page.path])
    except PublishingError as error:
        messages.error(request, error.message)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("construct_page_action_menu")
def put_the_goal_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer a reviewer to approve, whoever may to publish, and others to submit."""
    wanted = {"approve": 0, "reject": 1, "action-publish": 2, "action-submit": 3}
    items.sort(key=lambda item: wanted.get(item.name, 4))
    if items and items[0].name == "action-submit" and context.get("view") == "create":
        # A text that was begun this minute is not ready for anyone's eyes.
        items.append(items.pop(0))


@hooks.register("construct_page_chooser_queryset")
def offer_published_articles(pages: Any, request: HttpRequest) -> Any:
    """Offer what readers can follow, where an article is chosen: also read, related, pins."""
    if request.GET.get("page_type") != ARTICLE_TYPE:
        return pages
    articles = ContentType.objects.get_for_model(ArticlePage)
    return pages.exclude(content_type=articles, live=False)


@hooks.register("construct_homepage_panels")
def add_dashboard_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Add the desk's panels; its own list of reviews takes the place of Wagtail's."""
    panels[:] = [one for one in panels if not isinstance(one, WorkflowObjectsToModeratePanel)]
    panels.extend(panel() for panel in PANELS)


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """Add the desk's styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def admin_scripts() -> str:
    """Add the desk's scripts, after Wagtail's own."""
    return format_html('<script src="{}" defer></script>', static("desk/counter.js"))


@hooks.register("before_serve_document")
def keep_unpublished_documents(document: Any, request: HttpRequest) -> None:
    """A document is public when a page that readers may see refers to it."""
    if views.may_enter_the_desk(request.user) or is_open_to_readers(document):
        return
    raise Http404
