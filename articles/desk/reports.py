"""Reports beside Wagtail's own."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from articles.corrections.models import Correction, CorrectionKind
from articles.desk.rights import explorable_below
from articles.pages.article import ArticlePage


class CorrectionFilterSet(WagtailFilterSet):
    """Kind, and when it was published."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CorrectionKind.choices, empty_label=_("Any")
    )
    is_material = django_filters.BooleanFilter(label=_("Material"))
    published_at = django_filters.DateFromToRangeFilter(
        label=_("Published"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Correction
        fields: list[str] = []


class CorrectionsReportView(ReportView):
    """Every note to readers on the articles an account has before it; queries do not grow."""

    model = Correction
    filterset_class = CorrectionFilterSet
    page_title = _("Corrections")
    header_icon = "edit"
    index_url_name = "newsroom_corrections_report"
    index_results_url_name = "newsroom_corrections_report_results"
    any_permission_required = ["view", "add"]
    default_ordering = ["-published_at", "-pk"]
    list_export = [
        "published_at",
        "kind",
        "is_material",
        "text",
        "article.title",
        "published_by_name",
    ]
    export_headings = {"article.title": _("Article"), "published_by_name": _("By")}
    columns = [
        TitleColumn(
            "article",
            label=_("Article"),
            accessor="article.title",
            get_url=lambda note: reverse("wagtailadmin_pages:edit", args=[note.article_id]),
        ),
        Column("kind", label=_("Kind"), accessor="get_kind_display", width="12%"),
        Column("text", label=_("Text"), width="40%"),
        DateColumn("published_at", label=_("When"), width="10%"),
        Column("published_by_name", label=_("By"), width="12%"),
    ]

    def get_base_queryset(self) -> QuerySet[Correction]:
        """Return the notes, with what the columns show of their articles."""
        own = ArticlePage.objects.filter(explorable_below(self.request.user))
        notes = Correction.objects.filter(article__in=own).select_related("article")
        return notes.defer("article__body")

    def get_filename(self) -> str:
        """Return the name of an exported file, without its ending."""
        return f"corrections-{timezone.localdate():%Y-%m-%d}"
