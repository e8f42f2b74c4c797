"""What a batch of articles refers to, each kind asked for once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from articles.exports.bodies import References, Resolved, Target
from articles.exports.places import Places
from articles.exports.records import ExportedPicture
from articles.media.models import NewsDocument, NewsImage, NewsRendition
from articles.pages.article import ArticlePage
from articles.pages.visibility import NewsroomPageQuerySet
from articles.people.models import Author, Byline
from articles.popularity.models import ArticlePopularity
from articles.tags.models import TaggedArticle, Topic


def load_articles(ids: list[int], *, now: datetime) -> list[ArticlePage]:
    """Read articles by id, in that order, each with its state. One query.

    Each row says whether readers see it (`is_visible`) and the moment it is scheduled for
    (`scheduled_at`), in the same statement, so that no change can come between.
    """
    scheduled = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    ).order_by("approved_go_live_at")
    # IN and not EXISTS, and the ids named twice: of an EXISTS, PostgreSQL expects so much
    # work that it compiles the query for half a second, or asks the whole archive.
    visible = ArticlePage.objects.visible_to_readers(now=now).filter(pk__in=ids)
    return list(
        ArticlePage.objects.filter(pk__in=ids)
        .annotate(
            is_visible=Case(
                When(pk__in=visible.values("pk"), then=Value(True)), default=Value(False)
            ),
            scheduled_at=Subquery(scheduled.values("approved_go_live_at")[:1]),
        )
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported article came from; `old_urls` as its source wrote them."""

    source: str = ""
    external_id: str = ""
    old_urls: tuple[str, ...] = ()


@dataclass(slots=True)
class Batch:
    """Rows by article id, except for the names, which are by their own id."""

    drafts: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Content of the latest revision, of articles that are not live."""
    authors: dict[int, list[int]] = field(default_factory=dict)
    tags: dict[int, list[int]] = field(default_factory=dict)
    further_categories: dict[int, list[int]] = field(default_factory=dict)
    views: dict[int, int] = field(default_factory=dict)
    origins: dict[int, Origin] = field(default_factory=dict)
    redirects: dict[int, list[str]] = field(default_factory=dict)
    author_names: dict[int, str] = field(default_factory=dict)
    tag_names: dict[int, str] = field(default_factory=dict)


def load_batch(articles: list[ArticlePage]) -> Batch:
    """Ask for everything that hangs on articles: nine queries, eight when all are live."""
    ids = [article.pk for article in articles]
    batch = Batch(drafts=_drafts(articles))
    bylines = Byline.objects.filter(article__in=ids).order_by("sort_order", "pk")
    batch.authors = _grouped(bylines.values_list("article_id", "author_id"))
    tagged = TaggedArticle.objects.filter(content_object__in=ids).order_by("pk")
    batch.tags = _grouped(tagged.values_list("content_object_id", "tag_id"))
    further = ArticlePage.further_categories.through.objects.filter(articlepage__in=ids)
    batch.further_categories = _grouped(
        further.order_by("pk").values_list("articlepage_id", "categorypage_id")
    )
    for article_id, content in batch.drafts.items():
        _take_from_draft(batch, article_id, content)
    batch.author_names = _names(Author.objects.all(), batch.authors)
    batch.tag_names = _names(Topic.objects.all(), batch.tags)
    batch.views = dict(
        ArticlePopularity.objects.filter(article__in=ids).values_list("article_id", "views_total")
    )
    batch.origins = _origins(ids)
    redirects = Redirect.objects.filter(redirect_page__in=ids).order_by("pk")
    batch.redirects = _grouped(redirects.values_list("redirect_page_id", "old_path"))
    return batch


def load_references(references: References, *, places: Places, now: datetime) -> Resolved:
    """Ask for pictures, pages and files that bodies refer to: three queries at most."""
    images: dict[int, ExportedPicture] = {}
    for image in _with_widest_rendition(NewsImage.objects.filter(pk__in=references.images)):
        images[image.pk] = ExportedPicture(
            url=places.media_url(image.widest_file) or image.source_url,
            alt=image.description,
            caption=image.caption,
            credit=image.credit,
        )
    pages = _visible_pages(references.pages, now=now)
    documents = NewsDocument.objects.filter(pk__in=references.documents)
    return Resolved(
        images=images,
        pages={
            pk: Target(url=places.page_url(url_path), title=title)
            for pk, url_path, title in pages
            if places.page_url(url_path)
        },
        documents={
            document.pk: Target(url=places.absolute(document.url), title=document.title)
            for document in documents
        },
    )


def _with_widest_rendition(images: QuerySet[NewsImage]) -> QuerySet[Any]:
    renditions = NewsRendition.objects.filter(image=OuterRef("pk"))
    # JPEG and PNG are read everywhere; the modern formats stand beside them on a page.
    common = renditions.filter(file__regex=r"\.(jpe?g|png|gif)$").order_by("-width", "pk")
    return images.annotate(widest_file=Subquery(common.values("file")[:1]))


def _visible_pages(ids: set[int], *, now: datetime) -> list[tuple[int, str, str]]:
    if not ids:
        return []
    articles = ArticlePage.objects.visible_to_readers(now=now).values("pk")
    others = NewsroomPageQuerySet(Page).not_type(ArticlePage).visible_to_readers(now=now)
    pages = Page.objects.filter(pk__in=ids)
    visible = pages.filter(pk__in=articles) | pages.filter(pk__in=others.values("pk"))
    return list(visible.values_list("pk", "url_path", "title"))


def _drafts(articles: Iterable[ArticlePage]) -> dict[int, dict[str, Any]]:
    latest = [a.latest_revision_id for a in articles if not a.live and a.latest_revision_id]
    if not latest:
        return {}
    contents = Revision.objects.filter(pk__in=latest).values_list("object_id", "content")
    return {int(object_id): content for object_id, content in contents}


def _take_from_draft(batch: Batch, article_id: int, content: dict[str, Any]) -> None:
    bylines = sorted(content.get("bylines", []), key=lambda row: row["sort_order"] or 0)
    batch.authors[article_id] = [row["author"] for row in bylines]
    batch.tags[article_id] = [row["tag"] for row in content.get("tagged_items", [])]
    batch.further_categories[article_id] = list(content.get("further_categories", []))


def _origins(article_ids: list[int]) -> dict[int, Origin]:
    # By name: exports and imports are neighbors, and know each other's tables only.
    records = apps.get_model("articles", "ImportedRecord").objects
    rows = records.filter(kind="article", object_id__in=article_ids).order_by("-pk")
    # The first source that brought an article wins, should a second one have had it, too.
    return {
        article_id: Origin(
            source=source, external_id=external_id, old_urls=tuple(data.get("old_urls") or ())
        )
        for article_id, source, external_id, data in rows.values_list(
            "object_id", "source", "external_id", "data"
        )
        if article_id is not None
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _names(rows: QuerySet[Any], groups: dict[int, list[int]]) -> dict[int, str]:
    ids = {pk for group in groups.values() for pk in group}
    return dict(rows.filter(pk__in=ids).values_list("pk", "name"))
