"""What sitemaps list: addresses that readers may see and search engines may find.

Lists that grow without end are cut by ranges of ids: part *n* holds the ids from
`(n - 1) * PART` to before `n * PART`. So a part is one look into an index, its content
does not shift when something else is published, and it never has more than `PART`
addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from articles.media.models import NewsRendition
from articles.media.sizes import list_sizes
from articles.pages.article import ArticleKind, ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.static import StaticPage
from articles.pages.visibility import ArticleQuerySet
from articles.people.models import Author
from articles.reading.addresses import author_url, topic_url
from articles.reading.facts import SiteFacts
from articles.tags.models import Topic

PART = 10_000
"""Addresses in one sitemap at most. Source: sitemaps.org allows 50,000."""

LARGEST_PART = 2**31 // PART
"""Ids of pages and topics are no larger than 31 bits."""

INDEXED_TOPIC_HAS = 5
"""Articles; a topic with fewer is kept out of search engines by its page, too."""

NEWS_FOR = timedelta(hours=48)
NEWS_AT_MOST = 1_000
"""Source: Google Search Central, "Create a news sitemap"."""

PICTURE_WIDTHS = (640, 800, 1080, 1600)


@dataclass(frozen=True, slots=True)
class Entry:
    """An address within the site, and when what it shows last changed."""

    url: str
    changed_at: datetime | None = None
    image_url: str = ""


class NewsEntry(NamedTuple):
    """An article of the last two days."""

    url: str
    title: str
    published_at: datetime
    language: str


def articles_for_engines(*, now: datetime) -> ArticleQuerySet:
    """Return the articles that search engines may find here."""
    articles = ArticlePage.objects.visible_to_readers(now=now)
    return articles.filter(is_noindex=False, canonical_url="")


def authors_for_engines(*, now: datetime) -> QuerySet[Author]:
    """Return the authors who have a page."""
    signed = ArticlePage.objects.visible_to_readers(now=now).filter(bylines__author=OuterRef("pk"))
    return Author.objects.filter(Exists(signed))


def topics_for_engines(*, now: datetime) -> QuerySet[Topic]:
    """Return the topics that have enough articles."""
    tagged = ArticlePage.objects.visible_to_readers(now=now).filter(
        tagged_items__tag=OuterRef("pk")
    )
    fifth = tagged.order_by("pk")[INDEXED_TOPIC_HAS - 1 : INDEXED_TOPIC_HAS]
    return Topic.objects.filter(Exists(fifth))


def list_parts(rows: QuerySet) -> list[int]:
    """Return the numbers of the parts that hold any of some rows. One query.

    It jumps from range to range by the primary key, so that its time grows with the
    number of parts, not of rows.
    """
    reached = RawSQL(f"part.number * {PART}", [], BigIntegerField())  # noqa: S611
    following = rows.filter(pk__gte=reached).order_by("pk").values("pk")[:1]
    sql, params = following.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE part (number) AS (
                SELECT CAST(0 AS bigint)
                UNION ALL
                SELECT CAST(({sql}) / {PART} + 1 AS bigint) FROM part WHERE number IS NOT NULL
            )
            SELECT number FROM part WHERE number > 0 ORDER BY number
            """,  # noqa: S608 - made by the ORM
            params,
        )
        return [number for (number,) in cursor.fetchall()]


def within_part(rows: QuerySet, *, number: int) -> QuerySet:
    """Return the rows of one part, in the order of their ids."""
    return rows.filter(pk__gte=(number - 1) * PART, pk__lt=number * PART).order_by("pk")


def list_article_entries(*, number: int, facts: SiteFacts, now: datetime) -> Iterator[Entry]:
    """Yield the articles of a part with their lead pictures. Two queries."""
    articles = within_part(articles_for_engines(now=now), number=number)
    pictures = _load_picture_urls(articles.order_by().values("lead_image"))
    rows = articles.values_list("url_path", "published_at", "materially_updated_at", "lead_image")
    for url_path, published_at, updated_at, image_id in rows:
        url = facts.url_of(url_path)
        if url:
            changed_at = last_change(published_at, updated_at)
            yield Entry(url, changed_at, pictures.get(image_id, ""))


