"""Authors, topics and breaking banners: lists, forms and choosers."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.navigation.models import BreakingBanner
from articles.people.models import Author
from articles.tags.models import Topic


class AuthorViewSet(SnippetViewSet):
    """Authors."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 110
    add_to_admin_menu = True
    list_display = [
        "name",
        "role",
        "base",
        Column("articles", label=_("Articles"), accessor="article_count", sort_key="article_count"),
    ]
    list_filter = ["is_desk", "is_former"]
    search_fields = ["name", "role"]
    ordering = ["name"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("base")]),
        FieldPanel("portrait"),
        FieldPanel("expertise"),
        FieldPanel("biography"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("email")]),
        InlinePanel(
            "profiles",
            heading=_("Profiles elsewhere"),
            label=_("Profile"),
            panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("url")])],
        ),
        MultiFieldPanel(
            [
                FieldPanel("user"),
                FieldRowPanel([FieldPanel("is_desk"), FieldPanel("is_former")]),
            ],
            heading=_("In the newsroom"),
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """Return authors with the number of their articles."""
        return Author.objects.annotate(article_count=Count("bylines__article", distinct=True))


class TopicIndexView(SnippetIndexView):
    """The list of topics, with the way to merge some."""

    @property
    def header_buttons(self) -> list[Any]:
        buttons = super().header_buttons
        if self.request.user.has_perm("articles.delete_topic"):
            merge = HeaderButton(
                label=str(_("Merge topics")),
                url=reverse("newsroom_merge_topics"),
                icon_name="order",
            )
            buttons = [*buttons, merge]
        return buttons


class TopicViewSet(SnippetViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = TopicIndexView
    list_display = [
        "name",
        "slug",
        Column("articles", label=_("Articles"), accessor="article_count", sort_key="article_count"),
    ]
    search_fields = ["name"]
    ordering = ["name"]
    list_per_page = 50
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    def get_queryset(self, request: Any) -> Any:
        """Return topics with the number of their articles."""
        return Topic.objects.annotate(article_count=Count("tagged_articles"))


class BreakingBannerViewSet(SnippetViewSet):
    """Breaking banners."""

    model = BreakingBanner
    icon = "warning"
    menu_label = _("Breaking")
    menu_order = 60
    add_to_admin_menu = True
    list_display = ["text", DateColumn("starts_at"), DateColumn("ends_at")]
    list_filter = ["starts_at", "ends_at"]
    search_fields = ["text"]
    ordering = ["-starts_at"]
    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("page"), FieldPanel("url")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]


SNIPPETS = (AuthorViewSet, TopicViewSet, BreakingBannerViewSet)
