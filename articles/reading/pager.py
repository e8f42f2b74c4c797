"""Lists by pages, numbered from one: `?page=n`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404

from articles.reading.records import Pager

LARGEST_NUMBER_DIGITS = 7

LONG_LIST = 2_000
"""Articles; the counts of shorter lists are exact at every moment."""

COUNT_SECONDS = 60


def page_of(
    article_ids: QuerySet,
    *,
    number: str | int | None,
    base_url: str,
    size: int,
    query: Mapping[str, Any] | None = None,
    total: int | None = None,
) -> tuple[list[int], Pager]:
    """Return the ids on one page of a list, and its page numbers. Two queries.

    Args:
        article_ids: an ordered queryset of ids, as of `values_list("pk", flat=True)`.
        number: the value of `page` in the address; None is the first page.
        base_url: address of the first page, without a query.
        size: how many on a page.
        query: further parameters to keep, such as `{"q": "tariffs"}`; empty ones are dropped.
        total: how many there are, if that is known: one query less.

    Raises:
        Http404: no such page, or no number. The first page of an empty list exists.
    """
    wanted = read_number(number)
    if total is None:
        total = article_ids.order_by().count()
    pages = max(1, -(-total // size))
    if wanted > pages:
        raise Http404("The list has no such page.")
    start = (wanted - 1) * size
    pager = build_pager(number=wanted, total=pages, base_url=base_url, query=query)
    return list(article_ids[start : start + size]), pager


def count_for_a_while(article_ids: QuerySet, *, name: str) -> int:
    """Return how many articles a list has; of a long one, how many it had a minute ago.

    To count a long list takes longer than to read a page of it, and who turns its pages
    asks again and again. One query, or none.

    Args:
        article_ids: the list.
        name: of this very list, such as `section:12`.
    """
    key = f"reading.count:{name}"
    total = cache.get(key)
    if total is None:
        total = article_ids.order_by().count()
        if total >= LONG_LIST:
            cache.set(key, total, COUNT_SECONDS)
    return total


def read_number(number: str | int | None) -> int:
    """Return a page number as it stands in an address; None is the first.

    Raises:
        Http404: it is none. Every page has one spelling: neither `01` nor `+1` is a number.
    """
    if number is None:
        return 1
    text = str(number)
    if not (text.isascii() and text.isdigit()) or text.startswith("0"):
        raise Http404("This is no page number.")
    if len(text) > LARGEST_NUMBER_DIGITS:
        raise Http404("The list has no such page.")
    return int(text)


def build_pager(
    *, number: int, total: int, base_url: str, query: Mapping[str, Any] | None = None
) -> Pager:
    """Return the page numbers around one: the first, the last, and five in between."""

    def url(page: int) -> str:
        return page_url_of(base_url, number=page, query=query)

    links: list[tuple[int | None, str, bool]] = []
    for page in _shown(number, total=total):
        links.append((page, url(page), page == number) if page else (None, "", False))
    return Pager(
        number=number,
        total=total,
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < total else "",
        links=tuple(links),
    )


def page_url_of(base_url: str, *, number: int, query: Mapping[str, Any] | None = None) -> str:
    """Return the address of a page of a list; the first one bears no number."""
    kept = {key: value for key, value in (query or {}).items() if value and key != "page"}
    if number > 1:
        kept["page"] = number
    return f"{base_url}?{urlencode(kept, doseq=True)}" if kept else base_url


def _shown(number: int, *, total: int) -> list[int | None]:
    """Return at most seven places: numbers, and None for a gap."""
    if total <= 7:
        return list(range(1, total + 1))
    if number <= 4:
        return [1, 2, 3, 4, 5, None, total]
    if number >= total - 3:
        return [1, None, *range(total - 4, total + 1)]
    return [1, None, number - 1, number, number + 1, None, total]
