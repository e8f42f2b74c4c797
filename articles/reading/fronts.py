"""What stands on the fronts: the newest articles of sections, and what editors pinned."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_datetime

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.visibility import ArticleQuerySet
from articles.reading.facts import SiteFacts
from articles.related.models import RelatedLink


class Pin(NamedTuple):
    """An article held in its place, with a headline for this place (may be empty)."""

    article_id: int
    headline: str


class JoinedLines(Subquery):
    """The lines of a subquery's only column, as one text; NULL when it has none.

    A subquery that refers to the row around it stops at its own limit, index in hand,
    where a window function would first number every article of every section.
    """

    template = "(SELECT GROUP_CONCAT(line, ',') FROM (%(subquery)s) listed)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT STRING_AGG(line, ',') FROM (%(subquery)s) listed)"
        return self.as_sql(compiler, connection, template=template, **context)


def read_pins(raw: Iterable[Mapping[str, Any]], *, now: datetime) -> list[Pin]:
    """Return the pins that hold at a moment, in order, each article once. No query.

    Args:
        raw: the raw data of `pins` of a home page or section.
        now: aware moment; a pin is gone from its `until` on.
    """
    pins: dict[int, Pin] = {}
    for block in raw:
        value = block["value"] or {}
        until = parse_datetime(value["until"]) if value.get("until") else None
        article_id = value.get("article")
        if article_id and article_id not in pins and (until is None or until > now):
            pins[article_id] = Pin(article_id, value.get("short_headline") or "")
    return list(pins.values())


def list_newest(limit: int, *, now: datetime) -> list[int]:
    """Return the ids of the newest articles that readers may see. One query."""
    articles = ArticlePage.objects.visible_to_readers(now=now).newest_first()
    return list(articles.values_list("pk", flat=True)[:limit])


def list_editors_targets(article_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the articles that editors chose as related to some, in order. One query."""
    rows = (
        RelatedLink.objects.filter(article__in=article_ids, target__isnull=False)
        .order_by("article_id", "sort_order", "pk")
        .values_list("article_id", "target_id")
    )
    targets: defaultdict[int, list[int]] = defaultdict(list)
    for article_id, target_id in rows:
        targets[article_id].append(target_id)
    return dict(targets)


def list_visible(article_ids: Collection[int], *, now: datetime) -> list[int]:
    """Return those of some articles that readers may see, as they came. One query, or none."""
    if not article_ids:
        return []
    visible = ArticlePage.objects.visible_to_readers(now=now).filter(pk__in=article_ids)
    found = set(visible.order_by().values_list("pk", flat=True))
    return [pk for pk in article_ids if pk in found]


def list_newest_by_section(
    facts: SiteFacts, *, top_ids: Sequence[int], limit: int, now: datetime
) -> dict[int, list[int]]:
    """Return the newest articles of top sections and all below them, the newest first.

    One query, with a look into an index for each section of the site: its time grows
    with the number of sections, not of articles.

    Args:
        facts: of the site.
        top_ids: of sections of the first level.
        limit: how many at most for each of them.
        now: the moment of visibility.

    Returns:
        Top section id to article ids, in the order given; empty ones too.
    """
    section_ids = [pk for top_id in top_ids for pk in facts.ids_below(top_id)]
    found: dict[int, list[list[Moment]]] = {top_id: [] for top_id in top_ids}
    for section_id, newest in _newest_of_each(section_ids, limit=limit, now=now):
        top_id = facts.top_of(section_id)
        if top_id in found:
            found[top_id].append(newest)
    return {
        top_id: [pk for _at, pk in heapq.merge(*lists, reverse=True)][:limit]
        for top_id, lists in found.items()
    }


def list_newest_of_sections(
    section_ids: Collection[int], *, limit: int, now: datetime
) -> list[int]:
    """Return the newest articles of some sections together, those among them that also
    appear there; the newest first. As the start of `articles_of_sections`.

    Two queries. Neither reads more articles than it returns, where one query over all
    sections would read every article that is newer than those of a section gone quiet.
    """
    lists = [newest for _pk, newest in _newest_of_each(section_ids, limit=limit, now=now)]
    also = _with_lines(
        ArticlePage.objects.visible_to_readers(now=now).filter(pk__in=_further(section_ids))
    )
    lists.append([_read(line) for line in also.values_list("line", flat=True)[:limit]])
    merged = dict.fromkeys(pk for _at, pk in heapq.merge(*lists, reverse=True))
    return list(merged)[:limit]


def articles_of_sections(section_ids: Collection[int], *, now: datetime) -> ArticleQuerySet:
    """Return what readers may see of sections: their own articles, and those that also
    appear in them; the newest first.

    To read on from far down a long list: it walks the newest of the site.
    """
    return (
        ArticlePage.objects.visible_to_readers(now=now)
        .filter(Q(section__in=section_ids) | Q(pk__in=_further(section_ids)))
        .newest_first()
    )


def uncounted_of_sections(section_ids: Collection[int], *, now: datetime) -> ArticleQuerySet:
    """Return the same articles without an order, to be counted: it reads no others.

    Two conditions joined by OR, as above, have every article of the site looked at.
    """
    own = ArticlePage.objects.order_by().filter(section__in=section_ids).values("pk")
    ids = own.union(_further(section_ids))
    return ArticlePage.objects.visible_to_readers(now=now).filter(pk__in=ids).order_by()


Moment = tuple[str, int]
"""When an article was published, as a text that sorts, and its id."""


def _newest_of_each(
    section_ids: Collection[int], *, limit: int, now: datetime
) -> list[tuple[int, list[Moment]]]:
    """Return the newest articles of each section by itself, the newest first."""
    own = ArticlePage.objects.visible_to_readers(now=now).filter(section=OuterRef("pk"))
    rows = (
        CategoryPage.objects.order_by()
        .filter(pk__in=section_ids)
        .values_list("pk", JoinedLines(_with_lines(own).values("line")[:limit]))
    )
    return [
        (pk, sorted((_read(line) for line in lines.split(",")), reverse=True))
        for pk, lines in rows
        if lines
    ]


def _with_lines(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Add the moment and id of each article as one text, the newest first."""
    moment = Concat(Cast(F("published_at"), CharField()), Value("|"), Cast(F("pk"), CharField()))
    return articles.newest_first().annotate(line=moment)


def _further(section_ids: Collection[int]) -> QuerySet:
    through = ArticlePage.further_categories.through.objects
    return through.filter(categorypage__in=section_ids).values("articlepage")


def _read(line: str) -> Moment:
    """Return moment and id. Moments are in UTC as ISO 8601, so that they sort as texts do."""
    at, _, pk = line.rpartition("|")
    return at, int(pk)
