"""Which articles stand on which page of a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from articles.reading.fronts import (
    articles_of_sections,
    list_newest_of_sections,
    list_visible,
    uncounted_of_sections,
)
from articles.reading.pager import build_pager, count_for_a_while
from articles.reading.records import Pager

LEAD_PACKAGE = 4
LEAD_PACKAGE_OF_SUBSECTION = 8
"""A sub-section with fewer articles is a plain list."""

NEAR = 500
"""So many of the newest articles are read from the index of each section; what lies
further down a list is asked for by nobody but crawlers, and may take longer."""


@dataclass(frozen=True, slots=True)
class SectionList:
    """Article ids of one page: those that lead it (the first page's only), and its rows."""

    leading: Sequence[int]
    ids: Sequence[int]
    pager: Pager


def list_section(
    section_ids: Sequence[int],
    *,
    number: int,
    base_url: str,
    size: int,
    pinned: Sequence[int],
    is_top: bool,
    now: datetime,
) -> SectionList:
    """Return one page of a section: what leads it stands nowhere else in the list.

    Three queries, four with pins; one more for articles beyond the `NEAR` newest.

    Args:
        section_ids: of the section itself, then of those below it.
        number: of the page, from one.
        base_url: address of the first page.
        size: rows on a page.
        pinned: ids that the editor wants on top.
        is_top: whether the section is of the first level.
        now: the moment of visibility.

    Raises:
        Http404: the list has no such page.
    """
    start = (number - 1) * size
    is_near = start + size <= NEAR
    wanted = start + size + LEAD_PACKAGE if is_near else 0
    newest = list_newest_of_sections(
        section_ids, limit=max(wanted, LEAD_PACKAGE_OF_SUBSECTION), now=now
    )
    package: list[int] = []
    if is_top or len(newest) >= LEAD_PACKAGE_OF_SUBSECTION:
        package = list(dict.fromkeys([*list_visible(pinned, now=now), *newest]))[:LEAD_PACKAGE]
    uncounted = uncounted_of_sections(section_ids, now=now).exclude(pk__in=package)
    total = count_for_a_while(uncounted, name=f"section:{section_ids[0]}")
    pages = max(1, -(-total // size))
    if number > pages:
        raise Http404("The section has no such page.")
    if is_near:
        ids = [pk for pk in newest if pk not in package][start : start + size]
    else:
        articles = articles_of_sections(section_ids, now=now).exclude(pk__in=package)
        ids = list(articles.values_list("pk", flat=True)[start : start + size])
    pager = build_pager(number=number, total=pages, base_url=base_url)
    return SectionList(package if number == 1 else [], ids, pager)
