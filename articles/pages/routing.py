"""Which page answers an address: one query, whatever the depth of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.http import Http404
from wagtail.models import Page

from articles.pages.visibility import published_pages, visible_pages

PAGE_TYPES = ("articlepage", "categorypage", "staticpage")
"""Reverse names of the types found below a home page, so that one query loads a page whole."""


class Withdrawn(Http404):
    """An article stood at this address and has been withdrawn: the answer is 410."""


class ReaderState(NamedTuple):
    """What readers may do with a page: see it (open), or be asked to sign in for it."""

    is_published: bool
    is_open: bool


def find_page(root: Page, *, components: Sequence[str], now: datetime) -> Page:
    """Return the page below a root that the parts of an address lead to, as its own type.

    `Page.url_path` has no index and `slug` has: the two together are one look-up, where
    Wagtail's own walk takes two for each level. The page bears its `reader_state`.

    Raises:
        Http404: there is none.
    """
    url_path = f"{root.url_path}{'/'.join(components)}/"
    page = (
        Page.objects.filter(slug=components[-1], url_path=url_path, path__startswith=root.path)
        .annotate(
            is_published=Exists(published_pages(now=now).filter(pk=OuterRef("pk"))),
            is_open=Exists(visible_pages(now=now).filter(pk=OuterRef("pk"))),
        )
        .select_related(*PAGE_TYPES)
        # Two pages may share an address by a fault: readers get the published one.
        .order_by("-is_published", "pk")
        .first()
    )
    if page is None:
        raise Http404("There is no page at this address.")
    state = ReaderState(is_published=page.is_published, is_open=page.is_open)
    types = (getattr(page, name, None) for name in PAGE_TYPES)
    own = next((instance for instance in types if instance is not None), None) or page.specific
    own.reader_state = state
    return own


def get_reader_state(page: Page, *, now: datetime) -> ReaderState:
    """Return what readers may do with a page (one query)."""
    row = (
        Page.objects.filter(pk=page.pk)
        .order_by()
        .values_list(
            Exists(published_pages(now=now).filter(pk=OuterRef("pk"))),
            Exists(visible_pages(now=now).filter(pk=OuterRef("pk"))),
        )
        .first()
    )
    return ReaderState(*row) if row else ReaderState(is_published=False, is_open=False)
