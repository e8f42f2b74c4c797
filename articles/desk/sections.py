"""Sections as choices of forms and filters: in the order of the tree, with their depth."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from articles.pages.category import CategoryPage

TOP_DEPTH = 3
"""Depth in the tree of a section directly below home."""


def all_sections() -> QuerySet[CategoryPage]:
    """Return the sections in the order of the tree, with what a choice shows."""
    return CategoryPage.objects.only("title", "draft_title", "depth", "path").order_by("path")


def label_of(section: CategoryPage) -> str:
    """Return a section's title, led by a dash for each level below the top."""
    return "– " * max(0, section.depth - TOP_DEPTH) + section.title


class SectionChoiceField(forms.ModelMultipleChoiceField):
    """Several sections."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", all_sections())
        super().__init__(**kwargs)

    def label_from_instance(self, section: Any) -> str:
        return label_of(section)


class OneSectionField(forms.ModelChoiceField):
    """One section."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", all_sections())
        super().__init__(**kwargs)

    def label_from_instance(self, section: Any) -> str:
        return label_of(section)


class SectionFilter(django_filters.ModelChoiceFilter):
    """Keeps what lies in a section or below it."""

    field_class = OneSectionField

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", all_sections())
        super().__init__(**kwargs)

    def filter(self, queryset: Any, value: CategoryPage | None) -> Any:
        return queryset if value is None else queryset.filter(path__startswith=value.path)
