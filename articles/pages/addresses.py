"""One address, one page: locks and checks that every change of the tree goes through."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page


def lock_pages(*pages: Page | None) -> None:
    """Hold the rows of pages until the transaction ends, in one order.

    Slugs are compared with those of the siblings and written afterwards; whoever
    holds the parent's row is alone between the two. SQLite needs no row lock: its
    transactions are IMMEDIATE, one writer at a time. One query; none without pages.

    Source: `survival.md`, fact 2.
    """
    ids = sorted({page.pk for page in pages if page is not None})
    if ids and connection.features.has_select_for_update:
        locked = Page.objects.filter(pk__in=ids).order_by("pk")
        # NO KEY: rows that merely refer to the page may be inserted meanwhile.
        list(locked.select_for_update(no_key=True).values_list("pk"))


def lock_parent(page: Page) -> None:
    """Hold the row of a page's parent; the tree's root and new pages have none to hold."""
    if not page.path or page.depth <= 1:
        return
    parent_path = page.path[: -page.steplen]
    if connection.features.has_select_for_update:
        locked = Page.objects.filter(path=parent_path).select_for_update(no_key=True)
        list(locked.values_list("pk"))


def lock_for_change(*, pages: Iterable[int], parents: Iterable[int] = ()) -> None:
    """Hold the parents' rows of pages, and further ones, by primary key and in one order.

    Two queries; one when there are no `pages`, none when there is nothing.
    """
    pages, parents = list(pages), list(parents)
    if not (pages or parents) or not connection.features.has_select_for_update:
        return
    paths = Page.objects.filter(pk__in=pages, depth__gt=1).values_list("path", flat=True)
    above = {path[: -Page.steplen] for path in paths} if pages else set()
    locked = Page.objects.filter(Q(pk__in=parents) | Q(path__in=above)).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk"))


def check_slug_is_allowed(page: Page, *, parent: Page | None) -> None:
    """Refuse a slug that would hide one of the project's own addresses.

    Raises:
        ValidationError: on the field `slug`.
    """
    from articles.pages.base import NewsroomPage  # `base` imports this file

    if parent is None or not isinstance(page, NewsroomPage):
        return
    if page.slug_is_reserved(page.slug, parent=parent):
        raise ValidationError(
            {
                "slug": _("“%(slug)s” is an address of the site itself: choose another slug.")
                % {"slug": page.slug}
            }
        )


def check_slug_is_free(page: Page, *, parent: Page) -> None:
    """Refuse a place below a parent where a sibling has the same slug.

    Raises:
        ValidationError: on the field `slug`.
    """
    if not Page._slug_is_available(page.slug, parent, page):
        raise ValidationError(
            {
                "slug": _("“%(title)s” already has a page with the slug “%(slug)s”: rename one.")
                % {"title": parent.title, "slug": page.slug}
            }
        )
