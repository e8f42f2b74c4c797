"""Articles: all of them, flat, with the filters a newsroom asks for."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Revision, WorkflowState, get_default_page_content_type

from articles.pages.article import ArticleKind, ArticlePage
from articles.pages.category import CategoryPage
from articles.people.models import Author

STATES = [
    ("live", _("Live")),
    ("changed", _("Live + changes")),
    ("scheduled", _("Scheduled")),
    ("embargoed", _("Embargoed")),
    ("review", _("In review")),
    ("draft", _("Draft")),
    ("unpublished", _("Unpublished")),
    ("withdrawn", _("Withdrawn")),
]


def articles_in_state(articles: QuerySet[ArticlePage], state: str) -> QuerySet[ArticlePage]:
    """Return the articles that are in one of `STATES`; one query in all."""
    versions = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, pk=OuterRef("latest_revision_id")
    )
    reviews = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    conditions = {
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "scheduled": Q(Exists(versions)),
        "embargoed": Q(embargoed_until__gt=timezone.now()),
        "review": Q(Exists(reviews)),
        "draft": Q(live=False, first_published_at__isnull=True),
        "unpublished": Q(live=False, first_published_at__isnull=False, withdrawn_at__isnull=True),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    return articles.filter(conditions[state])


class ArticleFilterSet(WagtailFilterSet):
    """State, section (with those below it), author, type and date."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="filter_state", empty_label=_("Any")
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=ArticleKind.choices, widget=CheckboxSelectMultiple
    )
    section = django_filters.ModelChoiceFilter(
        label=_("Section"),
        queryset=CategoryPage.objects.order_by("path"),
        method="filter_section",
    )
    author = django_filters.ModelChoiceFilter(
        label=_("Author"), queryset=Author.objects.all(), field_name="bylines__author"
    )
    published_at = django_filters.DateFromToRangeFilter(
        label=_("Published"), widget=DateRangePickerWidget
    )
    latest_revision_created_at = django_filters.DateFromToRangeFilter(
        label=_("Updated"), widget=DateRangePickerWidget
    )

    class Meta:
        model = ArticlePage
        fields: list[str] = []

    def filter_state(self, articles: Any, name: str, value: str) -> Any:
        """Keep those in a state."""
        return articles_in_state(articles, value)

    def filter_section(self, articles: Any, name: str, value: CategoryPage) -> Any:
        """Keep those in a section or below it."""
        return articles.filter(path__startswith=value.path)


def _authors(article: ArticlePage) -> str:
    names = [byline.author.name for byline in article.bylines.all()]
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


class ArticleIndexView(IndexView):
    """The flat list; the number of queries does not grow with the rows."""

    def get_base_queryset(self) -> Any:
        articles = super().get_base_queryset()
        return articles.prefetch_related("section", "bylines__author")

    def annotate_queryset(self, pages: Any) -> Any:
        """Annotate what the columns show."""
        due = Revision.page_revisions.filter(
            approved_go_live_at__isnull=False, pk=OuterRef("latest_revision_id")
        ).values("approved_go_live_at")[:1]
        return super().annotate_queryset(pages).annotate(goes_live_at=due)

    def order_queryset(self, queryset: Any) -> Any:
        """Order; articles without a moment come last in either direction."""
        for name in ("goes_live_at", "published_at"):
            if self.ordering == name:
                return queryset.order_by(F(name).asc(nulls_last=True), "-pk")
            if self.ordering == f"-{name}":
                return queryset.order_by(F(name).desc(nulls_last=True), "-pk")
        return super().order_queryset(queryset)


class ArticleListingViewSet(PageListingViewSet):
    """Articles, the first item of the menu."""

    model = ArticlePage
    name = "articles"
    url_prefix = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 50
    add_to_admin_menu = True
    index_view_class = ArticleIndexView
    filterset_class = ArticleFilterSet
    list_per_page = 50
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        PageStatusColumn("status", label=_("State"), sort_key="live", width="10%"),
        Column(
            "kind",
            label=_("Type"),
            accessor="get_kind_display",
            sort_key="kind",
            width="9%",
            classname="newsroom-wide",
        ),
        Column(
            "section",
            label=_("Section"),
            accessor="section.title",
            width="14%",
            classname="newsroom-wide",
        ),
        Column(
            "authors", label=_("Authors"), accessor=_authors, width="16%", classname="newsroom-wide"
        ),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            classname="newsroom-wide",
            width="10%",
        ),
        DateColumn(
            "goes_live_at",
            label=_("Goes live"),
            sort_key="goes_live_at",
            width="10%",
            classname="newsroom-wide",
        ),
    ]


article_listing = ArticleListingViewSet()
