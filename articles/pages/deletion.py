"""Which pages may be taken away for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from articles.pages.errors import HasCorrectionsError, PageLockedError

NAMED_AT_MOST = 3


def check_deletable(paths: Iterable[str]) -> None:
    """Refuse to delete trees that must stay, before they are touched. Two queries.

    Args:
        paths: treebeard paths of the pages; everything below them counts.

    Raises:
        HasCorrectionsError: corrections stand on articles in it; names up to three.
        PageLockedError: somebody holds a page below one of them. Whether the pages
            themselves are held is a matter of rights, see `NewsroomPermissionTester`.
    """
    paths = list(paths)
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
    held = Page.objects.filter(inside, locked=True).exclude(path__in=paths).order_by("path")
    page = held.select_related("locked_by").first()
    if page is not None:
        raise PageLockedError(
            _("“%(page)s” in it is locked by %(who)s: it must be unlocked first.")
            % {"page": page.title, "who": page.locked_by or _("the newsroom")}
        )
