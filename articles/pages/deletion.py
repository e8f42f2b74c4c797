"""Which pages may be taken away for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q

from articles.pages.errors import HasCorrectionsError

NAMED_AT_MOST = 3


def check_deletable(paths: Iterable[str]) -> None:
    """Refuse to delete trees that hold an article with corrections, before they are touched.

    Args:
        paths: treebeard paths of the pages; everything below them counts.

    Raises:
        HasCorrectionsError: names up to three of the articles.
    """
    inside = Q()
    for path in paths:
        inside |= Q(path__startswith=path)
    if not inside:
        return
    # The room of corrections lies above this one; the reverse relation is enough.
    articles = apps.get_model("articles.ArticlePage").objects
    titles = list(
        articles.filter(inside, corrections__isnull=False)
        .distinct()
        .order_by("path")
        .values_list("title", flat=True)[:NAMED_AT_MOST]
    )
    if titles:
        raise HasCorrectionsError(titles=titles)
