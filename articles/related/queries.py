"""What else to read: the editor's choice comes from `RelatedLink`s; this is the rest."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Value

from articles.pages.article import ArticleKind, ArticlePage
from articles.pages.visibility import ArticleQuerySet
from articles.tags.models import TaggedArticle

MAX_TOPICS = 8
"""Of an article with more topics the rarest count."""

NEWEST_OF_A_TOPIC = 60
NEWEST_OF_A_SECTION = 40
NEWEST_OF_ALL = 20
COMMONEST = 1000
"""A topic of this many articles, or more, counts as common as one can be."""

SECTION_WEIGHT = 1.0
RECENCY_WEIGHT = 1.5
RECENCY_HALF_LIFE_DAYS = 180

_SECTION, _ALL = 0, -1
"""Stand for a topic's id in the rows of candidates."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be related; `affinity` says how much, before its age counts."""

    article_id: int
    affinity: float


class BoundedCount(Subquery):
    """How many rows a subquery has; it is not read beyond the slice it is given with."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def count_topic_articles(outer_topic: Any) -> BoundedCount:
    """Return an expression for how many articles bear a topic, `COMMONEST` at most.

    Args:
        outer_topic: reference to the topic's id in the query around it.
    """
    articles = TaggedArticle.objects.filter(tag=outer_topic).order_by()
    return BoundedCount(articles.values("pk")[:COMMONEST])


def list_related(
    article_id: int,
    *,
    section_id: int | None,
    topics: Mapping[int, int],
    limit: int,
    now: datetime,
    exclude: Collection[int] = (),
) -> list[int]:
    """Return ids of articles to read after one, the most related first.

    Shared topics count by their rarity, then the section, then the age. Never the
    article itself, an excluded one, a press release or what readers may not see. The
    same data and moment give the same answer. Two queries, whatever the archive's size.

    Args:
        article_id: of the article.
        section_id: its section.
        topics: its topics' ids, and how many articles bear each.
        limit: how many at most.
        now: moment of visibility, from which ages are counted.
        exclude: ids that are shown elsewhere.
    """
    candidates = list_candidates(
        article_id, section_id=section_id, topics=topics, exclude=exclude, limit=8 * limit
    )
    published = dict(
        ArticlePage.objects.visible_to_readers(now=now)
        .filter(pk__in=[candidate.article_id for candidate in candidates])
        .exclude(kind=ArticleKind.PRESS_RELEASE)
        .values_list("pk", "published_at")
    )
    return rank(candidates, published=published, limit=limit, now=now)


def list_candidates(
    article_id: int,
    *,
    section_id: int | None,
    topics: Mapping[int, int],
    limit: int,
    exclude: Collection[int] = (),
) -> list[Candidate]:
    """Return articles that share topics or section with one, or are new. One query.

    Nobody has looked yet whether readers may see them: pass them through `rank` with
    those that they may. Of each topic the articles made last stand for all of it, so
    the time does not grow with the archive.
    """
    rarest = sorted(topics, key=lambda topic_id: (topics[topic_id], topic_id))[:MAX_TOPICS]
    rows = [_newest_of_topic(topic_id) for topic_id in rarest]
    if section_id is not None:
        section = ArticlePage.objects.filter(section=section_id, published_at__isnull=False)
        rows.append(_newest(section, limit=NEWEST_OF_A_SECTION, mark=_SECTION))
    everything = ArticlePage.objects.filter(published_at__isnull=False)
    rows.append(_newest(everything, limit=NEWEST_OF_ALL, mark=_ALL))
    affinities: defaultdict[int, float] = defaultdict(float)
    for found_id, mark in rows[0].union(*rows[1:], all=True):
        affinities[found_id] += _weigh(mark, topics=topics)
    for shown_id in (article_id, *exclude):
        affinities.pop(shown_id, None)
    found = [Candidate(pk, round(affinity, 6)) for pk, affinity in affinities.items()]
    found.sort(key=lambda candidate: (-candidate.affinity, -candidate.article_id))
    return found[:limit]


def rank(
    candidates: Sequence[Candidate],
    *,
    published: Mapping[int, datetime],
    limit: int,
    now: datetime,
) -> list[int]:
    """Return the ids of the best candidates, the age counted in. Pure.

    Args:
        candidates: of `list_candidates`.
        published: the moment of publication of those that may be shown; no others are.
        limit: how many at most.
        now: from which ages are counted.
    """
    scored = []
    for candidate in candidates:
        at = published.get(candidate.article_id)
        if at is not None:
            days = max(0.0, (now - at).total_seconds() / 86_400)
            recency = RECENCY_WEIGHT * 0.5 ** (days / RECENCY_HALF_LIFE_DAYS)
            scored.append((candidate.affinity + recency, at, candidate.article_id))
    scored.sort(reverse=True)
    return [article_id for _score, _at, article_id in scored[:limit]]


def rarity(frequency: int) -> float:
    """Return what sharing a topic is worth: 0.7 for a common one, 6.9 for one of a kind."""
    return math.log(1 + COMMONEST / max(1, min(frequency, COMMONEST)))


def _weigh(mark: int, *, topics: Mapping[int, int]) -> float:
    if mark == _ALL:
        return 0.0
    return SECTION_WEIGHT if mark == _SECTION else rarity(topics[mark])


def _newest_of_topic(topic_id: int) -> QuerySet:
    """Return (article id, topic id) of the articles made last, from one index."""
    tagged = TaggedArticle.objects.filter(tag=topic_id).order_by()
    newest = tagged.order_by("-content_object_id").values("content_object_id")
    return tagged.filter(content_object_id__in=newest[:NEWEST_OF_A_TOPIC]).values_list(
        "content_object_id", "tag_id"
    )


def _newest(articles: ArticleQuerySet, *, limit: int, mark: int) -> QuerySet:
    """Return (article id, mark) of the newest; a slice of its own cannot join a union."""
    newest: Iterable[Any] = articles.newest_first().values("pk")[:limit]
    return (
        ArticlePage.objects.order_by()
        .filter(pk__in=newest)
        .values_list("pk", Value(mark, output_field=IntegerField()))
    )
