"""Rows by which pages and those who signed them are read in bulk, without model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from articles.pages.article import ArticlePage
from articles.pages.visibility import visible_pages
from articles.people.models import Byline
from articles.reading.addresses import author_url


class PageRow(NamedTuple):
    """A page that readers may see; what only articles have is None for other pages."""

    id: int
    path: str
    url_path: str
    title: str
    short_headline: str | None = None
    kicker: str | None = None
    kind: str | None = None
    issuer: str | None = None
    standfirst: str | None = None
    published_at: datetime | None = None
    materially_updated_at: datetime | None = None
    lead_image_id: int | None = None
    lead_alt_text: str | None = None

    @property
    def is_article(self) -> bool:
        return self.kind is not None


class Signature(NamedTuple):
    """One who signed an article. `role` is a value of `BylineRole`."""

    article_id: int
    role: str
    author_id: int
    name: str
    slug: str
    author_role: str
    expertise: str
    portrait_id: int | None
    is_desk: bool

    @property
    def url(self) -> str:
        return author_url(self.slug)


def load_rows(page_ids: Collection[int], *, now: datetime | None = None) -> dict[int, PageRow]:
    """Return pages of any type by id; what readers may not see is left out.

    One query, none without ids.
    """
    if not page_ids:
        return {}
    rows = (
        visible_pages(now=now)
        .filter(pk__in=page_ids)
        .order_by()
        .values_list(
            *("pk", "path", "url_path", "title"),
            *(f"articlepage__{name}" for name in PageRow._fields[4:]),
        )
    )
    return {row[0]: PageRow(*row) for row in rows}


def load_newest_rows(limit: int, *, now: datetime | None = None) -> dict[int, PageRow]:
    """Return the newest articles that readers may see, in order. One query."""
    rows = (
        ArticlePage.objects.visible_to_readers(now=now)
        .newest_first()
        .values_list("pk", *PageRow._fields[1:])[:limit]
    )
    return {row[0]: PageRow(*row) for row in rows}


def load_signatures(article_ids: Collection[int]) -> dict[int, list[Signature]]:
    """Return who signed articles, by article and in order. One query, none without ids."""
    if not article_ids:
        return {}
    rows = (
        Byline.objects.filter(article_id__in=article_ids)
        .order_by("article_id", F("sort_order").asc(nulls_last=True), "pk")
        .values_list(
            *("article_id", "role", "author_id", "author__name", "author__slug"),
            *("author__role", "author__expertise", "author__portrait_id", "author__is_desk"),
        )
    )
    signatures: defaultdict[int, list[Signature]] = defaultdict(list)
    for row in rows:
        signatures[row[0]].append(Signature(*row))
    return dict(signatures)


def signatures_of_draft(article: ArticlePage) -> list[Signature]:
    """Return who signs a draft as it is in memory; for previews, a query for each author."""
    return [
        Signature(
            article_id=article.pk or 0,
            role=byline.role,
            author_id=byline.author.pk,
            name=byline.author.name,
            slug=byline.author.slug,
            author_role=byline.author.role,
            expertise=byline.author.expertise,
            portrait_id=byline.author.portrait_id,
            is_desk=byline.author.is_desk,
        )
        for byline in article.bylines.all()
    ]
