"""Articles out of the database, as a stream of plain records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from articles.exports.batches import Batch, Origin, load_articles, load_batch, load_references
from articles.exports.bodies import (
    Blocks,
    References,
    Resolved,
    Survey,
    body_text,
    resolve_body,
    survey_body,
)
from articles.exports.places import STEP, Places, load_places
from articles.exports.records import ExportedArticle, ExportedPicture, Status
from articles.pages.article import ArticlePage

StatusChoice = Literal["all", "published"]

BATCH = 500

DRAFT_FIELDS = (
    *("title", "standfirst", "kind", "language", "canonical_url", "source_name"),
    *("dateline_place", "dateline_agency", "lead_caption", "lead_credit", "lead_alt_text"),
    *("lead_source_url", "embargoed_until", "seo_title", "search_description", "expire_at"),
)
"""What an article that is not live takes from its latest revision, besides its relations."""


def export_articles(
    *, status: StatusChoice, now: datetime, batch_size: int = BATCH
) -> Iterator[ExportedArticle]:
    """Read articles in the order of their ids.

    A live article is exported as readers have it: a draft that waits beside it is never
    looked at. One that is not live is exported as its latest revision has it, at its
    present address. Of the pages and files that bodies point at, only those that readers
    may see are named.

    Constant memory, and at most fifteen queries for a batch besides four at the
    beginning. Not one snapshot: what changes while it runs may be seen before or after,
    but each article is read in one statement with the word on whether it is public.

    Args:
        status: `published` is what readers may see at `now`.
        now: aware moment that embargo, schedule and expiry are compared with.
        batch_size: articles in memory at once.
    """
    articles = ArticlePage.objects.all()
    if status == "published":
        articles = articles.visible_to_readers(now=now)
    places = load_places()
    restricted = frozenset(
        PageViewRestriction.objects.order_by().values_list("page__path", flat=True)
    )
    after = 0
    ids = articles.order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=after)[:batch_size]):
        after = batch[-1]
        rows = load_articles(batch, now=now)
        yield from _export_batch(rows, places=places, restricted=restricted, now=now)


def status_of(article: Any, *, restricted: Iterable[str], now: datetime) -> Status:
    """Say in one word what an article is to readers.

    Args:
        article: as `load_articles` gives it (hence Any).
        restricted: tree paths of pages that only some readers may open.
        now: aware moment.
    """
    if article.is_visible:
        return "published"
    if article.withdrawn_at or (article.expire_at and article.expire_at <= now):
        return "draft"
    ends = range(STEP, len(article.path) + 1, STEP)
    if any(article.path[:end] in restricted for end in ends):
        return "private"
    is_embargoed = article.embargoed_until and article.embargoed_until > now
    is_due_later = article.live and article.published_at and article.published_at > now
    if is_embargoed or is_due_later or (not article.live and article.scheduled_at):
        return "scheduled"
    return "draft"


def _export_batch(
    articles: list[ArticlePage], *, places: Places, restricted: frozenset[str], now: datetime
) -> Iterator[ExportedArticle]:
    batch = load_batch(articles)
    bodies: dict[int, Blocks] = {}
    surveys: dict[int, Survey] = {}
    references = References()
    for article in articles:
        draft = batch.drafts.get(article.pk)
        bodies[article.pk] = _take_draft(article, draft) if draft else list(article.body.raw_data)
        surveys[article.pk] = survey_body(bodies[article.pk], references=references)
        if article.lead_image_id:
            references.images.add(article.lead_image_id)
    resolved = load_references(references, places=places, now=now)
    for article in articles:
        yield _export_one(
            article,
            body=bodies[article.pk],
            survey=surveys[article.pk],
            status=status_of(article, restricted=restricted, now=now),
            batch=batch,
            places=places,
            resolved=resolved,
        )


def _take_draft(article: ArticlePage, content: dict[str, Any]) -> Blocks:
    """Let an article hold what its draft says, in memory; return the draft's body."""
    for name in DRAFT_FIELDS:
        if name in content:
            setattr(article, name, article._meta.get_field(name).to_python(content[name]))
    article.lead_image_id = content.get("lead_image")
    body: Blocks = json.loads(content.get("body") or "[]")
    return body


