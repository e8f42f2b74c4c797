"""PostgreSQL: tsvector columns under GIN indexes.

`front` holds headline (A), standfirst (B) and names (C), `document` these and the body
(D). An article's words lie out of line, and reading them is what is slow: ranking does,
and so does the check of a phrase. Both are done for a bounded number of candidates. These
are found in one of two ways: the GIN index tells which articles hold some words without
reading them, and all of those are sorted by date; or, for words that every other article
holds, the newest articles are read one by one until there are enough.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from articles.search.backends.base import Document, Match
from articles.search.models import SearchEntry
from articles.search.parsing import Alternative, ParsedQuery, Term

CONFIGURATIONS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
    "ru": "russian",
}
"""Languages whose words PostgreSQL can reduce to stems."""

PHRASES_CHECKED = 2
"""How many times more candidates a query with phrases gets: some hold the words apart."""

READING_COSTS = {"document": 12, "front": 2}
"""Of reading an article's words, when taking a match of the GIN index and sorting it costs 1.
Measured: 6 and 1 µs against 0.5."""

WALK_MARGIN = 1.5
"""How much further than expected the newest articles are read before that is given up."""

COLUMNS = (
    *("article_id", "published_at", "kind", "section_id"),
    *("headline", "standfirst", "names", "body"),
)

WRITE = """
    INSERT INTO articles_searchentry (article_id, published_at, kind, section_id, front, document)
    SELECT id, published_at, kind, section_id, front,
        front || setweight(to_tsvector(%s::regconfig, body), 'D')
    FROM (
        SELECT id, published_at, kind, section_id, body,
            setweight(to_tsvector(%s::regconfig, headline), 'A')
            || setweight(to_tsvector(%s::regconfig, standfirst), 'B')
            || setweight(to_tsvector(%s::regconfig, names), 'C') AS front
        FROM unnest(
            %s::bigint[], %s::timestamptz[], %s::text[], %s::bigint[],
            %s::text[], %s::text[], %s::text[], %s::text[]
        ) AS row (id, published_at, kind, section_id, headline, standfirst, names, body)
    ) AS given
    ON CONFLICT (article_id) DO UPDATE SET
        published_at = excluded.published_at, kind = excluded.kind,
        section_id = excluded.section_id, front = excluded.front, document = excluded.document
