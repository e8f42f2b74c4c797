"""Pages outside the news: about, policies, contact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from articles.blocks.body import BodyBlock
from articles.pages.base import NewsroomPage


class StaticPage(NewsroomPage):
    """A page without dateline, byline or popularity; these nest."""

    body = StreamField(BodyBlock(), blank=True)

    template = "pages/static_page.html"
    parent_page_types = ["articles.HomePage", "articles.StaticPage"]
    subpage_types = ["articles.StaticPage"]

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")