def list_section_entries(*, number: int, facts: SiteFacts, now: datetime) -> Iterator[Entry]:
    """Yield the sections of a part; each changed with its newest article.

    One query, with a look into an index for each section of the site.
    """
    newest = ArticlePage.objects.visible_to_readers(now=now).filter(section=OuterRef("pk"))
    sections = CategoryPage.objects.visible_to_readers(now=now).order_by("pk")
    rows = list(
        sections.annotate(newest_at=_newest(newest)).values_list(
            "pk", "path", "url_path", "newest_at"
        )
    )
    known = [(path, at) for _pk, path, _url_path, at in rows if at is not None]
    for pk, path, url_path, _at in rows:
        url = facts.url_of(url_path)
        if pk // PART + 1 == number and url:
            below = [at for place, at in known if place.startswith(path)]
            yield Entry(url, max(below, default=None))


def list_page_parts(*, facts: SiteFacts, now: datetime) -> list[int]:
    """Return the parts with the front page or pages outside the news. One query."""
    pages = list_parts(StaticPage.objects.visible_to_readers(now=now))
    return sorted({facts.home_id // PART + 1, *pages})


def list_page_entries(*, number: int, facts: SiteFacts, now: datetime) -> Iterator[Entry]:
    """Yield the pages outside the news of a part, and the front page. Two queries."""
    if facts.home_id // PART + 1 == number:
        articles = ArticlePage.objects.visible_to_readers(now=now).newest_first()
        yield Entry("/", articles.values_list("published_at", flat=True).first())
    pages = within_part(StaticPage.objects.visible_to_readers(now=now), number=number)
    for url_path, at in pages.values_list("url_path", "last_published_at"):
        if url := facts.url_of(url_path):
            yield Entry(url, at)


def list_author_entries(*, number: int, now: datetime) -> Iterator[Entry]:
    """Yield the authors of a part; each changed with the newest article. One query."""
    authors = within_part(authors_for_engines(now=now), number=number)
    newest = ArticlePage.objects.visible_to_readers(now=now).filter(bylines__author=OuterRef("pk"))
    rows = authors.annotate(newest_at=_newest(newest)).values_list("slug", "newest_at")
    for slug, at in rows:
        yield Entry(author_url(slug), at)


def list_topic_entries(*, number: int, now: datetime) -> Iterator[Entry]:
    """Yield the topics of a part; each changed with the newest article. One query."""
    topics = within_part(topics_for_engines(now=now), number=number)
    newest = ArticlePage.objects.visible_to_readers(now=now).filter(
        tagged_items__tag=OuterRef("pk")
    )
    rows = topics.annotate(newest_at=_newest(newest)).values_list("slug", "newest_at")
    for slug, at in rows:
        yield Entry(topic_url(slug), at)


def list_news(*, facts: SiteFacts, now: datetime, language: str) -> list[NewsEntry]:
    """Return the articles of the last two days, the newest first; press releases never. One query.

    Args:
        facts: of the site.
        now: end of the two days.
        language: of articles that state none.
    """
    articles = articles_for_engines(now=now).exclude(kind=ArticleKind.PRESS_RELEASE)
    recent = articles.filter(published_at__gt=now - NEWS_FOR).newest_first()
    rows = recent.values_list("url_path", "title", "published_at", "language")[:NEWS_AT_MOST]
    return [
        NewsEntry(url, title, at, own_language or language)
        for path, title, at, own_language in rows
        if at and (url := facts.url_of(path))
    ]


def last_change(published_at: datetime | None, updated_at: datetime | None) -> datetime | None:
    """Return the later moment: what the page shows, and says as `dateModified`."""
    moments = [at for at in (published_at, updated_at) if at is not None]
    return max(moments, default=None)


def _newest(articles: ArticleQuerySet) -> Subquery:
    return Subquery(articles.newest_first().values("published_at")[:1])


def _load_picture_urls(image_ids: QuerySet) -> dict[int, str]:
    """Return the largest rendition of each picture, as JPEG. One query."""
    sizes = list_sizes("lead", formats=("jpeg",))
    renditions = NewsRendition.objects.filter(
        image__in=image_ids,
        filter_spec__in=[size.spec for size in sizes if size.width in PICTURE_WIDTHS],
    )
    storage = NewsRendition._meta.get_field("file").storage
    rows = renditions.order_by("width", "pk").values_list("image_id", "file")
    return {image_id: storage.url(name) for image_id, name in rows.iterator()}