def _export_one(
    article: Any,  # with what `load_articles` adds
    *,
    body: Blocks,
    survey: Survey,
    status: Status,
    batch: Batch,
    places: Places,
    resolved: Resolved,
) -> ExportedArticle:
    pk = article.pk
    origin = batch.origins.get(pk, Origin())
    text = body_text(body)
    agency = article.dateline_agency or (places.agency if article.dateline_place else "")
    return ExportedArticle(
        id=pk,
        external_id=origin.external_id,
        source=origin.source,
        title=article.title,
        slug=article.slug,
        url=places.page_url(article.url_path),
        status=status,
        kind=article.kind,
        published_at=_utc(_published_at(article)),
        updated_at=_utc(_updated_at(article)),
        dateline_place=article.dateline_place,
        dateline_agency=agency,
        standfirst=article.standfirst,
        categories=_categories(article, batch, places),
        tags=_named(batch.tags.get(pk), batch.tag_names),
        authors=_named(batch.authors.get(pk), batch.author_names),
        lead_image=_lead_image(article, resolved),
        body=resolve_body(body, resolved=resolved),
        text=text,
        word_count=len(text.split()),
        image_count=survey.images,
        link_count=survey.links,
        views_total=batch.views.get(pk, 0),
        old_urls=_old_urls(origin, batch.redirects.get(pk, ()), places),
        seo_title=article.seo_title,
        seo_description=article.search_description,
        canonical_url=article.canonical_url,
        kind_label=places.kinds[article.kind],
        language=article.text_language,
        outlet=places.outlet,
        source_name=article.source_name,
        embargoed_until=_utc(article.embargoed_until),
        expires_at=_utc(article.expire_at),
        is_withdrawn=article.withdrawn_at is not None,
    )


def _published_at(article: Any) -> datetime | None:
    """Of a scheduled one that was never out: the moment it is due."""
    return article.published_at or (None if article.live else article.scheduled_at)


def _updated_at(article: ArticlePage) -> datetime | None:
    """What readers are told, else the moment of the version that is exported."""
    if article.live:
        return article.materially_updated_at or article.last_published_at
    return article.latest_revision_created_at


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def _categories(article: ArticlePage, batch: Batch, places: Places) -> tuple[tuple[str, ...], ...]:
    further = batch.further_categories.get(article.pk, ())
    paths = [article.path[:-STEP], *(places.paths[pk] for pk in further if pk in places.paths)]
    return tuple(dict.fromkeys(places.trail(path) for path in paths))


def _named(ids: list[int] | None, names: dict[int, str]) -> tuple[str, ...]:
    """Return names in order; who signs in two roles is named once."""
    return tuple(dict.fromkeys(names[pk] for pk in ids or () if pk in names))


def _lead_image(article: ArticlePage, resolved: Resolved) -> ExportedPicture | None:
    own = resolved.images.get(article.lead_image_id or 0)
    if own is None and not article.lead_source_url:
        return None
    own = own or ExportedPicture(url="")
    return ExportedPicture(
        url=own.url or article.lead_source_url,
        alt=article.lead_alt_text or own.alt,
        caption=article.lead_caption or own.caption,
        credit=article.lead_credit or own.credit,
    )


def _old_urls(origin: Origin, redirects: Iterable[str], places: Places) -> tuple[str, ...]:
    """Return the addresses its source names, then redirects that lead here besides."""
    known = {Redirect.normalise_path(_path(url)) for url in origin.old_urls}
    further = (places.absolute(path) for path in redirects if path not in known)
    return tuple(dict.fromkeys((*origin.old_urls, *further)))


def _path(url: str) -> str:
    scheme, found, rest = url.partition("://")
    return f"/{rest.partition('/')[2]}" if found and scheme else url
