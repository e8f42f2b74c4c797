"""The front page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from articles.blocks.fronts import PinBlock
from articles.pages.base import NewsroomPage


class HomePage(NewsroomPage):
    """The root of a site: pinned stories over an automatic fill, newest first."""

    pins = StreamField(
        [("pin", PinBlock())],
        blank=True,
        help_text=_("Stories on top of the front page, in order; the newest fill the rest."),
    )

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.CategoryPage", "articles.StaticPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")
