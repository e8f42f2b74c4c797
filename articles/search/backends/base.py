"""The contract between the search and a database's full-text index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from articles.search.models import SearchEntry
from articles.search.parsing import ParsedQuery


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index takes it; the texts are folded words."""

    article_id: int
    published_at: datetime
    kind: str
    section_id: int | None
    headline: str
    standfirst: str
    names: str
    """Topics, authors, kicker and place."""
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """An article that holds what was asked; a higher `text_rank` is a better answer."""

    article_id: int
    published_at: datetime
    text_rank: float = 0.0


class SearchBackend(Protocol):
    """What a database must be able to do."""

    def write(self, documents: Sequence[Document]) -> None:
        """Put articles into the index, or in place of what it has of them.

        A constant number of statements. The caller has opened the transaction.
        """
        ...

    def find_best(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Return what may be the best answers, in no order, and whether there are more.

        Looked at are the newest `limit` matches, and as many of those that match
        outside the body: the work is bounded, however common the words are.

        Args:
            query: what must match.
            entries: what it may match; filters on columns of `SearchEntry` and joins.
            limit: how many of each kind are ranked.
        """
        ...

    def find_newest(
        self, query: ParsedQuery, *, entries: QuerySet[SearchEntry], limit: int
    ) -> tuple[list[Match], bool]:
        """Return the newest matches, newest first, unranked, and whether there are more."""
        ...
