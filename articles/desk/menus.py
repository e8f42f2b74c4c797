"""Menu entries, buttons and lists of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from articles.corrections.actions import may_correct
from articles.desk.listing import article_listing
from articles.desk.pages import page_viewsets
from articles.desk.snippets import SNIPPETS
from articles.desk.summary import ArticlesSummaryItem
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage

for snippet in SNIPPETS:
    register_snippet(snippet)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Add the flat list of articles and our own views of pages."""
    return [article_listing, *page_viewsets()]


class PermittedMenuItem(MenuItem):
    """A menu item for those who have one of some permissions."""

    def __init__(self, *args: Any, permissions: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(name) for name in self.permissions)


@hooks.register("register_reports_menu_item")
def corrections_report() -> MenuItem:
    """List every note to readers."""
    return PermittedMenuItem(
        _("Corrections"),
        reverse("newsroom_corrections_report"),
        name="corrections",
        icon_name="edit",
        order=100,
        permissions=("articles.view_correction", "articles.add_correction"),
    )


@hooks.register("register_settings_menu_item")
def section_role() -> MenuItem:
    """Give somebody a role for one part of the tree."""
    return PermittedMenuItem(
        _("Role for a section"),
        reverse("newsroom_section_role"),
        name="section-role",
        icon_name="group",
        order=620,
        permissions=("auth.add_group",),
    )


@hooks.register("register_page_header_buttons")
def page_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer corrections and withdrawal on an article, a role on a section."""
    if isinstance(page, ArticlePage) and page.published_at and may_correct(user, article=page):
        yield Button(
            str(_("Add a correction…")),
            reverse("newsroom_add_correction", args=[page.pk]),
            icon_name="edit",
            priority=64,
        )
    if isinstance(page, ArticlePage) and page.permissions_for_user(user).can_unpublish():
        yield Button(
            str(_("Withdraw…")),
            reverse("newsroom_withdraw", args=[page.pk]),
            icon_name="download",
            priority=65,
        )
    if isinstance(page, CategoryPage) and user.has_perm("auth.add_group"):
        yield Button(
            str(_("Role for this section…")),
            f"{reverse('newsroom_section_role')}?section={page.pk}",
            icon_name="group",
            priority=90,
        )


@hooks.register("construct_homepage_summary_items", order=1000)
def summarize_articles(request: HttpRequest, items: list[Any]) -> None:
    """Count articles instead of pages: today's, those in review, those scheduled."""
    items[:] = [ArticlesSummaryItem(request)]
