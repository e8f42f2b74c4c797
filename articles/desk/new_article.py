"""The way to a new article: which section it is for, which is one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from articles.desk.rights import ADDING, below, paths_with
from articles.desk.sections import TOP_DEPTH, all_sections
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage


@dataclass(frozen=True, slots=True)
class WritableSection:
    """A section for a new article: its title, its level from 0, where the form is."""

    title: str
    level: int
    url: str
    is_usual: bool


def sections_to_write_in(user: Any) -> list[WritableSection]:
    """Return the sections where an account may add articles, in the order of the tree.

    The usual one is that of the account's newest article. Two queries.
    """
    sections = list(all_sections().filter(below(paths_with(user, ADDING))))
    newest = ArticlePage.objects.filter(owner=user, section__isnull=False).order_by("-pk")
    usual = newest.values_list("section_id", flat=True).first() if sections else None
    return [
        WritableSection(
            title=section.title,
            level=section.depth - TOP_DEPTH,
            url=_form_url(section),
            is_usual=section.pk == usual,
        )
        for section in sections
    ]


def _form_url(section: CategoryPage) -> str:
    return reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])


class ChooseSectionView(WagtailAdminTemplateMixin, TemplateView):
    """A list of sections, each of which is a link to the form; a single one is gone to."""

    template_name = "desk/choose_section.html"
    page_title = _("New article")
    header_icon = "doc-full"
    model = ArticlePage
    index_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sections, or go where there is but one."""
        self.sections = sections_to_write_in(request.user)
        if len(self.sections) == 1:
            return redirect(self.sections[0].url)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of articles."""
        articles = {"url": reverse(self.index_url_name), "label": _("Articles")}
        return [*self.breadcrumbs_items, articles, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the template's variables: `sections`, and `usual`, which may be None."""
        usual = next((section for section in self.sections if section.is_usual), None)
        return super().get_context_data(**kwargs) | {"sections": self.sections, "usual": usual}
