"""Authors, topics and breaking banners: lists, forms and choosers."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView

from articles.desk.old_addresses import lead_on
from articles.navigation.models import BreakingBanner
from articles.people.models import Author, Byline
from articles.tags.models import TaggedArticle, Topic

BANNER_STANDS = timedelta(hours=2)


def count_of(rows: QuerySet[Any], *, owner: str, article: str) -> Any:
    """Return the number of different articles among rows, for each object the rows point at.

    A subquery: only the rows that a page of the list shows are counted.
    """
    counted = (
        rows.filter(**{owner: OuterRef("pk")})
        .order_by()
        .values(owner)
        .annotate(number=Count(article, distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def articles_column(parameter: str) -> TitleColumn:
    """Return a column of how many articles there are, leading to the list of them."""
    return TitleColumn(
        "articles",
        label=_("Articles"),
        accessor="article_count",
        sort_key="article_count",
        get_url=lambda row: f"{reverse('articles:index')}?{parameter}={row.pk}",
        width="12%",
    )


class KeepsOldAddressView(EditView):
    """Leaves a redirect when the slug has changed."""

    space = ""
    """First segment of the public addresses, which are part of the fixed contract."""

    def save_instance(self) -> Any:
        """Save, and let the address readers know lead to the new one."""
        before = self.model.objects.values_list("slug", flat=True).get(pk=self.object.pk)
        saved = super().save_instance()
        lead_on(f"/{self.space}/{before}/", to=f"/{self.space}/{self.form.instance.slug}/")
        return saved


class AuthorEditView(KeepsOldAddressView):
    """The form of an author."""

    space = "authors"


class TopicEditView(KeepsOldAddressView):
    """The form of a topic."""

    space = "tags"


class PresentStaff:
    """Leaves those out who have gone; their bylines stay."""

    def get_object_list(self) -> QuerySet[Author]:
        return Author.objects.filter(is_former=False)

    @property
    def columns(self) -> list[Column]:
        role = Column("role", label=_("Role"))
        base = Column("base", label=_("Base"))
        return [*super().columns, role, base]  # type: ignore[misc]  # of the view it is mixed into


class AuthorChooseView(PresentStaff, ChooseView):
    """The chooser of authors."""


class AuthorChooseResultsView(PresentStaff, ChooseResultsView):
    """Its results."""


class AuthorChooserViewSet(SnippetChooserViewSet):
    """The chooser of authors."""

    choose_view_class = AuthorChooseView
    choose_results_view_class = AuthorChooseResultsView


class AuthorViewSet(SnippetViewSet):
    """Authors."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 110
    add_to_admin_menu = True
    edit_view_class = AuthorEditView
    chooser_viewset_class = AuthorChooserViewSet
    list_display = ["name", "role", "base", articles_column("author"), Column("user")]
    list_filter = ["is_desk", "is_former"]
    list_export = ["name", "slug", "role", "base", "email", "article_count", "is_former"]
    search_fields = ["name", "role", "base"]
    # By the database: what was made this second is found, whole words or not.
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    chooser_per_page = 20
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False),
        FieldPanel("slug"),
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
        articles = count_of(Byline.objects.all(), owner="author", article="article")
        return Author.objects.select_related("user").annotate(article_count=articles)


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
    edit_view_class = TopicEditView
    list_display = ["name", "slug", articles_column("topic")]
    list_export = ["name", "slug", "description", "article_count"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    chooser_per_page = 20
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False),
        FieldPanel("slug"),
        FieldPanel("description"),
    ]

    def get_queryset(self, request: Any) -> Any:
        """Return topics with the number of their articles."""
        articles = count_of(TaggedArticle.objects.all(), owner="tag", article="content_object")
        return Topic.objects.annotate(article_count=articles)


def banner_state(banner: BreakingBanner) -> Any:
    """Return in a word whether readers have a banner before them."""
    now = timezone.now()
    if banner.ends_at <= now:
        return _("Ended")
    return _("On air") if banner.starts_at <= now else _("To come")


def moment_of(name: str, banner: BreakingBanner) -> str:
    """Return one of a banner's moments; Wagtail's own column calls what is ahead *just now*."""
    return date_format(timezone.localtime(getattr(banner, name)), "j M, H:i")


class BreakingBannerCreateView(CreateView):
    """A new banner stands for two hours, unless told otherwise."""

    def get_initial_form_instance(self) -> BreakingBanner:
        return BreakingBanner(ends_at=timezone.now() + BANNER_STANDS)


class BreakingBannerViewSet(SnippetViewSet):
    """Breaking banners."""

    model = BreakingBanner
    icon = "warning"
    menu_label = _("Breaking")
    menu_order = 60
    add_to_admin_menu = True
    add_view_class = BreakingBannerCreateView
    list_display = [
        "text",
        Column("state", label=_("State"), accessor=banner_state),
        Column("starts_at", label=_("From"), accessor=partial(moment_of, "starts_at")),
        Column("ends_at", label=_("Until"), accessor=partial(moment_of, "ends_at")),
    ]
    list_filter = ["starts_at", "ends_at"]
    search_fields = ["text"]
    ordering = ["-starts_at"]
    panels = [
        FieldPanel("text", help_text=_("One line, at most 90 characters.")),
        FieldRowPanel([FieldPanel("page"), FieldPanel("url")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]


SNIPPETS = (AuthorViewSet, TopicViewSet, BreakingBannerViewSet)