"""


class PostgreSQLBackend:
    """See `articles.search.backends.base.SearchBackend`."""

    def __init__(self) -> None:
        self.config = configuration_of(settings.LANGUAGE_CODE)

    def write(self, documents: Sequence[Document]) -> None:
        """Write them with one statement."""
        columns = [[getattr(document, name) for document in documents] for name in COLUMNS]
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [*[self.config] * 4, *columns])

    def find_best(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Look at the newest matches and the newest ones in front; rank them all."""
        limit = self._count(query, limit=limit)
        with transaction.atomic():
            newest = self._list_candidates(query, "document", entries=entries, limit=limit)
            in_front = self._list_candidates(query, "front", entries=entries, limit=limit)
            rank = self._sql("ts_rank(document, {})", as_websearch(query), FloatField())
            ids = {*newest, *in_front}
            rows = list(self._matching(query, ids).values_list("pk", "published_at", rank))
        return [Match(*row) for row in rows], len(newest) == limit

    def find_newest(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Look at the newest matches, and check phrases."""
        limit = self._count(query, limit=limit)
        with transaction.atomic():
            newest = self._list_candidates(query, "document", entries=entries, limit=limit)
            found = self._matching(query, set(newest)).order_by("-published_at", "-pk")
            rows = list(found.values_list("pk", "published_at"))
        return [Match(*row) for row in rows], len(newest) == limit

    def _list_candidates(
        self, query: ParsedQuery, column: str, *, entries: QuerySet[SearchEntry], limit: int
    ) -> list[int]:
        """Return the newest articles that hold the words, in whatever order these stand."""
        words = as_websearch(query, in_order=False)
        holding = entries.filter(self._sql(f"articles_searchentry.{column} @@ {{}}", words))
        depth = _choose_walk(holding, cost=READING_COSTS[column], limit=limit)
        if depth:
            _rule_out("seqscan", "bitmapscan")
            walked = _newest(holding.filter(published_at__gte=_moment_at(depth)), limit=limit)
            if len(walked) == limit:
                return walked
        _rule_out("seqscan", "indexscan")
        return _newest(holding, limit=limit)

    def _matching(self, query: ParsedQuery, ids: set[int]) -> QuerySet[SearchEntry]:
        exact = self._sql("document @@ {}", as_websearch(query))
        return SearchEntry.objects.filter(exact, pk__in=ids)

    def _count(self, query: ParsedQuery, *, limit: int) -> int:
        return limit * PHRASES_CHECKED if has_phrases(query) else limit

    def _sql(self, template: str, websearch: str, output_field: Any = None) -> RawSQL:
        sql = template.format("websearch_to_tsquery(%s::regconfig, %s)")
        return RawSQL(sql, [self.config, websearch], output_field or BooleanField())  # noqa: S611


def configuration_of(language: str) -> str:
    """Return the text search configuration for a site's language."""
    name = CONFIGURATIONS.get(language.partition("-")[0])
    return f"newsroom_{name}" if name else "simple"


def has_phrases(query: ParsedQuery) -> bool:
    """Tell whether the order of words matters somewhere."""
    return any(
        len(term.words) > 1
        for alternative in query.alternatives
        for term in (*alternative.wanted, *alternative.unwanted)
    )


def as_websearch(query: ParsedQuery, *, in_order: bool = True) -> str:
    """Return a query in the language of `websearch_to_tsquery`.

    Args:
        query: folded words only, so nothing in it needs escaping.
        in_order: False loosens phrases: everything that matches the query matches the
            result, and more.
    """
    return " or ".join(
        _alternative_as_websearch(alternative, in_order=in_order)
        for alternative in query.alternatives
    )


def _alternative_as_websearch(alternative: Alternative, *, in_order: bool) -> str:
    if in_order:
        wanted = [_quote(term) for term in alternative.wanted]
        unwanted = [_quote(term) for term in alternative.unwanted]
    else:
        wanted = [f'"{word}"' for term in alternative.wanted for word in term.words]
        unwanted = [_quote(term) for term in alternative.unwanted if len(term.words) == 1]
    return " ".join([*wanted, *(f"-{term}" for term in unwanted)])


def _quote(term: Term) -> str:
    return f'"{" ".join(term.words)}"'


def _choose_walk(holding: QuerySet[SearchEntry], *, cost: float, limit: int) -> int | None:
    """Return how many of the newest articles to read for `limit` matches; None: use GIN.

    Rests on what the planner expects, which is right for common words; where they
    seldom stand together it is not, so the walk is bounded.
    """
    _rule_out("seqscan")
    matches = _expect_rows(holding)
    depth = int(limit * WALK_MARGIN * _expect_rows(SearchEntry.objects.all()) / matches)
    return depth if depth * cost < matches else None


def _moment_at(depth: int) -> QuerySet[SearchEntry, Any]:
    """Return when the article was published before which there are `depth` newer ones."""
    newest = SearchEntry.objects.order_by("-published_at", "-pk").values("published_at")
    return newest[depth : depth + 1]


def _newest(entries: QuerySet[SearchEntry], *, limit: int) -> list[int]:
    return list(entries.order_by("-published_at", "-pk").values_list("pk", flat=True)[:limit])


def _expect_rows(rows: QuerySet[SearchEntry]) -> int:
    """Return how many rows the planner expects; it runs nothing."""
    plan = json.loads(rows.order_by().values("pk").explain(format="json"))
    return max(1, plan[0]["Plan"]["Plan Rows"])


def _rule_out(*scans: str) -> None:
    """Rule out kinds of scans until the transaction ends or this is called again.

    The planner underrates what it costs to read words, and would read all of them. The
    memory keeps bitmaps exact up to millions of articles; a lossy one reads words.
    """
    switches = {"seqscan": "on", "indexscan": "on", "bitmapscan": "on"} | dict.fromkeys(
        scans, "off"
    )
    settings = {f"enable_{name}": value for name, value in switches.items()} | {
        "jit": "off",
        "work_mem": "'32MB'",
        "max_parallel_workers_per_gather": "0",
    }
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in settings.items()))
