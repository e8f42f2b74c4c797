"""Which documents readers may fetch."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.pages.static import StaticPage

PAGE_TYPES = (ArticlePage, StaticPage, CategoryPage, HomePage)


def is_open_to_readers(document: Any) -> bool:
    """Tell whether a page that readers may see refers to a document.

    From Wagtail's reference index, at most a query for each type of page.
    """
    for model in PAGE_TYPES:
        ids = (
            ReferenceIndex.get_references_to(document)
            .filter(content_type=ContentType.objects.get_for_model(model))
            .values_list("object_id", flat=True)
        )
        pages = [int(pk) for pk in ids]
        if pages and model.objects.filter(pk__in=pages).visible_to_readers().exists():
            return True
    return False
