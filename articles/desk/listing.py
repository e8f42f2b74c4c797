"""Articles: all of them, flat, with the columns and filters a newsroom asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from articles.desk.new_article import ChooseSectionView
from articles.desk.rights import explorable_below, made_or_signed_by
from articles.desk.sections import SectionFilter
from articles.desk.states import STATES, annotate_moments, articles_in_state, state_of
from articles.pages.article import ArticleKind, ArticlePage
from articles.people.models import Author
from articles.tags.models import Topic

NARROW_HIDES = "newsroom-wide"
"""Class of the columns that a phone leaves out."""


class ArticleFilterSet(WagtailFilterSet):
    """State, section (with those below it), author, type, topic, dates, and one's own."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="filter_state", empty_label=_("Any")
    )
    mine = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("on", _("Mine: made or signed by me"))],
        method="filter_mine",
        empty_label=_("Anybody’s"),
    )
    section = SectionFilter(label=_("Section"))
    author = django_filters.ModelChoiceFilter(
        label=_("Author"),
        queryset=Author.objects.all(),
        field_name="bylines__author",
        distinct=True,
        widget=AdminSnippetChooser(Author),
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=ArticleKind.choices, widget=CheckboxSelectMultiple
    )
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        field_name="tagged_items__tag",
        widget=AdminSnippetChooser(Topic),
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
        return articles_in_state(articles, value, now=timezone.now())

    def filter_mine(self, articles: Any, name: str, value: str) -> Any:
        """Keep those that the account has made or signs."""
        return articles.filter(made_or_signed_by(self.request.user))


def authors_of(article: ArticlePage) -> str:
    """Return the first two who sign, and how many more there are."""
    names = [byline.author.name for byline in article.bylines.all()]
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def views_of(article: ArticlePage) -> str:
    """Return the views of the last 24 hours; nothing for what was never counted."""
    popularity = getattr(article, "popularity", None)
    return intcomma(popularity.views_24h) if popularity else ""


class StateColumn(BaseColumn):
    """The state in one word, with the moment or the step that belongs to it."""

    cell_template_name = "desk/state_cell.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the template's variables: `state`, and `url` of what readers have."""
        context = super().get_cell_context_data(instance, parent_context)
        state = state_of(instance, now=timezone.now())
        return context | {"state": state, "url": instance.url if instance.live else ""}


class ArticleIndexView(IndexView):
    """The flat list; the number of queries does not grow with the rows."""

    add_item_label = _("New article")
    sort_last = ("goes_live_at", "published_at", "popularity__views_24h")
    """Orderings in which articles without a value come last, in either direction."""

    def get_base_queryset(self) -> Any:
        articles = self.model.objects.filter(explorable_below(self.request.user))
        articles = articles.prefetch_related("section", "bylines__author", "popularity")
        return self.annotate_queryset(articles)

    def annotate_queryset(self, pages: Any) -> Any:
        """Annotate what the columns show."""
        return annotate_moments(super().annotate_queryset(pages))

    def get_valid_orderings(self) -> list[str]:
        """Return the orderings of the columns, and the one of what is scheduled."""
        return [*super().get_valid_orderings(), "goes_live_at", "-goes_live_at"]

    def search_queryset(self, queryset: Any) -> Any:
        """Keep the headlines, live or drafted, that hold every word or part of one.

        By the database and not by the index, which knows neither drafts' headlines nor
        what was made this second.
        """
        for word in self.search_query.split():
            in_headline = Q(title__icontains=word) | Q(draft_title__icontains=word)
            queryset = queryset.filter(in_headline)
        return queryset

    def order_queryset(self, queryset: Any) -> Any:
        """Order; a second key keeps pages apart from each other."""
        if not self.ordering:
            return queryset.order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")
        name = self.ordering.removeprefix("-")
        if name not in self.sort_last:
            return super().order_queryset(queryset)
        column = F("latest_revision__approved_go_live_at" if name == "goes_live_at" else name)
        is_descending = self.ordering.startswith("-")
        order = column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True)
        return queryset.order_by(order, "-pk")


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
    choose_parent_view_class = ChooseSectionView
    filterset_class = ArticleFilterSet
    list_per_page = 50
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        StateColumn("state", label=_("State"), sort_key="live", width="12%"),
        Column(
            "kind",
            label=_("Type"),
            accessor="get_kind_display",
            sort_key="kind",
            width="7%",
            classname=NARROW_HIDES,
        ),
        Column(
            "section",
            label=_("Section"),
            accessor="section.title",
            width="10%",
            classname=NARROW_HIDES,
        ),
        Column(
            "authors", label=_("Authors"), accessor=authors_of, width="11%", classname=NARROW_HIDES
        ),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            width="8%",
            classname=NARROW_HIDES,
        ),
        DateColumn(
            "published_at",
            label=_("Published"),
            sort_key="published_at",
            width="8%",
            classname=NARROW_HIDES,
        ),
        Column(
            "views",
            label=_("Views, 24 h"),
            accessor=views_of,
            sort_key="popularity__views_24h",
            width="6%",
            classname=f"{NARROW_HIDES} newsroom-number",
        ),
    ]


article_listing = ArticleListingViewSet()
