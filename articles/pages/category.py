"""Sections: the category tree is the page tree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from articles.blocks.fronts import PinBlock
from articles.pages.base import NewsroomPage


class CategoryPage(NewsroomPage):
    """A section; sections nest (Technology › Artificial intelligence).

    Its place in the tree gives the URL, the trail, structured data, feeds and
    editors' rights; nothing else states them.
    """

    description = models.CharField(
        max_length=300, blank=True, help_text=_("One line below the section's name.")
    )
    pins = StreamField(
        [("pin", PinBlock())],
        blank=True,
        help_text=_("Stories on top of the section's front, in order; the newest fill the rest."),
    )

    template = "pages/category_page.html"
    parent_page_types = ["articles.HomePage", "articles.CategoryPage"]
    subpage_types = ["articles.CategoryPage", "articles.ArticlePage"]

    search_fields = [*NewsroomPage.search_fields, index.SearchField("description")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
