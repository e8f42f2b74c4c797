"""The related articles of a page: the editor's choice, then what fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from articles.pages.article import ArticleKind
from articles.reading.article_queries import LinkLine
from articles.reading.body.providers import web_address
from articles.reading.records import Card
from articles.reading.rows import PageRow
from articles.related.queries import Candidate, rank

SHOWN = 3
CANDIDATES = 8 * SHOWN
"""How many are looked at: some may not be visible, some are press releases."""


def choose_related(
    links: Sequence[LinkLine],
    *,
    candidates: Sequence[Candidate],
    rows: Mapping[int, PageRow],
    page_id: int | None,
    now: datetime,
) -> list[int | Card]:
    """Return article ids, and cards of outside addresses, in the order they are shown.

    All that the editor chose, if readers may see it, then candidates up to `SHOWN`.
    Takes no query.

    Args:
        links: the editor's, in order.
        candidates: others that fit.
        rows: of all articles among them that readers may see.
        page_id: of the article that they stand beside.
        now: from which the age of candidates is counted.
    """
    chosen: list[int | Card] = []
    for link in links:
        if link.target_id is not None:
            is_shown = link.target_id in rows and link.target_id != page_id
            if is_shown and link.target_id not in chosen:
                chosen.append(link.target_id)
        elif url := web_address(link.url):
            chosen.append(outside_card(link.title, url=url))
    published = {
        candidate.article_id: row.published_at
        for candidate in candidates
        if (row := rows.get(candidate.article_id)) is not None
        and row.published_at is not None
        and row.kind != ArticleKind.PRESS_RELEASE
        and candidate.article_id not in chosen
    }
    room = max(0, SHOWN - len(chosen))
    return chosen + list(rank(candidates, published=published, limit=room, now=now))


def outside_card(title: str, *, url: str) -> Card:
    """Return a link to an address elsewhere as a card."""
    host = urlsplit(url).hostname or ""
    return Card(
        id=0,
        title=title,
        url=url,
        kind="link",
        kind_label="",
        published_at=None,
        kicker=host.removeprefix("www."),
    )
