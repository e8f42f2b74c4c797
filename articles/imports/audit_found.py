"""What stands in the database for the items of an import, as the audit compares it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from articles.blocks.pictures import iter_pictures
from articles.imports.cleaner.words import block_words
from articles.imports.in_place import MODELS
from articles.imports.models import ImportedRecord
from articles.imports.writer.redirect_stage import was_public
from articles.imports.writer.redirects import old_path
from articles.pages.article import ArticlePage
from articles.people.models import Byline

_LINKS = ("<a href=", "<a linktype=")
MAX_PATH = 255
"""Longer addresses cannot be stored as redirects; the redirect stage says so."""


@dataclass(slots=True)
class FoundPage:
    """A page of ours.

    Attributes:
        published_at: ISO moment in UTC, or None.
        category: titles from the top.
        old_urls: old path to the path that answers it: itself when it leads to the page,
            another page's address, or "" when nothing answers.
    """

    is_edited: bool
    live: bool = False
    expired: bool = False
    is_private: bool = False
    is_due: bool = False
    words: int = 0
    images: int = 0
    links: int = 0
    has_lead: bool = False
    published_at: str | None = None
    authors: list[str] = field(default_factory=list)
    category: list[str] = field(default_factory=list)
    old_urls: dict[str, str] = field(default_factory=dict)

    def status_as(self, stated: str | None) -> str:
        """Return the status in the words of an import.

        A scheduled one that the worker has released, and a published one that has expired,
        are what they should be.
        """
        if self.is_private:
            return "private"
        if self.live:
            return "scheduled" if stated == "scheduled" else "published"
        if self.is_due:
            return "scheduled"
        return "published" if self.expired and stated == "published" else "draft"


def load_found(records: Sequence[ImportedRecord]) -> dict[int, FoundPage]:
    """Return what stands for records, by their primary keys; deleted pages are left out.

    Nine queries, however many records.
    """
    rows = {row["pk"]: row for kind in MODELS for row in _load_rows(kind, records)}
    pages: dict[int, FoundPage] = {}
    for record in records:
        row = rows.get(record.object_id or 0)
        if row is not None:
            pages[record.pk] = _from_row(record, row)
    by_page = {record.object_id: pages[record.pk] for record in records if record.pk in pages}
    _add_authors(by_page)
    _add_categories(by_page, rows)
    restricted = PageViewRestriction.objects.filter(page__in=by_page)
    for page_id in restricted.values_list("page_id", flat=True):
        by_page[page_id].is_private = True
    _add_old_urls([record for record in records if record.pk in pages], pages, rows)
    return pages


def _load_rows(kind: str, records: Sequence[ImportedRecord]) -> Iterable[dict[str, Any]]:
    model = MODELS[kind]
    names = [
        *("pk", "path", "url_path", "live", "expired", "latest_revision_id", "raw_body"),
        "latest_revision__approved_go_live_at",
    ]
    if model is ArticlePage:
        names += ["published_at", "lead_image_id", "lead_source_url"]
    ids = [record.object_id for record in records if record.kind == kind]
    # As text: a StreamField would make blocks of it first.
    pages: QuerySet[Any] = model.objects.filter(pk__in=ids)
    return pages.annotate(raw_body=Cast("body", TextField())).order_by().values(*names)


def _from_row(record: ImportedRecord, row: Mapping[str, Any]) -> FoundPage:
    raw = row["raw_body"] or "[]"
    body = json.loads(raw)
    published_at = row.get("published_at")
    blocks = {block.get("id") for block in body if block["type"] == "also_read"}
    said = record.data.get("blocks", {})
    return FoundPage(
        is_edited=row["latest_revision_id"] != record.revision_id,
        live=row["live"],
        expired=row["expired"],
        is_due=row["latest_revision__approved_go_live_at"] is not None,
        words=len(block_words(body)),
        images=sum(1 for _ in iter_pictures(body)),
        links=sum(map(raw.count, _LINKS))
        + sum(1 for pk in blocks if said.get(pk, {}).get("wanted_url")),
        has_lead=bool(row.get("lead_image_id") or row.get("lead_source_url")),
        published_at=published_at.isoformat() if published_at else None,
    )


def _add_authors(pages: Mapping[int | None, FoundPage]) -> None:
    bylines = Byline.objects.filter(article__in=pages).order_by("article", "sort_order", "pk")
    for page_id, name in bylines.values_list("article_id", "author__name"):
        authors = pages[page_id].authors
        # One name, whatever the roles.
        if name not in authors:
            authors.append(name)


def _add_categories(
    pages: Mapping[int | None, FoundPage], rows: Mapping[int, Mapping[str, Any]]
) -> None:
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for page_id in pages:
        path = rows[page_id or 0]["path"]
        # Root and home are no sections.
        wanted[path] = [path[:end] for end in range(3 * Page.steplen, len(path), Page.steplen)]
    paths = {path for above in wanted.values() for path in above}
    titles = dict(Page.objects.filter(path__in=paths).order_by().values_list("path", "title"))
    for page_id, page in pages.items():
        above = wanted[rows[page_id or 0]["path"]]
        page.category = [titles[path] for path in above if path in titles]


def _add_old_urls(
    records: Sequence[ImportedRecord],
    pages: Mapping[int, FoundPage],
    rows: Mapping[int, Mapping[str, Any]],
) -> None:
    """Look up where the old addresses of public items lead: to a page's own, or by redirect."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    root = site.root_page.url_path
    wanted = {record.pk: _old_paths(record) for record in records if was_public(record)}
    paths = {path for found in wanted.values() for path in found}
    redirects = Redirect.objects.filter(site=site, old_path__in=paths).order_by()
    leads_to = dict(redirects.values_list("old_path", "redirect_page_id"))
    slugs = {path.rpartition("/")[2] for path in paths if "?" not in path}
    live = Page.objects.filter(slug__in=slugs, live=True).order_by().values_list("url_path", "pk")
    # Wagtail looks for redirects where no page answers.
    leads_to |= {
        Redirect.normalise_path("/" + url_path.removeprefix(root)): pk for url_path, pk in live
    }
    for record in records:
        for path in wanted.get(record.pk, ()):
            target = leads_to.get(path)
            own = Redirect.normalise_path(
                "/" + rows[record.object_id or 0]["url_path"].removeprefix(root)
            )
            # A draft will answer there itself, once it is published.
            right = target == record.object_id or (target is None and path == own)
            pages[record.pk].old_urls[path] = path if right else _address(target, rows)


def _old_paths(record: ImportedRecord) -> list[str]:
    """Return the old addresses that should lead to a page; that of the site itself is none."""
    paths = dict.fromkeys(old_path(url) for url in record.data.get("old_urls", ()))
    return [path for path in paths if path not in {"", "/"} and len(path) <= MAX_PATH]


def _address(page_id: int | None, rows: Mapping[int, Mapping[str, Any]]) -> str:
    if page_id is None:
        return ""
    return str(rows[page_id]["url_path"]) if page_id in rows else f"page {page_id}"
