"""Articles as feeds carry them."""

from __future__ import annotations

import mimetypes
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, JSONField
from django.db.models.functions import Cast

from articles.blocks.words import body_texts
from articles.corrections.models import Correction, CorrectionKind
from articles.feeds.html import feed_html
from articles.feeds.sitemap_queries import last_change
from articles.pages.article import ArticlePage
from articles.people.models import BylineRole
from articles.reading.body.datelines import format_dateline
from articles.reading.body.references import References, Targets, collect, load_targets
from articles.reading.body.render import render_body
from articles.reading.facts import SiteFacts
from articles.reading.pictures import load_pictures
from articles.reading.records import Picture
from articles.reading.rows import load_signatures
from articles.tags.models import TaggedArticle
from articles.text.excerpts import cut_at_word
from articles.text.html import plain_text
from articles.text.xml import xml_characters

SUMMARY_LENGTH = 300
"""Characters of the text that stand in for a standfirst."""


class MediaFile(NamedTuple):
    """A picture in a rendition that exists; `url` is absolute."""

    url: str
    type: str
    width: int
    height: int
    credit: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed. Texts hold nothing that XML cannot; addresses are absolute."""

    guid: str
    title: str
    url: str
    published_at: datetime
    changed_at: datetime
    summary: str
    authors: tuple[str, ...] = ()
    """Names of those who sign with *by*, in order."""
    categories: tuple[str, ...] = ()
    """The section, then the topics."""
    html: str = ""
    """The whole text; empty where the outlet's feeds carry summaries."""
    picture: MediaFile | None = None


class _Row(NamedTuple):
    id: int
    translation_key: uuid.UUID
    title: str
    url_path: str
    path: str
    published_at: datetime
    materially_updated_at: datetime | None
    standfirst: str
    language: str
    dateline_place: str
    dateline_date: date | None
    dateline_agency: str
    lead_image_id: int | None
    lead_credit: str
    body: list[dict[str, Any]]


class _Belongings(NamedTuple):
    """What stands in other tables, by article."""

    retractions: dict[int, str]
    authors: dict[int, list[str]]
    topics: dict[int, list[str]]
    pictures: dict[int, Picture]
    """By image."""
    targets: Targets


def load_entries(article_ids: Sequence[int], *, facts: SiteFacts, now: datetime) -> list[FeedEntry]:
    """Return the entries of articles in the order of their ids; what is not visible is left out.

    Five queries, with full texts up to eight: articles, retractions, bylines, topics,
    pictures; and the pages, documents and pictures that the texts name.

    Args:
        article_ids: of articles.
        facts: of the site they are shown on.
        now: the moment of visibility.
    """
    rows = _load_rows(article_ids, now=now)
    belongings = _load_belongings(rows, facts=facts)
    return [
        _build(rows[pk], belongings=belongings, facts=facts)
        for pk in article_ids
        if pk in rows and facts.url_of(rows[pk].url_path)
    ]


def _load_rows(article_ids: Sequence[int], *, now: datetime) -> dict[int, _Row]:
    articles = ArticlePage.objects.visible_to_readers(now=now).filter(pk__in=article_ids)
    raw = articles.order_by().annotate(raw_body=Cast(F("body"), JSONField()))
    rows = raw.values_list("pk", *_Row._fields[1:-1], "raw_body")
    return {row[0]: _Row(*row) for row in rows}


def _load_belongings(rows: dict[int, _Row], *, facts: SiteFacts) -> _Belongings:
    retractions = _load_retractions(rows)
    kept = [row for pk, row in rows.items() if pk not in retractions]
    signatures = load_signatures(list(rows))
    leads = {row.lead_image_id for row in kept if row.lead_image_id is not None}
    return _Belongings(
        retractions=retractions,
        authors={
            pk: [who.name for who in signed if who.role == BylineRole.BY]
            for pk, signed in signatures.items()
        },
        topics=_load_topics(rows),
        pictures=load_pictures(leads, slot="lead"),
        targets=_load_targets(kept, facts=facts) if facts.has_full_feeds else Targets(),
    )


def _load_retractions(article_ids: Collection[int]) -> dict[int, str]:
    """Return the texts of retractions: they stand in place of what they take back."""
    retractions = Correction.objects.filter(
        article__in=list(article_ids), kind=CorrectionKind.RETRACTION
    )
    return dict(retractions.order_by("published_at", "pk").values_list("article", "text"))


def _load_topics(article_ids: Collection[int]) -> dict[int, list[str]]:
    tagged = TaggedArticle.objects.filter(content_object__in=list(article_ids)).order_by("pk")
    topics: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in tagged.values_list("content_object_id", "tag__name"):
        topics[article_id].append(name)
    return dict(topics)


def _load_targets(rows: Iterable[_Row], *, facts: SiteFacts) -> Targets:
    found = References()
    for row in rows:
        references = collect(row.body)
        found.pages |= references.pages
        found.documents |= references.documents
        found.images |= references.images
    return load_targets(found, facts=facts)


def _build(row: _Row, *, belongings: _Belongings, facts: SiteFacts) -> FeedEntry:
    section = facts.section_at(row.path)
    names = [section.title] if section else []
    retraction = belongings.retractions.get(row.id, "")
    picture = None if retraction else belongings.pictures.get(row.lead_image_id or 0)
    changed_at = last_change(row.published_at, row.materially_updated_at) or row.published_at
    html = ""
    if facts.has_full_feeds and not retraction:
        html = _html(row, targets=belongings.targets, facts=facts)
    return FeedEntry(
        guid=article_guid(row.id, key=row.translation_key),
        title=xml_characters(row.title),
        url=facts.absolute(facts.url_of(row.url_path)),
        published_at=row.published_at.astimezone(facts.zone),
        changed_at=changed_at.astimezone(facts.zone),
        summary=xml_characters(retraction or _summary(row)),
        authors=_clean(belongings.authors.get(row.id, ())),
        categories=_clean([*names, *belongings.topics.get(row.id, ())]),
        html=html,
        picture=_media(row, picture, facts=facts) if picture else None,
    )


def article_guid(article_id: int, *, key: uuid.UUID) -> str:
    """Return the name of an article for ever: it outlives a change of address and of domain.

    Source: RFC 4122, version 5: a digest of the page’s id under the random key that it was given.
    """
    return uuid.uuid5(key, f"article/{article_id}").urn


def _clean(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(xml_characters(text) for text in texts)


def _summary(row: _Row) -> str:
    if row.standfirst:
        return row.standfirst
    text = " ".join(plain_text(text) for text in body_texts(row.body))
    return cut_at_word(text, max_length=SUMMARY_LENGTH)


def _html(row: _Row, *, targets: Targets, facts: SiteFacts) -> str:
    dateline = format_dateline(
        place=row.dateline_place,
        day=row.dateline_date or row.published_at.astimezone(facts.zone).date(),
        agency=row.dateline_agency or facts.agency,
        language=row.language or settings.LANGUAGE_CODE,
    )
    body = render_body(row.body, targets=targets, dateline=dateline, page_id=row.id)
    return feed_html(body.html, root_url=facts.root_url)


def _media(row: _Row, picture: Picture, *, facts: SiteFacts) -> MediaFile:
    return MediaFile(
        url=facts.absolute(picture.src),
        type=mimetypes.guess_type(picture.src)[0] or "image/jpeg",
        width=picture.width,
        height=picture.height,
        credit=xml_characters(row.lead_credit or picture.credit),
    )
