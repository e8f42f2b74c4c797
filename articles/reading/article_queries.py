"""What belongs to one article: topics, the editor's related links, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from articles.corrections.models import Correction, CorrectionKind
from articles.pages.article import ArticlePage
from articles.reading.addresses import topic_url
from articles.related.models import RelatedLink
from articles.related.queries import COMMONEST, count_topic_articles
from articles.tags.models import TaggedArticle

TOPIC, LINK, CORRECTION = 0, 1, 2


class TopicLine(NamedTuple):
    """A topic; `frequency` says how many articles bear it, up to a bound."""

    id: int
    name: str
    url: str
    frequency: int


class LinkLine(NamedTuple):
    """A related link of the editor's: an article's id, or an address with its title."""

    target_id: int | None
    title: str
    url: str


class CorrectionLine(NamedTuple):
    """A correction as it was published."""

    kind: str
    text: str
    at: datetime
    is_material: bool

    @property
    def kind_label(self) -> str:
        return str(CorrectionKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything of an article that lies in tables of its own, but for its bylines."""

    topics: tuple[TopicLine, ...]
    links: tuple[LinkLine, ...]
    corrections: tuple[CorrectionLine, ...]
    """The newest first."""


def load_belongings(article_id: int) -> Belongings:
    """Return what belongs to a published article. One query for the three tables."""
    topics = _as_lines(
        TaggedArticle.objects.filter(content_object=article_id),
        kind=TOPIC,
        ref=F("tag_id"),
        number=count_topic_articles(OuterRef("tag_id")),
        text=F("tag__name"),
        extra=F("tag__slug"),
    )
    links = _as_lines(
        RelatedLink.objects.filter(article=article_id),
        kind=LINK,
        ref=F("target_id"),
        number=F("sort_order"),
        text=F("title"),
        extra=F("url"),
    )
    return _sort(topics.union(links, correction_lines(article_id), all=True))


def load_draft_belongings(article: ArticlePage) -> Belongings:
    """Return what belongs to a draft as it is in memory; corrections are never drafts.

    For previews: a few queries.
    """
    published = _sort(correction_lines(article.pk) if article.pk else ())
    return Belongings(
        topics=tuple(
            TopicLine(topic.pk, topic.name, topic_url(topic.slug), COMMONEST)
            for topic in article.tags.all()
        ),
        links=tuple(
            LinkLine(link.target_id, link.title, link.url) for link in article.related_links.all()
        ),
        corrections=published.corrections,
    )


def correction_lines(article_id: int) -> QuerySet:
    """Return the lines of an article's corrections."""
    return _as_lines(
        Correction.objects.filter(article=article_id),
        kind=CORRECTION,
        number=Cast(F("is_material"), IntegerField()),
        text=F("text"),
        extra=F("kind"),
        at=F("published_at"),
    )


def _as_lines(
    rows: QuerySet,
    *,
    kind: int,
    number: Any,
    text: F,
    extra: F,
    ref: F | None = None,
    at: F | None = None,
) -> QuerySet:
    return rows.order_by().values_list(
        Value(kind, output_field=IntegerField()),
        Cast(F("pk"), BigIntegerField()),
        Cast(ref or Value(None), BigIntegerField()),
        Cast(number, IntegerField()),
        Cast(text, TextField()),
        Cast(extra, CharField()),
        Cast(at or Value(None), DateTimeField()),
    )


def _sort(lines: Iterable[tuple[Any, ...]]) -> Belongings:
    by_kind: dict[int, list[tuple[Any, ...]]] = {TOPIC: [], LINK: [], CORRECTION: []}
    for kind, *line in lines:
        by_kind[kind].append(tuple(line))
    topics = sorted(by_kind[TOPIC])
    links = sorted(by_kind[LINK], key=lambda line: (line[2] or 0, line[0]))
    corrections = sorted(by_kind[CORRECTION], key=lambda line: (line[5], line[0]), reverse=True)
    return Belongings(
        topics=tuple(
            TopicLine(ref, name, topic_url(slug), frequency)
            for _pk, ref, frequency, name, slug, _at in topics
        ),
        links=tuple(LinkLine(ref, title, url) for _pk, ref, _n, title, url, _at in links),
        corrections=tuple(
            CorrectionLine(kind, text, at, bool(is_material))
            for _pk, _ref, is_material, text, kind, at in corrections
        ),
    )
