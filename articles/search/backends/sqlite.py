"""SQLite: a virtual table of FTS5 beside the entries, joined by article id."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from articles.search.backends.base import Document, Match
from articles.search.models import SearchEntry
from articles.search.parsing import Alternative, ParsedQuery, Term

DELETE = "DELETE FROM articles_searchwords WHERE rowid IN (SELECT value FROM json_each(%s))"
INSERT = """
    INSERT INTO articles_searchwords (rowid, headline, standfirst, names, body)
    VALUES (%s, %s, %s, %s, %s)
"""
MATCHES = """
    articles_searchentry.article_id IN (
        SELECT rowid FROM articles_searchwords WHERE articles_searchwords MATCH %s
    )
"""
RANK = """
    SELECT rowid,
        highlight(articles_searchwords, 0, char(1), ''),
        highlight(articles_searchwords, 1, char(1), ''),
        highlight(articles_searchwords, 2, char(1), ''),
        bm25(articles_searchwords)
    FROM articles_searchwords
    WHERE articles_searchwords MATCH %s AND rowid IN (SELECT value FROM json_each(%s))
"""
WEIGHTS = (1.0, 0.4, 0.2)
"""Of headline, standfirst and names, as PostgreSQL's A, B and C."""

BODY_WEIGHT = 0.1

COLUMNS = ["published_at", "kind", "section"]


class SQLiteBackend:
    """See `articles.search.backends.base.SearchBackend`."""

    def write(self, documents: Sequence[Document]) -> None:
        """Write entries, then their words."""
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    article_id=document.article_id,
                    published_at=document.published_at,
                    kind=document.kind,
                    section_id=document.section_id,
                )
                for document in documents
            ],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=COLUMNS,
        )
        with connection.cursor() as cursor:
            cursor.execute(DELETE, [json.dumps([document.article_id for document in documents])])
            cursor.executemany(
                INSERT,
                [
                    (
                        document.article_id,
                        document.headline,
                        document.standfirst,
                        document.names,
                        document.body,
                    )
                    for document in documents
                ],
            )

    def find_best(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Look at the newest matches and the newest ones in front; rank them all."""
        expression = as_fts5(query)
        newest = self._list_newest(expression, entries=entries, limit=limit)
        # What is excluded must be absent from the body as well.
        in_front = self._list_newest(
            f"({{headline standfirst names}} : ({as_fts5(query, is_strict=False)}))"
            f" AND ({expression})",
            entries=entries,
            limit=limit,
        )
        dates = dict([*newest, *in_front])
        with connection.cursor() as cursor:
            cursor.execute(RANK, [expression, json.dumps(list(dates))])
            rows = cursor.fetchall()
        terms = min(len(alternative.wanted) for alternative in query.alternatives)
        found = [
            Match(pk, dates[pk], _rank(marked, bm25, terms=terms)) for pk, *marked, bm25 in rows
        ]
        return found, len(newest) == limit

    def find_newest(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Look at the newest matches."""
        newest = self._list_newest(as_fts5(query), entries=entries, limit=limit)
        return [Match(*row) for row in newest], len(newest) == limit

    def _list_newest(
        self, expression: str, *, entries: QuerySet[SearchEntry], limit: int
    ) -> list[tuple]:
        matches = RawSQL(MATCHES, [expression], BooleanField())  # noqa: S611
        found = entries.filter(matches).order_by("-published_at", "-pk")
        return list(found.values_list("pk", "published_at")[:limit])


def _rank(marked: Sequence[str], bm25: float, *, terms: int) -> float:
    """Return how well an article answers, from 0 to about 1.7.

    FTS5's own weights of columns fade away with the second mention, so that a body could
    outweigh a headline. Here each column counts by the part of the terms that it holds.

    Args:
        marked: headline, standfirst and names with a character 1 before each term.
        bm25: FTS5's rank over all columns: negative, the best the least.
        terms: how many there are to find.
    """
    front = sum(
        weight * min(text.count("\x01"), terms) / terms
        for weight, text in zip(WEIGHTS, marked, strict=True)
    )
    return front + BODY_WEIGHT * -bm25 / (1 - bm25)


def as_fts5(query: ParsedQuery, *, is_strict: bool = True) -> str:
    """Return a query in the language of FTS5; without what is excluded if not `is_strict`.

    Every word is folded and quoted, so that nothing a reader types is syntax.
    Source: SQLite's documentation of FTS5, full-text query syntax.
    """
    return " OR ".join(
        f"({_alternative_as_fts5(alternative, is_strict=is_strict)})"
        for alternative in query.alternatives
    )


def _alternative_as_fts5(alternative: Alternative, *, is_strict: bool) -> str:
    wanted = " AND ".join(_quote(term) for term in alternative.wanted)
    unwanted = [f" NOT {_quote(term)}" for term in alternative.unwanted if is_strict]
    return f"({wanted}){''.join(unwanted)}"


def _quote(term: Term) -> str:
    return f'"{" ".join(term.words)}"'
