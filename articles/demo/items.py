"""The demo newsroom in the vocabulary of imports, as if a reader had read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.demo.records import (
    PICTURE_BASE,
    DemoArticle,
    DemoContent,
    DemoPicture,
    DemoStaticPage,
)
from articles.demo.views import count_older_views
from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    Byline,
    CategoryItem,
    CorrectionItem,
    LeadImage,
    MediaItem,
    Record,
    SourceInfo,
    Status,
    TagItem,
)
from articles.text.slugs import slugify

SOURCE = "demo"
"""Name under which the import remembers what the demo brought."""

SectionPath = tuple[tuple[str, str], ...]


def source_info(content: DemoContent) -> SourceInfo:
    """Say what a reader would say of its source."""
    return SourceInfo(
        format=SOURCE,
        title=content.outlet.name,
        base_url="https://daily-internationalist.example",
        language="en",
        timezone="UTC",
        item_count=len(content.articles) + len(content.static_pages),
    )


def list_records(content: DemoContent, *, now: datetime) -> Iterator[Record]:
    """Turn the content into records; ages become moments before `now`.

    The same `now` gives the same records. Authors, sections, topics and pictures come
    before the pages that name them.
    """
    paths = _section_paths(content)
    names = {author.slug: author.name for author in content.authors}
    for author in content.authors:
        yield AuthorItem(
            external_id=author.slug,
            name=author.name,
            slug=author.slug,
            email=author.email,
            biography_html=author.biography,
        )
    for section in content.walk_sections():
        yield CategoryItem(
            external_id=section.path, path=paths[section.path], description=section.description
        )
    for name in dict.fromkeys(tag for article in content.articles for tag in article.tags):
        yield TagItem(external_id=slugify(name), name=name, slug=slugify(name))
    for picture in content.pictures():
        yield media_item(picture)
    for page in content.static_pages:
        yield _page(page, now=now)
    for article in content.articles:
        yield _article(article, paths=paths, names=names, now=now)


def media_item(picture: DemoPicture) -> MediaItem:
    """Return a picture as an attachment; its id is the path of its made-up address."""
    return MediaItem(
        external_id=picture.address.removeprefix(PICTURE_BASE),
        url=picture.address,
        title=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        alt_text=picture.alt,
    )


def _page(page: DemoStaticPage, *, now: datetime) -> ArticleItem:
    return ArticleItem(
        external_id=page.slug,
        kind="page",
        title=page.title,
        slug=page.slug,
        status="published",
        body=page.body_html,
        published_at=now - timedelta(days=400),
    )


def _article(
    article: DemoArticle, *, paths: dict[str, SectionPath], names: dict[str, str], now: datetime
) -> ArticleItem:
    image = article.image
    sections = (article.section, *article.further_categories)
    return ArticleItem(
        external_id=article.slug,
        title=article.title,
        article_kind=article.kind,
        slug=article.slug,
        status=_status(article),
        body=article.body_html,
        kicker=article.kicker,
        standfirst=article.standfirst,
        bylines=tuple(
            Byline(
                name=names[byline.slug],
                author_id=byline.slug,
                role=byline.role,  # type: ignore[arg-type]  # checked when it was read
            )
            for byline in article.bylines
        ),
        categories=tuple(paths[section] for section in sections),
        tags=tuple((slugify(tag), tag) for tag in article.tags),
        lead=_lead(image) if image else None,
        media=tuple(media_item(picture) for picture in article.body_pictures),
        published_at=_published_at(article, now=now),
        updated_at=article.updated_at(now=now),
        created_at=article.published_at(now=now),
        embargoed_until=_hours_ahead(article.embargo_in_hours, now=now),
        seo_title=article.seo_title,
        seo_description=article.seo_description,
        views=count_older_views(article, now=now),
        related_ids=article.related,
        corrections=tuple(
            CorrectionItem(kind=note.kind, text=note.text, at=now - timedelta(hours=note.age_hours))
            for note in article.corrections
        ),
        position=f"{article.section}/{article.slug}.html",
    )


def _status(article: DemoArticle) -> Status:
    if article.status == "draft":
        return "draft"
    return "scheduled" if article.status == "scheduled" else "published"


def _published_at(article: DemoArticle, *, now: datetime) -> datetime | None:
    if article.status == "draft":
        return None
    if article.scheduled_in_hours is not None:
        return _hours_ahead(article.scheduled_in_hours, now=now)
    return article.published_at(now=now)


def _hours_ahead(hours: float | None, *, now: datetime) -> datetime | None:
    return None if hours is None else now + timedelta(hours=hours)


def _lead(picture: DemoPicture) -> LeadImage:
    return LeadImage(
        url=picture.address,
        media_id=media_item(picture).external_id,
        caption=picture.caption,
        credit=picture.credit,
        alt_text=picture.alt,
    )


def _section_paths(content: DemoContent) -> dict[str, SectionPath]:
    """Return (slug, title) pairs from the top by section path."""
    paths: dict[str, SectionPath] = {}
    for section in content.walk_sections():
        above = paths.get(section.path.rpartition("/")[0], ())
        paths[section.path] = (*above, (section.slug, section.title))
    return paths
